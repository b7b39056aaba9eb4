"""Requests as real viewers write them: OHIF, 3D Slicer, Weasis.

What they send was read in their sources: OHIF 3.10; Slicer at 583e9b37 (DICOMLib/DICOMUtils.py, importFromDICOMWeb;
DICOMLib/DICOMProcesses.py); its DICOMweb Browser, lassoan/SlicerDICOMwebBrowser at 01ee03dd (DICOMwebBrowser.py);
Weasis at 174ba61b (RsQuery, RsQueryResult, SeriesDownloadManager, ThumbnailManager, StowRS) with its
weasis-pacs-connector at f0ef916a (dicom-dcm4chee-arc.properties).
"""

import io

import pytest
from dicomweb_client.api import DICOMwebClient
from dicomweb_client.session_utils import create_session_from_user_pass
from PIL import Image

import samples
from conformance import (
    first, native_model, parts, path, picture, read, said, series_path, strict_json, study_path, syntax_of, uids,
    values,
)  # fmt: skip
from conformance_archive import EXPLICIT, JPEG_LS, PDF, RLE

# --- OHIF

OHIF_JSON = 'application/dicom+json, multipart/related; type="application/octet-stream"; transfer-syntax="*"'
OHIF_FRAME = 'multipart/related; type="application/octet-stream"; transfer-syntax="*"'
OHIF_LIST = "limit=101&offset=0&fuzzymatching=true&includefield=00081030%2C00080060"
OHIF_COLUMNS = "0020000D 00080020 00080030 00080050 00100020 00100010 00201208 00081030 00080061"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("PatientName=*Lef*&00100020=*CONF-1*", "ACC-100 ACC-101"),
        ("PatientName=*lefevre*&00100020=*CONF-1*", "ACC-100 ACC-101"),
        ("00100020=*CONF-1*", "ACC-100 ACC-101"),
        ("AccessionNumber=*101*&00100020=*CONF*", "ACC-101"),
        ("StudyDescription=*Contr%C3%B4le*&00100020=*CONF*", "ACC-101"),
        ("ModalitiesInStudy=MR%2CUS&00100020=CONF-*", "None ACC-101 ACC-103"),
        ("StudyDate=20240101-20241231&00100020=*CONF*", "ACC-100 ACC-101"),
    ],
)
def test_ohif_finds_what_is_typed_into_its_list(server, archive, typed, expected):
    """The list's filters, as the page sends them, with the columns that it shows."""
    answer = server.fetch(f"/studies?{OHIF_LIST}&{typed}", "application/dicom+json")
    results = strict_json(answer)
    assert {str(first(result, "00080050")) for result in results} == set(expected.split())
    assert all(set(OHIF_COLUMNS.split()) <= set(result) for result in results)
    dates = [first(result, "00080020") for result in results]
    assert dates == sorted(dates, reverse=True)


def test_ohif_opens_a_study(server, archive):
    """Series by includefield, metadata of each series, one frame of each image, all with its Accept fields."""
    image = archive.studies["thorax"][0]
    series = server.fetch(
        f"{study_path(image)}/series?includefield=00080021%2C00080031%2C0008103E%2C00200011", OHIF_JSON
    )
    told = {first(one, "0020000E"): one for one in strict_json(series)}
    assert {first(one, "0008103E") for one in told.values()} == {"Poumon", "Os"}
    for uid in told:
        for one in strict_json(server.fetch(f"{study_path(image)}/series/{uid}/metadata", OHIF_JSON)):
            place = f"{study_path(image)}/series/{uid}/instances/{first(one, '00080018')}/frames/1"
            answer = server.fetch(place, OHIF_FRAME)
            (part,) = parts(answer)
            assert len(part.content) == first(one, "00280010") * first(one, "00280011") * 2
            assert part.syntax == EXPLICIT, "without transfer-syntax OHIF takes it for implicit"
            assert b"\r\nContent-Type: " in answer.content[:400], "OHIF looks for this spelling"


def test_ohif_joins_uids_with_a_backslash(server, archive):
    """Studies to compare are asked for at once."""
    joined = "%5C".join(archive.studies[name][0].StudyInstanceUID for name in ("thorax", "control"))
    assert (
        len(strict_json(server.fetch(f"/studies?{OHIF_LIST}&StudyInstanceUID={joined}", "application/dicom+json"))) == 2
    )


def test_ohif_asks_for_jpeg_ls_when_it_is_told_to(server, archive):
    """requestTransferSyntaxUID of its configuration stands in the Accept field."""
    accept = f'multipart/related; type="application/octet-stream"; transfer-syntax="{JPEG_LS}"'
    (part,) = parts(server.fetch(f"{path(archive.kinds['plain'])}/frames/1", accept))
    assert part.syntax == JPEG_LS


