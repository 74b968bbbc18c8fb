"""What the reader of the sources looks at: a list, an article, what is searched; all of it stands in the link.

Every change goes through `choose_look`, which is called before the page is drawn; a link that is opened, or reached by
the browser's back button, is read anew.
"""

from dataclasses import dataclass, fields, replace

import streamlit as st

from dashboard.release import read_fields, write_fields

LISTS = ("articles", "totals", "issues", "add")
ONLY = {"": "All", "nothing": "Yielded nothing", "copies": "With copies", "issues": "With issues"}


@dataclass(frozen=True, slots=True)
class Look:
    """A list, what is asked of it, and the article that is open in place of it ("" for none), `at` a character."""

    list: str = "articles"
    article: str = ""
    at: int = -1
    q: str = ""
    only: str = ""
    kind: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, query: dict[str, str]) -> "Look":
        """Read the fields of a link; what cannot be read is as if it were not there.

        >>> Look.from_query({"list": "issues", "kind": "no_date", "page": "x"})
        Look(list='issues', article='', at=-1, q='', only='', kind='no_date', page=1)
        """
        words = {name: query.get(name, "") for name in ("article", "q", "kind")}
        page, at = (int(query[name]) if query.get(name, "").isdecimal() else None for name in ("page", "at"))
        return cls(
            list=query["list"] if query.get("list") in LISTS else "articles",
            only=query["only"] if query.get("only") in ONLY else "",
            page=page or 1,
            at=-1 if at is None else at,
            **words,
        )

    def to_query(self) -> dict[str, str]:
        """Give the fields of the link: those that are not usual.

        >>> Look(article="a", q="bus").to_query()
        {'article': 'a', 'q': 'bus'}
        """
        usual = Look()
        return {
            field.name: str(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != getattr(usual, field.name)
        }


def open_look() -> Look:
    """Give what is looked at, from the link where that was opened and not written by the page itself."""
    state, query = st.session_state, read_fields()
    clicked = state.pop("look_clicked", False)
    if "look" not in state or (not clicked and query != state.get("look_link")):
        state.look = Look.from_query(query)
    return get_look()


def write_look() -> None:
    """Bring the link up to what is looked at."""
    query = get_look().to_query()
    write_fields(query)
    st.session_state.look_link = query


def get_look() -> Look:
    """Give what is looked at now."""
    look: Look = st.session_state.look
    return look


def choose_look(**changes: str | int) -> None:
    """Look at something else; another question begins at the first page."""
    st.session_state.look = replace(get_look(), **({} if "page" in changes else {"page": 1}) | changes)  # type: ignore[arg-type]
    st.session_state.look_clicked = True


def take_widget(name: str) -> None:
    """Look at what the widget of that name says."""
    choose_look(**{name: st.session_state[f"look_{name}"] or ""})
