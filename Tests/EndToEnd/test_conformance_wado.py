"""Retrieving instances, frames, bulk data and archives: PS3.18 §10.4 and §8.7."""

import hashlib
import http.client
import io
import re
import subprocess
import threading
import zipfile

import numpy
import pydicom
import pytest
from pydicom.fileset import FileSet
from pydicom.pixels import pixel_array

import samples
from conformance import (
    DICOM, JSON, OCTETS, first, parts, path, read, refused, said, series_path, strict_json, study_path, syntax_of,
    uids,
)  # fmt: skip
from conformance_archive import (
    BIG_ENDIAN, DEFLATED, EXPLICIT, HTJ2K, HTJ2K_RPCL, IMPLICIT, JPEG, JPEG_2000, JPEG_LS, MPEG_4, RLE, VIDEO,
)  # fmt: skip

NATIVE = ["plain", "implicit", "big endian", "deflated", "frames", "deep colour"]
COMPRESSED = {"RLE": RLE, "deep colour RLE": RLE, "JPEG 2000": JPEG_2000, "JPEG": JPEG, "JPEG in two fragments": JPEG}
LOSSLESS = {"RLE": RLE, "JPEG-LS": JPEG_LS, "HTJ2K": HTJ2K, "HTJ2K RPCL": HTJ2K_RPCL}


def instance(server, image, syntax=None):
    """The file of an instance in a named transfer syntax, or in the default one."""
    accept = DICOM + (f"; transfer-syntax={syntax}" if syntax else "")
    (part,) = parts(server.fetch(path(image), accept))
    assert part.kind == "application/dicom"
    return part.content


def pixels(content):
    return pixel_array(read(content), raw=True)


# --- instances


@pytest.mark.parametrize("name", [*NATIVE, *COMPRESSED])
def test_8_7_3_4_an_instance_comes_in_explicit_vr_little_endian(server, archive, name):
    """Without a transfer syntax in the request it is 1.2.840.10008.1.2.1, with the pixels that were stored."""
    image = archive.kinds[name]
    content = instance(server, image)
    assert syntax_of(content) == EXPLICIT
    difference = pixels(content).astype(int) - pixels(archive.file(image)).astype(int)
    assert abs(difference).max() <= (2 if "JPEG" in name and "2000" not in name else 0)


@pytest.mark.parametrize(
    ("name", "syntax"),
    [
        *((name, EXPLICIT) for name in NATIVE if name != "deflated"),
        ("deflated", DEFLATED),
        *COMPRESSED.items(),
        ("video", MPEG_4),
    ],
)
def test_8_7_3_4_any_transfer_syntax_is_the_stored_one(server, archive, name, syntax):
    """With `*` the stored bytes come, but never implicit VR or big endian (8.7.3)."""
    image = archive.kinds[name]
    content = instance(server, image, "*")
    assert syntax_of(content) == syntax
    if name not in ("implicit", "big endian"):
        assert content == archive.file(image)


@pytest.mark.parametrize("syntax", [EXPLICIT, DEFLATED, *LOSSLESS.values()])
@pytest.mark.parametrize("name", ["plain", "big endian", "frames", "JPEG 2000", "RLE", "deflated"])
def test_8_7_3_4_a_named_transfer_syntax_is_honoured(server, archive, name, syntax):
    """Lossless syntaxes are made on request, and pydicom decodes the same pixels."""
    image = archive.kinds[name]
    content = instance(server, image, syntax)
    assert syntax_of(content) == syntax
    assert numpy.array_equal(pixels(content), pixels(archive.file(image)))
    assert read(content).SOPInstanceUID == image.SOPInstanceUID


