"""Every valid file of the corpus stored by STOW-RS and read back through DICOMweb, N of N for each question.

Several files of the corpus are one SOP Instance in other syntaxes. All but one of each are stored under a UID of their
own, so that all of them are read back; that the same UID with other content is a conflict is asked elsewhere.
"""

import base64
import hashlib
import io
import json
from dataclasses import dataclass

import numpy
import pydicom
import pytest
import requests
from pydicom.encaps import generate_frames
from pydicom.pixels import pixel_array
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

import corpus
import samples
from conformance import parts
from portal import Portal

pytestmark = [
    pytest.mark.skipif(not samples.has_corpus(), reason=f"there is no corpus at {samples.CORPUS}"),
    pytest.mark.filterwarnings("ignore::UserWarning"),  # pydicom's, of what is wrong in the files
]

NATIVE = (ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian)
CONVERTED = (ImplicitVRLittleEndian, ExplicitVRBigEndian)  # the web does not carry these (PS3.18 §8.7.3)
UNITS = {"OW": 2, "OF": 4, "OL": 4, "OD": 8, "OV": 8}  # bytes that big endian turns around together (PS3.5 §7.3)
PIXELS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")
OCTETS = 'multipart/related; type="application/octet-stream"'
TOGETHER = 100  # frames in one request

# What cannot be decoded, and how that is said.
REFUSED = {"example3.dcm": 422, "will-jxl.dcm": 406}  # a frame that is cut short; no decoder of JPEG XL
# How the colours of a compressed image are called when it is decoded as it is.
DECODED_COLOURS = {"YBR_FULL_422": "YBR_FULL", "YBR_RCT": "RGB", "YBR_ICT": "RGB"}


@dataclass
class Stored:
    """A file as it was sent, and what reading it back is measured by."""

    entry: dict
    content: bytes
    expected_json: dict
    session: requests.Session
    root: str

    @property
    def name(self):
        return corpus.path_of(self.entry).name

    @property
    def syntax(self):
        return self.entry["transfer_syntax"]

    @property
    def path(self):
        return "{}/studies/{}/series/{}/instances/{}".format(self.root, *samples.uids(self.content))

    def get(self, address, accept):
        return self.session.get(address, headers={"Accept": accept}, timeout=60)

    def source(self):
        """The file for pydicom, in little endian."""
        read = pydicom.dcmread(io.BytesIO(self.content))
        if self.syntax == ExplicitVRBigEndian:
            turn_around(read)
        return read


def turn_around(dataset):
    for tag in list(dataset.keys()):
        raw = dataset.get_item(tag)
        if raw.VR == "SQ":
            for item in dataset[tag].value:
                turn_around(item)
        elif raw.VR == "UN":
            dataset[tag] = raw._replace(is_little_endian=True)  # in whatever syntax (PS3.5 §6.2.2)
        elif raw.VR in UNITS and raw.value:
            words = numpy.frombuffer(raw.value, f">u{UNITS[raw.VR]}")
            dataset[tag] = raw._replace(value=words.astype(words.dtype.newbyteorder("<")).tobytes())


def valid_files():
    """The entries, contents and expected JSON of the valid files, no two with one SOP Instance UID."""
    entries = [entry for entry in corpus.entries() if entry["class"] == "valid"]
    taken = set()
    # A UID within a deflated data set cannot be replaced: those come first and keep theirs.
    entries.sort(key=lambda entry: entry["transfer_syntax"] != DeflatedExplicitVRLittleEndian)
    for number, entry in enumerate(entries, start=100):
        content, uid = corpus.path_of(entry).read_bytes(), entry["sop_uid"]
        expected = (samples.CORPUS / entry["expected_json"]).read_text()
        if uid in taken:
            other = f"2.25.{number}".ljust(len(uid), "0")[-len(uid) :]
            content = content.replace(uid.encode(), other.encode())
            expected = expected.replace(f'"{uid}"', f'"{other}"')
        taken.add(uid)
        yield entry, content, json.loads(expected)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """All of it, in one request to a portal of its own."""
    portal = Portal(tmp_path_factory.mktemp("corpus"))
    portal.start()
    session, root = portal.sign_in(), f"{portal.url}/dicomweb"
    files = [Stored(*given, session, root) for given in valid_files()]
    body, headers = samples.stow_body([one.content for one in files])
    answer = session.post(f"{root}/studies", data=body, headers=headers, timeout=120)
    references = answer.json()["00081199"]["Value"]
    assert answer.status_code == 200, f"{len(references)} of {len(files)} stored"
    assert len(references) == len(files)
    yield files
    portal.stop()


