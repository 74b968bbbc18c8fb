"""Let a fetch reach public web servers only: check the address one asks for, then every address its name leads to.

A name is resolved once, and the connection goes to the address that was checked, so that a name which leads elsewhere
a moment later leads nowhere. Refusals are sentences for the person who pasted the address.
"""

import http.client
import ipaddress
import re
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
PORTS = {"http": 80, "https": 443}
STRANGE = re.compile(r"[\x00-\x20\x7f\\]")
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # every other part of IPv6 is local, reserved or a disguise of IPv4
RELAYS = (ipaddress.ip_network("192.88.99.0/24"), ipaddress.ip_network("64:ff9b::/96"))
SAFE_IN_PATH = "%/:@!$&'()*+,;=~?[]"


class RefusedError(Exception):
    """An address that is not fetched; the message is one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address of the web: the parts that a request is made of."""

    scheme: str
    host: str
    port: int
    path: str  # with its query

    @property
    def site(self) -> str:
        """The address of the whole site."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The address as it is asked for."""
        return self.site + self.path


def is_public(address: Address) -> bool:
    """Say whether an address lies in the public internet, and is not one that stands for another.

    >>> [is_public(ipaddress.ip_address(one)) for one in ("93.184.215.14", "10.0.0.1", "169.254.169.254", "127.0.0.1")]
    [True, False, False, False]
    >>> [is_public(ipaddress.ip_address(one)) for one in ("2606:2800::1", "::ffff:93.184.215.14", "64:ff9b::a00:1")]
    [True, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        disguised = address.ipv4_mapped or address.sixtofour or address.teredo
        if disguised or address.scope_id or address not in GLOBAL_UNICAST:
            return False
    if any(address in relay for relay in RELAYS if relay.version == address.version):
        return False
    local = address.is_private or address.is_loopback or address.is_link_local or address.is_unspecified
    return address.is_global and not (local or address.is_multicast or address.is_reserved)


def resolve_name(host: str, port: int) -> list[str]:
    """Give every address of a name, as the system knows it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


@dataclass(frozen=True, slots=True)
class Net:
    """How far a fetch may go; tests put a resolver and a rule of their own here, nothing else does."""

    resolve: Callable[[str, int], list[str]] = resolve_name
    allows: Callable[[Address], bool] = is_public
    ports: frozenset[int] = frozenset(PORTS.values())
    seconds: float = 20.0
    most_bytes: int = 10_000_000


def check_url(url: str, ports: frozenset[int] = frozenset(PORTS.values())) -> Target:
    """Give the parts of an address that may be fetched; raises RefusedError.

    >>> check_url("HTTPS://Example.org/a b?c").url
    Traceback (most recent call last):
    pipeline.intake.fetch_guard.RefusedError: The address holds blanks or characters that no address has.
    >>> check_url("https://news.example/ä?q=1#part").url
    'https://news.example/%C3%A4?q=1'
    """
    url = url.strip()
    if STRANGE.search(url):
        raise RefusedError("The address holds blanks or characters that no address has.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise RefusedError(f"This is no address of the web ({error}).") from error
    if parts.scheme not in PORTS:
        raise RefusedError(f"Only http and https are fetched, not {parts.scheme or 'an address without a scheme'}.")
    if not host:
        raise RefusedError("The address names no site.")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("The address holds a user name or password: remove it.")
    port = PORTS[parts.scheme] if port is None else port
    if port not in ports:
        raise RefusedError(f"Port {port} is refused: only 80 and 443 are fetched.")
    path = quote(parts.path or "/", safe=SAFE_IN_PATH) + (
        f"?{quote(parts.query, safe=SAFE_IN_PATH)}" if parts.query else ""
    )
    return Target(parts.scheme, host.rstrip("."), port, path)


def pin_address(target: Target, net: Net) -> str:
    """Give the one address to connect to; raises RefusedError where any address of the name is not public."""
    try:
        found = [ipaddress.ip_address(one) for one in net.resolve(target.host, target.port)]
    except (OSError, UnicodeError) as error:
        raise RefusedError(f"The name {target.host} leads nowhere: check the address, and the network.") from error
    except ValueError as error:
        raise RefusedError(f"The name {target.host} leads to what is no address of the internet.") from error
    for address in found:
        if not net.allows(address):
            raise RefusedError(f"{target.host} leads to {address}, an address that is private, local or reserved.")
    if not found:
        raise RefusedError(f"The name {target.host} leads nowhere: check the address, and the network.")
    return str(found[0])


class PinnedConnection(http.client.HTTPConnection):
    """A connection that asks for the target by name, and goes to the address that was checked."""

    def __init__(self, target: Target, address: str, timeout: float) -> None:
        super().__init__(target.host, target.port, timeout=timeout)
        self.target = target
        self.address = address
        self.default_port = PORTS[target.scheme]  # so that Host names no usual port

    def connect(self) -> None:
        """Connect to the checked address; for https prove that the server is the one named."""
        self.sock = socket.create_connection((self.address, self.target.port), self.timeout)
        if self.target.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.target.host)