@pytest.mark.parametrize("syntax", [JPEG, JPEG_2000, IMPLICIT, BIG_ENDIAN, "1.2.840.10008.1.2.4.70", "1.2.3"])
def test_8_7_8_2_another_transfer_syntax_is_honoured_or_refused(server, archive, syntax):
    """What cannot be made is a 406 that names what can; nothing else is sent in its place."""
    answer = server.get(path(archive.kinds["plain"]), f"{DICOM}; transfer-syntax={syntax}")
    if answer.status_code == 200 and syntax not in (IMPLICIT, BIG_ENDIAN, JPEG, "1.2.3"):
        assert syntax_of(parts(answer)[0].content) == syntax
    else:
        refused(answer, 406)
        assert EXPLICIT in answer.text and "application/dicom" in answer.text, "does not say what is offered"


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ('multipart/related; type="application/dicom"', EXPLICIT),
        ("multipart/related; type=application/dicom", EXPLICIT),
        ('multipart/related;type="application/dicom";transfer-syntax=*', RLE),
        ('multipart/related ; type = "application/dicom" ; transfer-syntax="*"', RLE),
        ('Multipart/Related; Type="application/DICOM"; Transfer-Syntax=*', RLE),
        (f'multipart/related; transfer-syntax={RLE}; type="application/dicom"', RLE),
        (f'image/webp, multipart/related; type="application/dicom"; transfer-syntax={RLE}', RLE),
        (f"{DICOM}; transfer-syntax={RLE};q=0.2, {DICOM}; transfer-syntax={EXPLICIT};q=0.9", EXPLICIT),
        (f"{DICOM}; transfer-syntax={EXPLICIT};q=0.2, {DICOM}; transfer-syntax={RLE};q=0.9", RLE),
        (f"{DICOM}; transfer-syntax=1.2.3, {DICOM}; transfer-syntax={RLE}", RLE),
        (f"text/html;q=0.9,{DICOM};q=0.1", EXPLICIT),
        ("multipart/related", EXPLICIT),
        ("*/*", EXPLICIT),
        ("", EXPLICIT),
    ],
)
def test_8_7_5_any_acceptable_form_wins(server, archive, accept, syntax):
    """Quoted or not, in any case and order, with weights: the best entry that can be met is met."""
    answer = server.fetch(path(archive.kinds["RLE"]), accept)
    content = parts(answer)[0].content if "multipart" in answer.headers["Content-Type"] else answer.content
    assert syntax_of(content) == syntax


def test_8_7_5_several_accept_fields_are_one_list(server, archive):
    """Accept may stand on several lines."""
    connection = http.client.HTTPConnection(server.origin.split("//")[1], timeout=30)
    connection.putrequest("GET", f"/dicomweb{path(archive.kinds['RLE'])}")
    connection.putheader("Authorization", server.session.headers.get("Authorization", "none"))
    connection.putheader("Accept", "text/html;q=0.1")
    connection.putheader("Accept", f"{DICOM}; transfer-syntax=*")
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 200 and answer.headers["Content-Type"].startswith("multipart/related")


def test_8_3_3_1_accept_as_a_parameter_stands_for_the_header(server, archive):
    """`accept=` in the query counts instead of the header."""
    image = archive.kinds["RLE"]
    answer = server.fetch(path(image), "text/html", params={"accept": f"{DICOM}; transfer-syntax=*"})
    assert parts(answer)[0].content == archive.file(image)


@pytest.mark.parametrize(
    "accept", ["text/html", "image/png", 'multipart/related; type="image/png"', f"{DICOM};q=0", "nonsense"]
)
@pytest.mark.parametrize("level", [study_path, series_path, path])
def test_table_10_4_3_1_nothing_acceptable_is_a_406(server, archive, level, accept):
    """The refusal says so."""
    refused(server.get(level(archive.studies["thorax"][0]), accept), 406)


def test_8_7_3_5_1_a_multipart_answer_says_what_it_holds(server, archive):
    """type and boundary are there, and each part has a Content-Type with the syntax when it is not the default."""
    answer = server.fetch(study_path(archive.kinds["plain"]), f"{DICOM}; transfer-syntax=*")
    assert re.search(
        r'multipart/related; type="application/dicom"; boundary="?[^"; ]{1,70}"?$', answer.headers["Content-Type"]
    )
    for part in parts(answer):
        syntax = syntax_of(part.content)
        assert part.kind == "application/dicom"
        assert part.syntax == syntax or (part.syntax is None and syntax == EXPLICIT)


@pytest.mark.parametrize("level", [study_path, series_path])
@pytest.mark.parametrize("syntax", [None, "*"])
def test_10_4_1_a_study_and_a_series_have_a_part_for_each_instance(server, archive, level, syntax):
    """Every instance comes once."""
    for image in (archive.studies["thorax"][0], archive.kinds["plain"]):
        if syntax is None and level == study_path and image is archive.kinds["plain"]:
            continue  # its video has no Explicit VR Little Endian
        found = parts(server.fetch(level(image), DICOM + (f"; transfer-syntax={syntax}" if syntax else "")))
        wanted = {one.SOPInstanceUID for one in archive.images() if level(one) == level(image)}
        told = [read(part.content).SOPInstanceUID for part in found]
        assert set(told) == wanted and len(told) == len(wanted)


