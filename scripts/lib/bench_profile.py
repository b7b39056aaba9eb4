"""Where the processor's time goes while the portal does one row of the bench: by process, then by function."""

import argparse
import contextlib
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

from bench_servers import in_parallel, ours, say  # noqa: E402
from bench_work import Filling, Storing, retrievals, searches, storings  # noqa: E402

STUDIES = 200
# A share below this is not told, in per cent.
LEAST = 0.7


def ask(server, row, deadline):
    """Asks for the row's requests until the deadline; returns how many answers came."""
    connection, buffer, count = server.connect(), bytearray(row.largest), 0
    for request in itertools.cycle(row.requests):
        if time.monotonic() > deadline:
            return count
        server.ask(connection, "GET", request.path, request.headers, into=buffer)
        count += 1


def store(server, row, deadline):
    """Stores until the deadline. Making what is stored is the client's time, and not in the profile."""
    count = 0
    while time.monotonic() < deadline:
        made = row.prepare()
        row.act(server, made)
        count += len(made)
    return count


def work(server, row, connections, seconds):
    deadline = time.monotonic() + seconds
    if isinstance(row, Storing):
        return store(server, row, deadline)
    return sum(in_parallel(connections, lambda _: ask(server, row, deadline)))


def profile(server, row, connections, options):
    """Prints CPU milliseconds an operation by process, and perf's shares by function."""
    work(server, row, connections, 1)
    pids = ",".join(map(str, server.processes()))
    command = ["perf", "record", "-q", "-F", "1999", "-o", options.recording, "-p", pids, "sleep", f"{options.seconds}"]
    with subprocess.Popen(command):
        before = cpu_by_name(server)
        count = work(server, row, connections, options.seconds)
        after = cpu_by_name(server)
    print(f"{row.work}: {count / options.seconds:,.0f} a second; CPU milliseconds for each:")
    for name in sorted(after, key=lambda name: before.get(name, 0) - after[name]):
        print(f"  {name:16} {(after[name] - before.get(name, 0)) / max(1, count) * 1000:6.3f}")
    report("comm,dso", options.recording)
    report("comm,dso,symbol", options.recording)


def cpu_by_name(server):
    """CPU seconds of the server's processes so far, by the program's name."""
    seconds = {}
    for pid in server.processes():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            head, tail = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)
            name = head.split("(", 1)[1]
            seconds[name] = seconds.get(name, 0) + sum(map(int, tail.split()[11:13])) / os.sysconf("SC_CLK_TCK")
    return seconds


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
    with tempfile.TemporaryDirectory(prefix="preview-dicom-profile.") as folder, ours(pathlib.Path(folder)) as portal:
        say("filling the portal")
        filling.add_studies(portal, 0, STUDIES)
        filling.add_what_is_read(portal)
        portal.settle()
        profile(portal, row, options.connections or getattr(row, "connections", 1), options)


main()
