"""What a hostile site does to a fetch beyond a plain refusal: packed bombs, lying lengths, giant headers, other types.

A raw server on this machine says exactly the bytes of each row, slowly where the row says so, and however often it is
asked. Each ends soon, in little memory, with a page or with one sentence.
"""

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from contextlib import contextmanager, suppress

import pytest
from test_fetch import LOCAL, net

from pipeline.intake.fetch import Net, RefusedError, fetch_page
from pipeline.intake.fetch_guard import check_url, pin_address
from pipeline.intake.web import decode_page

BODY = b"<html><body><p>A bomb hit the bus station.</p></body></html>"
TYPE = b"Content-Type: text/html\r\n"
MANY = b"X-A: " + b"a" * 60_000 + b"\r\n"


def answer(*heads, body=BODY, status=b"200 OK"):
    return b"HTTP/1.1 " + status + b"\r\n" + b"".join(heads) + b"\r\n" + body


def deflated(size):
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(size)) + packer.flush()


ATTACKS = {  # name -> what is said, what the refusal says ("" where the page is given)
    "gzip of 200 MB": (answer(TYPE, b"Content-Encoding: gzip\r\n", body=deflated(200)), "larger than 1 MB"),
    "gzip in gzip": (
        answer(TYPE, b"Content-Encoding: gzip, gzip\r\n", body=gzip.compress(gzip.compress(BODY))),
        "packs",
    ),
    "brotli": (answer(TYPE, b"Content-Encoding: br\r\n"), "packs its pages"),
    "zstd": (answer(TYPE, b"Content-Encoding: zstd\r\n"), "packs its pages"),
    "deflate": (answer(TYPE, b"Content-Encoding: deflate\r\n"), "packs its pages"),
    "gzip that is none": (answer(TYPE, b"Content-Encoding: gzip\r\n"), "packed page that is damaged"),
    "gzip cut off": (answer(TYPE, b"Content-Encoding: gzip\r\n", body=gzip.compress(BODY * 99)[:60]), "broke off"),
    "longer than it says": (answer(TYPE, b"Content-Length: 6\r\n"), ""),
    "shorter than it says": (answer(TYPE, b"Content-Length: 900\r\n"), "broke off"),
    "a negative length": (answer(TYPE, b"Content-Length: -5\r\n"), ""),
    "a length of letters": (answer(TYPE, b"Content-Length: many\r\n"), ""),
    "a length of 5,000 digits": (answer(TYPE, b"Content-Length: " + b"9" * 5000 + b"\r\n"), "broke off"),
    "two lengths": (answer(TYPE, b"Content-Length: 6\r\nContent-Length: 999\r\n"), ""),
    "chunks": (answer(TYPE, b"Transfer-Encoding: chunked\r\n", body=b"3c\r\n" + BODY + b"\r\n0\r\n\r\n"), ""),
    "chunks cut off": (answer(TYPE, b"Transfer-Encoding: chunked\r\n", body=b"ff\r\n" + BODY), "broke off"),
    "a chunk of no size": (answer(TYPE, b"Transfer-Encoding: chunked\r\n", body=b"zz\r\n" + BODY), "broke off"),
    "a chunk of ages": (answer(TYPE, b"Transfer-Encoding: chunked\r\n", body=b"f" * 70_000 + b"\r\n"), "broke off"),
    "a header of a megabyte": (answer(TYPE, b"X-A: " + b"a" * 1_000_000 + b"\r\n"), "broke off"),
    "a thousand headers": (answer(TYPE, b"X-A: b\r\n" * 1000), "broke off"),
    "six megabytes of headers": (answer(TYPE, MANY * 99), ""),
    "no type": (answer(), "no stated kind"),
    "two types": (answer(b"Content-Type: image/png\r\n", TYPE), "image/png"),
    "a type that is no type": (answer(b"Content-Type: ;;;/\r\n"), "no stated kind"),
    "a programme": (answer(b"Content-Type: application/x-msdownload\r\n"), "application/x-msdownload"),
    "a wrong character set": (answer(b"Content-Type: text/html; charset=utf-99\r\n"), ""),
    "no HTTP": (b"SSH-2.0-OpenSSH_9\r\n" * 9, "broke off"),
    "nothing": (b"", "broke off"),
    "a status of letters": (b"HTTP/1.1 OK OK\r\n\r\n", "broke off"),
    "no change": (answer(TYPE, status=b"304 Not Modified"), "answered 304"),
    "a part": (answer(TYPE, status=b"206 Partial Content"), "answered 206"),
    "continue, for ever": (b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000, ""),
    "to a file": (answer(b"Location: file:///etc/hosts\r\n", status=b"302 Found"), "Only http and https"),
    "to data": (answer(b"Location: data:text/html,a\r\n", status=b"302 Found"), "Only http and https"),
    "to a script": (answer(b"Location: javascript:alert(1)\r\n", status=b"302 Found"), "Only http and https"),
    "to a gopher": (answer(b"Location: gopher://news.example/\r\n", status=b"302 Found"), "Only http and https"),
    "to a mailbox": (answer(b"Location: ftp://news.example/\r\n", status=b"307 Found"), "Only http and https"),
    "to nowhere": (answer(status=b"302 Found"), "redirects to nowhere"),
    "to what is no address": (answer(b"Location: http://[::1\r\n", status=b"302 Found"), "no address"),
    "to a name and password": (answer(b"Location: http://%b\r\n" % b"a:b@news.example/", status=b"302 F"), "user name"),
    "to another port": (answer(b"Location: http://news.example:22/\r\n", status=b"302 Found"), "Port 22"),
    "to a very long address": (answer(b"Location: /" + b"a" * 60_000 + b"\r\n", status=b"302 Found"), "more than 5"),
}
MAY_ALSO = {"continue, for ever": "broke off", "six megabytes of headers": "broke off", "two lengths": "broke off"}