def test_8_7_3_4_what_has_no_uncompressed_form_is_refused_or_as_stored(server, archive):
    """A video is not decoded: the default form is a 406, the stored one is given."""
    image = archive.kinds["video"]
    refused(server.get(path(image), DICOM), 406)
    assert instance(server, image, MPEG_4) == archive.file(image)


def test_10_4_1_a_single_part_is_the_file_itself(server, archive):
    """`Accept: application/dicom` gives one instance without multipart, as common clients ask."""
    image = archive.kinds["RLE"]
    answer = server.fetch(path(image), "application/dicom; transfer-syntax=*")
    assert answer.headers["Content-Type"].startswith("application/dicom")
    assert answer.content == archive.file(image)


@pytest.mark.parametrize("ending", ["", "/metadata", "/rendered", "/thumbnail"])
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_table_10_4_3_1_what_is_not_there_is_a_404(server, archive, ending, depth):
    """An unknown UID at any level, also below a study that is there."""
    for known in range(depth):
        uid = [*uids(archive.studies["thorax"][0])[:known], *["1.2.3.4"] * (depth - known)]
        place = "".join(f"/{name}/{one}" for name, one in zip(("studies", "series", "instances"), uid, strict=False))
        refused(server.get(place + ending, "*/*"), 404)


def test_table_10_4_3_1_an_instance_below_another_series_is_a_404(server, archive):
    """The whole address has to be right."""
    one, other = archive.studies["thorax"][0], archive.studies["control"][0]
    refused(server.get(f"{series_path(other)}/instances/{one.SOPInstanceUID}", DICOM), 404)
    refused(server.get(f"{study_path(other)}/series/{one.SeriesInstanceUID}", DICOM), 404)


@pytest.mark.parametrize("uid", ["1.2.x", "1..2", "-1", "1." * 32 + "11", "%201.2"])
def test_table_10_4_3_1_a_malformed_uid_is_a_400(server, uid):
    """What cannot be a UID is not looked for."""
    refused(server.get(f"/studies/{uid}", DICOM), 400)
    refused(server.get(f"/studies/1.2/series/{uid}/metadata", JSON), 400)


# --- frames


@pytest.mark.parametrize(
    "accept", [OCTETS, "multipart/related; type=application/octet-stream", "*/*", "application/octet-stream"]
)
@pytest.mark.parametrize("name", [*NATIVE, "RLE", "deep colour RLE", "JPEG 2000"])
def test_table_8_7_3_4_frames_are_uncompressed_little_endian(server, archive, name, accept):
    """The default form of a frame is its pixels in 1.2.840.10008.1.2.1, whatever is stored."""
    image = archive.kinds[name]
    frames = image.pixel_array if image.get("NumberOfFrames", 1) > 1 else image.pixel_array[None]
    answer = server.fetch(f"{path(image)}/frames/1", accept)
    content, syntax = only(answer)
    assert syntax in (None, EXPLICIT)
    assert content == frames[0].astype(frames.dtype.newbyteorder("<")).tobytes()


def only(answer):
    """Content and transfer syntax of the only frame, in one part or as the body."""
    kind = answer.headers["Content-Type"]
    if not kind.startswith("multipart/related"):
        found = re.search(r'transfer-syntax="?([\d.]+)', kind)
        return answer.content, found and found[1]
    (part,) = parts(answer)
    return part.content, part.syntax


@pytest.mark.parametrize("name", ["JPEG", "JPEG in two fragments"])
@pytest.mark.parametrize(
    "accept",
    [
        f"{OCTETS}; transfer-syntax=*",
        f'multipart/related; type="image/jpeg"; transfer-syntax={JPEG}',
        'multipart/related; type="image/*"',
    ],
)
def test_8_7_3_3_2_compressed_frames_are_the_bare_streams(server, archive, name, accept):
    """A frame in its own syntax is byte for byte what was stored, without item delimiters, in one piece."""
    found = parts(server.fetch(f"{path(archive.kinds[name])}/frames/1,2", accept))
    assert [part.content for part in found] == archive.streams[name][:2]
    assert {part.syntax for part in found} == {JPEG}


