"""Scrolling while others store: 200 clients ask for frames, 4 associations and 2 uploads store, for as long as asked.

In turns of some seconds each: the uploads alone, and with the associations; the clients alone, on the portal and on
nginx with the same frames as files; and the clients on either of them while the portal stores. What storing costs
nginx's files is the contention of the machine; the portal's frames may be slower by that, and by no more. What stores
keeps its speed as far as it has it without the clients. Behind that the portal goes on under all of it, and its memory
is noted every half minute.
"""

import argparse
import contextlib
import datetime
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

import bench_answers as answers  # noqa: E402
from bench_data import Slices, new_uid  # noqa: E402
from bench_servers import ceiling, ours, say  # noqa: E402
from bench_work import AT_ONCE, ONE_FRAME, stow  # noqa: E402
from bench_wrk import Wrk  # noqa: E402
from machine import commit, machine  # noqa: E402

RESULT = ROOT / "content/measurements/load.json"
CLIENTS, PAUSE = 200, 0.25  # each asks for its next frame so many seconds after the last
ASSOCIATIONS, UPLOADS, AT_A_TIME = 4, 2, 10
SLICES = 200


def scroll(scroller, seconds):
    """What 200 clients get of one server."""
    run = scroller.run(CLIENTS, seconds)
    middle, high, longest = run.latencies
    return {
        "framesPerSecond": round(run.rate, 1), "errors": run.errors,
        "medianMilliseconds": middle, "p99Milliseconds": high, "maxMilliseconds": longest,
    }  # fmt: skip


class Storing:
    """Uploads and associations that go on until told to stop; each instance is new."""

    def __init__(self, server, side, folder, associations=ASSOCIATIONS):
        self.server, self.slices, self.folder = server, Slices(side), folder
        self.stopping, self.uploaded, self.sent = threading.Event(), 0, 0
        self.failures, self.lock = [], threading.Lock()
        works = [self.upload] * UPLOADS + [self.send] * associations
        self.threads = [threading.Thread(target=self.work, args=(work, number)) for number, work in enumerate(works)]

    def __enter__(self):
        self.began = time.monotonic()
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for thread in self.threads:
            thread.join()
        self.seconds = time.monotonic() - self.began

    def work(self, act, number):
        try:
            act(number)
        except Exception as error:  # noqa: BLE001 - any failure is a result here
            self.failures.append(f"{type(error).__name__}: {error}"[:300])

    def upload(self, _):
        connection = self.server.connect()
        while not self.stopping.is_set():
            stow(self.server, connection, self.slices.fresh(AT_A_TIME))
            with self.lock:
                self.uploaded += AT_A_TIME

    def send(self, number):
        title, port = self.server.dicom
        place = self.folder / f"association{number}"
        place.mkdir(exist_ok=True)
        while not self.stopping.is_set():
            for index, content in enumerate(self.slices.fresh(AT_A_TIME)):
                (place / f"{index}.dcm").write_bytes(content)
            command = ["storescu", "+sd", "-aec", title, "127.0.0.1", f"{port}", place]
            subprocess.run(command, check=True, capture_output=True)
            with self.lock:
                self.sent += AT_A_TIME

    def told(self):
        return {
            "uploadedPerSecond": round(self.uploaded / self.seconds, 1),
            "sentPerSecond": round(self.sent / self.seconds, 1), "failures": self.failures,
        }  # fmt: skip


def filled(portal, limit):
    """Stores a series, gives nginx its frames as files, and returns the paths of both."""
    slices, paths = stored_series(portal, SLICES)
    check = [answers.frame(slices.pixels(number)) for number in range(1, SLICES + 1)]
    return paths, served(portal, limit, paths, ONE_FRAME, check)


def stored_series(portal, count):
    """So many slices, and the paths of their frames."""
    slices, study, series = Slices(512), new_uid(), new_uid()
    instances, connection = [new_uid() for _ in range(count)], portal.connect()
    for start in range(0, count, AT_ONCE):
        numbered = enumerate(instances[start : start + AT_ONCE], start + 1)
        stow(portal, connection, [slices.file(study, series, instance, number) for number, instance in numbered])
    portal.settle()
    return slices, [f"/studies/{study}/series/{series}/instances/{instance}/frames/1" for instance in instances]


def served(portal, limit, paths, headers, checks, name="frame"):
    """Gives nginx what the portal answers as files, and returns their paths."""
    connection, places = portal.connect(), []
    for number, (path, check) in enumerate(zip(paths, checks, strict=True), 1):
        content = portal.ask(connection, "GET", path, headers)
        check(content)
        places.append(limit.serve(f"{name}{number}", content))
    return places


