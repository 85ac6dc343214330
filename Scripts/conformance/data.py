"""`letterpress render --profiles` on files with bad rows: each row is delivered or reported, never lost."""

import csv
import json
import shutil
import tempfile
from pathlib import Path
from typing import Optional

from outcome import Outcome, Run, Set, Surroundings, first_line

LAYOUT = (
    "<mjml><mj-body><mj-section><mj-column>"
    "<mj-text>{{ profile.first_name }} {{ profile.email }}</mj-text>"
    "</mj-column></mj-section></mj-body></mjml>"
)
# What the index says in words that the tool has options for.
OPTIONS = {
    "n11-dup-row-key.ndjson": ["--key", "id"],
    "n13-max-errors.ndjson": ["--max-rejects", "100"],
    "s14-evil-view.sqlite": ["--limit", "10"],
}


def accounted(surroundings: Surroundings) -> Optional[Outcome]:
    if not surroundings.knows("render", "--profiles"):
        return None
    folder = surroundings.data / "data"
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as name, (folder / "INDEX.tsv").open() as index:
        project = Path(name)
        for part in ("layouts", "fixtures"):
            (project / part).mkdir()
        (project / "letterpress.yaml").write_text("")
        (project / "layouts" / "mail.mjml").write_text(LAYOUT)
        shutil.copy(folder / "schema.json", project / "fixtures" / "profile.schema.json")
        for case in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE):
            # In a folder of its own: a database may get files beside it.
            work = project / case["file"]
            work.mkdir()
            profiles = shutil.copy(folder / case["file"], work)
            run = surroundings.run(
                *["render", "mail", "--project", project, "--profiles", profiles, "--to", "ndjson"],
                *["--output", work / "mails.ndjson", "--rejects", work / "rejects.ndjson"],
                *OPTIONS.get(case["file"], []),
            )
            delivered = lines(work / "mails.ndjson")
            # A run that stopped keeps its report where the next one goes on.
            rejects = lines(work / "rejects.ndjson") or lines(work / "mails.ndjson.state" / "rejects.part")
            outcome.count(f"{case['file']} ({case['tries']})", complaint(case, run, delivered, rejects))
    return outcome


def lines(file: Path) -> list[dict]:
    """The records of a file; none where there is no file, for a run that failed leaves no half ones."""
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def complaint(case: dict, run: Run, delivered: list[dict], rejects: list[dict]) -> Optional[str]:
    if run.died:
        return run.died
    if run.exceeds(10, 256 << 20):
        return run.exceeds(10, 256 << 20)
    if case["ok rows"] == "?":
        return None
    # "2|3" delivered goes with "1|0" rejected, in this order.
    good, bad = case["ok rows"].split("|"), case["error rows"].split("|")
    wanted = list(zip(good, bad * (len(good) // len(bad))))
    found = (len(delivered), len(rejects))
    if not any(fits(found[0], ok) and fits(found[1], wrong) for ok, wrong in wanted):
        return f"{found[0]} rows delivered, {found[1]} rejected, expected {wanted}: {first_line(run.err)}"
    if rejects and case["error lines"].replace(",", "").isdigit():
        numbers = [int(number) for number in case["error lines"].split(",")]
        if [reject["line"] for reject in rejects] != numbers:
            return f"rejects are of lines {[reject['line'] for reject in rejects]}, expected {numbers}"
    if not delivered and not rejects and run.code == 0:
        return "nothing delivered, and no error"
    if bool(rejects) != (run.code == 2) and delivered:
        return f"exit status {run.code} with {len(rejects)} rejected rows"
    return None


def fits(count: int, wanted: str) -> bool:
    return count >= int(wanted[2:]) if wanted.startswith(">=") else count == int(wanted)


SETS = [Set("data", accounted)]
