"""One person on their own machine: where the page may take it that its reader is its owner, and what they are called.

Without a provider that signs people in, this is the only case in which anyone may decide or take in articles.
"""

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from pipeline.curation.people import name_user, tidy_name

LOCAL = ("localhost", "127.0.0.1", "::1")
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Forwarded", "Via")
REMEMBERED = Path(__file__).parent.parent / ".cache" / "curator.txt"
NAME = "curator name"


def say_not_alone() -> str:
    """Say why this page cannot take its reader for its owner, "" where it can."""
    served = st.get_option("server.address")
    if served not in LOCAL:
        return "this page is served to other machines and cannot tell its readers apart"
    headers = st.context.headers
    # Without any header there was no request: the page is run by a test.
    if not is_local_request(headers) or not is_local_peer(st.context.ip_address):
        return "this page is reached from elsewhere or through another server, and cannot tell its readers apart"
    return ""


def is_local_request(headers: Mapping[str, str]) -> bool:
    """Say whether a request names this machine as its host and comes from a page of it, through no other server.

    A name of the outside that leads to this machine (DNS rebinding) is not this machine's own name.

    >>> is_local_request({"Host": "localhost:8501", "Origin": "http://localhost:8501"})
    True
    >>> [is_local_request({"Host": host}) for host in ("[::1]:8501", "127.0.0.1", "evil.example", "localhost.evil")]
    [True, True, False, False]
    >>> is_local_request({"Host": "localhost", "Origin": "https://evil.example"})
    False
    >>> is_local_request({"Origin": "http://localhost"}), is_local_request({"Host": "localhost", "Via": "1.1 proxy"})
    (False, False)
    """
    if any(name in headers for name in FORWARDED):
        return False
    if headers and name_host(f"//{headers.get('Host', '')}") not in LOCAL:
        return False
    origin = headers.get("Origin")
    return origin is None or name_host(origin) in LOCAL


def name_host(url: str) -> str:
    """Give the name of the host of an address, "" where it has none.

    >>> name_host("http://LOCALHOST:1"), name_host("//[::1]:8501"), name_host("//[::1"), name_host("//a@localhost")
    ('localhost', '::1', '', '')
    """
    try:
        parts = urlsplit(url)
        return "" if "@" in parts.netloc else (parts.hostname or "")
    except ValueError:
        return ""


def is_local_peer(address: object) -> bool:
    """Say whether who connects is on this machine; Streamlit names no address for those who are.

    >>> is_local_peer(None), is_local_peer("::ffff:127.0.0.1"), is_local_peer("192.0.2.7")
    (True, True, False)
    """
    if not isinstance(address, str):
        return True
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def find_own_name() -> str:
    """Give the name that the one person decides under: as written in this window, as set, or as last remembered."""
    written = st.session_state.get(NAME)
    if written is None:
        try:
            written = REMEMBERED.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            written = ""
    return tidy_name(str(written)) or name_user()


def keep_own_name(name: str) -> None:
    """Remember the name for this window, and for the next one where the disk allows."""
    name = tidy_name(name)
    st.session_state[NAME] = name
    try:
        REMEMBERED.parent.mkdir(parents=True, exist_ok=True)
        REMEMBERED.write_text(name, encoding="utf-8")
    except OSError:
        return
