"""What the conformance suite stores: a few patients with their studies, and one instance of each kind."""

import numpy
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import UID, generate_uid

import samples

# Specific Character Set and the Patient's Name of one study each (PS3.3 C.12.1.1.2, PS3.5 Annexes H, I, J).
CHARACTER_SETS = {
    "ISO_IR 6": "Smith^John",
    "ISO_IR 100": "Lefèvre^Jérôme",
    "ISO_IR 101": "Wałęsa^Łukasz",
    "ISO_IR 109": "Ĝoja^Ĥoro",
    "ISO_IR 110": "Bērziņš^Jānis",
    "ISO_IR 144": "Люксембург^Роза",
    "ISO_IR 127": "قباني^لنزار",
    "ISO_IR 126": "Διονυσιος^Σολωμος",
    "ISO_IR 138": "שרון^דבורה",
    "ISO_IR 148": "Çavuşoğlu^Işıl",
    "ISO_IR 166": "นามสกุล^ชื่อ",
    "ISO_IR 13": "ﾔﾏﾀﾞ^ﾀﾛｳ",
    "ISO 2022 IR 6\\ISO 2022 IR 87": "Yamada^Tarou=山田^太郎=やまだ^たろう",
    "ISO 2022 IR 6\\ISO 2022 IR 149": "Hong^Gildong=洪^吉洞=홍^길동",
    "GB18030": "Wang^XiaoDong=王^小东",
    "ISO_IR 192": "Wang^XiaoDong=王^小東=Œdème^€",
}
# Its second byte in GB18030 is 5CH, the backslash.
TRAILING_BACKSLASH = "乗"

IMPLICIT, EXPLICIT, BIG_ENDIAN, DEFLATED = (
    "1.2.840.10008.1.2",
    "1.2.840.10008.1.2.1",
    "1.2.840.10008.1.2.2",
    "1.2.840.10008.1.2.1.99",
)
RLE, JPEG, JPEG_LS, JPEG_2000 = (
    "1.2.840.10008.1.2.5",
    "1.2.840.10008.1.2.4.50",
    "1.2.840.10008.1.2.4.80",
    "1.2.840.10008.1.2.4.90",
)
HTJ2K, HTJ2K_RPCL, MPEG_4 = "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.102"

PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
VIDEO = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 8


class Archive:
    """The instances by name, and how their files were written."""

    def __init__(self):
        self.studies = patients()
        self.sets = {name: [charset_image(number, name)] for number, name in enumerate(CHARACTER_SETS)}
        self.kinds = {}
        # What is stored where that is not the data set's own Explicit VR Little Endian.
        self.files = {}
        self.streams = {}
        add_kinds(self)

    def images(self):
        studies = [*self.studies.values(), *self.sets.values()]
        return [image for study in studies for image in study] + list(self.kinds.values())

    def file(self, image):
        """The bytes that were stored."""
        return self.files.get(image.SOPInstanceUID) or samples.file_bytes(image)

    def all_files(self):
        return [self.file(image) for image in self.images()]


def patients():
    zoe = {"patient_id": "CONF-1", "name": "Lefèvre^Zoé^Anne"}
    anna = {"patient_id": "CONF-2", "name": "van der Berg-Smit^Anna Maria"}
    thorax = slices(3, zoe, "20240105", "081500", "ACC-100", KVP=120, SeriesDescription="Poumon")
    bone = slices(2, zoe, "20240105", "081500", "ACC-100", of=thorax, KVP=80, SeriesDescription="Os", SeriesNumber=2)
    for number, image in enumerate(thorax):
        image.AcquisitionDateTime = f"2024010508150{number}.25+0000"
        image.RequestAttributesSequence = Sequence([item(ScheduledProcedureStepID="SPS-7")])
        add_private(image, {0x10: ("ACME 1.0", "X")})
    for image in bone:
        add_private(image, {0x10: ("OTHER 2.0", "Y"), 0x11: ("ACME 1.0", "Z")})
    control = slices(1, zoe, "20240612", "141530.25", "ACC-101", "MR", StudyDescription="Contrôle du thorax")
    head = slices(2, anna, "20231130", "235959", "", StudyDescription="", PatientSex="F")
    head += slices(
        1, anna, "20231130", "235959", "", "MR", of=head, StudyDescription="", PatientSex="F", SeriesNumber=2
    )
    tokyo = slices(
        1,
        {"patient_id": "CONF-3", "name": CHARACTER_SETS["ISO 2022 IR 6\\ISO 2022 IR 87"]},
        "20230501",
        "0700",
        "ACC_102",
    )
    moscow = slices(
        1, {"patient_id": "CONF-4", "name": "Иванов^Пётр"}, "20220301", "12", "ACC-103", "US", PatientSex="M"
    )
    tokyo[0].SpecificCharacterSet, tokyo[0].StudyDescription = ["", "ISO 2022 IR 87"], "Thorax"
    moscow[0].SpecificCharacterSet, moscow[0].StudyDescription = "ISO_IR 144", "Обзор"
    moscow[0].SeriesDescription = "Первая"
    tokyo[0].SeriesDescription = "First"
    return {"thorax": thorax + bone, "control": control, "head": head, "tokyo": tokyo, "moscow": moscow}


