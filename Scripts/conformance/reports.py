"""What `letterpress check --format …` prints for machines, held against the formats' own definitions."""

import json
import os
import re
import urllib.request
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Callable, Optional

import environment
import jsonschema

from outcome import Outcome, Set, Surroundings

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
GITLAB_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!/)(?!\\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
# A workflow command as GitHub's runner reads it.
GITHUB_COMMAND = re.compile(r"::(error|warning) ((?:[a-zA-Z]+=[^,:\r\n]*)(?:,[a-zA-Z]+=[^,:\r\n]*)*)::[^\r\n]+")
GITHUB_PROPERTIES = {"file", "line", "endLine", "col", "endColumn", "title"}


def sarif_schema() -> Optional[dict]:
    """The schema of OASIS: named by LETTERPRESS_SARIF_SCHEMA, or fetched once."""
    known = Path(os.environ.get("LETTERPRESS_SARIF_SCHEMA", environment.FOLDER / "sarif-schema-2.1.0.json"))
    if not known.exists():
        try:
            with urllib.request.urlopen(SARIF_SCHEMA, timeout=20) as answer:
                known.write_bytes(answer.read())
        except OSError:
            return None
    return json.loads(known.read_text())


def first_violation(document: object, schema: dict) -> Optional[str]:
    validator = jsonschema.validators.validator_for(schema)
    for error in validator(schema, format_checker=validator.FORMAT_CHECKER).iter_errors(document):
        return f"{error.json_path}: {error.message[:160]}"
    return None


def sarif(text: str, findings: list[dict]) -> Optional[str]:
    log = json.loads(text)
    if complaint := first_violation(log, sarif_schema()):
        return complaint
    results = log["runs"][0]["results"]
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    if any(rules[result["ruleIndex"]]["id"] != result["ruleId"] for result in results):
        return "a ruleIndex leads to another rule"
    return same_count(len(results), findings)


def own(text: str, findings: list[dict]) -> Optional[str]:
    schema = json.loads((environment.ROOT / "docs" / "findings.schema.json").read_text())
    return first_violation(json.loads(text), schema)


def gitlab(text: str, findings: list[dict]) -> Optional[str]:
    issues = json.loads(text)
    if complaint := first_violation(issues, GITLAB_SCHEMA):
        return complaint
    if len({issue["fingerprint"] for issue in issues}) < len(issues):
        return "two findings have one fingerprint"
    return same_count(len(issues), findings)


def junit(text: str, findings: list[dict]) -> Optional[str]:
    """By the schema of Jenkins' xUnit plug-in (junit-10.xsd)."""
    root = ElementTree.fromstring(text)
    if root.tag != "testsuites":
        return f"the root is {root.tag}"
    for suite in root:
        if suite.tag != "testsuite" or not {"name", "tests", "failures", "errors"} <= set(suite.keys()):
            return "a testsuite lacks an attribute"
        cases = list(suite)
        if any(case.tag != "testcase" or not {"name", "classname"} <= set(case.keys()) for case in cases):
            return "a testcase lacks an attribute"
        failed = [case for case in cases if case.find("failure") is not None]
        if (int(suite.get("tests")), int(suite.get("failures"))) != (len(cases), len(failed)):
            return "the counts are wrong"
        wrong = {finding["file"] for finding in findings if finding["severity"] == "error"}
        if {case.get("name") for case in failed} != wrong:
            return "other files fail than have errors"
    return None


def github(text: str, findings: list[dict]) -> Optional[str]:
    lines = text.splitlines()
    for line in lines:
        command = GITHUB_COMMAND.fullmatch(line)
        if not command:
            return f"no command: {line[:120]}"
        names = [part.split("=")[0] for part in command[2].split(",")]
        if not set(names) <= GITHUB_PROPERTIES or len(set(names)) < len(names):
            return f"properties {names}"
    return same_count(len(lines), findings)


def same_count(count: int, findings: list[dict]) -> Optional[str]:
    return None if count == len(findings) else f"{count} findings of {len(findings)}"


def report(name: str, check: Callable[[str, list[dict]], Optional[str]]) -> Set:
    def run(surroundings: Surroundings) -> Optional[Outcome]:
        projects = sorted((surroundings.data / "typing" / "cases").glob("*/project"))
        if not projects or (name == "sarif" and sarif_schema() is None):
            return None
        outcome = Outcome()
        for project in projects[::4]:
            texts = [
                surroundings.run("check", "--project", project, "--format", form).out.decode()
                for form in ("json", name)
            ]
            findings = json.loads(texts[0])["findings"]
            outcome.count(project.parent.name, check(texts[1], findings))
        return outcome

    return Set(f"reports/{name}", run)


SETS = [
    report("json", own),
    report("sarif", sarif),
    report("gitlab", gitlab),
    report("junit", junit),
    report("github", github),
]
