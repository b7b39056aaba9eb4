"""Holds the portal's reading, writing and decoding of DICOM files against the shared corpus and pydicom.

    scripts/corpus        prints N of N for each question, and every difference that has no reason here
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
import pydicom

from portal import programs
from samples import CORPUS, has_corpus

LONGEST = 5.0  # seconds that a hostile file may take
ROOM = 100 << 10  # KiB that it may take above what an empty run takes

NAME_GROUPS = {"Alphabetic", "Ideographic", "Phonetic"}

# pydicom and we differ, and why.
UNLIKE_PYDICOM = {
    "example3.dcm": "the only frame is cut short; pydicom's plugin fills up with grey, we refuse",
    "genFile.dcm": "pixels that are not compressed behind a JPEG syntax; pydicom's plugin returns unset memory",
    "966.dcm": "a comment behind the last tile-part; pydicom's plugin returns an empty image, we the real one",
    "example.dcm": "RGB is declared over YCbCr, as the JFIF marker says; pydicom's raw values are YCbCr, ours are RGB",
    "example-mg.dcm": "the same",
    "example2.dcm": "the same",
    "GH195.dcm": "the same",
    "multiframe.dcm": "the last frame is 55 × 121 instead of 240 × 240",
    "TC0321_encap_empty_bot.dcm": "the stream is zeros between two markers",
    "GH364.dcm": "an item outside a sequence, for which DCMTK refuses the file too",
    "TC0265_depth_100.dcm": "a hundred sequences in each other",
    "TC1157_sq_item_huge_len.dcm": "an item that reaches behind the end of the file",
    "TC0959_jpegls_prec16_ba8.dcm": "the stream has no scan",
    "TC0961_jpegls_truncated.dcm": "the stream has no scan",
}


def entries():
    return [json.loads(line) for line in (CORPUS / "manifest.jsonl").read_text().splitlines()]


def path_of(entry):
    return CORPUS / entry["file"]


class Run:
    """One run of `portal` with what it cost; `problem` says when it did not end as a well-behaved program does."""

    def __init__(self, *arguments):
        with tempfile.NamedTemporaryFile() as cost:
            command = ["/usr/bin/time", "-q", "-f", "%e %M", "-o", cost.name, programs() / "portal", *arguments]
            done = subprocess.run(list(map(str, command)), capture_output=True, check=False)
            seconds, memory = cost.read().split()[-2:]
        self.code, self.output, self.errors = done.returncode, done.stdout, done.stderr.decode(errors="replace")
        self.seconds, self.memory = float(seconds), int(memory)  # of memory, KiB at the most

    @property
    def problem(self):
        if self.code not in (0, 1):
            return f"ended with {self.code}: {self.errors[-300:]}"
        if self.code == 1 and not self.errors.strip().endswith("."):
            return f"refused without a sentence: {self.errors!r}"
        return None


def rewritten(entry):
    """Written again in its own syntax, the data set is equal for pydicom; whether its bytes are too is said beside."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "again.dcm"
        run = Run("convert", path_of(entry), target)
        if run.code != 0:
            return f"not written: {run.errors.strip()}"
        ours, theirs = pydicom.dcmread(target), pydicom.dcmread(path_of(entry), force=True)
        return "; ".join(unequal(ours, theirs)) or None


def unequal(ours, theirs, at=""):
    """What two data sets of pydicom differ in, but for group lengths, which we leave out."""
    for tag in sorted(ours.keys() | theirs.keys()):
        if tag.element == 0:
            continue
        if tag not in ours or tag not in theirs:
            yield f"{at}{tag} is only {'theirs' if tag in theirs else 'ours'}"
        elif ours[tag].VR != theirs[tag].VR:
            yield f"{at}{tag} is {ours[tag].VR}, not {theirs[tag].VR}"
        elif ours[tag].VR == "SQ" and len(ours[tag].value) == len(theirs[tag].value):
            for index, (left, right) in enumerate(zip(ours[tag].value, theirs[tag].value)):
                yield from unequal(left, right, f"{at}{tag}[{index}].")
        elif ours[tag] != theirs[tag]:
            yield f"{at}{tag} has another value"


def is_canonical(entry):
    """Written again, the bytes of the data set are the same."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "again.dcm"
        Run("convert", path_of(entry), target)
        return data_set_bytes(target) == data_set_bytes(path_of(entry))


def data_set_bytes(path):
    whole = path.read_bytes()
    if whole[128:132] != b"DICM":
        return whole
    length = int.from_bytes(whole[140:144], "little")
    return whole[144 + length :]


def same_json(entry):
    run = Run("inspect", "--json", path_of(entry))
    if run.code != 0:
        return run.errors.strip()
    expected = json.loads((CORPUS / entry["expected_json"]).read_text())
    return "; ".join(differences(json.loads(run.output), expected)) or None


def differences(ours, theirs, at=""):
    """What two data sets in DICOM JSON differ in, but for what pydicom's spelling explains."""
    for key in sorted(ours.keys() | theirs.keys()):
        if key.endswith("0000") and key not in ours:
            continue  # a group length, which we leave out
        if key not in ours or key not in theirs:
            yield f"{at}{key} is only {'theirs' if key in theirs else 'ours'}"
            continue
        mine, other = ours[key], theirs[key]
        if int(key[:4], 16) % 2 and mine["vr"] == "UN" and other["vr"] != "UN":
            continue  # pydicom has a table of the makers' attributes, we have not
        if mine["vr"] != other["vr"]:
            yield f"{at}{key} is {mine['vr']}, not {other['vr']}"
        elif key == "00080005":
            continue  # ours says what the JSON is written in
        elif "BulkDataURI" in other:
            if "BulkDataURI" not in mine and "InlineBinary" not in mine:
                yield f"{at}{key} has no bulk data"
        elif "InlineBinary" in other:
            if base64.b64decode(mine.get("InlineBinary", "")) != base64.b64decode(other["InlineBinary"]):
                yield f"{at}{key} has other bytes"
        else:
            yield from values(mine.get("Value", []), other.get("Value", []), at + key)


