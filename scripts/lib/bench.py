"""The portal and Orthanc under the same work, taking turns: what scripts/bench runs.

Both start empty and get the same studies through STOW. With these, searches, retrievals and storing are measured side
by side; then the portal alone grows, and its searches and retrievals are measured again. To a million it grows without
STOW, which would take hours.
"""

import argparse
import contextlib
import datetime
import json
import pathlib
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

from bench_fill import settle_in  # noqa: E402
from bench_history import remember  # noqa: E402
from bench_measure import Bench  # noqa: E402
from bench_servers import ceiling, keep_to_one_processor, orthanc, ours, say  # noqa: E402
from bench_table import rows_of, show  # noqa: E402
from bench_work import Filling, just_stored, retrievals, searches, storings  # noqa: E402
from machine import commit, machine  # noqa: E402

RESULT = ROOT / "content/measurements/bench.json"
SIZES, FULL_SIZES = [2000, 20_000], [2000, 20_000, 100_000]
MILLION_SIZES = [*FULL_SIZES, 1_000_000]


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="short series and three short rounds: three minutes")
    parser.add_argument("--full", action="store_true", help=f"the portal grows to {FULL_SIZES[-1]:,} studies")
    parser.add_argument("--million", action="store_true", help="it grows to a million, straight in the database")
    parser.add_argument("--studies", type=int, nargs="+", metavar="N", help="measure with these numbers of studies")
    parser.add_argument("--no-write", action="store_true", help="print only")
    options = parser.parse_args()
    options.studies = options.studies or (MILLION_SIZES if options.million else FULL_SIZES if options.full else SIZES)
    options.rounds, options.seconds = (3, 0.15) if options.quick else (15, 0.25)
    return options


def measured(options):
    """Everything that was measured, as JSON."""
    filling, told = Filling(options.quick, options.studies[-1]), {"rows": [], "filling": [], "memory": {}}
    with contextlib.ExitStack() as running:
        folder = pathlib.Path(running.enter_context(tempfile.TemporaryDirectory(prefix="preview-dicom-bench.")))
        portal = running.enter_context(ours(folder))
        with orthanc(folder) as peer, ceiling(folder) as limit:
            keep_to_one_processor()
            bench = Bench([portal, peer], limit, options.rounds, options.seconds)
            side_by_side(bench, filling, options, told)
        bench = Bench([portal], None, options.rounds, options.seconds)
        first = list(told["rows"])
        for before, size in zip(options.studies, options.studies[1:], strict=False):
            fill(portal, filling, before, size, told, directly=options.million)
            say(f"searching and retrieving with {size:,} studies")
            if not options.million:
                measure(bench, just_stored(filling, size), size, told)
            portal.settle()
            measure(bench, searches(filling, size) + retrievals(filling), size, told, first)
        told["memory"]["ours"]["peakMiBAfterGrowth"] = bench.peaks["ours"]
    return told


def side_by_side(bench, filling, options, told):
    size = options.studies[0]
    for server in bench.servers:
        fill(server, filling, 0, size, told)
        filling.add_what_is_read(server)
        server.settle()
    say(f"searching and retrieving with {size:,} studies, then storing")
    # Storing comes last: its studies are in no search's count.
    measure(bench, searches(filling, size) + retrievals(filling), size, told)
    measure(bench, storings(options.quick, filling), size, told)
    for name, peak in bench.peaks.items():
        told["memory"][name] = {"startMiB": bench.started[name], "peakMiB": peak}


def measure(bench, rows, size, told, first=None):
    told["rows"] += rows_of(bench.measure(rows), rows, size, first)


def fill(server, filling, first, end, told, directly=False):
    say(f"{server.name}: storing studies {first:,} to {end:,}")
    began = time.monotonic()
    if directly:
        settle_in(server.portal, filling.population, first, end)
    else:
        filling.add_studies(server, first, end)
    seconds = time.monotonic() - began
    say(f"  {seconds:.1f} s, {(end - first) / seconds:,.0f} a second")
    told["filling"].append({"server": server.name, "from": first, "to": end, "seconds": round(seconds, 1)})


def main():
    options = read_options()
    began = time.monotonic()
    told = measured(options)
    show(told["rows"])
    for entry in told["filling"]:
        print(f"{entry['server']}: studies {entry['from']:,} to {entry['to']:,} stored in {entry['seconds']} s")
    for name, memory in told["memory"].items():
        print(f"{name}: memory without PostgreSQL {', '.join(f'{key} {value}' for key, value in memory.items())}")
    say(f"{time.monotonic() - began:.0f} s in all")
    if not options.no_write:
        about = {"machine": machine(), "date": f"{datetime.date.today()}", "commit": commit(), "quick": options.quick}
        RESULT.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps({**about, "against": "Orthanc 1.10.1, SQLite", **told}, indent=2, ensure_ascii=False)
        RESULT.write_text(content + "\n", encoding="utf-8")
        if not options.quick:
            remember(about, told["rows"])


main()