@pytest.mark.parametrize(
    ("kind", "syntax"),
    [("image/dicom-rle", RLE), ("image/jls", JPEG_LS), ("image/jphc", HTJ2K), ("image/jphc", HTJ2K_RPCL)],
)
@pytest.mark.parametrize("is_octets", [False, True], ids=["image type", "octet-stream"])
@pytest.mark.parametrize("name", ["plain", "frames", "JPEG 2000"])
def test_table_8_7_3_5_a_frame_is_compressed_on_request(server, archive, name, kind, syntax, is_octets):
    """RLE, JPEG-LS and HTJ2K of a frame decode to the stored pixels."""
    image = archive.kinds[name]
    asked = "application/octet-stream" if is_octets else kind
    answer = server.fetch(f"{path(image)}/frames/1", f'multipart/related; type="{asked}"; transfer-syntax={syntax}')
    (part,) = parts(answer)
    assert (part.kind, part.syntax) == (asked, syntax)
    frames = image.pixel_array if image.get("NumberOfFrames", 1) > 1 else image.pixel_array[None]
    assert numpy.array_equal(decoded(image, part.content, syntax), frames[0])


def decoded(image, stream, syntax):
    """The pixels of one compressed frame, by pydicom."""
    file = read(samples.file_bytes(image))
    file.NumberOfFrames = 1
    file.PixelData = pydicom.encaps.encapsulate([stream + b"\0" * (len(stream) % 2)])
    file["PixelData"].is_undefined_length = True
    file.file_meta.TransferSyntaxUID = pydicom.uid.UID(syntax)
    return pixels(samples.file_bytes(file)).reshape(image.Rows, image.Columns)


@pytest.mark.parametrize(("kind", "syntax"), [("image/dicom-rle", RLE), ("image/jls", JPEG_LS), ("image/jphc", HTJ2K)])
def test_table_8_7_3_5_an_image_type_has_a_default_syntax(server, archive, kind, syntax):
    """Without transfer-syntax the media type says which one it is."""
    (part,) = parts(server.fetch(f"{path(archive.kinds['plain'])}/frames/1", f'multipart/related; type="{kind}"'))
    assert part.kind == kind and part.syntax in (None, syntax)
    assert numpy.array_equal(decoded(archive.kinds["plain"], part.content, syntax), archive.kinds["plain"].pixel_array)


@pytest.mark.parametrize("listed", ["1,2,3", "3,1", "2", "1%2C3"])
def test_10_4_1_frames_come_in_the_order_of_the_list(server, archive, listed):
    """A part for each number, with its own Content-Location."""
    image = archive.kinds["frames"]
    numbers = [int(number) for number in listed.replace("%2C", ",").split(",")]
    found = parts(server.fetch(f"{path(image)}/frames/{listed}", OCTETS))
    assert [part.content for part in found] == [image.pixel_array[number - 1].tobytes() for number in numbers]
    if "%" not in listed:
        assert all(
            part.fields["content-location"].endswith(f"{path(image)}/frames/{n}")
            for part, n in zip(found, numbers, strict=True)
        )


@pytest.mark.parametrize("number", ["0", "4", "77", "1,4", "0,1"])
def test_table_10_4_3_1_a_frame_that_is_not_there_is_a_404(server, archive, number):
    """Frames are numbered from 1 to Number of Frames."""
    refused(server.get(f"{path(archive.kinds['frames'])}/frames/{number}", OCTETS), 404)


@pytest.mark.parametrize("number", ["x", "-1", "1,,2", "1-2", "1.5", "%20"])
def test_table_10_4_3_1_a_malformed_frame_list_is_a_400(server, archive, number):
    """A list of frames is numbers and commas."""
    refused(server.get(f"{path(archive.kinds['frames'])}/frames/{number}", OCTETS), 400)


@pytest.mark.parametrize("name", ["PDF", "report"])
def test_table_10_4_3_1_what_has_no_pixels_has_no_frames(server, archive, name):
    """There is no frame 1 of a document."""
    refused(server.get(f"{path(archive.kinds[name])}/frames/1", OCTETS), 404)


@pytest.mark.parametrize(
    "accept", ["image/png", 'multipart/related; type="image/png"', 'multipart/related; type="application/dicom"', JSON]
)
def test_table_10_4_3_1_a_frame_in_another_type_is_a_406(server, archive, accept):
    """A wrong media type is refused with what is offered."""
    answer = server.get(f"{path(archive.kinds['frames'])}/frames/1", accept)
    refused(answer, 406)
    assert "application/octet-stream" in answer.text


