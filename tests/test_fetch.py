"""The guarded fetch against a server on this machine that does what hostile servers do; no other network is used."""

import gzip
import http.server
import ipaddress
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from pipeline.intake.fetch import MOST_ROBOTS, Net, RefusedError, fetch_page
from pipeline.intake.fetch_guard import check_url, is_public, pin_address

ME, METADATA = "me", "169.254.169.254"  # apart, so that no address in this file is one to go to
LOCAL = ipaddress.ip_address("127.0.0.1")
PAGE = b"<html><body><p>A bomb hit the bus station.</p></body></html>"
ROBOTS = "User-agent: *\nDisallow: /closed\n\nUser-agent: OtherBot\nDisallow: /\n"


class Hostile(http.server.BaseHTTPRequestHandler):
    """A site, and every trick that the fetch must not fall for."""

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.server.asked.append((self.headers["Host"], self.path))
        name = self.path.split("?")[0].strip("/").replace(".txt", "").split("/")[0]
        with suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"give_{name}", self.give_page)()

    def head(self, status=200, **headers):
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), str(value))
        self.end_headers()

    def give_page(self):
        self.head(Content_Type="text/html; charset=utf-8", Content_Length=len(PAGE))
        self.wfile.write(PAGE)

    def give_robots(self):
        if isinstance(self.server.robots, int):
            return self.head(self.server.robots)
        self.head(Content_Type="text/plain")
        return self.wfile.write(self.server.robots.encode())

    def give_to(self):
        self.head(302, Location=self.path.partition("?")[2])

    def give_circle(self):
        self.head(302, Location=f"/circle/{time.monotonic()}")

    def give_picture(self):
        self.head(Content_Type="image/png")

    def give_nothing(self):
        self.head(404)

    def give_stated(self):
        self.head(Content_Type="text/html", Content_Length=10**12)

    def give_endless(self):
        self.head(Content_Type="text/html")
        while True:
            self.wfile.write(b"x" * 50_000)

    def give_bomb(self):
        self.head(Content_Type="text/html", Content_Encoding="gzip")
        self.wfile.write(gzip.compress(b"x" * 3_000_000))

    def give_broken(self):
        self.head(Content_Type="text/html", Content_Length=500)
        self.wfile.write(PAGE)

    def give_drip(self):
        self.head(Content_Type="text/html")
        for _ in range(300):
            self.wfile.write(b"x")
            time.sleep(0.05)

    def give_slowhead(self):
        for letter in "HTTP/1.0 200 OK\r\n" + "X-A: b\r\n" * 40:
            self.wfile.write(letter.encode())
            time.sleep(0.05)


@contextmanager
def serve(robots=ROBOTS):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    server.daemon_threads = True
    server.asked, server.robots = [], robots
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server, server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def net(port, names=None, **changes):
    """Let the fetch reach this server and no other address, by names of our own."""
    known = {"news.example": ["127.0.0.1"], "inner.example": ["10.1.2.3"]} | (names or {})
    settings = {"resolve": lambda host, at: known.get(host, [host]), "allows": lambda one: one == LOCAL,
                "ports": frozenset((80, 443, port)), "seconds": 5, "most_bytes": 1_000_000}  # fmt: skip
    return Net(**settings | changes)


@pytest.fixture(scope="module")
def site():
    with serve() as (server, port):
        yield server, port


def refusal(url, with_net):
    with pytest.raises(RefusedError) as refused:
        fetch_page(url, with_net)
    words = str(refused.value)
    assert words.endswith(".") and "\n" not in words, "a refusal is one sentence"
    return words


def test_a_page_comes_as_it_is_from_the_name_that_was_asked(site):
    server, port = site
    server.asked.clear()
    got = fetch_page(f"http://news.example:{port}/a?b=1#part", net(port))
    assert (got.content, got.ending, got.url) == (PAGE, ".html", f"http://news.example:{port}/a?b=1")
    assert server.asked == [(f"news.example:{port}", "/robots.txt"), (f"news.example:{port}", "/a?b=1")]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://news.example/a", "Only http and https"),
        ("file:///etc/passwd", "Only http and https"),
        ("news.example/a", "Only http and https"),
        ("https://", "names no site"),
        (f"https://{ME}:b@news.example/", "user name or password"),
        (f"https://{ME}@news.example/", "user name or password"),
        ("https://news.example:22/", "Port 22"),
        ("https://news.example:99999/", "no address of the web"),
        ("https://news.example\\@inner.example/", "characters that no address has"),
        ("https://news.example/\r\nX: y", "characters that no address has"),
        ("https://[::1/", "no address of the web"),
    ],
)
def test_what_is_no_plain_address_is_refused(url, words):
    with pytest.raises(RefusedError, match=words):
        check_url(url)


