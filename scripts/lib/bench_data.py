"""What scripts/bench stores: studies made here, so that every answer is known beforehand."""

import functools
import hashlib
import itertools
import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

import numpy
import samples
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import PYDICOM_ROOT_UID

SURNAMES = (
    "MARTIN SMITH BERNARD JONES DUBOIS TAYLOR LEFÈVRE BROWN MOREAU WILSON GARCIA-LOPEZ EVANS ROUX WALKER GIRARD "
    "WRIGHT LEMAÎTRE THOMPSON FAURE WHITE CHEVALIER HUGHES GAUTIER EDWARDS PERRIN GREEN MASSON HALL BÉRENGER CLARKE"
).split()
FORENAMES = (
    "Jean Mary Françoise Peter Zoé Margaret Hélène Patrick Élodie Susan Chloé William Noël Victoria Raphaël Emma"
).split()
DESCRIPTIONS = ["CT chest", "IRM cérébrale", "Échographie abdominale", "CT head", "IRM du genou"]
FIRST_DAY, DAYS = date(2010, 1, 1), 5840
LONG_AGO = "19900101"  # older than all of `Study`: what else a bench stores comes last in the lists

_numbers = itertools.count(1)


def uid(kind, number):
    """UIDs of one length, so that one can take another's place in a file."""
    return f"{PYDICOM_ROOT_UID}{kind}.{10**9 + number}"


def new_uid():
    return uid(9, next(_numbers))


def drawn(below, number, salt):
    """A number from 0, the same one each time. What is drawn under one salt tells nothing of what is under another."""
    return int.from_bytes(hashlib.blake2b(f"{salt}{number}".encode(), digest_size=8).digest()) % below


def chosen(choices, number, salt):
    """One of the choices, early ones more often."""
    return choices[int(len(choices) * (drawn(2**32, number, salt) / 2**32) ** 1.5)]