def hold(files, question):
    """Fails with the number of files that are as they should be, and what is wrong with the others."""
    complaints = corpus.answer([(one.name, one) for one in files], question)
    found = f"{len(files) - len(complaints)} of {len(files)} are right"
    assert files
    assert complaints == [], found


def test_instances_come_back_as_they_were_stored(stored):
    hold(stored, as_stored)


def as_stored(one):
    """The same bytes, or in Explicit VR Little Endian the same values."""
    answer = one.get(one.path, "application/dicom; transfer-syntax=*")
    if one.syntax not in CONVERTED:
        return None if answer.content == one.content else f"{answer.status_code}, other bytes"
    ours = pydicom.dcmread(io.BytesIO(answer.content))
    if ours.file_meta.TransferSyntaxUID != ExplicitVRLittleEndian:
        return f"in {ours.file_meta.TransferSyntaxUID}"
    return "; ".join(corpus.unequal(ours, one.source())) or None


def test_instances_come_back_in_explicit_vr_little_endian(stored):
    hold(stored, converted)


def converted(one):
    """The same values, and of compressed files the pixels that pydicom decodes."""
    answer = one.get(one.path, "application/dicom")
    if answer.status_code != 200 or one.name in REFUSED:
        return None if answer.status_code == REFUSED.get(one.name) else f"{answer.status_code}: {answer.text}"
    ours, theirs = pydicom.dcmread(io.BytesIO(answer.content)), one.source()
    if ours.file_meta.TransferSyntaxUID != ExplicitVRLittleEndian:
        return f"in {ours.file_meta.TransferSyntaxUID}"
    if one.syntax not in NATIVE:
        decode_header(theirs)
        ours.pop("PixelData", None)
    for dataset in (ours, theirs):
        dataset.pop("DataSetTrailingPadding", None)  # goes when the length does not stay
    different = "; ".join(corpus.unequal(ours, theirs))
    if different or not is_comparable(one):
        return different or None
    pixels = pixel_array(io.BytesIO(answer.content), raw=True)
    return unlike_pydicom(one, pixels if one.entry["decode"]["frames_decoded"] > 1 else pixels[None])


def decode_header(dataset):
    """Leaves what a decoded image keeps; a compressed icon has no place in it."""
    dataset.pop("PixelData", None)
    for element in list(dataset):
        if element.VR == "SQ" and any(is_compressed(item) for item in element.value):
            del dataset[element.tag]
    if "PhotometricInterpretation" in dataset:
        colours = dataset.PhotometricInterpretation
        dataset.PhotometricInterpretation = DECODED_COLOURS.get(colours, colours)
    if "PlanarConfiguration" in dataset:
        dataset.PlanarConfiguration = 0


def is_compressed(dataset):
    return "PixelData" in dataset and dataset["PixelData"].is_undefined_length


def is_comparable(one):
    return one.entry["decode"]["ok"] and one.name not in corpus.UNLIKE_PYDICOM


def unlike_pydicom(one, frames):
    """Compares an array of frames with the manifest: by hash where the codec is exact, else within 2 grey levels."""
    expected = one.entry["decode"]
    if expected["exact"]:
        hashes = [hashlib.sha256(frame.tobytes()).hexdigest() for frame in (frames[0], frames[-1])]
        return None if hashes == [expected["sha256_first"], expected["sha256_last"]] else "other pixels"
    found = {"min": frames.min(), "max": frames.max(), "mean": frames.mean()}
    return "; ".join(f"{name} {value}" for name, value in found.items() if abs(value - expected[name]) > 2) or None


def test_metadata_is_the_dicom_json_of_pydicom_with_all_its_bulk_data(stored):
    hold(stored, described)


def described(one):
    ours = one.get(f"{one.path}/metadata", "application/dicom+json").json()[0]
    complaints = list(corpus.differences(ours, one.expected_json))
    return "; ".join(complaints + list(bulk_differences(one, ours, one.expected_json, one.source()))) or None