def measured(options, folder):
    told = {"turns": []}
    with ours(folder) as portal, ceiling(folder) as limit:
        say("storing what is scrolled through")
        paths, files = filled(portal, limit)
        mine = Wrk(portal, paths, {**portal.headers, **ONE_FRAME}, folder, PAUSE)
        plain = Wrk(limit, files, {}, folder, PAUSE)
        for turn in range(options.rounds):
            say(f"turn {turn + 1} of {options.rounds}")
            row = {}
            for name, associations in (("uploadsAlone", 0), ("storingAlone", ASSOCIATIONS)):
                with Storing(portal, 512, folder, associations) as alone:
                    time.sleep(options.seconds)
                row[name] = alone.told()
            for scroller in (plain, mine):
                row[scroller.server.name] = scroll(scroller, options.seconds)
                with Storing(portal, 512, folder) as beside:
                    row[f"{scroller.server.name}WhileStoring"] = scroll(scroller, options.seconds)
                row[f"storingBeside{scroller.server.name.title()}"] = beside.told()
            told["turns"].append(row)
            say(f"  {json.dumps(row)}")
        if options.minutes > 0:
            told["soak"] = soaked(portal, mine, options.minutes, folder)
    return told


def soaked(portal, scroller, minutes, folder):
    """The memory under load; small images, so that the disk holds them."""
    say(f"memory for {minutes} minutes")
    held, frames, errors = [], 0, 0
    with Storing(portal, 64, folder) as storing:
        while time.monotonic() - storing.began < minutes * 60:
            turn = scroll(scroller, 30)
            frames, errors = frames + turn["framesPerSecond"] * 30, errors + turn["errors"]
            held.append({"minute": round((time.monotonic() - storing.began) / 60, 1), "MiB": resident(portal)})
            say(f"  {held[-1]}, p99 {turn['p99Milliseconds']} ms")
    return {"memory": held, "frames": round(frames), "errors": errors, **storing.told()}


def resident(server):
    """MiB that its processes hold now, without PostgreSQL; shared memory counts once (Pss in proc(5))."""
    kilobytes = 0
    for pid in server.processes(without="postgres"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
            kilobytes += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])
    return round(kilobytes / 1024)


def judged(told):
    """The medians over the turns, beside what is aimed at."""

    def middle(*keys):
        values = []
        for turn in told["turns"]:
            for key in keys:
                turn = turn[key]
            values.append(turn)
        return statistics.median(values)

    contention = middle("ceilingWhileStoring", "p99Milliseconds") / middle("ceiling", "p99Milliseconds")
    uploads = middle("storingBesideOurs", "uploadedPerSecond")
    verdict = {
        "errors": sum(turn[name]["errors"] for turn in told["turns"] for name in ("ours", "oursWhileStoring")),
        "failures": sum(len(turn["storingBesideOurs"]["failures"]) for turn in told["turns"]),
        "contention": round(contention, 2), "p99Milliseconds": middle("oursWhileStoring", "p99Milliseconds"),
        "p99Limit": round(50 * contention, 1),
        "uploadsBeside": round(uploads / middle("storingAlone", "uploadedPerSecond"), 2),
        "sentBeside": round(
            middle("storingBesideOurs", "sentPerSecond") / middle("storingAlone", "sentPerSecond"), 2
        ),
        "uploadsBesideOfUploadsAlone": round(uploads / middle("uploadsAlone", "uploadedPerSecond"), 2),
    }  # fmt: skip
    if "soak" in told:
        half = len(told["soak"]["memory"]) // 2
        levels = [entry["MiB"] for entry in told["soak"]["memory"]]
        verdict["memoryMiB"] = {
            "firstHalf": statistics.median(levels[:half]), "secondHalf": statistics.median(levels[half:]),
            "peak": max(levels),
        }  # fmt: skip
    return verdict


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=15, help="of each turn")
    parser.add_argument("--minutes", type=float, default=20, help="of the memory's test; 0 leaves it out")
    parser.add_argument("--no-write", action="store_true", help="print only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="preview-dicom-bench.") as folder:
        told = measured(options, pathlib.Path(folder))
    verdict = judged(told)
    print(json.dumps(verdict, indent=2))
    if not options.no_write:
        about = {"machine": machine(), "date": f"{datetime.date.today()}", "commit": commit()}
        shape = {"clients": CLIENTS, "pauseSeconds": PAUSE, "associations": ASSOCIATIONS, "uploads": UPLOADS}
        content = json.dumps({**about, **shape, "verdict": verdict, **told}, indent=2, ensure_ascii=False)
        RESULT.write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
