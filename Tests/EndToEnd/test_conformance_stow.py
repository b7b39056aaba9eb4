"""Storing: PS3.18 §10.5 and Annex I."""

import base64
import copy
import io
import json

import numpy
import pydicom
import pytest
from pydicom.encaps import generate_frames
from pydicom.uid import generate_uid

import samples
from conformance import (
    DICOM, JSON, as_native_model, first, native_model, parts, path, read, refused, said, strict_json, study_path,
    uids, values,
)  # fmt: skip
from conformance_archive import EXPLICIT, JPEG, JPEG_2000, RLE

CANNOT_UNDERSTAND = range(0xC000, 0xD000)  # PS3.18 Table I.2-2
MISMATCH = range(0xA900, 0xAA00)


def made(**choices):
    return samples.made(**{"patient_id": "NEW-STOW", "side": 16, **choices})


def report(answer, *statuses):
    """The Store Instances Response of an answer with one of the statuses: stored and failed items."""
    assert answer.status_code in statuses, said(answer)
    told = strict_json(answer)
    return values(told, "00081199"), values(told, "00081198")


def is_stored(server, image):
    return server.get(f"{path(image)}/metadata", JSON).status_code == 200


def reason(item):
    return first(item, "00081197")


# --- files


def test_10_5_3_a_stored_instance_is_reported_with_its_address(server):
    """The answer has the study's URL, and for each instance its class, UID and URL, and no empty FailedSOPSequence."""
    images = [made(), made()]
    images[1].StudyInstanceUID = images[0].StudyInstanceUID
    answer = server.store([samples.file_bytes(image) for image in images])
    assert answer.status_code == 200, said(answer)
    told = strict_json(answer)
    assert "00081198" not in told
    assert first(told, "00081190").endswith(f"/dicomweb{study_path(images[0])}")
    items = values(told, "00081199")
    assert [(first(one, "00081150"), first(one, "00081155")) for one in items] == [
        (one.SOPClassUID, one.SOPInstanceUID) for one in images
    ]
    for item, image in zip(items, images, strict=True):
        assert first(item, "00081190").endswith(f"/dicomweb{path(image)}")
        assert item["00081190"]["vr"] == "UR"
        server.fetch(first(item, "00081190"), DICOM)


def test_10_5_3_studies_of_one_request_are_each_reported(server):
    """Several studies in one request are stored."""
    images = [made(), made()]
    stored, failed = report(server.store([samples.file_bytes(image) for image in images]), 200)
    assert len(stored) == 2 and not failed and all(is_stored(server, image) for image in images)


@pytest.mark.parametrize("name", ["plain", "implicit", "big endian", "deflated", "RLE", "JPEG", "zoo", "PDF"])
def test_10_5_2_what_is_stored_is_kept_as_it_came(server, archive, name):
    """Nothing is coerced, so no Original Attributes Sequence is needed: the data set comes back equal."""
    image = archive.kinds[name]
    (part,) = read_parts(server, image)
    stored, given = read(archive.file(image)), read(part)
    # Pixels of another byte order are another test.
    assert not differences(stored, given, "PixelData") and "OriginalAttributesSequence" not in given


def differences(expected, given, *apart):
    """The tags of what is not equal; NaN is not, even to itself."""
    apart += ("SpecificCharacterSet", "SelectorFDValue")
    return [element.tag for element in expected if element.keyword not in apart and given.get(element.tag) != element]


def read_parts(server, image):
    return [part.content for part in parts(server.fetch(path(image), f"{DICOM}; transfer-syntax=*"))]


def test_10_5_2_storing_the_same_again_has_no_effect(server):
    """A known instance is a success again, and is there once."""
    image = made()
    content = samples.file_bytes(image)
    reports, validators = [], []
    for _ in range(2):
        reports.append(report(server.store([content]), 200))
        validators.append(server.fetch(f"{path(image)}/metadata", JSON).headers.get("ETag"))
    assert reports[0] == reports[1] and validators[0] == validators[1]
    assert len(server.search("/instances", f"SOPInstanceUID={image.SOPInstanceUID}")) == 1


