"""The URI service, WADO-URI: PS3.18 §9."""

import numpy
import pytest

from conformance import grey, path, picture, read, refused, said, syntax_of, uids
from conformance_archive import BIG_ENDIAN, DEFLATED, EXPLICIT, HTJ2K, IMPLICIT, JPEG, JPEG_LS, PDF, RLE


def given(answer):
    assert answer.status_code == 200, said(answer)
    return answer


@pytest.mark.parametrize(
    ("kind", "form"), [(None, "JPEG"), ("image/jpeg", "JPEG"), ("image/png", "PNG"), ("image/gif", "GIF")]
)
def test_9_5_3_an_image_is_a_jpeg_unless_another_type_is_asked_for(server, archive, kind, form):
    """contentType chooses JPEG, PNG or GIF."""
    shown = picture(server.uri(archive.kinds["plain"], **({"contentType": kind} if kind else {})))
    assert (shown.format, shown.size) == (form, (64, 64))


def test_9_1_2_parameters_are_percent_decoded(server, archive):
    """Weasis writes `contentType=application%2Fdicom`."""
    study, series, uid = uids(archive.kinds["plain"])
    place = (
        f"/wado?requestType=WADO&studyUID={study}&seriesUID={series}&objectUID={uid}&contentType=application%2Fdicom"
    )
    assert syntax_of(given(server.get(place)).content) == EXPLICIT


def test_9_5_3_a_multi_frame_image_moves_as_gif(server, archive):
    """All frames without frameNumber, one with it."""
    image = archive.kinds["ultrasound"]
    assert picture(server.uri(image, contentType="image/gif")).n_frames == 4
    assert picture(server.uri(image, contentType="image/gif", frameNumber=2)).n_frames == 1


@pytest.mark.parametrize("name", ["plain", "implicit", "big endian", "RLE", "JPEG 2000", "deflated"])
def test_9_4_2_a_dicom_file_is_explicit_vr_little_endian(server, archive, name):
    """Without transferSyntax an instance comes in the default one."""
    image = archive.kinds[name]
    answer = given(server.uri(image, contentType="application/dicom"))
    assert answer.headers["Content-Type"].split(";")[0] == "application/dicom"
    assert syntax_of(answer.content) == EXPLICIT
    assert numpy.array_equal(read(answer.content).pixel_array, read(archive.file(image)).pixel_array)


@pytest.mark.parametrize("syntax", [EXPLICIT, DEFLATED, RLE, JPEG_LS, HTJ2K, "*"])
def test_9_4_1_a_transfer_syntax_is_honoured(server, archive, syntax):
    """transferSyntax names the syntax of the file; `*` is the stored one, as Weasis' connector asks for."""
    image = archive.kinds["RLE"]
    answer = given(server.uri(image, contentType="application/dicom", transferSyntax=syntax))
    assert syntax_of(answer.content) == (RLE if syntax == "*" else syntax)
    assert numpy.array_equal(read(answer.content).pixel_array, image.pixel_array)


@pytest.mark.parametrize("syntax", [IMPLICIT, BIG_ENDIAN, JPEG, "1.2.3"])
def test_9_4_3_another_transfer_syntax_is_refused(server, archive, syntax):
    """Nothing is sent in a syntax that was not asked for."""
    refused(server.uri(archive.kinds["plain"], contentType="application/dicom", transferSyntax=syntax), 400, 406)


def test_9_5_3_a_document_is_a_pdf(server, archive):
    """application/pdf is the default of an encapsulated PDF, and no type of an image."""
    for asked in ({}, {"contentType": "application/pdf"}):
        answer = given(server.uri(archive.kinds["PDF"], **asked))
        assert (answer.headers["Content-Type"], answer.content) == ("application/pdf", PDF)
    refused(server.uri(archive.kinds["plain"], contentType="application/pdf"), 406)


@pytest.mark.parametrize("frame", [1, 2, 3])
def test_9_5_1_a_frame_is_chosen(server, archive, frame):
    """frameNumber counts from 1; the picture is that of the RESTful service."""
    image = archive.kinds["RLE"]
    shown = grey(server.uri(image, contentType="image/png", frameNumber=frame))
    assert abs(shown - grey(server.fetch(f"{path(image)}/frames/{frame}/rendered", "image/png"))).max() <= 2


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ({}, ""),
        ({"windowCenter": 600, "windowWidth": 400}, "window=600,400,linear"),
        ({"rows": 32, "columns": 32}, "viewport=32,32"),
        ({"rows": 32}, "viewport=4096,32"),
        ({"columns": 20}, "viewport=20,4096"),
        ({"region": "0.25,0.25,0.75,0.75"}, "viewport=32,32,16,16,32,32"),
        ({"region": "0,0,0.5,1", "rows": 64, "columns": 32}, "viewport=32,64,0,0,32,64"),
        (
            {"windowCenter": "700.5", "windowWidth": "900", "region": "0.5,0.5,1,1"},
            "window=700.5,900,linear&viewport=32,32,32,32,32,32",
        ),
    ],
)
def test_9_5_1_pictures_are_those_of_the_restful_service(server, archive, asked, query):
    """Window, size and region mean the same in both services."""
    image = archive.kinds["plain"]
    shown = grey(server.uri(image, contentType="image/png", **asked))
    expected = grey(server.fetch(f"{path(image)}/rendered?{query}", "image/png"))
    assert shown.shape == expected.shape and abs(shown - expected).max() <= 2


