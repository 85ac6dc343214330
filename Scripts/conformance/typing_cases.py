"""`letterpress check` on projects with one planted mistake each, and on clean ones."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Optional

from outcome import Outcome, Set, Surroundings


def checked(surroundings: Surroundings, clean: bool) -> Optional[Outcome]:
    if not surroundings.knows("check", "--format"):
        return None
    outcome = Outcome()
    for result in results(surroundings):
        if result["clean"] != clean:
            continue
        wrong = [f"missed {m['place']} {m['about']}: {m['why']}" for m in result["missed"]]
        wrong += [f"{'false alarm' if clean else 'extra'} {finding}" for finding in result["extra"]]
        wrong += [f"broken run: {result['broken']}"] if result["broken"] else []
        outcome.count(f"{result['name']} [{result['category']}]", "; ".join(wrong) or None)
    return outcome


def results(surroundings: Surroundings, cache: dict = {}) -> list[dict]:
    """Both rows come from one run."""
    if surroundings.program not in cache:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            runner = surroundings.data / "typing" / "run"
            command = [sys.executable, runner, "--jobs", "2", "--json", report, surroundings.program]
            subprocess.run(command, stdout=subprocess.DEVNULL)
            cache[surroundings.program] = json.loads(report.read_text())
    return cache[surroundings.program]


SETS = [
    Set("typing/planted", lambda surroundings: checked(surroundings, clean=False)),
    Set("typing/clean", lambda surroundings: checked(surroundings, clean=True)),
]