@functools.cache
def folded(text):
    """Text as both servers compare names: without accents and case."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)).lower()


class Study(NamedTuple):
    """A study of one small instance. Two of them belong to one patient."""

    uid: str
    name: str
    patient_id: str
    day: str
    modality: str
    description: str
    accession: str
    diagnosis: str

    @staticmethod
    def numbered(number):
        patient = number // 2
        return Study(
            uid=uid(1, number),
            name=f"{chosen(SURNAMES, patient, 'surname')}^{chosen(FORENAMES, patient, 'forename')}",
            patient_id=f"PAT{patient:07}",
            day=f"{FIRST_DAY + timedelta(days=drawn(DAYS, number, 'day')):%Y%m%d}",
            modality=chosen(["CT", "MR", "US"], number, "modality"),
            description=chosen(DESCRIPTIONS, number, "description"),
            accession=f"ACC{number:07}",
            diagnosis=f"DIAGNOSIS-{drawn(200, number, 'diagnosis'):03}",
        )


class Template:
    """An encoded file with places that take other values, so that a further file costs no encoding."""

    def __init__(self, image, **places):
        """`places`: what stands in the image, by the name under which `fill` replaces it."""
        self.names = {as_bytes(text): name for name, text in places.items()}
        self.pieces = re.split(b"(%b)" % b"|".join(map(re.escape, self.names)), samples.file_bytes(image))
        missing = set(self.names) - set(self.pieces)
        assert not missing, f"not in the file: {missing}"

    def fill(self, **values):
        """The file with other values, which are padded with spaces to the width of the old ones."""
        filled = {}
        for place, name in self.names.items():
            filled[place] = as_bytes(values[name]).ljust(len(place))
            assert len(filled[place]) == len(place), f"{values[name]} is too long"
        return b"".join([filled.get(piece, piece) for piece in self.pieces])


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def small_template(modality):
    """One small instance with the attributes of `Study`."""
    places = {
        "uid": uid(1, 0), "series": uid(2, 0), "instance": uid(3, 0), "name": "N" * 30, "patient_id": "P" * 10,
        "day": "20990101", "description": "D" * 30, "accession": "A" * 10, "diagnosis": "X" * 20,
    }  # fmt: skip
    image = samples.made(
        modality=modality, study=places["uid"], series=places["series"], name=places["name"],
        patient_id=places["patient_id"], side=16,
    )  # fmt: skip
    image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = places["instance"]
    image.StudyDate, image.StudyDescription = places["day"], places["description"]
    image.AccessionNumber, image.AdmittingDiagnosesDescription = places["accession"], places["diagnosis"]
    return Template(image, **places)


class Population:
    """The small studies, of which a server has the first so and so many."""

    def __init__(self, count):
        self.studies = [Study.numbered(number) for number in range(count)]
        self.templates = {modality: small_template(modality) for modality in ("CT", "MR", "US")}

    def files(self, first, end):
        for number in range(first, end):
            study = self.studies[number]
            yield self.templates[study.modality].fill(
                **study._asdict(), series=uid(2, number), instance=uid(3, number)
            )


def scanner_header(image):
    """What a CT scanner writes beside the attributes that every image has."""
    image.Manufacturer, image.ManufacturerModelName, image.StationName = "Example", "Scanner 64", "CT01"
    image.InstitutionName, image.DeviceSerialNumber, image.SoftwareVersions = "Hôpital", "12345", ["4.1", "4.1.2"]
    image.ImageType, image.ProtocolName = ["ORIGINAL", "PRIMARY", "AXIAL"], "Thorax"
    image.ContentDate = image.AcquisitionDate = image.SeriesDate = LONG_AGO
    image.ContentTime = image.AcquisitionTime = image.SeriesTime = "101530.125"
    image.KVP, image.XRayTubeCurrent, image.ExposureTime, image.Exposure = 120, 300, 500, 150
    image.SliceThickness, image.DataCollectionDiameter, image.ReconstructionDiameter = 1, 500, 350
    image.GantryDetectorTilt, image.TableHeight, image.RotationDirection = 0, 150, "CW"
    image.FilterType, image.ConvolutionKernel, image.PatientPosition = "BODY", "B30f", "HFS"
    image.BodyPartExamined, image.SliceLocation, image.AcquisitionNumber = "CHEST", 1, 1
    image.FrameOfReferenceUID, image.PositionReferenceIndicator = uid(8, 0), "SN"
    image.WindowCenter, image.WindowWidth, image.RescaleType = [2048, 1000], [4096, 500], "HU"
    image.PerformedProcedureStepDescription, image.RequestedProcedureID = "CT chest", "R1"
    image.ReferencedImageSequence = Sequence(referenced(number) for number in range(3))


def referenced(number):
    item = Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = samples.CLASSES["CT"], uid(8, number)
    return item


class Slices:
    """CT slices of `side` × `side` × 16 bits, each with pixels of its own."""

    PLACES = {
        "study": uid(1, 0), "series": uid(2, 0), "instance": uid(3, 0), "number": "987654321",
        "mark": "########".encode("utf-16-le"),  # the first eight pixels
    }  # fmt: skip

    def __init__(self, side, noise=0):
        """`noise`: its standard deviation in stored values; without any, an image compresses as no real one does."""
        self.side = side
        image = samples.made(study=uid(1, 0), series=uid(2, 0), patient_id="BENCH", side=8)
        image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = uid(3, 0)
        image.InstanceNumber, image.StudyDate, image.Rows, image.Columns = 987654321, LONG_AGO, side, side
        scanner_header(image)
        ramp = numpy.add.outer(numpy.arange(side), numpy.arange(side)) * (2048 // side)
        grain = numpy.random.default_rng(7).normal(0, noise, (side, side)).round()
        self.gradient = (ramp + grain).clip(0, 4095).astype("<u2")
        self.rest = self.gradient.tobytes()[16:]
        image.PixelData = self.PLACES["mark"] + self.rest
        image["PixelData"].VR = "OW"
        self.template = Template(image, **self.PLACES)

    def file(self, study, series, instance, number):
        return self.template.fill(
            study=study, series=series, instance=instance, number=str(number), mark=self.mark(number)
        )

    @staticmethod
    def mark(number):
        return f"{number:08}".encode("utf-16-le")

    def pixels(self, number):
        return self.mark(number) + self.rest

    def fresh(self, count):
        """Files of one new series."""
        study, series = new_uid(), new_uid()
        return [self.file(study, series, new_uid(), number) for number in range(1, count + 1)]


class MultiFrame:
    """An ultrasound loop: RGB frames of 640 × 480, each with a first pixel of its own."""

    ROWS, COLUMNS = 480, 640
    SIZE = ROWS * COLUMNS * 3

    def __init__(self, frames):
        self.frames, self.study, self.series, self.instance = frames, new_uid(), new_uid(), new_uid()
        image = samples.made(modality="US", study=uid(1, 0), series=uid(2, 0), patient_id="BENCH", side=8)
        image.SOPClassUID = image.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.3.1"
        image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = uid(3, 0)
        image.StudyDate, image.Rows, image.Columns, image.NumberOfFrames = LONG_AGO, self.ROWS, self.COLUMNS, frames
        image.SamplesPerPixel, image.PhotometricInterpretation, image.PlanarConfiguration = 3, "RGB", 0
        image.BitsAllocated, image.BitsStored, image.HighBit, image.FrameTime = 8, 8, 7, 40
        image.PixelData = b"".join(map(self.pixels, range(1, frames + 1)))
        image["PixelData"].VR = "OB"
        self.template = Template(image, study=uid(1, 0), series=uid(2, 0), instance=uid(3, 0))

    def pixels(self, frame):
        return frame.to_bytes(3, "big") + bytes(range(1, 241)) * (self.SIZE // 240 - 1) + bytes(237)

    def file(self):
        return self.template.fill(study=self.study, series=self.series, instance=self.instance)

    def fresh(self):
        return self.template.fill(study=new_uid(), series=new_uid(), instance=new_uid())
