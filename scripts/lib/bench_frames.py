"""Frames beside nginx's own static files with the same bytes: through nginx and from the dispatcher, by wrk.

The portal's frames and the files are asked for in turn, each server for a second at a time, by one and by six
connections; signed in, with rights decided for each. Told are medians of the rounds with their quartiles.
"""

import argparse
import datetime
import json
import pathlib
import statistics
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

import bench_answers as answers  # noqa: E402
from bench_load import served, stored_series  # noqa: E402
from bench_servers import ceiling, keep_to_one_processor, ours, say  # noqa: E402
from bench_work import FRAME, ONE_FRAME  # noqa: E402
from bench_wrk import Wrk  # noqa: E402
from machine import commit, machine  # noqa: E402

RESULT = ROOT / "content/measurements/frames.json"
SLICES = 60
FORMS = {"multipart": FRAME, "single part": ONE_FRAME}


def clients_of(portal, limit, folder):
    """`{form: {way: Wrk}}`, the files' being the way that the others are compared with."""
    slices, paths = stored_series(portal, SLICES)
    checks = [answers.frame(slices.pixels(number)) for number in range(1, SLICES + 1)]
    clients = {}
    for form, accept in FORMS.items():
        files = served(portal, limit, paths, accept, checks, form.split()[0])
        headers = {**portal.headers, **accept}
        clients[form] = {
            "file": Wrk(limit, files, {}, folder / form),
            "nginx": Wrk(portal, paths, headers, folder / form),
            "dispatcher": Wrk(portal.direct(), paths, headers, folder / form),
        }
    return clients


def measured(rounds):
    rows = []
    with tempfile.TemporaryDirectory(prefix="preview-dicom-bench.") as place:
        folder = pathlib.Path(place)
        for form in FORMS:
            (folder / form).mkdir()
        with ours(folder) as portal, ceiling(folder) as limit:
            say("storing what is asked for")
            clients = clients_of(portal, limit, folder)
            keep_to_one_processor()
            for connections in (1, 6):
                rates = {form: {way: [] for way in ways} for form, ways in clients.items()}
                for turn in range(rounds + 1):
                    say(f"{connections} connections, round {turn} of {rounds}")
                    for form, ways in clients.items():
                        # Who goes first changes from round to round; the first is not told.
                        for way, client in list(ways.items())[:: 1 if turn % 2 == 0 else -1]:
                            run = client.run(connections, 1)
                            assert run.errors == 0, f"{form}, {way}: {run.errors} requests failed"
                            rates[form][way] += [run.rate] if turn else []
                rows += [row_of(form, connections, rates[form]) for form in FORMS]
    return rows


def row_of(form, connections, rates):
    row = {"form": form, "connections": connections}
    for way, found in rates.items():
        low, middle, high = statistics.quantiles(found, n=4)
        row[way] = {"perSecond": round(middle), "quartiles": [round(low), round(high)]}
        row[way]["ofFile"] = round(middle / statistics.median(rates["file"]), 2)
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--no-write", action="store_true", help="print only")
    options = parser.parse_args()
    rows = measured(options.rounds)
    print(f"{'frames of 512 KiB':24} {'file':>20} {'through nginx':>26} {'from the dispatcher':>26}   a second [quartiles]")
    for row in rows:
        line = f"{row['form']}, {row['connections']} connection{'s' * (row['connections'] > 1)}"
        told = [row["file"], row["nginx"], row["dispatcher"]]
        cells = [f"{cell['perSecond']:,} {cell['quartiles']} {cell['ofFile']:.0%}" for cell in told]
        print(f"{line:24} {cells[0]:>20} {cells[1]:>26} {cells[2]:>26}")
    if not options.no_write:
        about = {"machine": machine(), "date": f"{datetime.date.today()}", "commit": commit()}
        RESULT.write_text(json.dumps({**about, "bytes": 512 << 10, "rows": rows}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
