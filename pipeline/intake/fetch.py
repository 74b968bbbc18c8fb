"""Fetch the page of an article that a person names, and nothing that the person could not have meant.

Only public http and https servers are reached (`fetch_guard` says how that is made sure), each redirect is checked as
the address itself was, robots.txt is obeyed, and whatever is too large, too slow or no article is refused in one
sentence. No proxy, no cookies, no credentials are used.
"""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from pipeline import __version__
from pipeline.intake.fetch_guard import Net, PinnedConnection, RefusedError, Target, check_url, pin_address

__all__ = ["Fetched", "Net", "RefusedError", "fetch_page"]

AGENT = "IncidentsIntake"
HEADERS = {
    "User-Agent": f"{AGENT}/{__version__} (one page at the request of one reader)",
    "Accept": "text/html, application/pdf, text/plain;q=0.9",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
ENDINGS = {"text/html": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}
REDIRECTS = frozenset((301, 302, 303, 307, 308))
MOST_REDIRECTS = 5
MOST_ROBOTS = 512_000  # bytes: what RFC 9309 asks to read at least
MOST_STATED = 200  # characters of a content type that are kept
PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: the address it came from in the end, the ending for its file, its bytes, and how it came.

    `asked` is the address that was asked first, `at` the time (UTC, ISO 8601), `kind` the content type as stated.
    """

    url: str
    ending: str
    content: bytes
    asked: str = ""
    at: str = ""
    status: int = 200
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: its status, the address asked, where it points to, the kind of content and the content.

    `stated` is the content type with all that the server put beside it, such as the character set.
    """

    status: int
    target: Target
    location: str
    kind: str
    content: bytes
    stated: str = ""


@dataclass(slots=True)
class Visit:
    """One fetch with all that belongs to it: until when it may last, where names led, what sites allow."""

    net: Net
    until: float
    pinned: dict[tuple[str, int], str] = field(default_factory=dict)
    robots: dict[str, RobotFileParser] = field(default_factory=dict)
    open: PinnedConnection | None = None

    def left(self) -> float:
        """Give the seconds left; raises RefusedError where there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise too_slow(self.net)
        return left

    def connect(self, target: Target) -> PinnedConnection:
        """Make the connection to a target; a name is resolved and checked once in a visit."""
        key = (target.host, target.port)
        if key not in self.pinned:
            self.pinned[key] = pin_address(target, self.net)
        self.open = PinnedConnection(target, self.pinned[key], self.left())
        return self.open

    def close(self) -> None:
        """Cut off what is still open, whatever another thread waits for on it."""
        if self.open is not None and (sock := self.open.sock) is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            self.open.close()


def fetch_page(url: str, net: Net | None = None) -> Fetched:
    """Fetch one page; raises RefusedError with the reason where it is not to be had, or not to be trusted."""
    net = net or Net()
    visit = Visit(net, time.monotonic() + net.seconds)
    answer = run_within(visit, lambda: follow(url, visit, ask_robots=True))
    if answer.status != 200:
        reason = http.client.responses.get(answer.status, "no reason given")
        raise RefusedError(f"{answer.target.host} answered {answer.status} ({reason}) instead of the page.")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Fetched(
        answer.target.url, ENDINGS[answer.kind], answer.content, url.strip(), now, answer.status, answer.stated
    )


def run_within(visit: Visit, job: Callable[[], Answer]) -> Answer:
    """Do `job` aside and wait no longer than the visit may last: names and headers can drip as slowly as a body."""
    done: list[Answer | BaseException] = []

    def work() -> None:
        try:
            done.append(job())
        except BaseException as error:  # handed on to whoever waits
            done.append(error)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(visit.net.seconds)
    finished = list(done)
    visit.close()
    if not finished:
        raise too_slow(visit.net)
    if isinstance(finished[0], BaseException):
        raise finished[0]
    return finished[0]


def follow(url: str, visit: Visit, *, ask_robots: bool) -> Answer:
    """Ask for an address, and for those it is redirected to, each checked anew."""
    for _ in range(MOST_REDIRECTS + 1):
        target = check_url(url, visit.net.ports)
        if ask_robots:
            obey_robots(target, visit)
        answer = ask(target, visit, for_robots=not ask_robots)
        if answer.status not in REDIRECTS:
            return answer
        if not answer.location:
            raise RefusedError(f"{target.host} redirects to nowhere.")
        try:
            url = urljoin(target.url, answer.location)
        except ValueError as error:
            raise RefusedError(f"{target.host} redirects to what is no address.") from error
    raise RefusedError(f"The address is redirected more than {MOST_REDIRECTS} times.")


def ask(target: Target, visit: Visit, *, for_robots: bool) -> Answer:
    """Ask one server for one thing; raises RefusedError where it fails or gives what is not fetched."""
    connection = visit.connect(target)
    try:
        connection.request("GET", target.path, headers=HEADERS)
        response = connection.getresponse()
        stated = " ".join(response.headers.get("Content-Type", "").split())[:MOST_STATED]
        kind = stated.partition(";")[0].strip().lower()
        content = b""
        if response.status == 200:
            if not for_robots and kind not in ENDINGS:
                raise RefusedError(f"The address gives {kind or 'content of no stated kind'}, not HTML, text or PDF.")
            content = read_body(response, visit, MOST_ROBOTS if for_robots else visit.net.most_bytes, cut=for_robots)
        return Answer(response.status, target, response.headers.get("Location", "").strip(), kind, content, stated)
    except RefusedError:
        raise
    except TimeoutError as error:
        raise too_slow(visit.net) from error
    except ssl.SSLError as error:
        raise RefusedError(f"{target.host} does not prove to be that site ({error.reason or 'TLS failed'}).") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        visit.left()
        raise RefusedError(f"{target.host} broke off, or does not answer ({type(error).__name__}).") from error
    finally:
        connection.close()


def read_body(response: http.client.HTTPResponse, visit: Visit, most: int, *, cut: bool) -> bytes:
    """Read a body piece by piece, never more than `most` bytes nor longer than the visit may last."""
    stated = response.headers.get("Content-Length", "")
    if stated.isdigit() and int(stated) > most and not cut:
        raise too_large(most)
    pieces, size = list[bytes](), 0
    while size <= most:
        visit.left()
        piece = response.read1(PIECE)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    else:
        if not cut:
            raise too_large(most)
    if size <= most and response.length:
        raise RefusedError("The site broke off in the middle of the page.")
    return unpack(b"".join(pieces), response.headers.get("Content-Encoding", ""), most)[: most if cut else None]


def unpack(content: bytes, encoding: str, most: int) -> bytes:
    """Unpack what a server packed though it was not asked to, and no more of it than `most` bytes.

    >>> unpack(b"as it is", "identity", 10)
    b'as it is'
    """
    if encoding.lower() in ("", "identity"):
        return content
    if encoding.lower() not in ("gzip", "x-gzip"):
        raise RefusedError(f"The site packs its pages in a way that is not read ({encoding[:20]}).")
    try:
        unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        plain = unpacker.decompress(content, most + 1)
    except zlib.error as error:
        raise RefusedError("The site sent a packed page that is damaged.") from error
    if len(plain) > most:
        raise too_large(most)
    if not unpacker.eof:
        raise RefusedError("The site broke off in the middle of a packed page.")
    return plain


def obey_robots(target: Target, visit: Visit) -> None:
    """Raise RefusedError where robots.txt of the site forbids the page, or the site cannot say."""
    if target.site not in visit.robots:
        visit.robots[target.site] = read_robots(target, visit)
    if not visit.robots[target.site].can_fetch(AGENT, target.url):
        raise RefusedError(
            f"robots.txt of {target.host} forbids programs to fetch this page: open it in a browser and paste its text."
        )


def read_robots(target: Target, visit: Visit) -> RobotFileParser:
    """Give the rules of a site: without a robots.txt all is allowed, with one that fails nothing is (RFC 9309)."""
    rules = RobotFileParser()
    answer = follow(f"{target.site}/robots.txt", visit, ask_robots=False)
    if answer.status == 200:
        rules.parse(answer.content.decode("utf-8", "replace").splitlines())
    elif 400 <= answer.status < 500 and answer.status not in (401, 403, 429):
        rules.parse([])
    else:
        raise RefusedError(
            f"{target.host} does not say whether programs may fetch its pages (robots.txt gives {answer.status})."
        )
    return rules


def too_large(most: int) -> RefusedError:
    """Word the refusal of what is too large."""
    return RefusedError(f"The page is larger than {most / 1_000_000:g} MB.")


def too_slow(net: Net) -> RefusedError:
    """Word the refusal of what is too slow."""
    return RefusedError(f"The page did not come within {net.seconds:g} seconds.")