@contextmanager
def say(words, pause=0.0, whole=True):
    """Answer robots.txt with 404 and everything else with these words."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(20)
    asked = []

    def serve():
        with suppress(OSError):
            while True:
                link, _ = server.accept()
                threading.Thread(target=speak, args=(link,), daemon=True).start()

    def speak(link):
        with suppress(OSError), link:
            link.settimeout(10)
            head = link.recv(65_536)
            asked.append(head)
            if b"/robots.txt" in head.split(b"\r\n")[0]:
                link.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                return
            for at in range(0, len(words), 65_536 if not pause else 1):
                link.sendall(words[at : at + (65_536 if not pause else 1)])
                time.sleep(pause)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server.getsockname()[1], asked
    finally:
        server.close()


def fetch(port, **changes):
    """Give the page, or the sentence of the refusal."""
    try:
        return fetch_page(f"http://news.example:{port}/a", net(port, **changes))
    except RefusedError as error:
        words = str(error)
        assert words.endswith(".") and "\n" not in words and len(words) < 300, "a refusal is one sentence"
        return words


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_ends_soon_in_little_memory_with_one_sentence(name):
    words, refusal = ATTACKS[name]
    tracemalloc.start()
    with say(words) as (port, _):
        start = time.monotonic()
        got = fetch(port, seconds=4)
        took = time.monotonic() - start
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took < 8 and most < 60_000_000, f"{took:.1f} seconds, {most:,} bytes: bound what is held"
    if isinstance(got, str):
        assert (refusal or MAY_ALSO.get(name, "no refusal was meant")) in got
    else:
        assert not refusal and BODY.startswith(got.content)


@pytest.mark.parametrize("pause", [0.02, 0.3])
def test_whatever_drips_ends_with_the_whole_of_the_time(pause):
    with say(answer(TYPE, body=BODY * 50), pause=pause) as (port, _):
        start = time.monotonic()
        assert "within 0.8 seconds" in fetch(port, seconds=0.8)
    assert time.monotonic() - start < 3, "each byte is in time, all of them are not: hold the deadline of the whole"


HOSTS = (
    "127.0.0.1 127.1 127.0.1 0 0.0.0.0 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 169.254.169.254 "
    "0xa9fea9fe 2852039166 0251.0376.0251.0376 [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] "
    "[::ffff:169.254.169.254] [0:0:0:0:0:ffff:a00:1] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] [fe80::1] "
    "[fd00:ec2::254] [ff02::1] 10.0.0.1 192.168.0.1 172.16.0.1 100.64.0.1 localhost localhost. LOCALHOST "
    "①②⑦.⓪.⓪.① "
).split()


@pytest.mark.parametrize("host", HOSTS)
def test_no_way_to_write_an_address_within_is_followed(host):
    asked = []

    def look_up(name, port):  # as the system does, but numbers only: no name is asked of any network
        asked.append(name)
        if name.rstrip(".") == "localhost":
            return ["127.0.0.1", "::1"]
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        return [str(where[0]) for *_, where in found]

    with pytest.raises(RefusedError) as refused:
        target = check_url(f"http://{host}/latest/meta-data")
        pin_address(target, Net(resolve=look_up))
    assert str(refused.value).endswith(".")


def test_the_connection_goes_to_the_address_that_was_checked():
    answers = iter([["127.0.0.1"], ["10.9.9.9"], ["10.9.9.9"]])
    with say(answer(TYPE)) as (port, asked):
        got = fetch(port, resolve=lambda host, at: next(answers))
    assert got.content == BODY and len(asked) == 2, "robots.txt and the page"


def test_a_name_that_turns_private_for_a_redirect_to_another_port_is_refused():
    answers = {80: ["10.0.0.5"]}
    with say(answer(b"Location: http://news.example/\r\n", status=b"302 Found")) as (port, _):
        told = fetch(port, resolve=lambda host, at: answers.get(at, ["127.0.0.1"]), allows=lambda one: one == LOCAL)
    assert "10.0.0.5" in told


def test_no_proxy_and_no_password_of_the_environment_is_used(monkeypatch, tmp_path):
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine news.example login ana password secret\n")
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    with say(answer(TYPE)) as (port, asked):
        assert fetch(port).content == BODY, "a proxy that is not there would have refused"
    assert not any(b"authorization" in head.lower() or b"cookie" in head.lower() for head in asked)


def test_each_page_has_a_connection_of_its_own():
    body = answer(TYPE, b"Connection: keep-alive\r\n", b"Content-Length: %d\r\n" % len(BODY)) + answer(
        TYPE, body=b"smuggled"
    )
    with say(body) as (port, asked):
        assert fetch(port).content == BODY, "what is said behind the end of a page belongs to none"
    assert all(b"connection: close" in head.lower() for head in asked)


@pytest.mark.parametrize("declared", ["utf-99", "utf-16", "rot13", "zlib_codec", "idna", "unicode_escape", "base64"])
def test_a_page_may_declare_any_character_set(declared):
    page = f'<meta charset="{declared}"><p>Café: a bomb hit the station.'.encode("latin-1")
    assert "a bomb hit the station" in decode_page(page)
