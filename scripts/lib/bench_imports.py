"""Bringing an archive in: this portal beside `unzip` and Orthanc's REST import, and both beside dcmsend.

Each round makes an archive of new studies in the layout of exports. The portal gets it in one request; for Orthanc it is
unzipped and its files are posted one by one over as many connections as serve it best, and once more it is posted whole,
as Orthanc can. Then the unzipped folder of another such archive goes to both with dcmsend. All take turns. What was
stored is counted, and every tenth file is fetched and compared, before a figure counts.
"""

import argparse
import datetime
import itertools
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

import numpy  # noqa: E402
from bench_data import Slices, new_uid  # noqa: E402
from bench_servers import JSON, in_parallel, orthanc, ours, say  # noqa: E402
from machine import commit, machine  # noqa: E402

RESULT = ROOT / "content/measurements/imports.json"
FOLDERS = 10
FILE = {"Accept": 'multipart/related; type="application/dicom"; transfer-syntax=*'}
WHOLE, ONE_BY_ONE, SENT = "archive in one request", "unzip, then file by file", "unzip, then dcmsend"


class Noisy(Slices):
    """Slices that compress as images do: the lowest bits of the gradient are noise."""

    def __init__(self, side):
        super().__init__(side)
        noise = numpy.random.default_rng(7).integers(0, 64, (side, side), dtype="<u2")
        self.gradient = self.gradient ^ noise
        self.template.pieces[-1] = self.template.pieces[-1].replace(self.rest, self.gradient.tobytes()[16:])
        self.rest = self.gradient.tobytes()[16:]


class Archive:
    """A ZIP of new studies, one for each folder; the files by their UIDs."""

    def __init__(self, path, slices, files):
        self.path, self.files = path, {}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for folder in range(FOLDERS):
                study, series = new_uid(), new_uid()
                for number in range(1, files // FOLDERS + 1):
                    instance = new_uid()
                    content = slices.file(study, series, instance, number)
                    packed.writestr(f"Patient-BENCH {folder}/1-{number:02d}.dcm", content)
                    self.files[study, series, instance] = content
        self.bytes = sum(map(len, self.files.values()))

    def check(self, server):
        connection = server.connect()
        for number, ((study, series, instance), content) in enumerate(self.files.items()):
            if number % 10 == 0:
                path = f"/studies/{study}/series/{series}/instances/{instance}"
                assert pixels(content) in server.ask(connection, "GET", path, FILE), f"{server.name} lost {instance}"
        for study in {study for study, _, _ in self.files}:
            found = json.loads(server.ask(connection, "GET", f"/studies/{study}/instances?limit=5000", JSON))
            assert len(found) == len(self.files) // FOLDERS, f"{server.name} has {len(found)} of {study}"


def pixels(content):
    return content[-(1 << 16) :]


def in_one_request(server, archive, _):
    connection = server.connect()
    if server.name == "ours":
        path, headers = "/api/patients/import", server.headers
    else:
        path, headers = "/instances", {}
    with open(archive.path, "rb") as body:
        connection.request("POST", path, body, {**headers, "Content-Type": "application/zip"})
        answer = connection.getresponse()
    content = answer.read()
    assert answer.status == 200, content[:300]


def unzipped(archive, folder):
    subprocess.run(["unzip", "-q", archive.path, "-d", folder], check=True)
    return sorted(folder.rglob("*.dcm"))


def file_by_file(connections):
    def act(server, archive, folder):
        waiting = iter(unzipped(archive, folder))

        def post(_):
            connection = server.connect()
            for file in waiting:
                connection.request("POST", "/instances", file.read_bytes(), {"Content-Type": "application/dicom"})
                answer = connection.getresponse()
                content = answer.read()
                assert answer.status == 200, content[:300]

        in_parallel(connections, post)

    return act


def by_dcmsend(server, archive, folder):
    unzipped(archive, folder)
    title, port = server.dicom
    command = ["dcmsend", "-aec", title, "+sd", "+r", "127.0.0.1", str(port), str(folder)]
    subprocess.run(command, check=True, capture_output=True)


def measured(options, folder):
    slices, told, spans = Noisy(512), [], {}
    with ours(folder) as portal, orthanc(folder) as peer:
        ways = [
            (portal, WHOLE, in_one_request), (peer, WHOLE, in_one_request), (peer, f"{ONE_BY_ONE}, 1 connection", file_by_file(1)),
            (peer, f"{ONE_BY_ONE}, 4 connections", file_by_file(4)), (portal, SENT, by_dcmsend), (peer, SENT, by_dcmsend),
        ]  # fmt: skip
        for round_ in range(options.rounds):
            for server, work, act in ways[round_ % len(ways) :] + ways[: round_ % len(ways)]:
                archive = Archive(folder / "archive.zip", slices, options.files)
                (folder / "unzipped").mkdir()
                began, used = time.monotonic(), server.cpu()
                act(server, archive, folder / "unzipped")
                seconds, used = time.monotonic() - began, server.cpu() - used
                archive.check(server)
                shutil.rmtree(folder / "unzipped")
                spans.setdefault((server.name, work), []).append((seconds, used))
                say(f"  {server.name}, {work}: {seconds:.2f} s, {archive.bytes / seconds / 1e6:.0f} MB/s")
        for (name, work), found in spans.items():
            seconds = statistics.median(span for span, _ in found)
            told.append({
                "server": name, "work": work, "filesPerSecond": round(options.files / seconds, 1),
                "megabytesPerSecond": round(archive.bytes / seconds / 1e6, 1),
                "spread": round((max(s for s, _ in found) - min(s for s, _ in found)) / seconds, 2),
                "cpuMillisecondsPerFile": round(statistics.median(used for _, used in found) / options.files * 1000, 2),
            })  # fmt: skip
        memory = {server.name: server.memory() for server in (portal, peer)}
    return told, memory


def ratios(rows):
    """The portal beside each way of Orthanc, best ways first."""
    rate = {(row["server"], row["work"]): row["filesPerSecond"] for row in rows}
    for mine, (name, work) in itertools.product((WHOLE, SENT), list(rate)):
        if name == "orthanc" and (mine == WHOLE or work == SENT):
            yield {"ours": mine, "orthanc": work, "ratio": round(rate["ours", mine] / rate["orthanc", work], 2)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=500, help="in an archive, each of 512 KiB")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-write", action="store_true", help="print only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="preview-dicom-bench.") as folder:
        rows, memory = measured(options, pathlib.Path(folder))
    for row in rows:
        print(
            f"{row['server']:8} {row['work']:42} {row['filesPerSecond']:8.1f} files/s {row['megabytesPerSecond']:8.1f} MB/s"
            f" ±{row['spread']:.0%} {row['cpuMillisecondsPerFile']:7.2f} ms CPU a file"
        )
    beside = list(ratios(rows))
    for pair in beside:
        print(f"ours, {pair['ours']} / Orthanc, {pair['orthanc']}: {pair['ratio']:.2f}×")
    print(f"MiB without PostgreSQL at the end: {memory}")
    if not options.no_write:
        about = {"machine": machine(), "date": f"{datetime.date.today()}", "commit": commit(), "files": options.files}
        content = {**about, "against": "Orthanc 1.10.1, SQLite", "rows": rows, "ratios": beside, "memoryMiB": memory}
        RESULT.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