def test_ohif_shows_a_pdf_in_an_object(server, archive):
    """The browser asks with its own Accept field."""
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8"
    answer = server.fetch(f"{path(archive.kinds['PDF'])}/rendered", accept)
    assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(PDF)


def test_ohif_uploads_file_by_file(server):
    """One request a file, with any Accept."""
    content = samples.made_bytes(patient_id="NEW-OHIF", side=8)
    body, headers = samples.stow_body([content], boundary="--dicomweb-client-js")
    answer = server.post(body, headers["Content-Type"].replace("boundary=", 'boundary="') + '"', accept="*/*")
    assert answer.status_code == 200 and values(strict_json(answer), "00081199"), said(answer)


# --- 3D Slicer


@pytest.fixture(scope="module")
def slicer(server):
    """Slicer's client, which signs in by Basic with an access token in the place of the password."""
    password = "any"
    if server.portal is not None:
        made = server.request("POST", "/api/tokens", json={"name": "Slicer"})
        assert made.status_code == 201, said(made)
        password = made.json()["token"]
    session = create_session_from_user_pass("token", password)
    return DICOMwebClient(f"{server.origin}/dicomweb", session=session)


def all_pages(search, *arguments, **parameters):
    """The DICOMweb Browser's `_get_all_pages`: until a page is empty."""
    found = []
    while page := search(*arguments, **parameters, offset=len(found)):
        assert page[0] not in found, "the same page again"
        found += page
    return found


def test_slicer_lists_studies_series_and_instances_by_pages(slicer, archive):
    """The browser asks for StudyDescription and SeriesNumber and goes on until nothing comes."""
    image = archive.studies["thorax"][0]
    studies = all_pages(slicer.search_for_studies, fields=["StudyDescription"])
    ours = [one for one in studies if first(one, "0020000D") == image.StudyInstanceUID]
    assert len(ours) == 1 and first(ours[0], "00081030") == "Étude"
    series = all_pages(slicer.search_for_series, image.StudyInstanceUID, fields=["SeriesNumber"])
    assert sorted(first(one, "00200011") for one in series) == [1, 2]
    asked = {"study_instance_uid": image.StudyInstanceUID, "series_instance_uid": image.SeriesInstanceUID}
    assert len(all_pages(slicer.search_for_instances, **asked)) == 3


def test_slicer_asks_for_all_attributes(slicer, archive):
    """includefield=all by the client."""
    (study,) = slicer.search_for_studies(fields=["all"], search_filters={"AccessionNumber": "ACC-101"})
    assert first(study, "00081030") == "Contrôle du thorax"


def test_slicer_imports_a_series(slicer, archive):
    """Series of the study, metadata of the series, then all its instances in one stream, saved as files."""
    image = archive.studies["thorax"][0]
    for found in slicer.search_for_series(study_instance_uid=image.StudyInstanceUID):
        uid = found["0020000E"]["Value"][0]
        told = slicer.retrieve_series_metadata(study_instance_uid=image.StudyInstanceUID, series_instance_uid=uid)
        wanted = {one["00080018"]["Value"][0] for one in told}
        came = set()
        for instance in slicer.iter_series(study_instance_uid=image.StudyInstanceUID, series_instance_uid=uid):
            instance.save_as(io.BytesIO())
            came.add(instance.SOPInstanceUID)
        assert came == wanted


def test_slicer_fetches_the_instances_that_it_lacks(slicer, archive):
    """One by one, as `multipart/related; type="application/dicom"`."""
    for name in ("plain", "RLE", "ultrasound", "enhanced"):
        image = archive.kinds[name]
        assert slicer.retrieve_instance(*uids(image)).pixel_array.shape == image.pixel_array.shape


def test_slicer_fetches_a_whole_study(server, archive):
    """All of a study as multipart, and one instance as a single part."""
    image = archive.studies["head"][0]
    assert len(parts(server.fetch(study_path(image), "multipart/related; type=application/dicom"))) == 3
    assert read(server.fetch(path(image), "application/dicom").content).SOPInstanceUID == image.SOPInstanceUID


def test_slicer_sends_a_file(slicer):
    """DICOMSender by DICOMweb: one request a file."""
    image = samples.made(patient_id="NEW-SLICER", side=8)
    image.preamble = bytes(128)
    assert len(slicer.store_instances([image]).ReferencedSOPSequence) == 1


# --- Weasis

