"""Score the reading on the gold sets that lie outside this project, with the scorer that lies beside them."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def outer_folder():
    """Give the folder that INCIDENT_BENCH names, or None."""
    return Path(os.environ["INCIDENT_BENCH"]).resolve() if os.environ.get("INCIDENT_BENCH") else None


def outer_sets():
    """Give the gold sets of the outer folder by name."""
    folder = outer_folder()
    if folder is None:
        return {}
    return {"seeds": folder / "gold" / "seeds.json"} | {
        path.stem: path for path in sorted(folder.glob("bench/*.jsonl"))
    }


def score_outer(path, *options):
    """Build the tables of an outer set and give its scores under the names that ours have."""
    folder = outer_folder()
    command = " ".join([sys.executable, "-m pipeline build -q", *options])
    with tempfile.TemporaryDirectory() as here:
        out = Path(here) / "scores.json"
        scorer = [sys.executable, folder / "bench" / "score.py", path, "--articles", folder / "seeds"]
        done = subprocess.run(
            [*map(str, scorer), "--cmd", command, "--json", str(out)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{path.name} could not be scored: {done.stderr[-2000:]}")
        scores = json.loads(out.read_text(encoding="utf-8"))
    names = {"extra reports an article": "extra", "forbidden reports": "forbidden"}
    out = {
        names.get(key, key): value["F1"] if "F1" in value else value["R"]
        for key, value in scores.items()
        if isinstance(value, dict)
    }
    return out | {names.get(key, key): value for key, value in scores.items() if not isinstance(value, dict)}
