"""Who decides: a person with a name, and whether this person may.

The log asks it of every decision before anything is written, so that who may not is refused where decisions are kept
and not only where buttons are drawn.
"""

import getpass
import os
import unicodedata
from dataclasses import dataclass

LONGEST_NAME = 80


class NotAllowedError(Exception):
    """A decision by someone who may not decide; says in one sentence what would let them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who a decision is signed by, whether they may decide, and how that is known ("single user", "signed in")."""

    name: str
    may_curate: bool
    how: str
    why_not: str = ""


def refuse_stranger(by: Person) -> None:
    """Raise NotAllowedError unless this person may decide and has a name to sign with.

    >>> refuse_stranger(Person("Ana", True, "single user"))
    >>> refuse_stranger(Person("Ben", False, "signed in", "Ben is not among the curators."))
    Traceback (most recent call last):
    pipeline.curation.people.NotAllowedError: Ben is not among the curators.
    """
    if not by.may_curate:
        raise NotAllowedError(by.why_not or "Only a signed-in curator may decide.")
    if not by.name.strip():
        raise NotAllowedError("A decision is signed with a name: write yours first.")


def tidy_name(text: str) -> str:
    r"""Give a name as it is signed: on one line, without what cannot be seen, and not too long.

    >>> tidy_name("  Ana \u202e\n Sari ")
    'Ana Sari'
    """
    visible = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(visible.split())[:LONGEST_NAME].rstrip()


def name_user() -> str:
    """Give the name of the one at this machine: INCIDENT_CURATOR, else what the system calls them, "" if nothing."""
    if named := tidy_name(os.environ.get("INCIDENT_CURATOR", "")):
        return named
    try:
        return tidy_name(getpass.getuser())
    except (OSError, KeyError):  # an account without a name, as in some containers
        return ""
