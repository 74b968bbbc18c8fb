"""What the server says beside the page: its headers, the names it answers to, whether it lives and is ready."""

import http.client
import json
import shutil
from urllib.parse import urlsplit

import pytest
from browser import ROOT, await_map, retry, serve
from generate import write
from raw_page import RawPage

from dashboard.service.headers import FIXED, MEDIA_POLICY, SHELL, hash_script, write_policy
from dashboard.service.readiness import BAD_LOG, BAD_TABLES, NO_TABLES, OK, check_disk, check_log, check_tables

SHUT = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'"}


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return write(tmp_path_factory.mktemp("service") / "tables", 60)


@pytest.fixture(scope="module")
def service(tables):
    with serve(tables) as url:
        yield url


def ask(url, path="/", host=None, method="GET"):
    """Ask the server under a name, and give the status, the headers and the words of its answer."""
    way = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    way.putrequest(method, path, skip_host=True)
    for name in [host] if isinstance(host, str) else host or [urlsplit(url).netloc]:
        way.putheader("Host", name)
    way.endheaders()
    answer = way.getresponse()
    said = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
    way.close()
    return said


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/numbers", 200), ("/?city=Kabul", 200), ("/app/static/light.json", 200), ("/healthz", 200),
        ("/_stcore/health", 200), ("/media/none.csv", 404), ("/app/static/../app.py", 400),
    ],
)  # fmt: skip
def test_every_answer_bears_the_headers(service, path, status):
    said, headers, _ = ask(service, path)
    assert said == status
    assert {name: headers.get(name.lower()) for name in FIXED} == FIXED
    policy = headers["content-security-policy"]
    assert (policy == MEDIA_POLICY) == path.startswith("/media/")


def test_the_policy_lets_nothing_leave_and_no_words_run():
    policy = {part.split()[0]: part.split()[1:] for part in write_policy(SHELL.read_text("utf-8"), {}).split("; ")}
    assert {name: " ".join(policy[name]) for name in SHUT} == SHUT
    allowed = {source for sources in policy.values() for source in sources if not source.startswith("'sha256-")}
    assert allowed == {"'none'", "'self'", "'unsafe-inline'", "'wasm-unsafe-eval'", "blob:", "data:"}
    assert [name for name, sources in policy.items() if "'unsafe-inline'" in sources] == ["style-src"]
    assert [source for source in policy["script-src"] if source.startswith("'sha256-")], "Streamlit's own inline script"


@pytest.mark.parametrize("style", ["", "light.json", "javascript:alert(1)", "https://maps.example b/x",
                                   "https://maps.example;script-src *"])  # fmt: skip
def test_a_map_style_cannot_widen_the_policy(style):
    assert write_policy("", {"MAP_STYLE_URL": style}) == write_policy("", {})


def test_one_changed_letter_of_a_script_is_another_script():
    assert hash_script("a = 1") != hash_script("a = 2")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200), ("LOCALHOST:1", 200), ("127.0.0.1:99", 200), ("localhost.", 200), ("[::1]:8501", 200),
        ("evil.example", 400), ("localhost.evil.example", 400), ("evil.example:localhost", 400), ("", 400),
        ("localhost@evil.example", 400), ("evil.example/localhost", 400), (["localhost", "evil.example"], 400),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/media/none.csv", "/app/static/light.json", "/_stcore/host-config"])
def test_only_its_own_names_are_answered(service, host, status, path):
    said, _, words = ask(service, path, host)
    assert said == (404 if status == 200 and "none" in path else status)
    if status == 400 and "Invalid" not in words:  # a request of two hosts is refused before it comes to us
        assert words.count("\n") == 1 and "server.allowedHosts" in words


def test_it_lives_and_is_ready_whatever_it_is_called(service):
    assert ask(service, "/healthz", "10.0.0.7:8501")[2] == '{"live":true}'
    status, _, words = ask(service, "/readyz", "10.0.0.7:8501")
    assert status == 200
    assert json.loads(words) == {"ready": True, "checks": {"tables": OK, "log": OK, "disk": OK}}


def test_without_tables_it_lives_and_is_not_ready(tmp_path):
    with serve(tmp_path) as url:
        assert ask(url, "/healthz")[0] == 200
        status, _, words = ask(url, "/readyz")
        assert status == 503
        assert json.loads(words)["checks"]["tables"] == NO_TABLES
        assert str(tmp_path) not in words, "what watches is told no path"


def break_parquet(folder):
    """Cut the end off a table, where Parquet says how it is laid out."""
    path = next(folder.glob("reports.parquet"))
    path.write_bytes(path.read_bytes()[:-20])


def test_a_table_cut_short_is_seen(tables, tmp_path):
    shutil.copytree(tables, tmp_path / "tables")
    assert check_tables(tmp_path / "tables") == OK
    break_parquet(tmp_path / "tables")
    assert check_tables(tmp_path / "tables") == BAD_TABLES
    assert check_tables(ROOT / "data") == OK, "the project's own tables may be CSV"


def test_a_log_with_another_header_is_seen(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert check_log(tmp_path / "none") == OK, "before the first decision there is no log"
    (tmp_path / "corrections.csv").write_text("something,else\n1,2\n")
    assert check_log(tmp_path) == BAD_LOG


def test_a_database_that_is_away_is_said_without_its_address(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://ana:secret@127.0.0.1:1/none")
    said = check_log(tmp_path)
    assert said == "the log of decisions cannot be reached"


def test_a_disk_that_takes_nothing_is_said(tmp_path):
    assert check_disk(tmp_path / "not" / "made" / "yet") == OK
    assert list(tmp_path.iterdir()) == [], "a look leaves nothing behind"
    assert check_disk(ROOT.__class__("/proc")) != OK


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/?map=clusters", "/?map=provinces"])  # test_page_help.py opens all the others
def test_no_map_tries_what_its_headers_forbid(page, service, path):
    page.goto(service + path)
    await_map(page)
    page.wait_for_timeout(2_500)  # for what it may try once it stands; the fixture asks what was refused


@pytest.mark.browser
def test_words_that_got_into_the_page_could_neither_run_nor_send(chromium, service):
    page, told = chromium.new_page(), []
    page.on("console", lambda one: told.append(one.text))
    page.goto(service)
    page.locator("h1").first.wait_for()
    page.evaluate("""() => {
        document.body.insertAdjacentHTML("beforeend", "<img src='http://127.0.0.1:1/x' onerror='window.ran = 1'>");
        const script = document.createElement("script");
        script.textContent = "window.ran = 1";
        document.body.append(script);
        fetch("http://127.0.0.1:1/").catch(() => 0);
        const form = document.createElement("form");
        form.action = "http://127.0.0.1:1/";
        document.body.append(form);
        form.submit();
        const frame = document.createElement("iframe");
        frame.src = location.href;
        document.body.append(frame);
    }""")
    for rule in ("img-src", "script-src", "connect-src", "form-action", "default-src"):
        refused = lambda: [one for one in told if "Content Security Policy" in one and rule in one]  # noqa: B023, E731
        retry(page, refused, f"{rule} was to refuse, and was told of: {told}")
    page.wait_for_timeout(500)  # for what runs later than it is refused
    assert page.evaluate("window.ran") is None, "a script in the words ran"
    page.close()


def test_the_way_to_start_is_one(service):
    with RawPage(service) as page:
        page.run()
        assert b"Timeline" in page.told, "`streamlit run app.py` draws the page, and bears the headers"
