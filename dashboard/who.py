"""Who is before the page now: asked of the server at each click, and never kept from an earlier one.

With `[auth]` in Streamlit's secrets people sign in, and `[curation]` says who may read and decide; without it one
person on their own machine may. Anything else may look, where the page is open, and decide nothing.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.alone import find_own_name, keep_own_name, say_not_alone
from dashboard.component import make_component
from dashboard.roles import SIGN_IN, Claims, Roles, identify, is_signed_in, may_read, read_roles
from dashboard.words import escape_html, escape_markdown
from pipeline.curation.people import Person

SHORTEST_SECRET = 32  # characters; who guesses the cookie's secret is whoever they like
TOLD = "docs/sign-in.md"
PROVIDER = ("client_id", "server_metadata_url")
LONGEST_SIGN_IN = 31 * 24 * 3600  # seconds, after which Streamlit's own cookie is gone too
_Seal = tuple[str, str, str, str]
# Of this process: the sign-ins that were ended, so that a cookie copied before opens nothing any more; and whether
# people sign in here, so that the page closes, and does not open, if the settings vanish while it runs.
_ENDED: dict[_Seal, float] = {}
_SIGNS_IN: set[bool] = set()


@dataclass(frozen=True, slots=True)
class Setup:
    """How the page tells people apart: by a provider or not, with which roles, and what is wrong with that."""

    signs_in: bool = False
    roles: Roles | None = None  # None: not to be relied on
    wrong: str = ""
    ways: tuple[str, ...] = ()  # the names of the providers, "" for the only one


def find_person() -> Person:
    """Give the one before the page; to be asked when something is decided, not before."""
    if get_script_run_ctx() is None:
        return Person("", False, "", "A decision is made on the page, by a person.")
    setup = _set_up()
    if setup.roles is None:
        return Person("", False, "", f"Nobody may decide here: {setup.wrong}.")
    if setup.signs_in:
        return identify(_find_claims(), setup.roles, time.time())
    if reason := say_not_alone():
        return Person("", False, "", f"Nobody may decide here, because {reason}. {_tell_way()}")
    return Person(find_own_name(), True, "single user")


def can_read() -> bool:
    """Say whether the one before the page may see what it holds."""
    setup = _set_up()
    return setup.roles is not None and may_read(_find_claims(), setup.roles, time.time())


def admit_reader() -> None:
    """End the page with a way in, before anything of the data is drawn, where its reader may not read."""
    if can_read():
        return
    setup = _set_up()
    st.title("Incidents", anchor=False)
    if setup.roles is None:
        st.error(f"The page is closed: {escape_markdown(setup.wrong)}. `{TOLD}` says how it is set up.",
                 icon=":material/block:")  # fmt: skip
    elif is_signed_in(_find_claims(), setup.roles, time.time()):
        name = escape_markdown(identify(_find_claims(), setup.roles, time.time()).name)
        st.warning(f"{name} is signed in, and is not among the readers. Ask who runs this page.",
                   icon=":material/lock:")  # fmt: skip
        st.button("Sign out", icon=":material/logout:", key="door-out", on_click=_sign_out)
    else:
        st.markdown("This page is for people who are signed in.")
        draw_sign_in("door")
    st.stop()


def draw_who() -> None:
    """Draw, at the foot of the sidebar, who is here, and how to sign in or out."""
    setup, person = _set_up(), find_person()
    with st.sidebar, st.container(key="who"):
        if person.how == "single user":
            _draw_alone(person)
        elif person.how == "signed in":
            role = "curator" if person.may_curate else "reader"
            why = f' title="{escape(person.why_not)}"' if person.why_not else ""
            st.html(f'<p class="who"{why}>{escape_html(person.name)} · {role}</p>')
            st.button("Sign out", icon=":material/logout:", key="sign-out", type="tertiary", on_click=_sign_out)
            _RETURN(key="return", data={"back": True}, width="content", height="content")
        elif setup.signs_in and setup.roles is not None:
            draw_sign_in("foot", said=False)
        else:
            st.caption(":material/lock: Reading only", help=escape_markdown(person.why_not))


def draw_signer() -> None:
    """Draw, where decisions are made, the name they are signed with, which one alone may change."""
    person = find_person()
    if person.how == "single user":
        _draw_alone(person)
    elif person.may_curate:
        st.html(f'<p class="who">{escape_html(person.name)}</p>', width="content")


def draw_why_not(person: Person, key: str) -> None:
    """Draw why this person may not decide, and the way to sign in where that would help."""
    st.info(escape_markdown(person.why_not or SIGN_IN), icon=":material/lock:")
    if person.how == "signed out":
        draw_sign_in(key)


def draw_sign_in(key: str, *, said: bool = True) -> None:
    """Draw a button for each provider that signs people in, who then come back to the link that is open."""
    for way in _set_up().ways:
        words = f"Sign in with {way}" if way else "Sign in"
        st.button(words, icon=":material/login:", key=f"sign-in-{key}-{way}", type="primary" if said else "tertiary",
                  on_click=st.login, args=(way,) if way else ())  # fmt: skip
    _RETURN(key=f"return-{key}", data={"back": False}, width="content", height="content")


def _draw_alone(person: Person) -> None:
    """Draw under which name the one person decides, to be changed."""
    with st.popover(escape_markdown(person.name or "Your name"), icon=":material/account_circle:", type="tertiary"):
        st.markdown("One person on this machine, and nobody signs in: decisions are signed with this name.")
        st.session_state["own-name"] = person.name
        st.text_input("Your name", key="own-name", max_chars=80, on_change=_take_name)
        st.caption(f"For a team, let people sign in: `{TOLD}` says how.")


def _take_name() -> None:
    """Take the name that was written."""
    keep_own_name(st.session_state["own-name"])


def _sign_out() -> None:
    """End the sign-in here, in this reader's other windows, and at the provider."""
    now = time.time()
    for seal in [seal for seal, ended in _ENDED.items() if ended < now - LONGEST_SIGN_IN]:
        _ENDED.pop(seal, None)
    if claims := _find_claims():
        _ENDED[_seal(claims)] = now
    st.logout()