def test_10_4_1_a_video_is_one_stream(server, archive):
    """The compressed stream of a video is had as frame 1."""
    answer = server.fetch(f"{path(archive.kinds['video'])}/frames/1", f"{OCTETS}; transfer-syntax=*")
    content, syntax = only(answer)
    assert content.rstrip(b"\0") == VIDEO.rstrip(b"\0") and syntax == MPEG_4


# --- what HTTP adds: ranges, validators, HEAD


def whole_things(archive):
    image = archive.kinds["plain"]
    return {
        "instance": (path(image), "application/dicom; transfer-syntax=*"),
        "frame": (f"{path(image)}/frames/1", "application/octet-stream"),
        "bulk data": (f"{path(archive.kinds['zoo'])}/bulkdata/00720069", "application/octet-stream"),
    }


@pytest.mark.parametrize("name", ["instance", "bulk data"])
def test_rfc_9110_14_2_a_range_is_a_206(server, archive, name):
    """A part of an instance or of bulk data, also from the end."""
    place, accept = address(server, archive, name)
    whole = server.fetch(place, accept).content
    for asked, expected in {"bytes=10-19": whole[10:20], "bytes=-5": whole[-5:], "bytes=100-": whole[100:]}.items():
        part = server.get(place, accept, headers={"Range": asked})
        assert (part.status_code, part.content) == (206, expected)
        assert part.headers["Content-Range"].endswith(f"/{len(whole)}")


@pytest.mark.parametrize("name", ["instance", "bulk data"])
def test_rfc_9110_15_5_17_a_range_behind_the_end_is_a_416(server, archive, name):
    """The refusal tells the length."""
    place, accept = address(server, archive, name)
    answer = server.get(place, accept, headers={"Range": "bytes=999999999-"})
    assert answer.status_code == 416, said(answer)
    assert answer.headers["Content-Range"] == f"bytes */{len(server.fetch(place, accept).content)}"


def address(server, archive, name):
    place, accept = whole_things(archive)[name]
    if name == "bulk data":
        (told,) = strict_json(server.fetch(f"{path(archive.kinds['zoo'])}/metadata", JSON))
        place = told["00720069"]["BulkDataURI"]
    return place, accept


