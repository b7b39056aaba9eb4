"""Cuts seeds for one fuzz target out of the shared corpus: files, their headers, frames, text, JSON.

    fuzz_seeds.py TARGET FOLDER
"""

import hashlib
import sys
import warnings
from pathlib import Path

import pydicom
from pydicom.encaps import generate_frames

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Tests/EndToEnd"))
import corpus  # noqa: E402
import samples  # noqa: E402

LARGEST = 20_000  # bytes of a seed; longer ones make every run slow
SYNTAXES = {
    "rle": ["1.2.840.10008.1.2.5"],
    "jpeg": [f"1.2.840.10008.1.2.4.{number}" for number in (50, 51, 53, 55, 57, 70)],
    "jpegLS": ["1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81"],
    "jpeg2000": ["1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91"],
    "htj2k": ["1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.203"],
    "deflatedFrame": ["1.2.840.10008.1.2.8.1"],
}


def seeds(target):
    for entry in corpus.entries() if samples.has_corpus() else []:
        path = corpus.path_of(entry)
        whole = path.read_bytes()
        if target == "dataSet":
            yield corpus.data_set_bytes(path)
        elif target == "fileMeta":
            yield whole[132:]
        elif target == "rendering":
            yield whole
        elif target == "json" and entry.get("expected_json"):
            yield (corpus.CORPUS / entry["expected_json"]).read_bytes()
        elif target == "characterSets":
            yield from (bytes([number, number]) + whole[-200:] for number in range(26))
        elif target in SYNTAXES and entry.get("transfer_syntax") in SYNTAXES[target]:
            yield from frames(path)


def frames(path):
    """The first frame behind the six bytes that describe it."""
    image = pydicom.dcmread(path, force=True)
    if "PixelData" not in image or image.get("Rows", 999) > 255 or image.get("Columns", 999) > 255:
        return
    is_colour = image.SamplesPerPixel == 3
    form = [1, 8, 16, 32].index(image.BitsAllocated) << 1 | is_colour
    sign = image.PixelRepresentation | (2 if "YBR_FULL" in image.PhotometricInterpretation else 0)
    head = bytes([image.Rows, image.Columns, form, image.BitsStored, image.HighBit, sign])
    yield head + next(generate_frames(image.PixelData, number_of_frames=int(image.get("NumberOfFrames") or 1)))


def main():
    warnings.simplefilter("ignore")
    target, folder = sys.argv[1], Path(sys.argv[2])
    for seed in seeds(target):
        if 0 < len(seed) <= LARGEST:
            (folder / hashlib.sha1(seed).hexdigest()).write_bytes(seed)


if __name__ == "__main__":
    main()