def test_9_5_1_image_quality_changes_the_size_of_a_jpeg(server, archive):
    """A lower quality makes a smaller file."""
    sizes = [
        len(given(server.uri(archive.kinds["deep colour"], imageQuality=quality)).content) for quality in (1, 50, 100)
    ]
    assert sizes[0] < sizes[1] < sizes[2]


@pytest.mark.parametrize("words", ["patient", "technique", "patient,technique"])
def test_9_5_1_an_annotation_is_drawn_when_it_is_asked_for(server, archive, words):
    """The pixels change with it."""
    image, size = archive.studies["thorax"][0], {"rows": 512, "columns": 512, "contentType": "image/png"}
    plain, annotated = grey(server.uri(image, **size)), grey(server.uri(image, **size, annotation=words))
    assert plain.shape == annotated.shape and (abs(plain - annotated) > 30).mean() > 0.001


@pytest.mark.parametrize("missing", ["requestType", "studyUID", "seriesUID", "objectUID"])
def test_9_1_2_a_missing_parameter_is_a_400(server, archive, missing):
    """The four parameters that name the object are required."""
    refused(server.uri(archive.kinds["plain"], drop=(missing,)), 400)


@pytest.mark.parametrize(
    "more",
    [
        "requestType=WADO", "contentType=image/png&contentType=image/jpeg", "objectUID=1.2.3", "rows=5&rows=6",
        "windowCenter=40", "windowWidth=400", "windowCenter=a&windowWidth=b", "windowCenter=40&windowWidth=0",
        "rows=0", "columns=-1", "rows=many", "region=0,0,2,2", "region=0.5,0,0.5,1", "region=0,0,1", "region=a,b,c,d",
        "imageQuality=0", "imageQuality=101", "frameNumber=0", "frameNumber=x", "frameNumber=99", "annotation=moon",
        "anonymize=yes", "transferSyntax=1.2.x&contentType=application/dicom",
    ],
)  # fmt: skip
def test_9_5_2_what_cannot_be_done_is_a_400(server, archive, more):
    """A parameter twice, out of its bounds, without its other half, or for what is not done here."""
    study, series, uid = uids(archive.kinds["RLE"])
    refused(server.get(f"/wado?requestType=WADO&studyUID={study}&seriesUID={series}&objectUID={uid}&{more}"), 400)


def test_9_4_1_anonymize_is_refused_with_a_sentence(server, archive):
    """Nobody may take an original for a de-identified copy."""
    answer = server.uri(archive.kinds["plain"], contentType="application/dicom", anonymize="yes")
    refused(answer, 400)
    assert len(answer.json()["error"]["message"].split()) > 3


@pytest.mark.parametrize(
    "wrong", [{"requestType": "wado"}, {"requestType": "RAID"}, {"studyUID": "1.2.x"}, {"objectUID": "1..2"}]
)
def test_9_1_2_a_malformed_parameter_is_a_400(server, archive, wrong):
    """The type is WADO, and a UID is a UID."""
    refused(server.uri(archive.kinds["plain"], **wrong), 400)


@pytest.mark.parametrize("wrong", [{"studyUID": "1.2.3.4"}, {"seriesUID": "1.2.3.4"}, {"objectUID": "1.2.3.4"}])
def test_9_1_3_what_is_not_there_is_a_404(server, archive, wrong):
    """All three UIDs have to be right."""
    refused(server.uri(archive.kinds["plain"], **wrong), 404)


@pytest.mark.parametrize(
    ("name", "kind"), [("plain", "text/html"), ("plain", "video/mp4"), ("PDF", "image/jpeg"), ("report", "image/jpeg")]
)
def test_9_1_3_what_cannot_be_made_is_a_406(server, archive, name, kind):
    """A type that the object has no form in."""
    refused(server.uri(archive.kinds[name], contentType=kind), 406)


def test_9_1_2_charset_is_taken(server, archive):
    """It changes nothing about a picture."""
    picture(server.uri(archive.kinds["plain"], charset="UTF-8"))


def test_9_1_2_a_list_of_content_types_gives_the_first_that_can_be_made(server, archive):
    """contentType may be a list."""
    assert picture(server.uri(archive.kinds["plain"], contentType="text/html,image/png")).format == "PNG"


def test_rfc_9110_13_1_2_what_the_client_knows_is_a_304(server, archive):
    """A picture and a file of the URI service have an ETag."""
    for kind in ("image/jpeg", "application/dicom"):
        known = given(server.uri(archive.kinds["plain"], contentType=kind)).headers.get("ETag")
        assert known, "without ETag"
        study, series, uid = uids(archive.kinds["plain"])
        place = f"/wado?requestType=WADO&studyUID={study}&seriesUID={series}&objectUID={uid}&contentType={kind}"
        assert server.get(place, headers={"If-None-Match": known}).status_code == 304
