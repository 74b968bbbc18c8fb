"""What the configuration says of who may read and who may decide, and what it makes of one who is signed in.

It is asked at each click and trusts nothing it does not understand: an unknown word in the configuration closes the
page instead of opening it. An address counts only where the provider says that it is verified.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.curation.people import Person, tidy_name

READING = ("open", "signed in")
KNOWN = ("reading", "readers", "curators", "names", "role_claim", "role", "hours")
USUAL_HOURS = 12.0
SKEW = 300  # seconds that the provider's clock may be ahead of ours
SIGN_IN = "Sign in as a curator to decide, and to add articles."
Claims = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Roles:
    """Who may read, who may decide, what they are called, and for how many hours a sign-in holds."""

    reading: str = "open"
    readers: frozenset[str] = frozenset()
    curators: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    role_claim: str = ""
    role: str = ""
    hours: float = USUAL_HOURS


def read_roles(table: Mapping[str, Any]) -> Roles:
    """Read the table `[curation]` of the configuration. Raises ValueError with what is wrong, never with a secret.

    >>> read_roles({"curators": ["Ana@News.Example"], "reading": "signed in"}).curators
    frozenset({'ana@news.example'})
    >>> read_roles({"reading": "closed"})
    Traceback (most recent call last):
    ValueError: reading in [curation] is "open" or "signed in"
    """
    if strange := next((key for key in table if key not in KNOWN), None):
        raise ValueError(f'"{strange}" is no setting of [curation]: it knows {", ".join(KNOWN)}')
    reading, hours, names = table.get("reading", "open"), table.get("hours", USUAL_HOURS), table.get("names", {})
    if reading not in READING:
        raise ValueError('reading in [curation] is "open" or "signed in"')
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= 24 * 30:
        raise ValueError("hours in [curation] is a number of hours, at most 720")
    if not isinstance(names, Mapping) or not all(isinstance(name, str) for name in names.values()):
        raise ValueError("names in [curation] is a table of addresses and names")
    claim, role = (_read_text(table, key) for key in ("role_claim", "role"))
    if bool(claim) != bool(role):
        raise ValueError("role_claim and role in [curation] are given together or not at all")
    return Roles(reading, _read_addresses(table, "readers"), _read_addresses(table, "curators"),
                 {fold(key): tidy_name(name) for key, name in names.items()}, claim, role, float(hours))  # fmt: skip


def _read_text(table: Mapping[str, Any], key: str) -> str:
    """Read one piece of text."""
    value = table.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key} in [curation] is one piece of text")
    return value.strip()


def _read_addresses(table: Mapping[str, Any], key: str) -> frozenset[str]:
    """Read a list of addresses; only readers may be let in by a whole domain."""
    value = table.get(key, [])
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise ValueError(f'{key} in [curation] is a list of addresses, such as ["ana@news.example"]')
    shape = r"[^@\s]*@[^@\s]+" if key == "readers" else r"[^@\s]+@[^@\s]+"
    if wrong := next((one for one in value if not re.fullmatch(shape, one.strip())), None):
        raise ValueError(f'"{wrong}" among {key} in [curation] is no address')
    return frozenset(map(fold, value))


def fold(address: str) -> str:
    """Bring an address into one form; letters that only look alike stay apart.

    >>> fold(" Ana@News.Example "), fold("\u212aate@news.example")
    ('ana@news.example', '\u212aate@news.example')
    """
    address = address.strip()
    return address.lower() if address.isascii() else address


def is_signed_in(claims: Claims, roles: Roles, now: float) -> bool:
    """Say whether someone is signed in, and since not too long.

    >>> [is_signed_in({"is_logged_in": True, "iat": at}, Roles(hours=1), 10_000) for at in (9_000, 6_000, 10_900, None)]
    [True, False, False, False]
    """
    since = claims.get("iat")
    if claims.get("is_logged_in") is not True or isinstance(since, bool) or not isinstance(since, int | float):
        return False
    return now - roles.hours * 3600 <= since <= now + SKEW


def find_address(claims: Claims) -> str:
    """Give the address that the provider has verified, else "".

    >>> find_address({"email": "Ana@News.Example", "email_verified": True}), find_address({"email": "ben@news.example"})
    ('ana@news.example', '')
    """
    email, verified = claims.get("email"), claims.get("email_verified")
    return fold(email) if isinstance(email, str) and (verified is True or verified == "true") else ""


def has_role(claims: Claims, roles: Roles) -> bool:
    """Say whether the provider gives someone the role; the claim may lie within others, as `realm_access.roles`.

    >>> roles = Roles(role_claim="realm_access.roles", role="curator")
    >>> has_role({"realm_access": {"roles": ["reader", "curator"]}}, roles), has_role({"roles": ["curator"]}, roles)
    (True, False)
    """
    if not roles.role_claim or not roles.role:
        return False
    found: Any = claims.get(roles.role_claim)
    if found is None:
        found = claims
        for part in roles.role_claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    return found == roles.role or (isinstance(found, list | tuple) and roles.role in found)


def name_person(claims: Claims, roles: Roles) -> str:
    """Give the name that decisions are signed with: never one that a person can give to themselves alone."""
    address, subject = find_address(claims), str(claims.get("sub") or "")
    if name := roles.names.get(address) or roles.names.get(fold(subject)):
        return name
    own = tidy_name(str(claims.get("name") or claims.get("preferred_username") or ""))
    return tidy_name(address or (f"{own[:40]} ({subject})" if own else subject))


def identify(claims: Claims, roles: Roles, now: float) -> Person:
    """Say who is signed in, and whether they may decide.

    >>> roles = Roles(curators=frozenset({"ana@news.example"}))
    >>> ana = {"is_logged_in": True, "iat": 0, "email": "ana@news.example", "email_verified": True}
    >>> identify(ana, roles, 60)
    Person(name='ana@news.example', may_curate=True, how='signed in', why_not='')
    >>> identify({**ana, "email_verified": False, "sub": "7"}, roles, 60).why_not
    'The provider does not say that ana@news.example is verified, so that it cannot be told who decides.'
    """
    if not claims.get("is_logged_in"):
        return Person("", False, "signed out", SIGN_IN)
    if not is_signed_in(claims, roles, now):
        return Person("", False, "signed out", "The sign-in is over: sign in again to decide.")
    name, email = name_person(claims, roles), claims.get("email")
    if name and (find_address(claims) in roles.curators or has_role(claims, roles)):
        return Person(name, True, "signed in")
    if isinstance(email, str) and fold(email) in roles.curators:
        why = f"The provider does not say that {tidy_name(email)} is verified, so that it cannot be told who decides."
    else:
        why = f"{name or 'Who is signed in'} is signed in, and is not among the curators."
    return Person(name, False, "signed in", why)


def may_read(claims: Claims, roles: Roles, now: float) -> bool:
    """Say whether the page is open to someone.

    >>> closed = Roles("signed in", frozenset({"@news.example"}))
    >>> ben = {"is_logged_in": True, "iat": 0, "email": "ben@news.example", "email_verified": True}
    >>> [may_read(one, closed, 60) for one in (ben, {}, {**ben, "email": "ben@evil.example"})]
    [True, False, False]
    """
    if roles.reading == "open":
        return True
    if not is_signed_in(claims, roles, now):
        return False
    address = find_address(claims)
    listed = bool({address, f"@{address.rpartition('@')[2]}"} & roles.readers) if address else False
    return not roles.readers or listed or identify(claims, roles, now).may_curate