def test_10_5_2_the_same_twice_in_one_request_is_there_once(server):
    """Duplicates within a request are no failure."""
    image = made()
    stored, failed = report(server.store([samples.file_bytes(image)] * 2), 200)
    assert stored and not failed
    assert len(server.search("/instances", f"SOPInstanceUID={image.SOPInstanceUID}")) == 1


def test_i_2_other_content_with_a_known_uid_is_a_duplicate(server):
    """Failure Reason 0111H (PS3.7 §C.5.4); what was there first stays."""
    image = made()
    report(server.store([samples.file_bytes(image)]), 200)
    other = copy.deepcopy(image)
    other.SeriesDescription = "Other"
    stored, (failed,) = report(server.store([samples.file_bytes(other)]), 409)
    assert not stored and reason(failed) == 0x0111
    assert (first(failed, "00081150"), first(failed, "00081155")) == (image.SOPClassUID, image.SOPInstanceUID)
    (part,) = read_parts(server, image)
    assert read(part).SeriesDescription == "Série"


def test_i_2_what_cannot_be_read_is_told(server):
    """Random bytes are Cxxx, Cannot Understand, and 409 when nothing else came."""
    stored, (failed,) = report(server.store([b"this is a letter, not an image " * 20]), 409)
    assert not stored and reason(failed) in CANNOT_UNDERSTAND


