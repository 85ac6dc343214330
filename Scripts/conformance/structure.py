"""`letterpress render` on projects with control flow between elements, against MJML on resolved templates."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Optional

from outcome import Outcome, Set, Surroundings


def rendered(surroundings: Surroundings) -> Optional[Outcome]:
    if not surroundings.knows("render", "--profile"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        runner = surroundings.data / "structure" / "lib" / "run.py"
        command = [sys.executable, runner, "-q", "-j", "2", "--json", report, surroundings.program]
        subprocess.run(command, stdout=subprocess.DEVNULL)
        results = json.loads(report.read_text())
    outcome = Outcome()
    for result in results:
        places = "; ".join(f"at {path}: {text}" if path else text for path, text in result["differences"])
        outcome.count(f"{result['case']} {result['profile']}", None if result["verdict"] == "equal" else places)
    return outcome


SETS = [Set("structure", rendered)]
