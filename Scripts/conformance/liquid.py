"""`letterpress liquid` on Golden Liquid, the cases that Liquid's implementations share."""

import json
import tempfile
from pathlib import Path
from typing import Optional

from outcome import Outcome, Set, Surroundings, first_line


def golden(surroundings: Surroundings) -> Optional[Outcome]:
    if not surroundings.knows("liquid"):
        return None
    cases = json.loads((surroundings.data / "liquid" / "golden_liquid.json").read_text())["tests"]
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, case in enumerate(cases):
            outcome.count(case["name"], complaint(surroundings, case, folder / str(number)))
    return outcome


def complaint(surroundings: Surroundings, case: dict, folder: Path) -> Optional[str]:
    partials = folder / "partials"
    partials.mkdir(parents=True)
    (folder / "template.liquid").write_bytes(encoded(case["template"]))
    (folder / "data.json").write_text(json.dumps(case.get("data", {})))
    for partial, text in case.get("templates", {}).items():
        (partials / f"{partial}.liquid").write_bytes(encoded(text))
    run = surroundings.run(
        "liquid", folder / "template.liquid", "--data", folder / "data.json", "--partials", partials
    )
    if run.died:
        return run.died
    if case.get("invalid"):
        return None if run.code == 1 else f"accepted, printed {run.out[:80]!r}"
    if run.code != 0:
        return f"refused: {first_line(run.err)}"
    allowed = [encoded(text) for text in case.get("results", [case.get("result")])]
    return None if run.out in allowed else f"printed {run.out[:80]!r}, expected {allowed[0][:80]!r}"


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


SETS = [Set("liquid/golden", golden)]