@pytest.mark.parametrize(
    "name", ["instance", "frame", "bulk data", "metadata", "series metadata", "study metadata", "rendered", "thumbnail"]
)
def test_rfc_9110_13_1_2_what_the_client_knows_is_a_304(server, archive, name):
    """Everything that is retrieved has an ETag; with it in If-None-Match nothing is sent."""
    image = archive.kinds["plain"]
    others = {
        "metadata": (f"{path(image)}/metadata", JSON), "series metadata": (f"{series_path(image)}/metadata", JSON),
        "study metadata": (f"{study_path(image)}/metadata", JSON),
        "rendered": (f"{path(image)}/rendered", "image/jpeg"),
        "thumbnail": (f"{series_path(image)}/thumbnail", "image/jpeg"),
    }  # fmt: skip
    place, accept = others.get(name) or address(server, archive, name)
    known = server.fetch(place, accept).headers.get("ETag")
    assert known, "without ETag"
    for asked in (known, f'"other", {known}', "*"):
        answer = server.get(place, accept, headers={"If-None-Match": asked})
        assert (answer.status_code, answer.content) == (304, b""), said(answer)
    assert server.get(place, accept, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("name", ["instance", "frame", "bulk data"])
def test_rfc_9110_9_3_2_head_is_get_without_the_body(server, archive, name):
    """HEAD has the status and the fields of GET."""
    place, accept = address(server, archive, name)
    answers = [
        server.request(method, place, accept, headers={"Accept-Encoding": "identity"}) for method in ("HEAD", "GET")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == b"" and answers[1].content
    for field in ("Content-Type", "Content-Length", "ETag"):
        assert answers[0].headers.get(field) == answers[1].headers.get(field), field
    assert server.request("HEAD", "/studies/1.2.3.4/metadata", JSON).status_code == 404


# --- archives: Supplement 211


@pytest.mark.parametrize("level", [study_path, series_path, path])
def test_sup_211_a_zip_is_a_dicom_file_set(server, archive, level, tmp_path):
    """The archive holds the stored bytes of every instance and a DICOMDIR at its root that names them."""
    image = archive.kinds["plain"]
    answer = server.fetch(level(image), "application/zip")
    assert answer.headers["Content-Type"] == "application/zip"
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path)
    stored = {hash_of(archive.file(one)) for one in archive.images() if level(one) == level(image)}
    found = {hash_of(file.read_bytes()) for file in tmp_path.rglob("*") if file.is_file() and file.name != "DICOMDIR"}
    assert found == stored
    named = FileSet(tmp_path / "DICOMDIR")
    assert {one.SOPInstanceUID for one in named} == {
        one.SOPInstanceUID for one in archive.images() if level(one) == level(image)
    }
    assert all(hash_of(open(one.path, "rb").read()) in stored for one in named)
    assert subprocess.run(["dcmdump", "-q", tmp_path / "DICOMDIR"], capture_output=True, check=False).returncode == 0


def hash_of(content):
    return hashlib.sha256(content).hexdigest()


def test_sup_211_file_names_of_a_zip_are_what_media_allow(server, archive):
    """File IDs are components of up to eight of A–Z, 0–9 and _, at most eight deep (PS3.10 §8.2, §8.5)."""
    content = server.fetch(study_path(archive.studies["thorax"][0]), "application/zip").content
    names = [one.filename for one in zipfile.ZipFile(io.BytesIO(content)).infolist() if not one.is_dir()]
    assert "DICOMDIR" in names and len(names) == 6
    assert all(re.fullmatch(r"[A-Z0-9_]{1,8}(/[A-Z0-9_]{1,8}){0,7}", name) for name in names), names


# --- real clients


def test_10_4_dicomweb_client_retrieves_every_level(server, archive):
    """Study, series, instance, frames and bulk data through its own calls."""
    client, image = server.client(), archive.studies["thorax"][0]
    study, series, uid = uids(image)
    assert len(list(client.iter_study(study))) == 5
    assert len(client.retrieve_series(study, series)) == 3
    assert client.retrieve_instance(study, series, uid).pixel_array.tolist() == image.pixel_array.tolist()
    (frame,) = client.retrieve_instance_frames(study, series, uid, [1])
    assert frame == image.PixelData
    told = client.retrieve_instance_metadata(study, series, uid)
    address_of_pixels = told["7FE00010"]["BulkDataURI"]
    address_of_pixels = address_of_pixels if "://" in address_of_pixels else server.origin + address_of_pixels
    assert client.retrieve_bulkdata(address_of_pixels) == [image.PixelData]


@pytest.mark.parametrize("syntax", [RLE, JPEG_2000])
def test_10_4_dicomweb_client_retrieves_compressed_frames(server, archive, syntax):
    """It asks for an image type with its syntax."""
    name, kind = {RLE: ("RLE", "image/x-dicom-rle"), JPEG_2000: ("JPEG 2000", "image/jp2")}[syntax]
    image = archive.kinds[name]
    kinds = ((kind, syntax),) if syntax != RLE else (("application/octet-stream", "*"),)
    (frame,) = server.client().retrieve_instance_frames(*uids(image), [1], media_types=kinds)
    expected = next(
        pydicom.encaps.generate_frames(
            read(archive.file(image)).PixelData, number_of_frames=image.get("NumberOfFrames", 1)
        )
    )
    assert frame.rstrip(b"\0") == expected.rstrip(b"\0")


# --- while something is stored


def test_10_4_metadata_is_never_torn_while_instances_arrive(server):
    """Each answer parses, its count never falls, and its ETag changes with it."""
    images = samples.made_study(20, patient_id="NEW-TORN", side=8)
    place, seen, failures = f"{series_path(images[0])}/metadata", [], []
    done = threading.Event()

    def look():
        while True:
            last = done.is_set()
            answer = server.get(place, JSON)
            if answer.status_code == 200:
                told = strict_json(answer)
                seen.append((len({first(one, "00080018") for one in told}), answer.headers.get("ETag")))
            elif answer.status_code != 404 or seen:
                failures.append(said(answer))
            if last:
                return

    reader = threading.Thread(target=look)
    reader.start()
    answers = [server.store([samples.file_bytes(image)]).status_code for image in images]
    done.set()
    reader.join()
    counts = [count for count, _ in seen]
    assert set(answers) == {200} and not failures
    assert counts == sorted(counts) and counts[-1] == 20
    assert None not in dict(seen).values(), "without ETag"
    assert len(set(seen)) == len(set(counts)) == len({tag for _, tag in seen}), "an ETag for two counts, or two for one"
