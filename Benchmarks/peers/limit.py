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
import shutil
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


def letterpress(project, repeat, jobs=1, measure="html"):
    return processor_time([
        program, "render", "mail", "--project", project, "--recipient", "user.email",
        "--profiles", str(workload / "profiles.ndjson"), "--to", "null", "--stats", "json",
        "--repeat", str(repeat), "--jobs", str(jobs), "--measure", measure,
    ])


def make_project(folder):
    """A copy of the workload's project whose layout has what a whole message needs."""
    shutil.copytree(workload / "project", folder)
    layout = pathlib.Path(folder) / "layouts/mail.mjml"
    layout.chmod(0o644)
    envelope = "<lp-subject>Order {{ order.number }}</lp-subject><lp-from>shop@example.com</lp-from>"
    layout.write_text(layout.read_text().replace("<mj-head>", "<mj-head>" + envelope, 1))
    return str(folder)


with tempfile.TemporaryDirectory() as folder:
    (pathlib.Path(folder) / "limit.bin").write_bytes(
        lzma.decompress((workload / "limit.bin.xz").read_bytes())
    )
    subprocess.run(
        ["gcc", "-O3", "-march=native", "-o", f"{folder}/limit", str(workload / "limit.c")], check=True
    )
    project = make_project(f"{folder}/project")
    # What both do before they measure.
    loading = min(limit(folder, 0.000001)[0] for _ in range(3))
    start = min(letterpress(project, 1)[0] for _ in range(3))
    rows = letterpress(project, 1)[1]["rows"]
    ratios = {"html": [], "message": []}
    for number in range(rounds):
        seconds, figures = limit(folder, 0.5)
        copying = (seconds - loading) / (figures["rps"][0] * 0.5)
        line = f"copy {copying * 1e6:.2f} µs"
        for measure, known in ratios.items():
            seconds, figures = letterpress(project, repeats + 1, measure=measure)
            rendering = (seconds - start) / (repeats * rows)
            known.append(copying / rendering)
            line += f"  {measure} {rendering * 1e6:.2f} µs ({100 * known[-1]:.0f} %)"
        print(line + f"  decode {figures['decode']['seconds'] / rows * 1e6:.2f} µs")
    one, two = (
        max(letterpress(project, 200, jobs)[1]["render"]["renders_per_second"] for _ in range(3))
        for jobs in (1, 2)
    )
    for measure, known in ratios.items():
        known.sort()
        print(f"{measure}: best {100 * known[-1]:.0f} %, median {100 * known[len(known) // 2]:.0f} %")
    print(f"two threads {two / one:.2f} times one")
