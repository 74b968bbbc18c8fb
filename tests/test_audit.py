"""What is delivered is listed whole, and what was found is told as it is: nothing asked is never nothing found."""

import json
import re
import subprocess
import sys

import pytest
from audit import LOCK, ROOT, judge_packages, write_sbom

FINE = {"name": "one", "version": "1", "vulns": []}
LEFT = {"name": "two", "skip_reason": "not found"}
WEAK = {"name": "three", "version": "2.1", "vulns": [{"id": "CVE-1", "fix_versions": ["2.2"]}]}


@pytest.mark.parametrize(
    ("packages", "weak", "words"),
    [
        ([FINE], False, "No known weakness in 1 packages."),
        ([FINE, LEFT], False, "1 that the index does not tell of"),
        ([LEFT, LEFT], False, "could not be asked for"),
        ([], False, "could not be asked for"),
        ([FINE, LEFT, WEAK], True, "three 2.1: CVE-1 (mended in 2.2)"),
    ],
)
def test_a_verdict_says_no_more_than_was_asked(packages, weak, words):
    verdict = judge_packages(json.dumps({"dependencies": packages}), "")
    assert (verdict.weak, words in verdict.words) == (weak, True), verdict


@pytest.mark.parametrize("printed", ["", "<html>", "{}", "[1]"])
def test_an_index_that_is_away_is_one_sentence_and_no_failure(printed):
    verdict = judge_packages(printed, "WARNING\nno route to host\n")
    assert not verdict.weak and "no route to host" in verdict.words and "\n" not in verdict.words


def test_the_list_holds_every_package_of_the_lock_with_its_hashes():
    lock = LOCK.read_text(encoding="utf-8")
    listed = json.loads(write_sbom(lock))
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.5")
    pinned = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.M))
    assert {one["name"]: one["version"] for one in listed["components"]} == pinned
    assert all(
        one["hashes"] and one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}" for one in listed["components"]
    )
    without = [one["name"] for one in listed["components"] if not one.get("licenses")]
    assert len(without) < len(pinned) / 10, f"{without} state no licence"


def test_the_step_ends_well_where_nothing_can_be_asked(monkeypatch):
    for name in ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    done = subprocess.run([sys.executable, "tests/audit.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("\n")) == (0, 1), done.stderr
    assert "could not be asked for" in done.stdout
