"""`letterpress compile` on broken and hostile markup: a located error or safe output, within bounds.

Where it is the Liquid that is broken, `check` has to find it.
"""

import csv
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Optional

from outcome import Outcome, Run, Set, Surroundings, bounds, first_line

# What must never come out of a file beside the template.
SECRETS = [b"OUTSIDE-SECRET", b"root:x:0"]
BROKEN_NUMBER = re.compile(rb"(?<![\w-])(?:NaN|inf|-\d+)px", re.I)


def survived(surroundings: Surroundings) -> Optional[Outcome]:
    if not surroundings.knows("compile"):
        return None
    source = surroundings.data / "hostile-mjml"
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as name:
        # A copy, since the pipe and the links that some cases include are made in place.
        folder = Path(name) / "hostile"
        shutil.copytree(source, folder, symlinks=True)
        subprocess.run(["sh", source / "make-special.sh", folder / "inc"], check=True)
        with (source / "INDEX.tsv").open() as index:
            for case in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE):
                if case["id"].startswith("L"):
                    run = checked(surroundings, folder / case["file"])
                else:
                    run = surroundings.run("compile", folder / case["file"])
                outcome.count(f"{case['id']} {case['tries']}", complaint(case, run))
    return outcome


def checked(surroundings: Surroundings, template: Path) -> Run:
    """A run of `check` on a project around a template: `compile` keeps Liquid as it stands."""
    project = template.parent / template.stem
    for folder in ("layouts", "fixtures"):
        (project / folder).mkdir(parents=True)
    shutil.copy(template, project / "layouts" / "mail.mjml")
    names = {"v": {"type": "string"}, "first_name": {"type": "string"}}
    schema = {"type": "object", "required": list(names), "properties": names}
    (project / "fixtures" / "profile.schema.json").write_text(json.dumps(schema))
    (project / "letterpress.yaml").write_text("roots: properties\n")
    return surroundings.run("check", "--project", project)


def complaint(case, run) -> Optional[str]:
    if run.died:
        return run.died
    if any(secret in run.out + run.err for secret in SECRETS):
        return "shows a file that lies outside"
    if b"\x1b" in run.err:
        return "prints the file's control characters"
    allowed = case["class"].split("|")
    if run.code == 0:
        if "safe" not in allowed:
            return "accepted"
        if "INCLUDED-OK" in case["required outcome"] and b"INCLUDED-OK" not in run.out:
            return "the included text is missing"
        if case["id"].startswith("N") and BROKEN_NUMBER.search(run.out):
            return f"prints {BROKEN_NUMBER.search(run.out).group().decode()}"
    else:
        if "error" not in allowed:
            return f"refused: {first_line(run.err)}"
        if run.code != 1:
            return f"exit status {run.code}, expected 1"
        if not run.is_located:
            return f"refused without a place: {first_line(run.err)}"
        if run.out:
            return "refused, but printed something"
    return run.exceeds(*bounds(case["limit (time, RSS)"]))


SETS = [Set("hostile-mjml", survived)]
