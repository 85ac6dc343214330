"""`letterpress render` with hostile values, each at each place of a message where a value can stand."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Optional

from outcome import Outcome, Run, Set, Surroundings

# What the table's `v` is: a string; where a string is refused because the place takes only a URL or a
# colour, a string of that format.
STRING = {"type": "string"}
FORMATS = {"url.": "uri", "mso.attr.vml": "uri", "css.": "color", "mso.": "color"}


# Where the slots of a message stand in a layout.
SLOTS = {
    "subject": "<lp-subject>@</lp-subject>",
    "from-name": "<lp-from>@</lp-from>",
    "to": "",
    "list-unsubscribe": "<lp-unsubscribe href=\"@\" />",
    "x-header": "<lp-header name=\"X-Customer\">@</lp-header>",
    "text-part": "",
    "html-part": "",
}


def message(case: dict) -> str:
    """A whole message with the template of a case in its slot."""
    slot, template = case["slot"], case["template"]
    if slot == "list-unsubscribe":
        template = template.strip("<>")
    if slot == "from-name":
        template = template.replace("<", "&lt;").replace(">", "&gt;")
    head = SLOTS[slot].replace("@", template)
    for name, rest in (("lp-subject", "Hello"), ("lp-from", "news@shop.test")):
        if name not in head:
            head += f"<{name}>{rest}</{name}>"
    body = {"text-part": template.replace("\n", "<br>"), "html-part": template}.get(slot, "x")
    return (
        f"<mjml><mj-head>{head}</mj-head><mj-body><mj-section><mj-column><mj-text>{body}</mj-text>"
        "</mj-column></mj-section></mj-body></mjml>"
    )


def escaped(surroundings: Surroundings) -> Optional[Outcome]:
    if not surroundings.knows("render", "--profile"):
        return None
    table = json.loads((surroundings.data / "escape" / "escape_cases.json").read_text())
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cases = [case for case in table["cases"] if case["wrap"] in ("column", "body", "head")]
        if surroundings.knows("render", "message"):
            cases += [case for case in table["cases"] if case.get("slot") in SLOTS]
        results = folder / "results.ndjson"
        with results.open("w") as lines:
            for case in cases:
                layout = message(case) if "slot" in case else table["wrap"][case["wrap"]].replace("@", case["mjml"])
                print(json.dumps(rendered(surroundings, case, layout, folder / case["id"])), file=lines)
        report = judged(surroundings, folder, results)
    # A failed case is a line "       ID REASON" of the report; the heads of groups are not indented so far.
    reasons = dict(line.strip().split(" ", 1) for line in report.splitlines() if line.startswith("      "))
    for case in cases:
        outcome.count(case["id"], reasons.get(case["id"]))
    return outcome


def judged(surroundings: Surroundings, folder: Path, results: Path) -> str:
    """The report of the checker, which looks for its table in the folder above its own."""
    (folder / "tools").mkdir()
    checker = folder / "tools" / "check_escape.py"
    checker.symlink_to(surroundings.data / "tools" / "check_escape.py")
    (folder / "escape_cases.json").symlink_to(surroundings.data / "escape" / "escape_cases.json")
    run = subprocess.run([sys.executable, checker, results, "-v"], stdout=subprocess.PIPE, text=True, check=True)
    return run.stdout


def rendered(surroundings: Surroundings, case: dict, layout: str, project: Path) -> dict:
    """What came of a case, as the checker wants it."""
    kinds = [STRING] + [
        {"type": "string", "format": kind} for start, kind in FORMATS.items() if case["context"].startswith(start)
    ]
    for kind in kinds:
        make_project(project, layout, kind, case.get("slot"))
        benign = render(surroundings, project, case["benign"], case.get("slot"))
        if benign.code == 0:
            break
    run = render(surroundings, project, case["value"], case.get("slot"))
    return {
        "id": case["id"],
        "outcome": "ok" if run.code == 0 else "refused",
        "output": run.out.decode("utf-8", "replace"),
        "benign": benign.out.decode("utf-8", "replace"),
        "located": run.is_located and not run.died,
    }


def make_project(project: Path, layout: str, kind: dict, slot: Optional[str]) -> None:
    for folder in ("layouts", "fixtures"):
        (project / folder).mkdir(parents=True, exist_ok=True)
    recipient = "" if slot is None else f"recipient: {'v' if slot == 'to' else 'to'}\n"
    (project / "letterpress.yaml").write_text("roots: properties\n" + recipient)
    properties = {"v": kind, "a": {"type": "boolean"}, "to": {"type": "string"}}
    schema = {"type": "object", "required": ["v", "a", "to"], "properties": properties}
    (project / "fixtures" / "profile.schema.json").write_text(json.dumps(schema))
    (project / "layouts" / "mail.mjml").write_text(layout)


def render(surroundings: Surroundings, project: Path, value: str, slot: Optional[str]) -> Run:
    profile = project / "profile.json"
    profile.write_text(json.dumps({"v": value, "a": True, "to": "ada@x.test"}))
    part = [] if slot is None else ["--part", "message"]
    return surroundings.run("render", "mail", "--project", project, "--profile", profile, *part)


SETS = [Set("escape", escaped)]