STUDY_QUERY = (
    "&includefield=00080020,00080030,00080050,00080061,00080090,00081030,00100010,00100020,00100021,00100030,00100040"
    ",0020000D,00200010"
)
WEASIS_FILE = 'multipart/related;type="application/dicom";transfer-syntax=*'


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("/studies?00100020=CONF-1", 2),
        ("/studies?00100010=Lef%C3%A8vre*&00100020=CONF-1", 2),
        ("/studies?00100010=van+der*", 1),
        ("/studies?00080050=ACC-101", 1),
        ("/series?0020000E={series}", 1),
        ("/instances?00080018={instance}", 1),
    ],
)
def test_weasis_finds_by_its_lists_of_fields(server, archive, asked, count):
    """A filter, its includefield list and none of its own headers; text as Java's URLEncoder writes it."""
    image = archive.studies["thorax"][0]
    asked = asked.format(series=image.SeriesInstanceUID, instance=image.SOPInstanceUID)
    results = strict_json(server.fetch(f"{asked}{STUDY_QUERY},0008103E,00080060,0020000E,00200011,00200013,00081190"))
    assert len(results) == count
    assert all({"00081030", "00100010", "0020000D"} <= set(result) for result in results)


def test_weasis_lists_series_and_counts_their_instances(server, archive):
    """Fields by tag, and the count that its progress bar needs."""
    image = archive.studies["thorax"][0]
    listed = strict_json(
        server.fetch(f"{study_path(image)}/series?includefield=0008103E,00080060,0020000E,00200011,00081190")
    )
    assert len(listed) == 2 and all({"0008103E", "00080060", "00200011", "00081190"} <= set(one) for one in listed)
    place = f"{study_path(image)}/series?0020000E={image.SeriesInstanceUID}&includefield=00201209"
    (counted,) = strict_json(server.fetch(place, "application/dicom+json"))
    assert first(counted, "00201209") == 3


@pytest.mark.parametrize("name", ["RLE", "JPEG 2000", "plain"])
def test_weasis_downloads_a_series_in_one_request(server, archive, name):
    """Below the Retrieve URL of the series, in whatever syntax is stored."""
    image = archive.kinds[name]
    (listed,) = server.search("/series", f"SeriesInstanceUID={image.SeriesInstanceUID}")
    (part,) = parts(server.fetch(first(listed, "00081190"), WEASIS_FILE))
    assert part.content == archive.file(image)


def test_weasis_shows_a_thumbnail_of_the_retrieve_url(server, archive):
    """`/thumbnail?viewport=256%2C256` as JPEG."""
    answer = server.fetch(f"{series_path(archive.studies['thorax'][0])}/thumbnail?viewport=256%2C256", "image/jpeg")
    assert max(picture(answer).size) == 256


@pytest.mark.parametrize(
    ("more", "syntaxes"),
    [
        ("", [EXPLICIT]),
        ("&transferSyntax=*", [RLE]),
        (f"&transferSyntax={JPEG_LS}", [JPEG_LS]),
        (f"&transferSyntax={JPEG_LS}&imageQuality=100", [JPEG_LS]),
        ("&transferSyntax=1.2.840.10008.1.2.4.70", ["1.2.840.10008.1.2.4.70", 406]),
    ],
)
def test_weasis_follows_a_manifest_by_wado_uri(server, archive, more, syntaxes):
    """The parameters in its order and spelling, with the syntax that a manifest asks for."""
    study, series, uid = uids(archive.kinds["RLE"])
    asked = f"?requestType=WADO&studyUID={study}&seriesUID={series}&objectUID={uid}&contentType=application%2Fdicom"
    answer = server.get(f"/wado{asked}{more}")
    given = syntax_of(answer.content) if answer.status_code == 200 else answer.status_code
    assert given in syntaxes, said(answer)


def test_weasis_shows_a_thumbnail_by_wado_uri(server, archive):
    """A JPEG with imageQuality, rows and columns."""
    study, series, uid = uids(archive.studies["thorax"][0])
    asked = f"?requestType=WADO&studyUID={study}&seriesUID={series}&objectUID={uid}&contentType=image/jpeg"
    shown = picture(server.get(f"/wado{asked}&imageQuality=70&rows=256&columns=256"))
    assert (shown.format, max(shown.size)) == ("JPEG", 256)


def test_weasis_stores_and_reads_an_answer_in_xml(server):
    """StowRS writes its Content-Type without a space and parses what failed from XML."""
    boundary = "mimeTypeBoundary"
    body, _ = samples.stow_body([samples.made_bytes(patient_id="NEW-WEASIS", side=8)], boundary=boundary)
    kind = f'multipart/related;type="application/dicom";boundary={boundary}'
    answer = server.post(body, kind, accept="application/dicom+xml")
    assert answer.status_code == 200, said(answer)
    assert values(native_model(answer.content), "00081199")


# --- browsers


def test_a_browser_shows_a_picture_of_its_own_accept(server, archive):
    """An `img` asks for its types, the last of them any."""
    accept = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"
    content = server.fetch(f"{path(archive.kinds['plain'])}/rendered", accept).content
    assert Image.open(io.BytesIO(content)).format in ("JPEG", "PNG")