def bulk_differences(one, ours, theirs, dataset, at=""):
    """Fetches every BulkDataURI for which pydicom has one, and says what is not the value."""
    for key in sorted(ours.keys() & theirs.keys()):
        mine, other = ours[key], theirs[key]
        if mine["vr"] == other["vr"] == "SQ":
            items = zip(mine.get("Value", []), other.get("Value", []), dataset[int(key, 16)].value)
            for index, (left, right, item) in enumerate(items):
                yield from bulk_differences(one, left, right, item, f"{at}{key}[{index}].")
        elif "BulkDataURI" in other:
            element = dataset[int(key, 16)]
            if element.is_undefined_length:  # fragments
                answer = one.get(address(one, mine), f'{OCTETS}; transfer-syntax="*"')
                is_same = [part.content for part in parts(answer)] == compressed_frames(dataset)
            else:
                expected = digest(element.value) if one.syntax == ExplicitVRBigEndian else other["BulkDataURI"]
                is_same = digest(bulk_value(one, mine)) == expected
            if not is_same:
                yield f"{at}{key} has other bulk data"


def address(one, attribute):
    assert attribute["BulkDataURI"].startswith("/dicomweb/")  # root-relative, as OHIF needs it
    return one.root + attribute["BulkDataURI"].removeprefix("/dicomweb")


def bulk_value(one, attribute):
    if "InlineBinary" in attribute:
        return base64.b64decode(attribute["InlineBinary"])
    return one.get(address(one, attribute), "application/octet-stream").content


def digest(value):
    return f"sha256:{hashlib.sha256(value).hexdigest()};length={len(value)}"


def compressed_frames(dataset):
    return list(generate_frames(dataset.PixelData, number_of_frames=frame_count(dataset)))


def frame_count(dataset):
    return int(dataset.get("NumberOfFrames") or 1)


def with_frames(stored):
    return [one for one in stored if any(keyword in one.source() for keyword in PIXELS)]


def test_frames_come_back_as_they_were_stored(stored):
    hold(with_frames(stored), stored_frames)


def stored_frames(one):
    source = one.source()
    expected = native_frames(source) if one.syntax in NATIVE else compressed_frames(source)
    given = fetch_frames(one, f'{OCTETS}; transfer-syntax="*"')
    return None if given == expected else f"{len(given)} frames of {len(expected)}, or other bytes"


def native_frames(dataset):
    """Frames of Pixel Data that is not compressed; those of single bits begin with a byte of their own."""
    value = next(dataset[keyword].value for keyword in PIXELS if keyword in dataset)
    bits = dataset.Rows * dataset.Columns * dataset.SamplesPerPixel * dataset.BitsAllocated
    if dataset.PhotometricInterpretation == "YBR_FULL_422":
        bits = bits * 2 // 3
    if bits % 8 == 0:
        return [value[index * bits // 8 : (index + 1) * bits // 8] for index in range(frame_count(dataset))]
    stream = numpy.unpackbits(numpy.frombuffer(value, "u1"), bitorder="little")
    frames = [stream[index * bits : (index + 1) * bits] for index in range(frame_count(dataset))]
    return [numpy.packbits(frame, bitorder="little").tobytes() for frame in frames]


def fetch_frames(one, accept):
    frames = []
    count = frame_count(one.source())
    for first in range(1, count + 1, TOGETHER):
        numbers = ",".join(map(str, range(first, min(first + TOGETHER, count + 1))))
        answer = one.get(f"{one.path}/frames/{numbers}", accept)
        assert answer.status_code == 200, f"{one.name}: {answer.status_code} {answer.text}"
        frames += [part.content for part in parts(answer)]
    return frames


def test_compressed_frames_are_decoded_as_pydicom_decodes_them(stored):
    hold([one for one in with_frames(stored) if one.syntax not in NATIVE and is_comparable(one)], decoded_frames)


def decoded_frames(one):
    return unlike_pydicom(one, numpy.stack([samples_of(one, frame) for frame in fetch_frames(one, OCTETS)]))


def samples_of(one, frame):
    expected = one.entry["decode"]
    if one.entry["bits_allocated"] == 1:
        frame = numpy.unpackbits(numpy.frombuffer(frame, "u1"), bitorder="little").tobytes()
    shape = expected["frame_shape"]
    return numpy.frombuffer(frame, expected["dtype"])[: numpy.prod(shape)].reshape(shape)


def test_native_frames_are_the_same_without_a_transfer_syntax(stored):
    hold([one for one in with_frames(stored) if one.syntax in NATIVE], same_without_syntax)


def same_without_syntax(one):
    return None if fetch_frames(one, OCTETS) == fetch_frames(one, f'{OCTETS}; transfer-syntax="*"') else "other bytes"
