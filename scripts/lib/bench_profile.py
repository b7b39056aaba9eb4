"""Where the processor's time goes while the portal does one row of the bench: by program, then by function."""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

from bench_measure import read  # noqa: E402
from bench_servers import ours, say  # noqa: E402
from bench_work import Filling, Storing, retrievals, searches, storings  # noqa: E402

STUDIES = 200
# A share below this is not told, in per cent.
LEAST = 0.7


def work(server, row, seconds):
    """Does the row's work for so long, and returns how often; making what is stored is the client's time."""
    if not isinstance(row, Storing):
        return read(server, row, seconds)[1]
    count, deadline = 0, time.monotonic() + seconds
    while time.monotonic() < deadline:
        made = row.prepare()
        row.act(server, made)
        count += len(made)
    return count


def profile(server, row, options):
    """Prints CPU milliseconds an operation by program, and perf's shares by function."""
    work(server, row, 1)
    pids = ",".join(map(str, server.processes()))
    command = ["perf", "record", "-q", "-F", "1999", "-o", options.recording, "-p", pids, "sleep", f"{options.seconds}"]
    with subprocess.Popen(command):
        before = server.cpu_by_program()
        count = work(server, row, options.seconds)
        used = server.cpu_by_program() - before
    print(f"{row.work}: {count / options.seconds:,.0f} a second; CPU milliseconds for each:")
    for name, seconds in used.most_common():
        print(f"  {name:16} {seconds / max(1, count) * 1000:6.3f}")
    report("comm,dso", options.recording)
    report("comm,dso,symbol", options.recording)


def report(keys, recording):
    print(f"\nby {keys}:", flush=True)
    command = ["perf", "report", "-i", recording, "--stdio", "-q", "--sort", keys, "--percent-limit", f"{LEAST}"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    print("\n".join(line.rstrip() for line in lines if line.strip()), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", nargs="?", help="the beginning of a row's name")
    parser.add_argument("--list", action="store_true", help="names the rows")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, help="as the row has them unless told; storing rows have their own")
    parser.add_argument("--recording", default="perf.data", help="perf's file")
    options = parser.parse_args()
    filling = Filling(True, STUDIES)
    rows = [*searches(filling, STUDIES), *retrievals(filling), *storings(True, filling)]
    if options.list or not options.work:
        print("\n".join(row.work for row in rows))
        return
    chosen = [row for row in rows if row.work.lower().startswith(options.work.lower())]
    if not chosen:
        parser.error(f"no row begins with “{options.work}”; --list names them")
    row = chosen[0]
    if options.connections and not isinstance(row, Storing):
        row = row._replace(connections=options.connections)
    with tempfile.TemporaryDirectory(prefix="preview-dicom-profile.") as folder, ours(pathlib.Path(folder)) as portal:
        say("filling the portal")
        filling.add_studies(portal, 0, STUDIES)
        filling.add_what_is_read(portal)
        portal.settle()
        profile(portal, row, options)


main()