def slices(count, patient, date, time, accession, modality="CT", of=None, **attributes):
    """Slices of one series, below the study of the images `of` when there are some."""
    study, series = of[0].StudyInstanceUID if of else generate_uid(), generate_uid()
    images = []
    for number in range(1, count + 1):
        image = samples.made(modality=modality, study=study, series=series, number=number, **patient)
        image.StudyDate, image.StudyTime, image.AccessionNumber = date, time, accession
        image.ReferringPhysicianName = "Martin^Paul"
        for keyword, value in attributes.items():
            setattr(image, keyword, value)
        images.append(image)
    return images


def item(**attributes):
    made = Dataset()
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def add_private(image, blocks):
    """Private elements (0009,xx01) with their creators."""
    for block, (creator, value) in blocks.items():
        image.add_new((0x0009, block), "LO", creator)
        image.add_new((0x0009, block << 8 | 1), "LO", value)


def charset_image(number, name):
    image = samples.made(name=CHARACTER_SETS[name], patient_id=f"SET-{number:02}", side=8)
    image.SpecificCharacterSet = name.split("\\") if "\\" in name else name
    image.StudyDescription = TRAILING_BACKSLASH if name == "GB18030" else "Study"
    image.SeriesDescription = "Series"
    if name == "ISO_IR 13":
        image.AdmittingDiagnosesDescription = ["ｱ", "ｲ"]
    return image


def add_kinds(archive):
    study = generate_uid()

    def kind(name, pixels=None, syntax=EXPLICIT, sop_class=None, **attributes):
        image = samples.made("MR", study=study, name="Kinds^Of", patient_id="KINDS")
        image.SeriesNumber = len(archive.kinds) + 1
        if sop_class:
            image.file_meta.MediaStorageSOPClassUID = image.SOPClassUID = UID(sop_class)
        if pixels is not None:
            samples.put_pixels(image, pixels)
        for keyword, value in attributes.items():
            setattr(image, keyword, value)
        archive.kinds[name] = image
        if syntax != EXPLICIT:
            archive.files[image.SOPInstanceUID] = samples.in_syntax(image, syntax)
        return image

    grey = numpy.random.default_rng(7).integers(0, 256, (3, 40, 48), "u1")
    smooth = numpy.stack([numpy.add.outer(numpy.arange(40), numpy.arange(48)) * 2 + shift for shift in (0, 20, 60)])
    deep = numpy.random.default_rng(8).integers(0, 65536, (1, 24, 32, 3), "u2")
    multi_frame = "1.2.840.10008.5.1.4.1.1.7.2"
    kind("plain")
    kind("implicit", syntax=IMPLICIT)
    kind("big endian", syntax=BIG_ENDIAN)
    kind("deflated", syntax=DEFLATED)
    kind("JPEG 2000", syntax=JPEG_2000)
    kind("frames", grey, sop_class=multi_frame)
    kind("RLE", (smooth * 200).astype("u2"), RLE, "1.2.840.10008.5.1.4.1.1.7.3")
    kind("deep colour", deep, sop_class="1.2.840.10008.5.1.4.1.1.7")
    kind("deep colour RLE", deep, RLE, "1.2.840.10008.5.1.4.1.1.7")
    for name, fragments in {"JPEG": 1, "JPEG in two fragments": 2}.items():
        image = kind(name, sop_class=multi_frame)
        archive.streams[name] = samples.put_jpegs(image, smooth.astype("u1"), fragments)
    add_enhanced(kind)
    ultrasound = numpy.zeros((4, 120, 160, 3), "u1")
    for number, frame in enumerate(ultrasound):
        frame[20:100, 20 + number * 20 : 60 + number * 20] = (200, 40 * number, 30)
    kind(
        "ultrasound",
        ultrasound,
        sop_class="1.2.840.10008.5.1.4.1.1.3.1",
        Modality="US",
        BurnedInAnnotation="YES",
        FrameTime=100,
    )
    add_documents(kind)
    add_zoo(kind("zoo", sop_class="1.2.840.10008.5.1.4.1.1.66"))


