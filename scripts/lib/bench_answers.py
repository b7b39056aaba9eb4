"""How scripts/bench knows that an answer is right: checks against what was stored."""

import gzip
import io
import json
import re

import numpy
from PIL import Image

STUDY, SERIES, INSTANCE = "0020000D", "0020000E", "00080018"


class Wrong(Exception):
    """An answer that is not what was stored."""


def require(is_right, what):
    if not is_right:
        raise Wrong(what)


def found(count, among, level=STUDY):
    """A search's answer: `count` different results, or all when there are fewer, out of `among`."""
    count = min(count, len(among))

    def check(content):
        uids = [result[level]["Value"][0] for result in json.loads(content or b"[]")]
        require(len(uids) == count, f"{len(uids)} results instead of {count}")
        require(len(set(uids)) == count and among.issuperset(uids), "results that do not fit, or twice the same")

    return check


def metadata(instances):
    """DICOM JSON of exactly these SOP Instance UIDs, gzip'd or not, without pixels."""
    wanted = sorted(instances)

    def check(content):
        text = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        data_sets = json.loads(text)
        require(sorted(each[INSTANCE]["Value"][0] for each in data_sets) == wanted, "other instances")
        require(all("00100010" in each and "00280010" in each for each in data_sets), "attributes are missing")
        require(not any("InlineBinary" in each.get("7FE00010", {}) for each in data_sets), "pixels in the metadata")

    return check


def frame(pixels):
    """One frame, as it is or as the only part of a multipart body."""

    def check(content):
        # The frame is compared in place: copying it would cost more than the comparison.
        start = content.find(b"\r\n\r\n", 0, 1000) + 4 if content.startswith((b"--", b"\r\n--")) else 0
        require(content.startswith(pixels, start), "other pixels")
        require(len(content) < start + len(pixels) + 200, "more than one frame")

    return check


def files(every_pixels):
    """One file with each of these pixels, in any order."""
    size = len(every_pixels[0])
    wanted = sorted(map(hash, every_pixels))

    def check(content):
        boundary = re.match(rb"(?:\r\n)?(--[^\r\n]+)\r\n", content)
        parts = content.split(boundary[1])[1:-1] if boundary else [content]
        ends = [part.removesuffix(b"\r\n")[-size:] for part in parts]
        require(sorted(map(hash, ends)) == wanted, f"{len(parts)} files, of {len(wanted)}, or other pixels")

    return check


def picture(pixels, center, width):
    """A JPEG of these stored values through a linear window (PS3.3 §C.11.2.1.2.1), within two grey levels."""

    def check(content):
        image = numpy.asarray(Image.open(io.BytesIO(content)).convert("L"), "f")
        require(image.shape == pixels.shape, f"a picture of {image.shape}")
        grey = numpy.clip(((pixels - (center - 0.5)) / (width - 1) + 0.5) * 255, 0, 255)
        difference = abs(image - grey).mean()
        require(difference < 2, f"grey levels differ by {difference:.1f} on average")

    return check


def thumbnail(side):
    def check(content):
        image = Image.open(io.BytesIO(content))
        image.load()
        require(8 < max(image.size) <= side and numpy.asarray(image).std() > 5, f"a thumbnail of {image.size}")

    return check
