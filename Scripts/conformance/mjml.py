"""`letterpress compile` on plain MJML, against what MJML's own compiler makes of it."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Optional

from outcome import Outcome, Set, Surroundings, first_line

NAMES = [
    "official", "docs", "mjml-tests", "mjml-net", "mrml-compare", "mrml-templates", "ports", "probes", "liquid",
    "includes",
]


def compile_set(name: str, surroundings: Surroundings) -> Optional[Outcome]:
    if not surroundings.knows("compile"):
        return None
    folder = surroundings.data / "mjml" / name
    files = sorted(folder.glob("*.mjml"))
    # MJML's own default is to leave includes alone; the expectations of all other sets are made so.
    options = ["--includes", "true" if name == "includes" else "false"]
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as output:
        run = surroundings.run("compile", *options, *files, "--output-dir", output, timeout=300)
        report = Path(output) / "comparison.json"
        comparer = surroundings.data / "tools" / "htmlcmp.py"
        subprocess.run(
            [sys.executable, comparer, "--batch", folder, output, "-q", "-n", "3", "--json", report],
            stdout=subprocess.DEVNULL,
        )
        compared = json.loads(report.read_text())
        missing, different = set(compared["missing"]), compared["different"]
        for file in files:
            page = file.stem + ".html"
            if page in missing:
                outcome.count(file.stem, "not compiled")
            elif page in different:
                places = "; ".join(f"at {path}: {text}" for path, text in different[page])
                outcome.count(file.stem, places)
            elif (folder / page).exists():
                outcome.count(file.stem, None)
    if run.died:
        outcome.differences.insert(0, f"letterpress compile: {run.died}: {first_line(run.err)}")
    return outcome


SETS = [Set(f"mjml/{name}", lambda surroundings, name=name: compile_set(name, surroundings)) for name in NAMES]
