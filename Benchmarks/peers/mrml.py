"""mrml (Rust, through its Python wheel) on the templates that `make bench` measures.

    python3 -m venv .build-peers && .build-peers/bin/pip install mjml-python
    .build-peers/bin/python Benchmarks/peers/mrml.py ../shared/conformance/mjml/official [FILE …]

mrml follows MJML 4 and skips what it cannot parse; the script says how many templates it took.
"""
import pathlib
import statistics
import sys
import time

import mjml


def compiles(source):
    try:
        mjml.mjml2html(source)
        return True
    except Exception:  # what the binding raises depends on its version
        return False


def median_seconds(sources, repeats=9):
    times = []
    for _ in range(repeats):
        rounds, start = 0, time.process_time()
        while (elapsed := time.process_time() - start) < 0.1:
            for source in sources:
                mjml.mjml2html(source)
            rounds += 1
        times.append(elapsed / rounds)
    return statistics.median(times)


for argument in sys.argv[1:]:
    path = pathlib.Path(argument)
    files = sorted(path.glob("*.mjml")) if path.is_dir() else [path]
    sources = [file.read_text() for file in files]
    taken = [source for source in sources if compiles(source)]
    if taken:
        print(f"mrml {path.name}: {median_seconds(taken) * 1e6:.1f} µs for {len(taken)} of {len(files)} templates")
    else:
        print(f"mrml {path.name}: takes none of {len(files)}")