def _find_claims() -> Claims:
    """Give what the provider said of who is signed in; nothing once they have signed out in any window."""
    claims: Claims = st.user.to_dict()
    return {} if _seal(claims) in _ENDED else claims


def _seal(claims: Claims) -> _Seal:
    """Tell one sign-in from all others."""
    iss, sub, iat, nonce = (str(claims.get(key)) for key in ("iss", "sub", "iat", "nonce"))
    return iss, sub, iat, nonce


def _set_up() -> Setup:
    """Read how the page tells people apart, anew each time."""
    try:
        auth, table = _read_table("auth"), _read_table("curation")
        if auth is None and _SIGNS_IN:
            raise ValueError("its sign-in settings are gone; start it again")
        if auth is None and table is not None:
            raise ValueError("its secrets have [curation] and no [auth]")
        if auth is None:
            return Setup(roles=Roles())
        _SIGNS_IN.add(True)
        if wrong := _check_auth(auth):
            raise ValueError(wrong)
        return Setup(True, read_roles(table or {}), ways=_find_ways(auth))
    except ValueError as error:
        return Setup(bool(_SIGNS_IN), wrong=str(error))


def _read_table(name: str) -> Mapping[str, Any] | None:
    """Read a table of Streamlit's secrets, None where there is none. Raises ValueError where they cannot be read."""
    if not st.secrets.load_if_toml_exists():
        # Streamlit says the same of a file that is not there and of one that is broken.
        if any(Path(path).exists() for path in st.get_option("secrets.files")):
            raise ValueError("its secrets cannot be read")
        return None
    table = st.secrets.to_dict().get(name)
    if table is None:
        return None
    if not isinstance(table, Mapping):
        raise ValueError(f"[{name}] in its secrets is no table")
    return table


def _check_auth(auth: Mapping[str, Any]) -> str:
    """Say what makes a sign-in worthless, "" if nothing does."""
    if len(str(auth.get("cookie_secret", ""))) < SHORTEST_SECRET:
        return f"cookie_secret in [auth] is shorter than {SHORTEST_SECRET} characters"
    if st.get_option("server.trustedUserHeaders"):
        return "server.trustedUserHeaders lets any request say who it is"
    return "" if _find_ways(auth) else "[auth] names no provider"


def _find_ways(auth: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the names of the providers of the configuration, "" for one without a name."""
    named = [name for name, part in auth.items() if isinstance(part, Mapping) and all(map(part.get, PROVIDER))]
    return (*([""] if all(map(auth.get, PROVIDER)) else []), *named)


def _tell_way() -> str:
    """Say how curation is turned on."""
    return f"Run it on your own machine (`make app`), or let people sign in: {TOLD} says how."


_RETURN = make_component("incident_return", "sign_in")