def add_enhanced(kind):
    """Two frames of the same stored values, each with a rescaling of its own (PS3.3 C.7.6.16.2.9)."""
    ramp = numpy.tile(numpy.arange(64, dtype="u2") * 10, (2, 64, 1))
    image = kind("enhanced", ramp, sop_class="1.2.840.10008.5.1.4.1.1.2.1", Modality="CT")
    del image.RescaleSlope, image.RescaleIntercept
    image.SharedFunctionalGroupsSequence = Sequence([Dataset()])
    image.PerFrameFunctionalGroupsSequence = Sequence(
        item(PixelValueTransformationSequence=Sequence([item(RescaleIntercept=i, RescaleSlope=s, RescaleType="HU")]))
        for i, s in ((0, 1), (-300, 2))
    )


def add_documents(kind):
    pixel_attributes = "PixelData Rows Columns BitsAllocated BitsStored HighBit PixelRepresentation SamplesPerPixel"
    pdf = kind("PDF", sop_class="1.2.840.10008.5.1.4.1.1.104.1", Modality="DOC")
    report = kind("report", sop_class="1.2.840.10008.5.1.4.1.1.88.11", Modality="SR")
    for image in (pdf, report):
        for keyword in [*pixel_attributes.split(), "PhotometricInterpretation"]:
            delattr(image, keyword)
    pdf.MIMETypeOfEncapsulatedDocument, pdf.DocumentTitle = "application/pdf", "Letter"
    pdf.EncapsulatedDocument = PDF + b"\0" * (len(PDF) % 2)
    pdf.EncapsulatedDocumentLength = len(PDF)
    report.CompletionFlag, report.VerificationFlag = "COMPLETE", "UNVERIFIED"
    video = kind(
        "video", numpy.zeros((25, 16, 16, 3), "u1"), sop_class="1.2.840.10008.5.1.4.1.1.77.1.4.1", Modality="XC"
    )
    video.PhotometricInterpretation = "YBR_PARTIAL_420"
    video.PixelData = encapsulate([VIDEO], has_bot=False)
    video["PixelData"].is_undefined_length = True
    video.file_meta.TransferSyntaxUID = UID(MPEG_4)


ZOO_OD = numpy.array([1.5, -2.25, 1e300], "<f8")
ZOO_OF = numpy.array([0.5, -1.0, 3.25], "<f4")
ZOO_OL = numpy.array([1, 2, 0xFFFFFFFF], "<u4")
ZOO_BULK = bytes(range(256)) * 16


def add_zoo(image):
    """Values whose JSON is easy to get wrong: every binary VR, numbers at their limits, empty and nested ones."""
    del image.PixelData
    image.SelectorODValue, image.SelectorOFValue = ZOO_OD.tobytes(), ZOO_OF.tobytes()
    image.SelectorOLValue, image.SelectorOWValue = ZOO_OL.tobytes(), ZOO_BULK
    image.SelectorOBValue = b"\1\2\3\4"
    image.SelectorISValue, image.SelectorDSValue = [1, -7], ["0.1", "-3e2", "1"]
    image.SelectorFDValue, image.SelectorFLValue = [0.1, float("nan"), float("inf")], [0.5]
    image.SelectorSVValue, image.SelectorUVValue = [-9223372036854775807], [18446744073709551615]
    image.SelectorSLValue, image.SelectorUSValue, image.SelectorULValue = [-2147483648], [65535], [4294967295]
    image.SelectorATValue = [0x00100010, 0x7FE00010]
    image.SelectorLOValue = ["A", "", "B"]
    image.SelectorUTValue, image.SelectorURValue = "one \\ value", "http://example.org/a"
    image.SelectorPNValue = ["Adams^John^^Dr", "Yamada^Tarou=山田^太郎"]
    image.PatientComments = ""
    image.ReferencedStudySequence = Sequence()
    image.SelectorCodeSequenceValue = Sequence([Dataset(), item(CodeMeaning="Été")])
    image.add_new((0x4321, 0x0010), "LO", "ACME 1.0")
    image.add_new((0x4321, 0x1001), "UN", b"\x01\x02")
    inner = Dataset()
    inner.add_new((0x4321, 0x0010), "LO", "ACME 1.0")
    inner.add_new((0x4321, 0x1003), "OB", ZOO_BULK)
    image.add_new((0x4321, 0x1002), "SQ", Sequence([inner]))