@pytest.mark.parametrize("missing", ["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "SOPClassUID"])
def test_i_2_an_instance_without_its_identifiers_fails(server, missing):
    """Failure Reason Cxxx or A9xx."""
    image = made()
    delattr(image, missing)
    image.preamble = bytes(128)
    target = io.BytesIO()
    pydicom.dcmwrite(target, image)  # which enforces nothing
    stored, (failed,) = report(server.store([target.getvalue()]), 409)
    assert not stored and (reason(failed) in CANNOT_UNDERSTAND or reason(failed) in MISMATCH)


def test_i_2_only_class_and_instance_is_not_enough(server):
    """A data set of two attributes fails with its names, as Cxxx or A9xx."""
    image = made()
    tiny = pydicom.Dataset()
    tiny.file_meta, tiny.SOPClassUID, tiny.SOPInstanceUID = image.file_meta, image.SOPClassUID, image.SOPInstanceUID
    _, (failed,) = report(server.store([samples.file_bytes(tiny)]), 409)
    assert reason(failed) in CANNOT_UNDERSTAND or reason(failed) in MISMATCH
    assert (first(failed, "00081150"), first(failed, "00081155")) == (image.SOPClassUID, image.SOPInstanceUID)


def test_i_2_equal_identifiers_are_taken_or_told(server):
    """One UID for study, series and instance names nothing wrong for certain; there is no third way."""
    image = made()
    image.StudyInstanceUID = image.SeriesInstanceUID = image.SOPInstanceUID
    stored, failed = report(server.store([samples.file_bytes(image)]), 200, 409)
    assert is_stored(server, image) == bool(stored) and (stored or reason(failed[0]))


def test_i_2_an_unknown_transfer_syntax_is_kept_or_told(server):
    """What cannot be decoded is stored as it is, or fails with C122H."""
    content = samples.file_bytes(made()).replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.9.9.9\0", 1)
    stored, failed = report(server.store([content]), 200, 409)
    assert stored or reason(failed[0]) == 0xC122


def test_10_4_3_3_1_what_came_without_a_preamble_is_refused_or_retrieved_with_one(server):
    """dicomweb-client sends such bytes for a data set made in memory; a retrieved instance is a PS3.10 file."""
    image = made()
    content = samples.file_bytes(image)[132:]
    stored, _ = report(server.store([content]), 200, 409)
    if stored:
        for syntax in ("", "; transfer-syntax=*"):
            (part,) = parts(server.fetch(path(image), DICOM + syntax))
            assert part.content[128:132] == b"DICM"


@pytest.mark.parametrize("bad", [b"no image " * 30, b"", b"\0" * 128 + b"DICM"], ids=["text", "empty", "header alone"])
def test_table_10_5_3_1_good_and_bad_together_are_a_202(server, bad):
    """What is good is stored, what is not is told."""
    image = made()
    stored, failed = report(server.store([bad, samples.file_bytes(image)]), 202)
    assert (len(stored), len(failed)) == (1, 1) and is_stored(server, image)


def test_table_10_5_3_1_an_empty_part_is_a_409(server):
    """A part without content is no instance."""
    _, failed = report(server.store([b""]), 409)
    assert len(failed) == 1


# --- a study in the address


def test_10_5_1_the_study_of_the_address_is_stored_to(server):
    """Instances of that study are taken."""
    image = made()
    stored, _ = report(server.store([samples.file_bytes(image)], study=image.StudyInstanceUID), 200)
    assert len(stored) == 1


def test_10_5_1_an_instance_of_another_study_fails(server):
    """Failure Reason 0110H with class and instance; 409 alone, 202 beside a good one."""
    right, wrong = made(), made()
    _, (failed,) = report(server.store([samples.file_bytes(wrong)], study=right.StudyInstanceUID), 409)
    told = (reason(failed), first(failed, "00081150"), first(failed, "00081155"))
    assert told == (0x0110, wrong.SOPClassUID, wrong.SOPInstanceUID)
    both = [samples.file_bytes(right), samples.file_bytes(wrong)]
    stored, failed = report(server.store(both, study=right.StudyInstanceUID), 202)
    assert (len(stored), len(failed)) == (1, 1)
    assert is_stored(server, right) and not is_stored(server, wrong)


@pytest.mark.parametrize("study", ["1.2.x", "1..2", "1." * 40 + "1"])
def test_10_5_1_a_malformed_study_in_the_address_is_a_400(server, study):
    """A UID that cannot be one."""
    refused(server.store([samples.file_bytes(made())], study=study), 400)


# --- the request


def body(*parts, boundary="x"):
    """A multipart body of (head, content); heads as they are written."""
    return (
        b"".join(b"--%b\r\n%b\r\n\r\n%b\r\n" % (boundary.encode(), head, one) for head, one in parts)
        + b"--%b--" % boundary.encode()
    )


RELATED = 'multipart/related; type="application/dicom"; boundary=x'


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: application/dicom",
        b"content-type:application/dicom",
        b"CONTENT-TYPE:   application/dicom  ",
        b"Content-Type: application/dicom; transfer-syntax=1.2.840.10008.1.2.1",
        b'Content-Type: application/dicom;\r\n transfer-syntax="1.2.840.10008.1.2.1"',
        b"Content-Type:\r\n\tapplication/dicom",
        b"Content-Length: 5\r\nContent-Type: application/dicom",
        b"MIME-Version: 1.0\r\nContent-ID: <a@b>\r\nX-Anything: 1;2=3\r\nContent-Type: application/dicom",
    ],
)
def test_8_7_3_5_part_headers_are_read_however_they_are_written(server, head):
    """Folded, in any case, with dcm4chee's transfer-syntax parameter and fields nobody knows."""
    image = made()
    stored, _ = report(server.post(body((head, samples.file_bytes(image))), RELATED), 200)
    assert len(stored) == 1 and is_stored(server, image)


def test_8_7_9_the_file_knows_its_transfer_syntax_better_than_its_part(server):
    """Where the media type and the File Meta Information disagree, the file is believed."""
    image = made()
    head = f"Content-Type: application/dicom; transfer-syntax={JPEG}".encode()
    report(server.post(body((head, samples.file_bytes(image))), RELATED), 200)
    assert numpy.array_equal(stored_file(server, image).pixel_array, image.pixel_array)


