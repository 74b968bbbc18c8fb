"""The container file and the unit, tried without a container engine: their own commands are run."""

import json
import re
import shlex
import shutil
import subprocess
import sys

import pytest
from browser import ROOT
from generate import write
from test_service_proxy import find_ports

CONTAINER = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy" / "incidents.service").read_text(encoding="utf-8")
OPTIONS = ["--server.headless", "--server.port", "--server.fileWatcherType"]


def find_steps(name):
    """Give what follows an instruction of the container file, each time it stands there."""
    return re.findall(rf"^{name}\s+(.*)$", CONTAINER, re.MULTILINE)


def test_the_image_is_made_in_two_stages_by_hashes_and_runs_as_nobody():
    assert len(find_steps("FROM")) == 2 and CONTAINER.rindex("\nFROM") < CONTAINER.index("\nUSER")
    assert [step for step in find_steps("RUN") if "--require-hashes -r requirements.txt" in step]
    users = find_steps("USER")
    assert users and users[-1].split(":")[0] not in ("0", "root")
    assert json.loads(find_steps("VOLUME")[0]) == ["/srv/incidents/data", "/srv/incidents/seeds"]


def test_no_secret_and_nothing_that_was_built_goes_into_the_image():
    left = {line.strip("/") for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()}
    assert {".git", ".venv", ".cache", "build", ".streamlit/secrets.toml"} <= left


def test_the_image_starts_and_its_health_is_that_of_the_page(tmp_path, monkeypatch):
    (port,) = map(str, find_ports(1))
    start = [word.replace("8501", port) for word in json.loads(find_steps("ENTRYPOINT")[0])]
    health = json.loads(re.search(r"CMD (\[.*\])$", find_steps("HEALTHCHECK")[0])[1])
    assert start[0] == health[0] == ".venv/bin/python"
    look = [sys.executable, *(word.replace("8501", port) for word in health[1:])]
    assert subprocess.run(look, capture_output=True, check=False).returncode, "before it starts it is not healthy"
    monkeypatch.setenv("INCIDENT_DATA", str(write(tmp_path / "tables", 20)))
    with subprocess.Popen([sys.executable, *start[1:]], cwd=ROOT, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as server:  # fmt: skip
        try:
            healthy = any(not subprocess.run(look, capture_output=True, check=False).returncode for _ in range(60))
        finally:
            server.terminate()
    assert healthy, "the command of the image was started, and its HEALTHCHECK never passed"


def test_the_unit_starts_the_page_in_the_one_way():
    (line,) = re.findall(r"^ExecStart=(.*)$", UNIT, re.MULTILINE)
    words = shlex.split(line)
    assert words[1:5] == ["-m", "streamlit", "run", "app.py"]
    assert sorted(words[5::2]) == sorted(OPTIONS), "another option: say in docs/reliability.md what it is for"
    named = dict(re.findall(r"^Environment=(\w+)=(.*)$", UNIT, re.MULTILINE))
    assert set(named) <= {"INCIDENT_ARTICLES", "INCIDENT_CURATION", "INCIDENT_DATA", "INCIDENT_CACHE", "INCIDENT_LOG"}


def test_systemd_understands_the_unit_and_finds_it_closed(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed (Debian: apt-get install systemd)")
    path = tmp_path / "incidents.service"
    path.write_text(UNIT.replace("/opt/incidents/.venv/bin/python", sys.executable), encoding="utf-8")
    said = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
    assert "incidents.service" not in said.stderr, said.stderr
    asked = ["systemd-analyze", "security", "--offline=true", "--threshold=20", path]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert said.returncode == 0, f"an exposure over 2.0 of 10: {said.stdout[-200:]}"
