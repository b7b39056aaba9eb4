"""The DICOM JSON model (PS3.18 Annex F) and the NativeDicomModel (PS3.19 Annex A), in metadata and searches."""

import pydicom
import pytest

from conformance import (
    DICOM, JSON, OCTETS, XML, first, native_model, parts, path, read, refused, said, series_path, strict_json,
    study_path, told, values,
)  # fmt: skip
from conformance_archive import CHARACTER_SETS, TRAILING_BACKSLASH, ZOO_BULK, ZOO_OD, ZOO_OF, ZOO_OL

BULK_ALLOWED = "DS FL FD IS LT OB OD OF OL OV OW SL SS ST SV UC UL UN US UT UV".split()
INLINE_ALLOWED = "OB OD OF OL OV OW UN".split()


def metadata(server, image):
    """The one object that an instance's metadata is."""
    (only,) = strict_json(server.fetch(f"{path(image)}/metadata", JSON))
    return only


@pytest.fixture(scope="module")
def zoo(server, archive):
    return metadata(server, archive.kinds["zoo"])


def everywhere(dataset):
    """The data set and all items below it."""
    yield dataset
    for attribute in dataset.values():
        if attribute["vr"] == "SQ":
            for item in attribute.get("Value", []):
                yield from everywhere(item)


@pytest.mark.parametrize("level", [study_path, series_path, path])
def test_f_2_1_several_results_are_an_array(server, archive, level):
    """Metadata is an array with an object for each instance, at every level."""
    image = archive.studies["thorax"][0]
    expected = {study_path: 5, series_path: 3, path: 1}[level]
    answer = strict_json(server.fetch(f"{level(image)}/metadata", JSON))
    assert len(answer) == len({first(one, "00080018") for one in answer}) == expected


@pytest.mark.parametrize("name", ["plain", "ultrasound", "enhanced", "PDF", "report", "zoo", "JPEG"])
def test_f_2_2_an_attribute_is_a_vr_and_one_form_of_its_value(server, archive, name):
    """Tags are eight upper-case digits in ascending order; of Value, BulkDataURI, InlineBinary there is at most one."""
    for dataset in everywhere(metadata(server, archive.kinds[name])):
        assert list(dataset) == sorted(dataset)
        for tag, attribute in dataset.items():
            assert len(tag) == 8 and tag == f"{int(tag, 16):08X}"
            assert not tag.endswith("0000"), "a group length"
            forms = set(attribute) - {"vr"}
            assert len(forms) <= 1 and forms <= {"Value", "BulkDataURI", "InlineBinary"}, (tag, attribute)
            assert "BulkDataURI" not in attribute or attribute["vr"] in BULK_ALLOWED
            assert "InlineBinary" not in attribute or attribute["vr"] in INLINE_ALLOWED


@pytest.mark.parametrize("name", ["plain", "frames", "deep colour", "enhanced", "ultrasound", "report", "PDF"])
def test_10_4_3_3_2_metadata_says_what_the_file_says(server, archive, name):
    """pydicom reads the same data set from the JSON as from the file, but for what is bulk data."""
    image = archive.kinds[name]
    bulk = {}
    given = pydicom.Dataset.from_json(
        metadata(server, image), bulk_data_uri_handler=lambda tag, vr, uri: bulk.setdefault(tag, uri) and b""
    )
    stored = read(archive.file(image))
    different = [
        str(element.tag) for element in stored if element.keyword != "SpecificCharacterSet"
        and f"{element.tag:08X}" not in bulk and given.get(element.tag) != element
    ]  # fmt: skip
    assert not different
    # Available Transfer Syntax UID and the like may be added.
    assert set(given.keys()) - set(stored.keys()) <= {pydicom.tag.Tag(0x00083002), pydicom.tag.Tag(0x00081190)}


def test_f_2_2_file_meta_information_stays_out(zoo):
    """Group 0002 belongs to the file and not to the data set."""
    assert not [tag for tag in zoo if tag.startswith("0002")]


def test_f_2_5_an_attribute_without_a_value_has_its_vr_alone(zoo):
    """Empty values and empty sequences have neither Value nor another form."""
    assert zoo["00104000"] == {"vr": "LT"}
    assert zoo["00081110"] == {"vr": "SQ"}


def test_f_2_5_an_empty_value_among_others_is_null(zoo):
    """`A\\\\B` is three values, the middle one null."""
    assert zoo["00720066"] == {"vr": "LO", "Value": ["A", None, "B"]}


def test_f_2_5_an_empty_item_is_an_empty_object(zoo):
    """A sequence keeps an item without attributes."""
    assert zoo["00720080"]["Value"] == [{}, {"00080104": {"vr": "LO", "Value": ["Été"]}}]


