#!/usr/bin/env python3
"""Measures `letterpress render` against the copy limit of the peers' workload.

    Benchmarks/peers/limit.py WORKLOAD [LETTERPRESS] [ROUNDS]

WORKLOAD is the folder with limit.c, limit.bin.xz, profiles.ndjson and project/. The limit is built with
gcc -O3 -march=native. Each round runs the limit, then the program, by processor time, so that others on
the machine count less; the figure is the ratio, not the time, for both move by a third.
"""
import json
import lzma
import pathlib
import resource
import subprocess
import sys
import tempfile

workload = pathlib.Path(sys.argv[1])
program = sys.argv[2] if len(sys.argv) > 2 else ".build/release/letterpress"
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 7
repeats = 100


def processor_time(arguments, folder=None):
    """Seconds of the processor that a command took, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, json.loads(done.stdout)


def limit(folder, seconds):
    return processor_time(["./limit", "segs", "bench", "0", str(seconds), "1"], folder)


def letterpress(repeat, jobs=1):
    return processor_time([
        program, "render", "mail", "--project", str(workload / "project"),
        "--profiles", str(workload / "profiles.ndjson"), "--to", "null", "--stats", "json",
        "--repeat", str(repeat), "--jobs", str(jobs),
    ])


with tempfile.TemporaryDirectory() as folder:
    (pathlib.Path(folder) / "limit.bin").write_bytes(
        lzma.decompress((workload / "limit.bin.xz").read_bytes())
    )
    subprocess.run(
        ["gcc", "-O3", "-march=native", "-o", f"{folder}/limit", str(workload / "limit.c")], check=True
    )
    # What both do before they measure.
    loading = min(limit(folder, 0.000001)[0] for _ in range(3))
    start = min(letterpress(1)[0] for _ in range(3))
    rows = letterpress(1)[1]["rows"]
    ratios = []
    for number in range(rounds):
        seconds, figures = limit(folder, 0.5)
        copies = figures["rps"][0] * 0.5
        copying = (seconds - loading) / copies
        seconds, figures = letterpress(repeats + 1)
        rendering = (seconds - start) / (repeats * rows)
        ratios.append(copying / rendering)
        decoding = figures["decode"]["seconds"] / rows
        print(
            f"copy {copying * 1e6:.2f} µs  render {rendering * 1e6:.2f} µs  "
            f"{100 * copying / rendering:.0f} %  decode {decoding * 1e6:.2f} µs"
        )
    one, two = (
        max(letterpress(200, jobs)[1]["render"]["renders_per_second"] for _ in range(3))
        for jobs in (1, 2)
    )
    ratios.sort()
    print(
        f"best {100 * ratios[-1]:.0f} %, median {100 * ratios[len(ratios) // 2]:.0f} % of the limit; "
        f"two threads {two / one:.2f} times one"
    )
