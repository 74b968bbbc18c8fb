"""Ask whether anything that is delivered has a known weakness, and write down all that is delivered: `make audit`.

The list is a CycloneDX SBOM in `build/sbom.json`, made of the lock alone. The question goes to the index that packages
come from. Where it cannot be asked, or does not know the packages, that is said, and nothing fails: an offline machine
can be tested on. A known weakness fails.
"""

import importlib.metadata
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot5
from packageurl import PackageURL

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.txt"
TARGET = ROOT / "build" / "sbom.json"
PATIENCE = 120  # seconds
PINNED = re.compile(
    r"^([A-Za-z0-9._-]+)==(\S+?)(?: ;[^\\\n]*)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)


@dataclass(frozen=True)
class Verdict:
    """What is known of the packages, in one sentence, and whether that is bad."""

    words: str
    weak: bool = False


def audit() -> int:
    """Write the list, ask, and say; 1 where something delivered is known to be weak."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(write_sbom(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
    verdict = judge_packages(*ask_index(LOCK))
    print(verdict.words)
    return int(verdict.weak)


def write_sbom(lock: str) -> str:
    """Write the list of the packages of a lock, with their hashes, and the licence of those that are installed."""
    bom = Bom()
    bom.metadata.component = Component(name="incidents", type=ComponentType.APPLICATION, bom_ref="incidents")
    for name, version, hashes in PINNED.findall(lock):
        digests = sorted(set(re.findall(r"sha256:(\w+)", hashes)))
        link = PackageURL("pypi", None, name, version)
        bom.components.add(
            Component(name=name, version=version, purl=link, bom_ref=str(link), licenses=find_licences(name),
                      hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in digests])
        )  # fmt: skip
    bom.register_dependency(bom.metadata.component, bom.components)
    return str(JsonV1Dot5(bom).output_as_string(indent=1))


def find_licences(name: str) -> list[DisjunctiveLicense]:
    """Give the licence that an installed package states."""
    try:
        stated = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:  # of another system
        return []
    short = [line.rpartition(" :: ")[2] for line in stated.get_all("Classifier", []) if line.startswith("License ::")]
    words = stated.get("License-Expression") or "; ".join(short) or (stated.get("License") or "").split("\n")[0]
    return [DisjunctiveLicense(name=words)] if words else []


def ask_index(lock: Path) -> tuple[str, str]:
    """Ask the index for known weaknesses of all packages of a lock: gives what pip-audit printed and complained of."""
    command = [sys.executable, "-m", "pip_audit", "-r", lock, "--disable-pip", "--require-hashes", "-f", "json",
               "--progress-spinner", "off", "--timeout", "5"]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return "", f"no answer within {PATIENCE} seconds"
    return done.stdout, done.stderr


def judge_packages(printed: str, complained: str) -> Verdict:
    """Say what pip-audit found; what it left out counts as not asked, though it says that nothing was found."""
    try:
        packages: list[dict[str, Any]] = json.loads(printed)["dependencies"]
    except (ValueError, KeyError, TypeError):
        reason = (complained.strip().splitlines() or ["it printed nothing"])[-1]
        return Verdict(f"Known weaknesses could not be asked for ({reason[:200]}): run `make audit` with a network.")
    weak = [
        f"{one['name']} {one['version']}: {', '.join(found['id'] for found in one['vulns'])}"
        + "".join(f" (mended in {', '.join(found['fix_versions'])})" for found in one["vulns"] if found["fix_versions"])
        for one in packages
        if one.get("vulns")
    ]
    left = sum("skip_reason" in one for one in packages)
    if weak:
        return Verdict(f"Known weaknesses: {'; '.join(weak)}. Raise these in requirements.in, then `make lock`.", True)
    if left == len(packages):
        return Verdict("Known weaknesses could not be asked for: this index tells of none of the packages.")
    told = f", and {left} that the index does not tell of" if left else ""
    return Verdict(f"No known weakness in {len(packages) - left} packages{told}.")


if __name__ == "__main__":
    sys.exit(audit())
