"""`letterpress liquid` on small templates that ask for far too much."""

import csv
from typing import Optional

from outcome import Outcome, Set, Surroundings, bounds, first_line


def defused(surroundings: Surroundings) -> Optional[Outcome]:
    if not surroundings.knows("liquid"):
        return None
    folder = surroundings.data / "bombs"
    outcome = Outcome()
    with (folder / "INDEX.tsv").open() as index:
        for case in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE):
            template = folder / case["file"]
            run = surroundings.run(
                "liquid", template, "--data", template.with_suffix(".json"), "--partials", folder / "partials"
            )
            outcome.count(f"{case['file']} ({case['tries']})", complaint(case, run))
    return outcome


def complaint(case, run) -> Optional[str]:
    if run.died:
        return run.died
    required = case["required outcome"]
    must_fail = (required.startswith("E-") or "compile error" in required) and "or renders" not in required
    must_render = required.startswith("renders") and " or E-" not in required
    if run.code == 0 and must_fail:
        return f"rendered {len(run.out)} bytes, expected: {required}"
    if run.code != 0:
        if must_render:
            return f"refused: {first_line(run.err)}"
        if run.code != 1 or not run.is_located:
            return f"exit status {run.code}, refused without a place: {first_line(run.err)}"
    return run.exceeds(*bounds(case["limit"]))


SETS = [Set("bombs", defused)]