def test_8_7_3_5_a_part_without_content_type_is_what_the_request_says(server):
    """The type parameter of the request stands for it."""
    image = made()
    content = b"--x\r\n\r\n" + samples.file_bytes(image) + b"\r\n--x--\r\n"
    stored, _ = report(server.post(content, RELATED), 200)
    assert len(stored) == 1 and is_stored(server, image)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b""),
        (b"\r\n", b"\r\n"),
        (b"preamble for old mail programs\r\n", b"\r\nepilogue"),
        (b"\n", b"\n"),
        (b"a\nb\r\n", b"  \r\n--y\r\n"),
    ],
)
def test_8_7_3_5_preamble_and_epilogue_are_passed_over(server, before, after):
    """RFC 2046 §5.1.1 lets both be anything."""
    image = made()
    content = before + body((b"Content-Type: application/dicom", samples.file_bytes(image))) + after
    stored, _ = report(server.post(content, RELATED), 200)
    assert len(stored) == 1


@pytest.mark.parametrize(
    "kind",
    [
        'multipart/related; type="application/dicom"; boundary="x"',
        "multipart/related; type=application/dicom; boundary=x",
        'Multipart/Related;boundary=x;Type="application/DICOM"',
        'multipart/related; start="<a>"; boundary=x; type="application/dicom"; charset=utf-8',
    ],
)
def test_8_7_3_5_1_the_content_type_is_read_however_it_is_written(server, kind):
    """Parameters in any order and case, quoted or not."""
    content = body((b"Content-Type: application/dicom", samples.file_bytes(made())))
    stored, _ = report(server.post(content, kind), 200)
    assert len(stored) == 1


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"--x--\r\n", RELATED, 400),
        (b"", RELATED, 400),
        (b"nothing like it", RELATED, 400),
        (b"x", 'multipart/related; type="application/dicom"', 400),
        (b"x", "text/plain", 415),
        (b"x", "multipart/form-data; boundary=x", 415),
        (b"x", 'multipart/related; type="text/plain"; boundary=x', 415),
        (b"x", "", 415),
    ],
    ids=["no part", "empty", "no boundary inside", "no boundary", "text", "form", "parts of text", "no type"],
)
def test_table_10_5_3_1_a_malformed_request_is_refused(server, content, kind, status):
    """400 for what cannot be read, 415 for another media type."""
    refused(server.post(content, kind), status)


def test_table_10_5_3_1_a_request_that_ends_early_stores_nothing(server):
    """Without the closing boundary nothing of it counts."""
    image = made()
    refused(server.post(body((b"Content-Type: application/dicom", samples.file_bytes(image)))[:-40], RELATED), 400)
    assert not is_stored(server, image)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_rfc_9110_15_5_6_another_method_is_a_405(server, method):
    """The answer says what is allowed."""
    answer = server.request(method, "/studies", JSON, data=b"")
    assert answer.status_code == 405, said(answer)
    assert {"GET", "POST"} <= {one.strip() for one in answer.headers["Allow"].split(",")}


# --- forms of the answer


@pytest.mark.parametrize("accept", [JSON, "application/json", "*/*", ""])
def test_10_5_3_3_the_answer_is_json(server, accept):
    """DICOM JSON is the default."""
    assert values(strict_json(server.store([samples.file_bytes(made())], accept=accept)), "00081199")


@pytest.mark.parametrize("good", [True, False])
def test_10_5_3_3_the_answer_is_xml_on_request(server, good):
    """`Accept: application/dicom+xml` gets one NativeDicomModel, for success and failure, as Weasis reads it."""
    image = made()
    answer = server.store([samples.file_bytes(image) if good else b"no image " * 30], accept="application/dicom+xml")
    assert answer.status_code == (200 if good else 409), said(answer)
    assert answer.headers["Content-Type"].startswith("application/dicom+xml")
    told = native_model(answer.content)
    (item,) = values(told, "00081199" if good else "00081198")
    if good:
        assert first(item, "00081155") == image.SOPInstanceUID
    else:
        assert int(reason(item)) in CANNOT_UNDERSTAND


def test_10_5_3_3_another_form_is_a_406_and_stores_nothing(server):
    """An answer that cannot be given is refused before anything is stored."""
    image = made()
    refused(server.store([samples.file_bytes(image)], accept="text/html"), 406)
    assert not is_stored(server, image)


