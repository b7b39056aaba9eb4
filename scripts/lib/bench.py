"""The portal and Orthanc under the same work, taking turns: what scripts/bench runs."""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

import samples  # noqa: E402
from machine import machine  # noqa: E402
from portal import AE_TITLE, Portal, children, wait_for  # noqa: E402
from pydicom.uid import generate_uid  # noqa: E402

RESULT = ROOT / "content/measurements/bench.json"
JSON = {"Accept": "application/dicom+json"}
FRAME = {"Accept": 'multipart/related; type="application/octet-stream"; transfer-syntax=*'}


class Server:
    """One of the two, with what a client needs to know."""

    def __init__(self, name, port, dicom_port, ae_title, headers, roots):
        self.name, self.port, self.dicom_port, self.ae_title = name, port, dicom_port, ae_title
        self.headers, self.roots = headers, roots

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, connection, method, path, headers, body=None, wanted=200):
        connection.request(method, "/dicomweb" + path, body, {**self.headers, **headers})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != wanted:
            raise RuntimeError(f"{self.name}: {method} {path} answered {answer.status}: {content[:300]!r}")
        return content

    def cpu(self):
        """Seconds of processor time that its processes, with all their children, have used so far."""
        waiting, total = list(self.roots()), 0
        while waiting:
            pid = waiting.pop()
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                total += sum(map(int, fields[11:15]))
                waiting += children(pid)
        return total / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def ours(folder):
    portal = Portal(folder / "portal")
    portal.start()
    try:
        token = portal.sign_in().headers["Authorization"]
        ready = portal.ready
        yield Server(
            "ours", ready["port"], ready["dicomPort"], AE_TITLE, {"Authorization": token},
            lambda: [pid for name, pid in portal.read_ready()["pids"].items() if name != "run"],
        )  # fmt: skip
    finally:
        portal.stop()


@contextlib.contextmanager
def orthanc(folder):
    home = folder / "orthanc"
    home.mkdir()
    port, dicom_port = 18000 + os.getpid() % 1000, 19000 + os.getpid() % 1000
    settings = {
        "StorageDirectory": str(home), "IndexDirectory": str(home), "HttpPort": port, "DicomPort": dicom_port,
        "DicomAet": "ORTHANC", "RemoteAccessAllowed": False, "AuthenticationEnabled": False,
        "DicomAlwaysAllowStore": True, "Plugins": ["/usr/share/orthanc/plugins"],
        "DicomWeb": {"Enable": True, "Root": "/dicomweb/"},
    }  # fmt: skip
    (home / "orthanc.json").write_text(json.dumps(settings))
    with open(home / "log", "wb") as log, subprocess.Popen(
        ["Orthanc", str(home / "orthanc.json")], stdout=log, stderr=log
    ) as process:
        server = Server("orthanc", port, dicom_port, "ORTHANC", {}, lambda: [process.pid])
        try:
            wait_for(lambda: is_up(server), 30)
            yield server
        finally:
            process.terminate()


def is_up(server):
    try:
        server.ask(server.connect(), "GET", "/studies?limit=1", JSON)
        return True
    except (OSError, RuntimeError):
        return False


class Series:
    """A CT series whose slices get new UIDs of the same length, so that a new one costs no encoding."""

    def __init__(self, count, side=512):
        self.images = [samples.file_bytes(image) for image in samples.made_study(count, side=side)]
        self.uids = [samples.uids(content) for content in self.images]

    def fresh(self):
        known = {}
        for uid in {uid for place in self.uids for uid in place}:
            new = generate_uid()
            known[uid] = (new + "1" * 64)[: len(uid)]
        files = []
        for content, place in zip(self.images, self.uids, strict=True):
            for uid in set(place):
                content = content.replace(uid.encode(), known[uid].encode())
            files.append(content)
        return files, [tuple(known[uid] for uid in place) for place in self.uids]


