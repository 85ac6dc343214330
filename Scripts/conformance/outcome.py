"""What the sets have in common: how the program is run and what comes out of a set."""

import dataclasses
import os
import pathlib
import re
import subprocess
import tempfile
import time
from typing import Callable, Optional

MEBIBYTE = 1 << 20
# A finding says where it is: "layouts/mail.mjml:3:14".
PLACE = re.compile(rb":\d+:\d+")


@dataclasses.dataclass
class Outcome:
    """How much of a set is as it should be, and a line for each thing that is not."""

    passed: int = 0
    total: int = 0
    differences: list[str] = dataclasses.field(default_factory=list)

    def count(self, name: str, complaint: Optional[str]) -> None:
        """Counts a case; `complaint` says what is wrong with it, None that nothing is."""
        self.total += 1
        if complaint is None:
            self.passed += 1
        else:
            self.differences.append(f"{name}: {complaint}")


@dataclasses.dataclass
class Run:
    """One run of the program."""

    code: int
    out: bytes
    err: bytes
    # Of the processor, so that a busy machine is not held against the program.
    seconds: float
    peak: int

    @property
    def is_located(self) -> bool:
        """Whether what it complained about has a place."""
        return PLACE.search(self.err) is not None

    @property
    def died(self) -> Optional[str]:
        if self.code < 0:
            return f"killed by signal {-self.code}"
        # What Swift's own handler and shells make of a trap.
        return f"died with status {self.code}" if self.code in range(128, 160) else None

    def exceeds(self, seconds: float, peak: int) -> Optional[str]:
        if self.seconds > seconds:
            return f"took {self.seconds:.2f} s of {seconds:g} s"
        if self.peak > peak:
            return f"took {self.peak // MEBIBYTE} MiB of {peak // MEBIBYTE} MiB"
        return None


@dataclasses.dataclass
class Surroundings:
    program: pathlib.Path
    # The conformance data; never written to.
    data: pathlib.Path
    # Where reports go.
    folder: pathlib.Path

    def knows(self, command: str, option: str = "") -> bool:
        """Whether the program has a command, and that an option."""
        help_text = subprocess.run([self.program, "help", command], capture_output=True)
        listed = subprocess.run([self.program, "--help"], capture_output=True)
        is_listed = re.search(rb"^\s+" + command.encode() + rb"\b", listed.stdout, re.M)
        return bool(is_listed) and option.encode() in help_text.stdout

    def run(self, *arguments: object, timeout: float = 20, cwd: Optional[pathlib.Path] = None) -> Run:
        """Runs the program to its end; after `timeout` seconds it is killed."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                [str(self.program), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=cwd
            )
            deadline = time.monotonic() + timeout
            pause = 0.001
            while True:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    break
                if time.monotonic() > deadline:
                    process.kill()
                    _, status, usage = os.wait4(process.pid, 0)
                    break
                time.sleep(pause)
                pause = min(pause * 1.5, 0.02)
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            return Run(
                process.returncode, out.read(), err.read(), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
            )


@dataclasses.dataclass
class Set:
    """A row of the table."""

    name: str
    # None where the program has no command for it.
    run: Callable[[Surroundings], Optional[Outcome]]


def bounds(text: str) -> tuple[float, int]:
    """Seconds and bytes of "1 s, 64 MiB"."""
    seconds, mebibytes = re.fullmatch(r"([\d.]+) s, (\d+) MiB", text).groups()
    return float(seconds), int(mebibytes) * MEBIBYTE


def first_line(text: bytes) -> str:
    lines = [line for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[0][:200] if lines else "(nothing)"
