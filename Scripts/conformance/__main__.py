#!/usr/bin/env python3
"""Holds the program against the data of other implementations and prints one table.

usage: python3 Scripts/conformance PROGRAM [--strict] [--verbose] [SET...]

The data lies outside of the repository, in $LETTERPRESS_CONFORMANCE (../shared/conformance). SET is the
name of a row or the part before its slash: mjml, liquid, structure, typing, reports, escape, hostile-mjml, bombs, data.
What differs is written to .build-conformance/SET.txt. With --strict, exits 1 unless all is as it should be.
"""

import argparse
import os
import pathlib
import sys
from typing import Optional

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import environment

environment.enter()

import bombs
import data
import escape
import hostile
import liquid
import mjml
import reports
import structure
import typing_cases
from outcome import Surroundings

MODULES = [mjml, liquid, structure, typing_cases, reports, escape, hostile, bombs, data]
SETS = [one for module in MODULES for one in module.SETS]


def main() -> int:
    options = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\n")[0])
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("sets", nargs="*", metavar="SET")
    options.add_argument("--strict", action="store_true", help="exit 1 unless every set passes in full")
    options.add_argument("--verbose", action="store_true", help="print what differs as well")
    chosen = options.parse_args()

    folder = conformance_data()
    if folder is None:
        print("No conformance data here: set LETTERPRESS_CONFORMANCE to its folder.")
        return 1 if chosen.strict else 0

    surroundings = Surroundings(chosen.program.resolve(), folder, environment.FOLDER)
    wanted = [s for s in SETS if not chosen.sets or s.name in chosen.sets or s.name.split("/")[0] in chosen.sets]
    if not wanted:
        print(f"no such set; there are: {', '.join(s.name for s in SETS)}", file=sys.stderr)
        return 64

    print(f"{'set':24} {'passed':>7} {'of':>7}")
    passed = total = 0
    complete = True
    for one in wanted:
        outcome = one.run(surroundings)
        if outcome is None:
            print(f"{one.name:24} {'not available':>15}", flush=True)
            complete = False
            continue
        report = surroundings.folder / (one.name.replace("/", "-") + ".txt")
        report.write_text("\n".join(outcome.differences) + "\n" if outcome.differences else "")
        print(f"{one.name:24} {outcome.passed:7} {outcome.total:7}", flush=True)
        if chosen.verbose:
            print("\n".join("    " + line for line in outcome.differences))
        passed += outcome.passed
        total += outcome.total
    print(f"{'all':24} {passed:7} {total:7}")
    if passed < total:
        print(f"What differs: {os.path.relpath(surroundings.folder)}/SET.txt")
    return 1 if chosen.strict and not (complete and passed == total) else 0


def conformance_data() -> Optional[pathlib.Path]:
    named = os.environ.get("LETTERPRESS_CONFORMANCE")
    beside = [environment.ROOT / above / "shared/conformance" for above in ("..", "../..")]
    folders = [pathlib.Path(named)] if named else beside
    return next((folder.resolve() for folder in folders if (folder / "README.md").exists()), None)


if __name__ == "__main__":
    sys.exit(main())