# --- metadata and bulk data: PS3.18 §10.5.1.2.2


def without_pixels(image, uri="pixels"):
    """An image's metadata as DICOM JSON whose pixels are elsewhere, and those pixels."""
    told = image.to_json_dict(bulk_data_threshold=1 << 30)
    del told["7FE00010"]
    told["7FE00010"] = {"vr": "OW" if image.BitsAllocated > 8 else "OB", "BulkDataURI": uri}
    return dict(sorted(told.items())), image.PixelData


def json_parts(*datasets):
    return [(b"Content-Type: application/dicom+json", json.dumps(list(datasets)).encode())]


def xml_parts(*datasets):
    return [(b"Content-Type: application/dicom+xml", as_native_model(one)) for one in datasets]


FORMS = {"json": (JSON, json_parts), "xml": ("application/dicom+xml", xml_parts)}


def store_metadata(server, form, datasets, bulk=(), **choices):
    """Stores data sets as metadata with (URI, media type, bytes) of bulk data."""
    kind, parts_of = FORMS[form]
    more = [(f"Content-Type: {media}\r\nContent-Location: {uri}".encode(), content) for uri, media, content in bulk]
    content = body(*parts_of(*datasets), *more, boundary="a-boundary-of-its-own")
    return server.post(content, f'multipart/related; type="{kind}"; boundary=a-boundary-of-its-own', **choices)


def stored_file(server, image):
    (part,) = read_parts(server, image)
    return read(part)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "uri", ["pixels", "https://example.org/a/b?c=1", "urn:uuid:b3c1a7d2-0000-4000-8000-000000000001", "/dicomweb/1/2"]
)
def test_10_5_1_metadata_and_pixels_are_an_instance(server, form, uri):
    """The part whose Content-Location is the URI is its value, and the instance equals the file it came from."""
    image = made(name="Lefèvre^Zoé")
    told, content = without_pixels(image, uri)
    stored, _ = report(store_metadata(server, form, [told], [(uri, "application/octet-stream", content)]), 200)
    assert first(stored[0], "00081155") == image.SOPInstanceUID
    kept = stored_file(server, image)
    assert kept.file_meta.TransferSyntaxUID == EXPLICIT
    assert not differences(image, kept)


@pytest.mark.parametrize("form", FORMS)
def test_10_5_1_inline_pixels_are_an_instance(server, form):
    """Pixel Data may stand in the metadata as base64."""
    image = made()
    told, content = without_pixels(image)
    told["7FE00010"] = {"vr": "OW", "InlineBinary": base64.b64encode(content).decode()}
    report(store_metadata(server, form, [told]), 200)
    assert numpy.array_equal(stored_file(server, image).pixel_array, image.pixel_array)


@pytest.mark.parametrize("form", FORMS)
def test_10_5_1_several_instances_share_a_request(server, form):
    """Each data set finds its own bulk data."""
    images = samples.made_study(3, patient_id="NEW-STOW", side=16)
    told = [without_pixels(image, f"pixels/{number}")[0] for number, image in enumerate(images)]
    bulk = [(f"pixels/{number}", "application/octet-stream", image.PixelData) for number, image in enumerate(images)]
    stored, failed = report(store_metadata(server, form, told, reversed(bulk)), 200)
    assert len(stored) == 3 and not failed
    assert all(numpy.array_equal(stored_file(server, image).pixel_array, image.pixel_array) for image in images)


def compressed(syntax):
    """An 8-bit image as metadata, its only frame compressed, and the pixels that decoding must give."""
    image = made()
    samples.put_pixels(image, numpy.add.outer(numpy.arange(32), numpy.arange(32)).astype("u1") * 2)
    if syntax == JPEG:
        stream = samples.put_jpegs(image, image.pixel_array[None])[0]
        content = samples.file_bytes(image)
    else:
        content = samples.in_syntax(image, syntax)
        stream = next(pydicom.encaps.generate_frames(read(content).PixelData, number_of_frames=1))
    image.PixelData = b"\0" * 1024
    return image, stream, read(content).pixel_array