def test_f_2_2_a_name_is_an_object_of_its_groups(zoo):
    """PN values have Alphabetic, Ideographic and Phonetic, those that are there."""
    assert values(zoo, "0072006A") == [
        {"Alphabetic": "Adams^John^^Dr"},
        {"Alphabetic": "Yamada^Tarou", "Ideographic": "山田^太郎"},
    ]


@pytest.mark.parametrize(
    ("tag", "vr", "expected"),
    [
        ("00720064", "IS", [1, -7]),
        ("00720072", "DS", [0.1, -300, 1]),
        ("00720076", "FL", [0.5]),
        ("0072007C", "SL", [-2147483648]),
        ("0072007A", "US", [65535]),
        ("00720078", "UL", [4294967295]),
    ],
)
def test_f_2_3_numbers_are_numbers(zoo, tag, vr, expected):
    """IS and DS may be strings where a number would lose something; these lose nothing."""
    assert zoo[tag]["vr"] == vr
    assert values(zoo, tag) == expected


@pytest.mark.parametrize(("tag", "expected"), [("00720082", -9223372036854775807), ("00720083", 18446744073709551615)])
def test_f_2_3_numbers_of_sixty_four_bits_keep_every_digit(zoo, tag, expected):
    """SV and UV are exact, as number or as string."""
    (value,) = values(zoo, tag)
    assert int(value) == expected and not isinstance(value, float)


def test_f_2_3_no_number_is_still_json(zoo):
    """NaN and infinity have no number in JSON; the attribute and its first value stay."""
    numbers = values(zoo, "00720074")
    assert zoo["00720074"]["vr"] == "FD"
    assert numbers[0] == 0.1 and len(numbers) == 3


def test_f_2_3_an_attribute_tag_is_eight_digits(zoo):
    """AT values are written as tags are."""
    assert values(zoo, "00720060") == ["00100010", "7FE00010"]


def test_f_2_4_texts_of_one_value_keep_their_backslash(zoo):
    """UT and UR are not split."""
    assert values(zoo, "00720070") == ["one \\ value"]
    assert values(zoo, "00720071") == ["http://example.org/a"]


def test_f_2_4_a_second_byte_is_no_backslash(server, archive):
    """In GB18030 5CH may end a character and does not split the value."""
    (image,) = archive.sets["GB18030"]
    assert values(metadata(server, image), "00081030") == [TRAILING_BACKSLASH]


def test_f_2_4_the_byte_of_the_yen_sign_divides_values(server, archive):
    """In ISO_IR 13 5CH shows as ¥ and is the delimiter all the same."""
    (image,) = archive.sets["ISO_IR 13"]
    assert values(metadata(server, image), "00081080") == ["ｱ", "ｲ"]


@pytest.mark.parametrize("name", CHARACTER_SETS)
def test_f_2_metadata_is_utf_8_whatever_the_file_was_written_in(server, archive, name):
    """Every character set comes out as Unicode, in all groups of a name."""
    (image,) = archive.sets[name]
    groups = CHARACTER_SETS[name].split("=")
    expected = dict(zip(("Alphabetic", "Ideographic", "Phonetic"), groups, strict=False))
    assert first(metadata(server, image), "00100010") == expected


@pytest.mark.parametrize(
    ("tag", "vr", "expected"),
    [
        ("00720073", "OD", ZOO_OD.tobytes()),
        ("00720067", "OF", ZOO_OF.tobytes()),
        ("00720075", "OL", ZOO_OL.tobytes()),
        ("00720065", "OB", b"\1\2\3\4"),
        ("00720069", "OW", ZOO_BULK),
        ("43211001", "UN", b"\1\2"),
    ],
    ids=["OD", "OF", "OL", "OB", "OW", "UN"],
)
def test_f_2_6_binary_values_are_inline_or_where_they_say(server, zoo, tag, vr, expected):
    """Bytes come as base64 or from a BulkDataURI, in little endian either way."""
    assert zoo[tag]["vr"] == vr
    assert server.value(zoo[tag]) == expected


def test_f_2_6_a_large_value_in_a_private_sequence_is_found(server, zoo):
    """A BulkDataURI leads into items too."""
    (item,) = values(zoo, "43211002")
    assert "BulkDataURI" in item["43211003"], "4096 bytes stand in the JSON"
    assert server.value(item["43211003"]) == ZOO_BULK


@pytest.mark.parametrize("name", ["plain", "implicit", "big endian", "deflated"])
def test_10_4_3_3_5_pixel_data_is_bulk_data(server, archive, name):
    """Native pixels are at their BulkDataURI in little endian, whatever the file's syntax."""
    image = archive.kinds[name]
    address = metadata(server, image)["7FE00010"]["BulkDataURI"]
    (part,) = parts(server.fetch(address, OCTETS))
    assert part.content == image.PixelData
    assert part.fields["content-location"].endswith(address.split("/dicomweb/")[1])


