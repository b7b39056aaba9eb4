"""DICOM files for the tests: real ones of the shared corpus, and small ones made here."""

import copy
import io
import json
import os
import pathlib
import warnings
import zipfile

import numpy
import pydicom
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    CTImageStorage,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    MRImageStorage,
    UID,
    UltrasoundImageStorage,
    generate_uid,
)

from portal import ROOT

CORPUS = pathlib.Path(os.environ.get("DICOM_CORPUS", ROOT.parent / "shared/corpus"))
CLASSES = {"CT": CTImageStorage, "MR": MRImageStorage, "US": UltrasoundImageStorage}


def has_corpus():
    return (CORPUS / "manifest.jsonl").is_file()


def corpus_files(modality, count):
    """Valid files of one modality, one instance of each series, small ones first; made files without a corpus."""
    if not has_corpus():
        warnings.warn(f"no corpus at {CORPUS}: {modality} files are made by the tests instead", stacklevel=2)
        return [made_bytes(modality=modality, number=number) for number in range(1, count + 1)]
    chosen = {}
    for line in (CORPUS / "manifest.jsonl").read_text().splitlines():
        entry = json.loads(line)
        wanted = entry["class"] == "valid" and entry["modality"] == modality and entry["pydicom_decodable"]
        plain = not entry["duplicate_sop_of"] and not entry["problems"]
        if wanted and plain and (entry["rows"] or 0) >= 64 and entry["size"] > 20_000:
            known = chosen.get(entry["series_uid"])
            if known is None or entry["size"] < known["size"]:
                chosen[entry["series_uid"]] = entry
    smallest = sorted(chosen.values(), key=lambda entry: entry["size"])[:count]
    return [(CORPUS / entry["file"]).read_bytes() for entry in smallest]


def made(modality="CT", study=None, series=None, number=1, name="Test^Fichier", patient_id="E2E-MADE", side=64):
    """A small image with a gradient and a bright square, as a data set with File Meta Information."""
    image = Dataset()
    image.file_meta = FileMetaDataset()
    image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    image.file_meta.MediaStorageSOPClassUID = image.SOPClassUID = CLASSES[modality]
    image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID = generate_uid()
    image.SpecificCharacterSet = "ISO_IR 192"
    image.StudyInstanceUID = study or generate_uid()
    image.SeriesInstanceUID = series or generate_uid()
    image.StudyDate, image.StudyTime, image.Modality = "20260102", "101500", modality
    image.PatientName, image.PatientID, image.PatientBirthDate, image.PatientSex = name, patient_id, "19700203", "O"
    image.StudyDescription, image.SeriesDescription, image.AccessionNumber = "Étude", "Série", "A1"
    image.SeriesNumber, image.InstanceNumber, image.StudyID = 1, number, "1"
    image.Rows = image.Columns = side
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 16, 12, 11, 0
    image.ImagePositionPatient, image.ImageOrientationPatient = [0, 0, number], [1, 0, 0, 0, 1, 0]
    image.PixelSpacing, image.RescaleIntercept, image.RescaleSlope = [1, 1], 0, 1
    pixels = numpy.add.outer(numpy.arange(side), numpy.arange(side)).astype("<u2") * 8 + number
    pixels[side // 4 : side // 2, side // 4 : side // 2] = 3000
    image.PixelData = pixels.tobytes()
    image["PixelData"].VR = "OW"
    return image


def put_pixels(image, pixels):
    """Puts an array of rows × columns, or of frames × rows × columns [× 3], in the place of the image's pixels."""
    is_colour = pixels.ndim == 4
    frames = pixels if pixels.ndim > 2 else pixels[None]
    if len(frames) > 1:
        image.NumberOfFrames = len(frames)
    image.Rows, image.Columns = frames.shape[1:3]
    image.SamplesPerPixel, image.PhotometricInterpretation = (3, "RGB") if is_colour else (1, "MONOCHROME2")
    if is_colour:
        image.PlanarConfiguration = 0
    bits = pixels.dtype.itemsize * 8
    image.BitsAllocated, image.BitsStored, image.HighBit = bits, bits, bits - 1
    image.PixelData = pixels.astype(pixels.dtype.newbyteorder("<")).tobytes()
    image["PixelData"].VR = "OB" if bits == 8 else "OW"
    return image


def put_jpegs(image, pixels, fragments=1):
    """Puts 8-bit frames as baseline JPEG, each in so many fragments; returns the streams."""
    put_pixels(image, pixels)
    streams = []
    for frame in pixels:
        stream = io.BytesIO()
        Image.fromarray(frame).save(stream, "JPEG", quality=95)
        streams.append(stream.getvalue() + b"\0" * (stream.tell() % 2))
    image.PixelData = encapsulate(streams, fragments_per_frame=fragments)
    image["PixelData"].is_undefined_length = True
    image.LossyImageCompression, image.LossyImageCompressionMethod = "01", "ISO_10918_1"
    image.file_meta.TransferSyntaxUID = UID("1.2.840.10008.1.2.4.50")
    return streams


def in_syntax(image, syntax):
    """The file of the same instance in another transfer syntax; pydicom compresses."""
    other = copy.deepcopy(image)
    if UID(syntax).is_compressed and not UID(syntax).is_deflated:
        other.compress(syntax, generate_instance_uid=False)
    elif syntax == ExplicitVRBigEndian and other.BitsAllocated == 16:
        other.PixelData = numpy.frombuffer(other.PixelData, "<u2").astype(">u2").tobytes()
    other.file_meta.TransferSyntaxUID = UID(syntax)
    return file_bytes(other)


def made_bytes(**choices):
    return file_bytes(made(**choices))


def file_bytes(image):
    target = io.BytesIO()
    pydicom.dcmwrite(target, image, enforce_file_format=True)
    return target.getvalue()


def made_study(count=5, **choices):
    """`count` slices of one series, as data sets."""
    study, series = generate_uid(), generate_uid()
    return [made(study=study, series=series, number=number, **choices) for number in range(1, count + 1)]


def archive(files):
    """A ZIP of `{path: bytes}`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in files.items():
            packed.writestr(path, content)
    return target.getvalue()


def sidecar(identifier, **more):
    known = {"id": identifier, "firstName": "Zoé", "lastName": "Ångström", "dob": "1970-02-03", "condition": "Contrôle"}
    return json.dumps(known | more, ensure_ascii=False).encode()


def stow_body(files, boundary="boundary-of-the-tests"):
    """A multipart/related body of DICOM files and its Content-Type."""
    parts = b"".join(
        b"--%b\r\nContent-Type: application/dicom\r\n\r\n%b\r\n" % (boundary.encode(), content) for content in files
    )
    kind = f'multipart/related; type="application/dicom"; boundary={boundary}'
    return parts + b"--%b--\r\n" % boundary.encode(), {"Content-Type": kind, "Accept": "application/dicom+json"}


def uids(content):
    """Study, series and SOP Instance UID of a file's bytes."""
    read = pydicom.dcmread(io.BytesIO(content), stop_before_pixels=True, force=True)
    return read.StudyInstanceUID, read.SeriesInstanceUID, read.SOPInstanceUID
