"""The Python environment that the comparers need, in a folder that git ignores."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".build-conformance"
# Parsers of HTML (two, so that one's mistakes do not hide ours) and of CSS; a validator of JSON.
PACKAGES = ["selectolax", "html5lib", "tinycss2", "jsonschema"]


def enter() -> None:
    """Continues in the environment; makes it first where it is missing."""
    environment = FOLDER / "venv"
    python = environment / "bin" / "python"
    if pathlib.Path(sys.prefix) == environment:
        return
    complete = environment / "-".join(["complete", *PACKAGES])
    if not complete.exists():
        print("Preparing Python for the comparison…", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
        subprocess.run(install, check=True)
        complete.touch()
    os.execv(python, [python, *sys.argv])