class Work:
    """The kinds of work. Each returns how many operations it did; setting up is not timed."""

    def __init__(self, quick):
        self.quick = quick
        self.large = Series(20 if quick else 100)
        self.small = Series(50, side=16)
        self.read = self.large.fresh()

    def prepare(self, server):
        self.stow_files(server, self.read[0], 20)
        tiny = Series(1, side=16)
        for _ in range(60 if self.quick else 500):
            self.stow_files(server, tiny.fresh()[0], 1)

    def stow_files(self, server, files, at_once):
        connection = server.connect()
        for start in range(0, len(files), at_once):
            body, headers = samples.stow_body(files[start : start + at_once])
            server.ask(connection, "POST", "/studies", headers, body)
        return len(files)

    def kinds(self):
        large, small = self.large, self.small
        study, series, _ = self.read[1][0]
        place = f"/studies/{study}/series/{series}"
        page = "/studies?limit=25&includefield=00081030,00080060"
        times = 30 if self.quick else 100
        return {
            "STOW 512 KiB, 1 a request": ("instances/s", lambda: large.fresh()[0], lambda s, f: self.stow_files(s, f, 1)),
            "STOW 512 KiB, 20 a request": ("instances/s", lambda: large.fresh()[0], lambda s, f: self.stow_files(s, f, 20)),
            "STOW small, 50 a request": ("instances/s", lambda: small.fresh()[0], lambda s, f: self.stow_files(s, f, 50)),
            "C-STORE 512 KiB, storescu": ("instances/s", lambda: large.fresh()[0], self.c_store),
            "QIDO, first 25 studies": ("requests/s", lambda: None, lambda s, _: self.get(s, page, JSON, times)),
            "QIDO, one study by UID": (
                "requests/s", lambda: None, lambda s, _: self.get(s, f"/studies?StudyInstanceUID={study}", JSON, times),
            ),
            "QIDO, instances of a series": (
                "requests/s", lambda: None, lambda s, _: self.get(s, f"{place}/instances", JSON, times),
            ),
            "metadata of a series": ("requests/s", lambda: None, lambda s, _: self.get(s, f"{place}/metadata", JSON, times)),
            "frames, 1 connection": ("requests/s", lambda: None, lambda s, _: self.frames(s, times)),
            "frames, 6 connections": ("requests/s", lambda: None, lambda s, _: self.parallel_frames(s, times, 6)),
        }  # fmt: skip

    def get(self, server, path, headers, times):
        connection = server.connect()
        for _ in range(times):
            server.ask(connection, "GET", path, headers)
        return times

    def frames(self, server, times):
        connection = server.connect()
        for number in range(times):
            study, series, instance = self.read[1][number % len(self.read[1])]
            path = f"/studies/{study}/series/{series}/instances/{instance}/frames/1"
            server.ask(connection, "GET", path, FRAME)
        return times

    def parallel_frames(self, server, times, clients):
        threads = [threading.Thread(target=self.frames, args=(server, times)) for _ in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return times * clients

    def c_store(self, server, files):
        files = files[:20] if self.quick else files
        with tempfile.TemporaryDirectory() as folder:
            for number, content in enumerate(files):
                (pathlib.Path(folder) / f"{number}.dcm").write_bytes(content)
            command = ["storescu", "+sd", "-aec", server.ae_title, "127.0.0.1", str(server.dicom_port), folder]
            subprocess.run(command, check=True, capture_output=True)
        return len(files)


def measure(servers, work, rounds):
    seen = {}
    for turn in range(rounds):
        for name, (unit, prepare, act) in work.kinds().items():
            # Who goes first changes from round to round.
            for server in servers if turn % 2 == 0 else reversed(servers):
                prepared = prepare()
                cpu, began = server.cpu(), time.perf_counter()
                count = act(server, prepared)
                seconds = time.perf_counter() - began
                entry = seen.setdefault(name, {"unit": unit}).setdefault(server.name, {"rate": [], "cpu": []})
                entry["rate"].append(count / seconds)
                entry["cpu"].append((server.cpu() - cpu) / count * 1000)
        print(f"round {turn + 1} of {rounds} done", file=sys.stderr)
    return seen


def summary(seen):
    rows = []
    for name, found in seen.items():
        row = {"work": name, "unit": found["unit"]}
        for server in ("ours", "orthanc"):
            row[server] = round(statistics.median(found[server]["rate"]), 1)
            row[f"{server}CPUMilliseconds"] = round(statistics.median(found[server]["cpu"]), 2)
        row["ratio"] = round(row["ours"] / row["orthanc"], 2)
        rows.append(row)
    return rows


def show(rows):
    print(f"{'work':30} {'unit':12} {'ours':>9} {'Orthanc':>9} {'ratio':>7} {'ms CPU':>8} {'Orthanc':>8}")
    for row in rows:
        cpu = f"{row['oursCPUMilliseconds']:8.2f} {row['orthancCPUMilliseconds']:8.2f}"
        print(f"{row['work']:30} {row['unit']:12} {row['ours']:9.1f} {row['orthanc']:9.1f} {row['ratio']:6.2f}× {cpu}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small series and three rounds")
    parser.add_argument("--no-write", action="store_true", help="print only")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="preview-dicom-bench.") as scratch:
        folder = pathlib.Path(scratch)
        with ours(folder) as first, orthanc(folder) as second:
            work = Work(arguments.quick)
            for server in (first, second):
                work.prepare(server)
            rows = summary(measure([first, second], work, 3 if arguments.quick else 5))
    show(rows)
    if not arguments.no_write:
        RESULT.parent.mkdir(parents=True, exist_ok=True)
        measured = {"machine": machine(), "quick": arguments.quick, "against": "Orthanc 1.10.1, SQLite", "rows": rows}
        RESULT.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


main()
