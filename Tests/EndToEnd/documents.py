"""Documents that are not images, as data sets of a study: a PDF, and a report of a measurement."""

import io

from PIL import Image
from pydicom.dataset import Dataset
from pydicom.uid import ComprehensiveSRStorage, EncapsulatedPDFStorage, generate_uid

import samples

LENGTH_OF_OHIF = "Cornerstone3DTools@^0.1.0:Length"  # as which OHIF knows a length that its own tool has measured


def document(sop_class, modality, **choices):
    """A data set with what every composite instance has, in a series of its own."""
    made = samples.made(**choices)
    for tag in [tag for tag in made.keys() if tag.group in (0x0028, 0x7FE0)]:
        del made[tag]
    del made.ImagePositionPatient, made.ImageOrientationPatient
    made.SOPClassUID = made.file_meta.MediaStorageSOPClassUID = sop_class
    made.Modality, made.SeriesNumber = modality, 2
    return made


def pdf_of(colour):
    """An encapsulated PDF whose only page has one colour (PS3.3 §A.45.1), and the PDF."""
    target = io.BytesIO()
    Image.new("RGB", (600, 800), colour).save(target, "PDF")
    content = target.getvalue()
    made = document(EncapsulatedPDFStorage, "DOC", patient_id="VIEW-PDF")
    made.BurnedInAnnotation, made.ConversionType = "NO", "WSD"
    made.DocumentTitle, made.MIMETypeOfEncapsulatedDocument = "Compte rendu", "application/pdf"
    made.EncapsulatedDocument = content + b"\0" * (len(content) % 2)
    made.EncapsulatedDocumentLength = len(content)
    return made, content


def length_report(image, finding, millimetres):
    """A Measurement Report of one length on `image` (PS3.16 TID 1500)."""
    made = document(ComprehensiveSRStorage, "SR", study=image.StudyInstanceUID, patient_id=image.PatientID)
    made.SeriesDescription = "Mesures"
    made.CompletionFlag, made.VerificationFlag = "COMPLETE", "UNVERIFIED"
    value = dataset(NumericValue=str(millimetres), MeasurementUnitsCodeSequence=[code("mm", "UCUM", "millimeter")])
    reference = dataset(ReferencedSOPClassUID=image.SOPClassUID, ReferencedSOPInstanceUID=image.SOPInstanceUID)
    place = content("SCOORD", "INFERRED FROM", GraphicType="POLYLINE", GraphicData=[10.0, 10.0, 40.0, 50.0])
    place.ContentSequence = [content("IMAGE", "SELECTED FROM", ReferencedSOPSequence=[reference])]
    length = content("NUM", "CONTAINS", ("410668003", "SCT", "Length"), MeasuredValueSequence=[value])
    length.ContentSequence = [place]
    context = "HAS OBS CONTEXT"
    group = container(
        ("125007", "DCM", "Measurement Group"),
        content("TEXT", context, ("112039", "DCM", "Tracking Identifier"), TextValue=LENGTH_OF_OHIF),
        content("UIDREF", context, ("112040", "DCM", "Tracking Unique Identifier"), UID=generate_uid()),
        content("CODE", "CONTAINS", ("121071", "DCM", "Finding"), ConceptCodeSequence=[code(*finding)]),
        length,
    )
    measurements = container(("126010", "DCM", "Imaging Measurements"), group)
    report = container(("126000", "DCM", "Imaging Measurement Report"), measurements)
    del report.RelationshipType  # the root has none
    report.ContentTemplateSequence = [dataset(MappingResource="DCMR", TemplateIdentifier="1500")]
    made.update(report)
    series = dataset(SeriesInstanceUID=image.SeriesInstanceUID, ReferencedSOPSequence=[reference])
    evidence = dataset(StudyInstanceUID=image.StudyInstanceUID, ReferencedSeriesSequence=[series])
    made.CurrentRequestedProcedureEvidenceSequence = [evidence]
    return made


def dataset(**attributes):
    made = Dataset()
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def code(value, scheme, meaning):
    return dataset(CodeValue=value, CodingSchemeDesignator=scheme, CodeMeaning=meaning)


def content(value_type, relationship, concept=None, **attributes):
    """A content item (PS3.3 §C.17.3)."""
    made = dataset(ValueType=value_type, RelationshipType=relationship, **attributes)
    if concept:
        made.ConceptNameCodeSequence = [code(*concept)]
    return made


def container(concept, *items):
    made = content("CONTAINER", "CONTAINS", concept, ContinuityOfContent="SEPARATE")
    made.ContentSequence = list(items)
    return made
