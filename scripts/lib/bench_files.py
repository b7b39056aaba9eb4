"""The portal's DICOM library beside DCMTK, GDCM and pydicom: what scripts/bench --files runs.

Each library works inside one process of its own (peers/with_pydicom.py tells the protocol), on the files that both sides
of a row can do, the two taking turns; a row is the ratio of the medians.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

import numpy
import pydicom
from pydicom.uid import generate_uid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

import corpus  # noqa: E402
import samples  # noqa: E402
from machine import machine  # noqa: E402
from portal import programs  # noqa: E402

RESULT = ROOT / "content/measurements/files.json"
ROUNDS, SECONDS = 3, 0.5
PEERS = pathlib.Path(os.environ["PEERS"])
LIBRARIES = {
    "ours": [programs() / "file-bench"],
    "DCMTK": [PEERS / "dcmtk"],
    "GDCM": [PEERS / "gdcm"],
    "pydicom": [sys.executable, "-B", ROOT / "scripts/lib/peers/with_pydicom.py"],
}
SLOW_JSON = "rtss.dcm"  # DCMTK and pydicom take a second for it, most of a pass over all files: it has a row of its own
NAMES = {
    "1.2.840.10008.1.2.1": "native",
    "1.2.840.10008.1.2.5": "RLE",
    "1.2.840.10008.1.2.4.50": "JPEG baseline",
    "1.2.840.10008.1.2.4.51": "JPEG extended",
    "1.2.840.10008.1.2.4.57": "JPEG lossless .57",
    "1.2.840.10008.1.2.4.70": "JPEG lossless .70",
    "1.2.840.10008.1.2.4.80": "JPEG-LS",
    "1.2.840.10008.1.2.4.81": "JPEG-LS near-lossless",
    "1.2.840.10008.1.2.4.90": "JPEG 2000 lossless",
    "1.2.840.10008.1.2.4.91": "JPEG 2000",
}


def run(library, task, seconds, files):
    command = [*map(str, LIBRARIES[library]), task, str(seconds), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def done_by(library, task, files):
    """The files that a library can do."""
    answer = run(library, task, 0, files)
    return [] if answer.get("unsupported") else [file for file in files if str(file) not in answer["failed"]]


def row(work, task, files, peer):
    theirs = set(done_by(peer, task, files))
    both = [file for file in done_by("ours", task, files) if file in theirs]
    if not both:
        return None
    unit = "frames" if task == "decode" else "operations"
    speeds = {"ours": [], peer: []}
    for _ in range(ROUNDS):
        for library, found in speeds.items():
            answer = run(library, task, SECONDS, both)
            found.append(answer[unit] / answer["seconds"])
    ours, theirs = (statistics.median(speeds[library]) for library in ("ours", peer))
    result = {
        "work": work, "unit": "frames/s" if task == "decode" else "files/s", "files": len(both), "of": len(files),
        "peer": peer, "ours": round(ours, 1), "theirs": round(theirs, 1), "ratio": round(ours / theirs, 2),
    }  # fmt: skip
    print(
        f"{work:34} {result['unit']:9} {len(both):4} of {len(files):<4} ours {ours:10.1f}  {peer:8} {theirs:10.1f} "
        f"{ours / theirs:8.2f}×", flush=True,
    )  # fmt: skip
    return result


def made_series(folder, count=500):
    """A CT series of 512 × 512 × 16 bits with the header that a scanner wrote."""
    image = pydicom.dcmread(next(corpus.path_of(entry) for entry in corpus.entries() if is_scanners(entry)))
    image.decode()
    files = []
    for number in range(1, count + 1):
        image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        image.InstanceNumber = number
        image.PixelData = numpy.random.default_rng(number).integers(0, 4096, (512, 512), "<u2").tobytes()
        files.append(folder / f"{number}.dcm")
        image.save_as(files[-1], enforce_file_format=True)
    return files


def is_scanners(entry):
    is_native = entry.get("transfer_syntax") == "1.2.840.10008.1.2.1"
    return entry["class"] == "valid" and is_native and (entry.get("modality"), entry["rows"], entry["cols"]) == (
        "CT", 512, 512,
    )  # fmt: skip


def rows(folder):
    valid = [entry for entry in corpus.entries() if entry["class"] == "valid"]
    paths = [corpus.path_of(entry) for entry in valid]
    usual = [path for path in paths if path.name != SLOW_JSON]
    slow = [path for path in paths if path.name == SLOW_JSON]
    series = made_series(folder)
    for peer in ("pydicom", "DCMTK", "GDCM"):
        yield row("headers, corpus", "header", paths, peer)
        yield row("headers, CT of 500 slices", "header", series, peer)
    for peer in ("pydicom", "DCMTK"):
        yield row("headers to JSON, corpus", "json", usual, peer)
        yield row("headers to JSON, CT of 500 slices", "json", series, peer)
        yield row(f"headers to JSON, {SLOW_JSON}", "json", slow, peer)
    for syntax, name in NAMES.items():
        # Single bits stay packed in some libraries and not in others.
        chosen = [
            corpus.path_of(entry) for entry in valid
            if entry.get("transfer_syntax") == syntax and entry["decode"].get("ok") and entry["bits_allocated"] != 1
        ]  # fmt: skip
        for peer in ("GDCM", "DCMTK", "pydicom"):
            yield row(f"decoding {name}", "decode", chosen, peer)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-write", action="store_true", help="print only")
    arguments = parser.parse_args()
    if not samples.has_corpus():
        sys.exit(f"there is no corpus at {corpus.CORPUS}; DICOM_CORPUS names another place")
    with tempfile.TemporaryDirectory(prefix="preview-dicom-bench.") as scratch:
        found = [result for result in rows(pathlib.Path(scratch)) if result]
    if not arguments.no_write:
        RESULT.parent.mkdir(parents=True, exist_ok=True)
        measured = {"machine": machine(), "rows": found}
        RESULT.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


main()