def values(mine, other, at):
    if not mine and all(value in ("", None) for value in other):
        return
    if len(mine) != len(other):
        yield f"{at} has {len(mine)} values, not {len(other)}"
        return
    for index, (left, right) in enumerate(zip(mine, other)):
        are_objects = isinstance(left, dict) and isinstance(right, dict)
        if are_objects and not NAME_GROUPS & (left.keys() | right.keys()):
            yield from differences(left, right, f"{at}[{index}].")
        elif are_objects:
            for group in left.keys() | right.keys():
                theirs = text(right.get(group))
                # pydicom leaves escape sequences of GB 2312 in the text.
                if text(left.get(group)) != theirs and "\x1b" not in theirs:
                    yield f"{at} {group}: {left.get(group)!r}, not {right.get(group)!r}"
        elif isinstance(left, (int, float)) and isinstance(right, (int, float)):
            if left != right and numpy.float32(left) != numpy.float32(right):  # ours is the shortest text of an FL
                yield f"{at}: {left}, not {right}"
        elif text(left) != text(right):
            yield f"{at}: {left!r}, not {right!r}"


def text(value):
    return "" if value is None else str(value).strip(" \0")


def decoded(entry):
    """Frames like pydicom's: equal where the codec is exact, within 2 grey levels where it is not."""
    run = Run("inspect", "--frames", "--json", path_of(entry))
    if run.code != 0:
        return run.errors.strip()
    expected, frames = entry["decode"], json.loads(run.output)["frames"]
    last = (expected.get("frames_decoded") or 1) - 1
    for index in {0, last}:
        if "error" in frames[index]:
            return f"frame {index + 1}: {frames[index]['error']}"
    if expected["exact"]:
        hashes = frames[0]["sha256"], frames[last]["sha256"]
        if hashes == (expected["sha256_first"], expected["sha256_last"]):
            return None
        is_narrow = expected["dtype"].endswith("int8") and entry["bits_allocated"] > 8  # pydicom's codec narrows
        if not is_narrow and expected["dtype"] != "bool":
            return "other pixels"
    elif last > 0:
        return None  # the manifest's figures are of all frames together
    for name in ("min", "max", "mean"):
        ours = frames[0][{"min": "minimum", "max": "maximum", "mean": "mean"}[name]]
        if abs(ours - expected[name]) > (0 if expected["exact"] and name != "mean" else 2):
            return f"{name} {ours}, not {expected[name]}"
    return None


def well_behaved(path, empty_run):
    """Read or refused with a sentence, in time and without much memory."""
    for flags in (["--json"], ["--frames", "--json"], []):
        run = Run("inspect", *flags, path)
        if run.problem:
            return run.problem
        if run.seconds > LONGEST:
            return f"took {run.seconds:.1f} s"
        if run.memory > empty_run.memory + ROOM:
            return f"took {run.memory >> 10} MiB"
    return None


def refused(path):
    return None if Run("inspect", "--json", path).code == 1 else "read, although it is malformed"


def questions():
    """(words, items, question) of everything that the corpus is asked."""
    files = entries()
    named = [(path_of(entry).name, entry) for entry in files]
    valid = [(name, entry) for name, entry in named if entry["class"] == "valid"]
    pixels = [(name, entry) for name, entry in named if entry["decode"].get("ok") and name not in UNLIKE_PYDICOM]
    hostile = [path for path in sorted((CORPUS / "abuse").iterdir()) if path.suffix == ".dcm"]
    hostile += [path_of(entry) for entry in files if entry["fuzz"] or entry["class"] != "valid"]
    empty = Run("inspect", "/dev/null")
    return [
        ("valid files written again in their own syntax, equal for pydicom", valid, rewritten),
        ("valid files whose DICOM JSON is pydicom's", valid, same_json),
        ("files decoded as pydicom decodes them", pixels, decoded),
        (
            "tolerable, malformed and hostile files read or refused in time and memory",
            [(path.name, path) for path in hostile],
            lambda path: well_behaved(path, empty),
        ),
        (
            "malformed files refused",
            [(name, path_of(entry)) for name, entry in named if entry["class"] == "malformed"],
            refused,
        ),
    ]


def answer(items, question):
    """The names and complaints of those that are not as they should be."""
    warnings.simplefilter("ignore")  # pydicom's, of what is wrong in the files
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints = pool.map(lambda item: question(item[1]), items)
        return [(name, complaint) for (name, _), complaint in zip(items, complaints) if complaint]


def main():
    if not has_corpus():
        sys.exit(f"there is no corpus at {CORPUS}; DICOM_CORPUS names another place")
    bad = 0
    for words, items, question in questions():
        failures = answer(items, question)
        print(f"{len(items) - len(failures)} of {len(items)} {words}", flush=True)
        for name, complaint in failures:
            print(f"    {name}: {complaint}")
        bad += len(failures)
    valid = [entry for entry in entries() if entry["class"] == "valid"]
    print(f"{sum(map(is_canonical, valid))} of {len(valid)} valid files are canonical: even their bytes are the same")
    for name, reason in UNLIKE_PYDICOM.items():
        print(f"left out of decoding: {name}: {reason}")
    print(f"{'all as it should be' if not bad else f'{bad} differences'}")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
