"""The page behind a real nginx with the configuration of `deploy/`: TLS, its WebSocket, one name, its limits."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from browser import PATIENCE, ROOT, serve
from generate import write

from dashboard.service.headers import FIXED

NAME = "incidents.localhost"  # browsers find names below localhost on this machine
MAIN = """pid {home}/nginx.pid; error_log {home}/error.log; worker_processes 1; daemon off;
events {{ worker_connections 512; }}
http {{ include {mime}; client_body_temp_path {home}/1; proxy_temp_path {home}/2; fastcgi_temp_path {home}/3;
uwsgi_temp_path {home}/4; scgi_temp_path {home}/5; access_log off;
{site} }}
"""
MIME = "/etc/nginx/mime.types"


def find_ports(count):
    """Give ports that are free now."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def write_site(home, page_port, plain, secure):
    """Write the example with the ports, the name and the certificate of this test; everything else is as it is told."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for told, ours in (
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("listen 443", f"listen 127.0.0.1:{secure}"),
        ("incidents.example", NAME),
        ("127.0.0.1:8501;\n    keepalive", f"127.0.0.1:{page_port};\n    keepalive"),
        ("/etc/ssl/incidents/fullchain.pem", f"{home}/cert.pem"),
        ("/etc/ssl/incidents/key.pem", f"{home}/key.pem"),
        ("/var/log/nginx/incidents-error.log", f"{home}/site.log"),
    ):
        assert told in text, f"deploy/nginx.conf has no {told!r} any more: mend this test"
        text = text.replace(told, ours)
    (home / "nginx.conf").write_text(MAIN.format(home=home, mime=MIME, site=text), encoding="utf-8")


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """The ports of nginx, plain and secure, before the page."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None or shutil.which("openssl") is None:
        pytest.fail("the tests of the service need nginx and openssl: run `sh .ci/find-nginx`")
    home = tmp_path_factory.mktemp("nginx")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
            "-keyout", home / "key.pem", "-out", home / "cert.pem"]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    plain, secure = find_ports(2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLIT_SERVER_ALLOWED_HOSTS", f"{NAME} second.example")
        with serve(write(home / "tables", 60)) as url:
            write_site(home, urlsplit(url).port, plain, secure)
            said = subprocess.run([nginx, "-t", "-c", home / "nginx.conf"], capture_output=True, text=True, check=False)
            assert said.returncode == 0, said.stderr
            with subprocess.Popen([nginx, "-c", home / "nginx.conf"], stderr=subprocess.DEVNULL) as server:
                await_port(secure)
                yield plain, secure
                server.terminate()


def await_port(port):
    """Wait until something listens."""
    for _ in range(600):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("nginx did not start within a minute")


def ask(port, path="/", host=NAME, name=NAME, method="GET", body=None, **headers):
    """Ask nginx: `name` is whom the TLS is for, "" for none of it, and `host` whom the request is for."""
    way = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    if name:
        context = ssl._create_unverified_context()
        way.sock = context.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname=name)
    way.request(method, path, body, {"Host": host, **headers})
    answer = way.getresponse()
    said = answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read()
    way.close()
    return said


@pytest.mark.parametrize("path", ["/", "/numbers?city=Oldtown", "/app/static/light.json", "/media/none.csv"])
def test_the_headers_pass_and_tls_is_asked_for(proxy, path):
    _, headers, _ = ask(proxy[1], path)
    assert {key: headers.get(key.lower()) for key in FIXED} == FIXED, "each once, as the page gave it"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["strict-transport-security"].startswith("max-age=")
    assert re.fullmatch("nginx", headers["server"]), "no version is told"


def test_plain_http_is_led_to_tls(proxy):
    status, headers, _ = ask(proxy[0], "/numbers?city=Oldtown", name="")
    assert (status, headers["location"]) == (301, f"https://{NAME}/numbers?city=Oldtown")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", f"{NAME}.evil.example", "second.example"])
def test_another_name_is_refused(proxy, host):
    assert ask(proxy[0], host=host, name="")[0] == 421
    assert ask(proxy[1], host=host)[0] == 421
    with pytest.raises(ssl.SSLError):
        ask(proxy[1], host=host, name="evil.example")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_no_affair_of_readers(proxy, path):
    assert ask(proxy[1], path)[0] == 404


def test_a_body_that_is_too_large_is_refused_before_it_comes(proxy):
    heavy = {"Content-Length": str(201 * 1024 * 1024), "Expect": "100-continue"}
    assert ask(proxy[1], "/_stcore/upload_file/a/b", method="PUT", body=b"", **heavy)[0] == 413


def test_who_asks_too_often_is_told_so_and_files_of_the_page_are_not_counted(proxy):
    statuses = {ask(proxy[1], "/app/static/light.json")[0] for _ in range(90)}
    assert statuses == {200}
    with ThreadPoolExecutor(16) as many:
        asked = (list(many.map(lambda _: ask(proxy[1], "/media/none.csv")[0], range(100))) for _ in range(12))
        statuses = next((found for found in asked if 429 in found), [])
    assert 429 in statuses, "1,200 questions at once, and nobody was told to wait"
    time.sleep(7)  # until the page may be asked again


@pytest.mark.browser
def test_a_reader_reaches_the_page_a_deep_link_and_a_download(chromium, proxy):
    context = chromium.browser.new_context(ignore_https_errors=True, accept_downloads=True)
    context.add_init_script("localStorage.setItem('incident-tour', 'seen')")
    page, refused, ways = context.new_page(), [], []
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda told: refused.append(told.text) if "Content Security Policy" in told.text else None)
    page.on("websocket", lambda way: ways.append(way.url))
    page.goto(f"https://{NAME}:{proxy[1]}/numbers?type=explosion")
    page.get_by_role("heading", name="Numbers").wait_for()
    page.goto(f"https://{NAME}:{proxy[1]}/?order=deadliest")
    page.locator(".st-key-table .rows tbody tr").first.wait_for()
    page.get_by_text("Reading only").wait_for()  # behind another server nobody is taken for the owner
    page.locator(".st-key-download button").first.click()
    with page.expect_download() as waiting:
        page.locator(".st-key-save button").click()
    assert b"incident_id" in waiting.value.path().read_bytes().splitlines()[0]
    context.close()
    assert ways and all(way.startswith(f"wss://{NAME}:{proxy[1]}/") for way in ways)
    assert refused == []