@pytest.mark.parametrize(
    ("syntax", "media"),
    [
        (RLE, "image/dicom-rle"),
        (RLE, f"application/octet-stream; transfer-syntax={RLE}"),
        (JPEG, f"image/jpeg; transfer-syntax={JPEG}"),
        (JPEG, f'image/jpeg;transfer-syntax="{JPEG}"'),
        (JPEG_2000, "image/jp2"),
        (JPEG_2000, f"image/jp2; transfer-syntax={JPEG_2000}"),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_table_8_7_3_5_compressed_pixels_keep_their_syntax(server, form, syntax, media):
    """The part's transfer-syntax, or its media type's default, is the file's; the stream is kept as it is."""
    image, stream, expected = compressed(syntax)
    told, _ = without_pixels(image)
    report(store_metadata(server, form, [told], [("pixels", media, stream)]), 200)
    kept = stored_file(server, image)
    assert kept.file_meta.TransferSyntaxUID == syntax
    assert numpy.array_equal(kept.pixel_array, expected)
    assert next(pydicom.encaps.generate_frames(kept.PixelData, number_of_frames=1)).rstrip(b"\0") == stream.rstrip(
        b"\0"
    )


@pytest.mark.parametrize("form", FORMS)
def test_10_5_1_other_bulk_data_is_taken_too(server, archive, form):
    """Every attribute may have its value in a part: binary, nested in items, and text."""
    zoo = copy.deepcopy(archive.kinds["zoo"])
    zoo.PatientID, zoo.StudyInstanceUID, zoo.SeriesInstanceUID, zoo.SOPInstanceUID = (
        "NEW-ZOO",
        *(generate_uid() for _ in "123"),
    )
    zoo.file_meta.MediaStorageSOPInstanceUID = zoo.SOPInstanceUID
    del zoo[0x00720074]  # NaN has no one form in JSON
    bulk = []

    def elsewhere(element):
        bulk.append((f"bulk/{len(bulk)}", "application/octet-stream", element.value))
        return bulk[-1][0]

    told = zoo.to_json_dict(bulk_data_threshold=1000, bulk_data_element_handler=elsewhere)
    report(store_metadata(server, form, [told], bulk), 200)
    kept = stored_file(server, zoo)
    assert bulk and not differences(zoo, kept)


@pytest.mark.parametrize("form", FORMS)
def test_8_7_9_octets_are_frames_of_the_syntax_that_the_file_meta_says(server, form):
    """Parts of plain octets with one location are the frames, in order."""
    image = samples.put_pixels(made(), numpy.arange(2 * 16 * 16, dtype="<u2").reshape(2, 16, 16))
    compressed = read(samples.in_syntax(image, RLE))
    told, _ = without_pixels(image)
    told = {"00020010": {"vr": "UI", "Value": [RLE]}, **told}
    frames = list(generate_frames(compressed.PixelData, number_of_frames=2))
    bulk = [("pixels", "application/octet-stream", frame) for frame in frames]
    report(store_metadata(server, form, [told], bulk), 200)
    for number, frame in enumerate(frames, start=1):
        answer = server.fetch(f"{path(image)}/frames/{number}", f"image/dicom-rle; transfer-syntax={RLE}")
        assert answer.content == frame


@pytest.mark.parametrize("form", FORMS)
def test_8_7_3_3_a_compressed_icon_does_not_change_the_syntax_of_the_image(server, form):
    """One Transfer Syntax is all that an instance can have."""
    image = made()
    told, content = without_pixels(image)
    icon, _ = without_pixels(made(), "icon")
    told["00880200"] = {"vr": "SQ", "Value": [{tag: icon[tag] for tag in icon if tag >= "00280002"}]}
    bulk = [("pixels", "application/octet-stream", content), ("icon", "image/dicom-rle", b"\1" + b"\0" * 99)]
    _, (failed,) = report(store_metadata(server, form, [dict(sorted(told.items()))], bulk), 409)
    assert reason(failed) in CANNOT_UNDERSTAND and not is_stored(server, image)


def test_10_5_1_a_short_list_of_many_nothings_is_refused_at_once(server):
    """More instances than a request may have parts."""
    content = body((b"Content-Type: application/dicom+json", b"[" + b"{}," * 20_000 + b"{}]"))
    refused(server.post(content, f'multipart/related; type="{JSON}"; boundary=x'), 400)


@pytest.mark.parametrize("form", FORMS)
def test_i_2_bulk_data_that_does_not_come_fails_its_instance(server, form):
    """A BulkDataURI without a part: that instance fails, the others are stored."""
    good, bad = made(), made()
    told = [without_pixels(good, "good")[0], without_pixels(bad, "bad")[0]]
    there = [("good", "application/octet-stream", good.PixelData)]
    stored, (failed,) = report(store_metadata(server, form, told, there), 202)
    assert first(stored[0], "00081155") == good.SOPInstanceUID
    assert (first(failed, "00081150"), first(failed, "00081155")) == (bad.SOPClassUID, bad.SOPInstanceUID)
    _, (failed,) = report(store_metadata(server, form, told[1:]), 409)
    assert first(failed, "00081155") == bad.SOPInstanceUID


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("missing", ["0020000D", "00080018", "00080016"])
def test_i_2_metadata_without_its_identifiers_fails(server, form, missing):
    """The same rules as for files."""
    told, content = without_pixels(made())
    del told[missing]
    _, failed = report(store_metadata(server, form, [told], [("pixels", "application/octet-stream", content)]), 409)
    assert len(failed) == 1


@pytest.mark.parametrize("form", FORMS)
def test_10_5_1_metadata_of_another_study_fails(server, form):
    """The study of the address counts for metadata too."""
    image = made()
    told, content = without_pixels(image)
    bulk = [("pixels", "application/octet-stream", content)]
    _, (failed,) = report(store_metadata(server, form, [told], bulk, study="1.2.3.4"), 409)
    assert reason(failed) == 0x0110


NO_MODEL = b"<NativeDicomModel>&b;</NativeDicomModel>"
BOMB = b'<!DOCTYPE a [<!ENTITY a "bb"><!ENTITY b "&a;&a;&a;">]>' + NO_MODEL
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + NO_MODEL
XML = "application/dicom+xml"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        pytest.param(JSON, b"{", id="cut"),
        pytest.param(JSON, b"[1]", id="number"),
        pytest.param(JSON, b'[{"0010": {}}]', id="no tag"),
        pytest.param(JSON, b'[{"00100010": {"vr": "XX"}}]', id="no VR"),
        pytest.param(JSON, b'[{"00100010": {"vr": "PN", "Value": 7}}]', id="no values"),
        pytest.param(JSON, b"[" * 5000, id="deep"),
        pytest.param(XML, b"<a>", id="cut XML"),
        pytest.param(XML, b"<html/>", id="HTML"),
        pytest.param(XML, BOMB, id="entities"),
        pytest.param(XML, OUTSIDE, id="entity of a file"),
        pytest.param(XML, b"<a>" * 5000, id="deep XML"),
    ],
)
def test_table_10_5_3_1_metadata_that_cannot_be_read_is_refused(server, kind, content):
    """Malformed, hostile or of another shape: nothing is stored and the sentence says why."""
    multipart = body((f"Content-Type: {kind}".encode(), content))
    refused(server.post(multipart, f'multipart/related; type="{kind}"; boundary=x'), 400, 409)


# --- a real client


def test_10_5_dicomweb_client_stores(server):
    """Its own call, to the service and to a study."""
    images = samples.made_study(2, patient_id="NEW-STOW", side=16)
    for image in images:
        image.preamble = bytes(128)
    client = server.client()
    for study in (None, images[0].StudyInstanceUID):
        told = client.store_instances(images, study_instance_uid=study)
        assert len(told.ReferencedSOPSequence) == 2 and "FailedSOPSequence" not in told
    assert {one.SOPInstanceUID for one in client.iter_study(images[0].StudyInstanceUID)} == {
        uids(image)[2] for image in images
    }