def test_10_4_3_3_5_compressed_pixels_are_bulk_data_frame_by_frame(server, archive):
    """Each frame is a part without item headers, in its own syntax when any is taken."""
    address = metadata(server, archive.kinds["JPEG"])["7FE00010"]["BulkDataURI"]
    accept = 'multipart/related; type="image/jpeg"; transfer-syntax=*'
    found = parts(server.fetch(address, accept))
    assert [part.content for part in found] == archive.streams["JPEG"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (JSON, "json"),
        ("application/json", "json"),
        ("*/*", "json"),
        ("", "json"),
        (f"text/html, {JSON};q=0.3", "json"),
        (f"{XML}, {JSON};q=0.3", "xml"),
        (f"{XML};q=0.3, {JSON}", "json"),
        ("multipart/related; type=application/dicom+xml", "xml"),
        ("text/html", None),
        ("application/dicom", None),
        (f"{JSON};q=0", None),
    ],
)
@pytest.mark.parametrize("level", [study_path, series_path, path])
def test_8_7_5_metadata_comes_in_any_acceptable_form(server, archive, level, accept, kind):
    """One entry of a list is enough, the weightiest wins, and none is a 406."""
    answer = server.get(f"{level(archive.studies['thorax'][0])}/metadata", accept)
    if kind is None:
        refused(answer, 406)
    else:
        assert answer.status_code == 200 and kind in answer.headers["Content-Type"], said(answer)


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Forwarded": "host=evil.example"}, {"X-Forwarded-Host": "evil.example"}]
)
def test_10_4_3_3_5_addresses_are_of_the_server_alone(server, archive, headers):
    """What a client says in Host, Forwarded or X-Forwarded-… is in no address."""
    image = archive.kinds["zoo"]
    headers = {**headers, "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil.example"}
    for place in (f"{path(image)}/metadata", f"{study_path(image)}/instances?includefield=all"):
        answer = server.fetch(place, JSON, headers=headers)
        assert "evil.example" not in answer.text and "https:" not in answer.text
    assert "evil.example" not in server.store([archive.file(image)]).text


def test_10_4_3_3_5_addresses_begin_at_the_root(server, zoo):
    """BulkDataURI has no host, so it works behind any proxy."""
    assert zoo["00720069"]["BulkDataURI"].startswith("/dicomweb/studies/")


@pytest.mark.parametrize("level", [study_path, series_path, path])
def test_10_4_3_3_2_metadata_in_xml_has_a_part_for_each_instance(server, archive, level):
    """Each is a NativeDicomModel of the instance."""
    image = archive.studies["thorax"][0]
    found = parts(server.fetch(f"{level(image)}/metadata", XML))
    assert {part.kind for part in found} == {"application/dicom+xml"}
    expected = {first(one, "00080018") for one in strict_json(server.fetch(f"{level(image)}/metadata", JSON))}
    assert {first(native_model(part.content), "00080018") for part in found} == expected


@pytest.mark.parametrize("name", ["plain", "report", "zoo"])
def test_ps3_19_a_1_xml_says_what_json_says(server, archive, name):
    """Tags, VRs, values, items, names and bulk data are the same in both."""
    (part,) = parts(server.fetch(f"{path(archive.kinds[name])}/metadata", XML))
    assert told(native_model(part.content)) == told(metadata(server, archive.kinds[name]))


def test_ps3_19_a_1_a_private_attribute_names_its_creator(server, archive):
    """In XML a private attribute carries its creator."""
    (part,) = parts(server.fetch(f"{path(archive.kinds['zoo'])}/metadata", XML))
    assert b'privateCreator="ACME 1.0"' in part.content


def test_10_4_3_3_2_metadata_and_instance_are_one(server, archive):
    """dicomweb-client reads the same instance by both ways."""
    image = archive.studies["thorax"][1]
    client = server.client()
    metadata_of_client = client.retrieve_instance_metadata(
        image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID
    )
    told_by_file = client.retrieve_instance(image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID)
    told_by_json = pydicom.Dataset.from_json(metadata_of_client, bulk_data_uri_handler=lambda uri: b"")
    for keyword in ("PatientName", "RequestAttributesSequence", "PixelSpacing", "KVP", "AcquisitionDateTime"):
        assert told_by_json[keyword] == told_by_file[keyword]
    (content,) = [part.content for part in parts(server.fetch(path(image), DICOM))]
    assert read(content).pixel_array.tolist() == told_by_file.pixel_array.tolist()