@pytest.mark.parametrize(
    "address",
    "0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 192.168.1.1 192.0.2.1 198.18.0.1 "
    "192.88.99.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:8.8.8.8 ::ffff:10.0.0.1 ::8.8.8.8 64:ff9b::808:808 "
    "fc00::1 fd12::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001:db8::1 2001:0:4136:e378::1 2002:a00:1::1 100::1".split(),
)
def test_no_address_but_a_public_one_is_reached(address):
    assert not is_public(ipaddress.ip_address(address))
    with pytest.raises(RefusedError, match="private, local or reserved"):
        pin_address(check_url("https://news.example/"), Net(resolve=lambda host, port: [address]))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::8a"])
def test_a_public_address_is_reached(address):
    assert pin_address(check_url("https://a.example/"), Net(resolve=lambda host, port: [address])) == address


def test_one_private_address_among_public_ones_is_enough():
    mixed = Net(resolve=lambda host, port: ["8.8.8.8", "192.168.0.1"])
    with pytest.raises(RefusedError, match=r"192\.168\.0\.1"):
        pin_address(check_url("https://news.example/"), mixed)


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]"])
def test_no_way_of_writing_this_machine_is_reached(host):
    with pytest.raises(RefusedError):
        fetch_page(f"http://{host}/")


def test_a_redirect_is_checked_as_the_address_itself(site):
    server, port = site
    base = f"http://news.example:{port}"
    assert fetch_page(f"{base}/to?/a", net(port)).url == f"{base}/a"
    server.asked.clear()
    assert "10.1.2.3" in refusal(f"{base}/to?http://inner.example/secret", net(port))
    assert "169.254.169.254" in refusal(f"{base}/to?http://{METADATA}/latest", net(port))
    assert "Only http and https" in refusal(f"{base}/to?file:///etc/passwd", net(port))
    assert "Port 22" in refusal(f"{base}/to?http://news.example:22/", net(port))
    assert "more than 5 times" in refusal(f"{base}/circle", net(port))
    assert not [path for _, path in server.asked if path == "/secret"]


def test_a_name_that_changes_its_mind_is_held_to_its_first_word(site):
    _, port = site
    answers = iter([["127.0.0.1"], ["10.0.0.9"], ["10.0.0.9"]])
    asked = []

    def rebind(host, at):
        asked.append(host)
        return next(answers)

    got = fetch_page(f"http://news.example:{port}/to?/a", net(port, resolve=rebind))
    assert got.content == PAGE
    assert asked == ["news.example"], "robots.txt, the page and its redirect go to the address checked first"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("picture", "image/png, not HTML"),
        ("nothing", "answered 404"),
        ("stated", "larger than 1 MB"),
        ("endless", "larger than 1 MB"),
        ("bomb", "larger than 1 MB"),
        ("broken", "broke off"),
        ("closed/a", "robots.txt"),
    ],
)
def test_what_is_no_page_of_an_article_is_refused(site, path, words):
    assert words in refusal(f"http://news.example:{site[1]}/{path}", net(site[1]))


@pytest.mark.parametrize("path", ["drip", "slowhead"])
def test_a_slow_drip_ends_in_time(site, path):
    start = time.monotonic()
    assert "within 0.5 seconds" in refusal(f"http://news.example:{site[1]}/{path}", net(site[1], seconds=0.5))
    assert time.monotonic() - start < 2


def test_a_name_that_never_resolves_ends_in_time(site):
    def hang(host, port):
        time.sleep(3)
        return []

    start = time.monotonic()
    assert "within 0.3 seconds" in refusal("http://news.example/", net(site[1], resolve=hang, seconds=0.3))
    assert time.monotonic() - start < 1.5


@pytest.mark.parametrize(
    ("robots", "fetched"),
    [
        (ROBOTS, True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: IncidentsIntake\nDisallow: /a\n", False),
        ("User-agent: IncidentsIntake\nAllow: /\n\nUser-agent: *\nDisallow: /\n", True),
        ("", True),
        ("<html>no robots</html>", True),
        ("#" * (MOST_ROBOTS + 10), True),
        (404, True),
        (403, False),
        (503, False),
    ],
)
def test_robots_are_obeyed(robots, fetched):
    with serve(robots) as (server, port):
        if fetched:
            assert fetch_page(f"http://news.example:{port}/a", net(port)).content == PAGE
        else:
            assert "robots.txt" in refusal(f"http://news.example:{port}/a", net(port))
            assert [path for _, path in server.asked] == ["/robots.txt"]


def test_a_server_that_is_not_there_is_said():
    assert "does not answer" in refusal("http://news.example:9/", net(9))
