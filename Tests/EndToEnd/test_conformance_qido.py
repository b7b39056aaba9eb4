"""Searching: PS3.18 §8.3.4 and §10.6, and the matching of PS3.4 §C.2.2.2."""

import re
from urllib.parse import quote

import pytest

import samples
from conformance import (
    JSON, XML, first, native_model, parts, path, refused, said, series_path, strict_json, study_path, told, values,
)  # fmt: skip
from conformance_archive import CHARACTER_SETS, TRAILING_BACKSLASH

OURS = "PatientID=CONF-*"  # keeps what other tests store out of the results


def found(server, archive, parameters, level="/studies", within=OURS):
    """The names of the archive's studies whose instances, series or self the search gives."""
    names = {images[0].StudyInstanceUID: name for name, images in archive.studies.items()}
    asked = "&".join(part for part in (parameters, within) if part)
    return {names.get(first(result, "0020000D")) for result in server.search(level, asked)}


def table(**rows):
    """Parametrisation by `words=(parameters, expected names)`."""
    return pytest.mark.parametrize(
        ("parameters", "expected"),
        [pytest.param(parameters, set(names.split()), id=words) for words, (parameters, names) in rows.items()],
    )


ALL = "thorax control head tokyo moscow"


def test_10_5_the_archive_of_the_suite_is_stored_whole(archive):
    """Every kind of instance that the suite reads is taken."""
    assert archive.stored.status_code == 200, said(archive.stored)
    assert len(values(strict_json(archive.stored), "00081199")) == len(archive.images())


# --- what matches: PS3.4 §C.2.2.2


@table(
    text=("AccessionNumber=ACC-100", "thorax"),
    text_in_another_case=("AccessionNumber=acc-100", ""),
    part_of_the_text=("AccessionNumber=ACC-10", ""),
    code=("PatientSex=F", "head"),
    identifier=("PatientID=CONF-1", "thorax control"),
    padded=("PatientID=CONF-1%20", "thorax control"),
    two_attributes=("PatientID=CONF-1&AccessionNumber=ACC-101", "control"),
    two_attributes_that_exclude_each_other=("PatientSex=F&AccessionNumber=ACC-101", ""),
    number=("NumberOfStudyRelatedInstances=5", "thorax"),
    text_with_a_comma_is_one_value=("AccessionNumber=ACC-100,ACC-101", ""),
)
def test_ps3_4_c_2_2_2_1_a_single_value_matches_itself(server, archive, parameters, expected):
    """A value without wildcards matches exactly that value."""
    assert found(server, archive, parameters, within="" if "PatientID" in parameters else OURS) == expected


@pytest.mark.parametrize("separator", [",", "%2C", "%5C"], ids=["comma", "encoded comma", "backslash"])
def test_ps3_4_c_2_2_2_2_a_list_of_uids_matches_each_of_them(server, archive, separator):
    """UIDs may be listed with commas, or with backslashes as OHIF does."""
    listed = separator.join(archive.studies[name][0].StudyInstanceUID for name in ("head", "tokyo"))
    assert found(server, archive, f"StudyInstanceUID={listed}") == {"head", "tokyo"}


@table(
    empty=("StudyDate=", ALL), star=("PatientName=*", ALL), unknown_to_the_study=("AccessionNumber=&StudyDate=", ALL)
)
def test_ps3_4_c_2_2_2_3_an_empty_value_restricts_nothing(server, archive, parameters, expected):
    """Universal matching: all entities match, those without the attribute too."""
    assert found(server, archive, parameters) == expected


@table(
    star_at_the_end=("AccessionNumber=ACC-*", "thorax control moscow"),
    star_at_the_start=("AccessionNumber=*100", "thorax"),
    star_in_the_middle=("AccessionNumber=A*1", "control"),
    stars_around=("StudyDescription=*thorax*", "control"),
    question_mark=("AccessionNumber=ACC?10?", "thorax control tokyo moscow"),
    question_mark_is_one_character=("AccessionNumber=ACC-?", ""),
    star_is_also_nothing=("AccessionNumber=ACC-100*", "thorax"),
    percent_is_itself=("AccessionNumber=ACC%25", ""),
    underscore_is_itself=("AccessionNumber=ACC_10*", "tokyo"),
    bracket_is_itself=("AccessionNumber=ACC[-_]10*", ""),
    name=("PatientName=L*Anne", "thorax control"),
    code_with_question_mark=("ModalitiesInStudy=U?", "moscow"),
)
def test_ps3_4_c_2_2_2_4_wildcards_stand_for_characters(server, archive, parameters, expected):
    """`*` stands for any characters and `?` for one; nothing else is special."""
    assert found(server, archive, parameters) == expected


@table(
    other_case=("PatientName=LEFÈVRE^ZOÉ^ANNE", "thorax control"),
    other_accents=("PatientName=lefevre^zoe^anne", "thorax control"),
    wildcard_in_another_case=("PatientName=VAN DER*", "head"),
    cyrillic_in_another_case=("PatientName=ИВАНОВ^пётр", "moscow"),
    ideographic=("PatientName=山田*", "tokyo"),
    phonetic=("PatientName=*たろう", "tokyo"),
    text_of_another_vr_keeps_its_case=("StudyDescription=contrôle*", ""),
    referring_physician=("ReferringPhysicianName=martin^PAUL", ALL),
)
def test_ps3_4_c_2_2_2_4_names_match_without_case_and_accents(server, archive, parameters, expected):
    """The VR PN alone is matched whatever the case and the accents."""
    assert found(server, archive, parameters) == expected


@table(
    date=("StudyDate=20240105", "thorax"),
    from_to=("StudyDate=20230501-20240105", "thorax head tokyo"),
    until=("StudyDate=-20230501", "tokyo moscow"),
    since=("StudyDate=20240105-", "thorax control"),
    birth_date=("PatientBirthDate=19700203", ALL),
    no_date_there=("StudyDate=20250101-20251231", ""),
)
def test_ps3_4_c_2_2_2_5_ranges_of_dates_hold_both_ends(server, archive, parameters, expected):
    """`a-b`, `a-` and `-b` match every date between."""
    assert found(server, archive, parameters) == expected


@table(
    exact=("StudyTime=081500", "thorax"),
    from_to=("StudyTime=080000-150000", "thorax control moscow"),
    with_fraction=("StudyTime=141530.2-141530.3", "control"),
    short_end_means_all_of_it=("StudyTime=07-08", "thorax tokyo"),
    since=("StudyTime=141530-", "control head"),
    stored_short=("StudyTime=070000", "tokyo"),
)
def test_ps3_4_c_2_2_2_5_ranges_of_times_know_shorter_times(server, archive, parameters, expected):
    """Times of other precision are the same times."""
    assert found(server, archive, parameters) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("20240105081500-20240105081501.5", 2),
        ("20240105081502.25%2B0000", 1),
        ("20240105091502.25%2B0100", 1),
        ("20240106-", 0),
        ("-20240105", 3),
    ],
)
def test_ps3_4_c_2_2_2_5_ranges_of_datetimes_know_offsets(server, archive, text, count):
    """The VR DT is matched as a moment."""
    results = server.search("/instances", f"AcquisitionDateTime={text}&PatientID=CONF-1&AccessionNumber=ACC-100")
    assert len(results) == count


@table(
    keywords=("RequestAttributesSequence.ScheduledProcedureStepID=SPS-7", "thorax"),
    tags=("00400275.00400009=SPS-7", "thorax"),
    mixed=("RequestAttributesSequence.00400009=SPS*", "thorax"),
    other_value=("00400275.00400009=SPS-8", ""),
)
@pytest.mark.parametrize("level", ["/series", "/instances"])
def test_ps3_4_c_2_2_2_6_an_item_of_a_sequence_is_matched(server, archive, parameters, expected, level):
    """A path of attributes joined by dots matches when one item does."""
    assert found(server, archive, parameters, level) == expected


@table(
    no_value=('AccessionNumber=""&emptyvaluematching=true', "head"),
    encoded=("StudyDescription=%22%22&emptyvaluematching=true", "head"),
    not_asked_for=('AccessionNumber=""', ""),
)
def test_ps3_4_c_2_2_2_7_empty_value_matching_finds_what_has_no_value(server, archive, parameters, expected):
    """With emptyvaluematching two quotation marks match the attribute without a value, as 8.3.4.5 offers."""
    assert found(server, archive, parameters) == expected


@table(
    comma=("ModalitiesInStudy=MR,US", "control head moscow"),
    encoded_comma=("ModalitiesInStudy=MR%2CUS", "control head moscow"),
    backslash=("ModalitiesInStudy=MR%5CUS&multiplevaluematching=true", "control head moscow"),
    one_of_several=("ModalitiesInStudy=CT", "thorax head tokyo"),
    patients=("PatientID=CONF-2%5CCONF-3&multiplevaluematching=true", "head tokyo"),
)
def test_ps3_4_c_2_2_2_8_several_values_match_each_of_them(server, archive, parameters, expected):
    """A list of values matches what has one of them."""
    assert found(server, archive, parameters, within="" if "PatientID" in parameters else OURS) == expected


@table(
    words_in_any_order=("PatientName=anna berg", "head"),
    hyphen=("PatientName=Berg Smit", "head"),
    hyphen_kept=("PatientName=berg-smit", "head"),
    without_particle=("PatientName=Smit^Anna", "head"),
    beginning_of_a_word=("PatientName=Lef", "thorax control"),
    wrong_letter=("PatientName=Lefevra", "thorax control"),
    without_accents=("PatientName=zoe lefevre", "thorax control"),
    cyrillic=("PatientName=петр иванов", "moscow"),
    someone_else=("PatientName=Schmidt", ""),
    two_words_of_two_people=("PatientName=Maria Lefevre", ""),
)
def test_8_3_4_2_fuzzy_matching_forgives_how_a_name_is_written(server, archive, parameters, expected):
    """With fuzzymatching a name's words match in any order, their beginnings too, and forgive a letter."""
    assert found(server, archive, f"{parameters}&fuzzymatching=true") == expected


@pytest.mark.parametrize("parameter", ["fuzzymatching", "emptyvaluematching", "multiplevaluematching"])
def test_8_3_4_2_what_is_not_supported_is_told_and_answered(server, archive, parameter):
    """A kind of matching is either done, or a Warning 299 says that it was not."""
    answer = server.fetch(f"/studies?{OURS}&{parameter}=true", JSON)
    assert len(strict_json(answer)) == len(archive.studies)
    warning = answer.headers.get("Warning", "")
    assert not warning or re.fullmatch(rf'299 \S+:? "?The {parameter} parameter is not supported\. .+', warning), (
        warning
    )


# --- parameters: PS3.18 §8.3.4.1


@table(
    keyword=("PatientSex=F", "head"),
    tag=("00100040=F", "head"),
    percent_encoded=(f"PatientName={quote('Lefèvre^Zoé^Anne')}", "thorax control"),
    plus_is_a_space=("PatientName=van+der+Berg*", "head"),
    encoded_name_of_the_parameter=("Patient%53ex=F", "head"),
    rows=("Rows=64&AccessionNumber=ACC-100", "thorax"),
    rows_of_nobody=("Rows=77", ""),
    kvp=("KVP=80", "thorax"),
    kvp_as_a_number=("00180060=80.0", "thorax"),
)
@pytest.mark.parametrize("level", ["/studies", "/series", "/instances"])
def test_8_3_4_1_any_stored_attribute_is_matched_at_every_level(server, archive, parameters, expected, level):
    """Attributes are named by keyword or tag; one of a lower level matches what holds such an entity."""
    assert found(server, archive, parameters, level) == expected


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        ("00091001=X&00090010=ACME 1.0", 3),
        ("00091001=Z&00090010=ACME 1.0", 2),
        ("00091001=*&00090010=ACME 1.0", 5),
        ("00091001=Y&00090010=OTHER 2.0", 2),
        ("00091001=Y&00090010=ACME 1.0", 0),
        ("00092201=X&00090022=ACME 1.0", 3),
        ("00091001=X&00090010=NOBODY", 0),
    ],
)
def test_8_3_4_1_a_private_attribute_is_matched_by_its_creator(server, archive, parameters, count):
    """The creator decides, whatever block it has in the request and in the file."""
    assert len(server.search("/instances", f"{parameters}&AccessionNumber=ACC-100")) == count


@pytest.mark.parametrize("parameter", ["00091001=X", "includefield=00091001"])
def test_8_3_4_1_a_private_attribute_without_its_creator_is_refused(server, archive, parameter):
    """A private tag means nothing without the Private Creator."""
    refused(server.get(f"/instances?{parameter}&{OURS}", JSON), 400)


def test_8_3_4_3_a_private_attribute_is_returned_with_its_creator(server, archive):
    """includefield of a private attribute gives it when its creator is a match parameter."""
    asked = "includefield=00091001&00090010=ACME 1.0&AccessionNumber=ACC-100"
    results = server.search("/instances", asked)
    told = sorted(value for one in results for tag in ("00091001", "00091101") for value in values(one, tag))
    assert told == ["X", "X", "X", "Z", "Z"]


@pytest.mark.parametrize(
    "parameters",
    [
        "colour=blue", "0010=x", "001000100=x", "PatientsName=x", "RequestAttributesSequence.Colour=x",
        "includefield=Colour", "limit=-1", "limit=many", "offset=-1", "offset=1.5", "fuzzymatching=perhaps",
        "StudyDate=yesterday", "StudyDate=20241301", "StudyDate=20240101-20240201-20240301", "StudyTime=2500",
        "StudyInstanceUID=1.2.x", "AcquisitionDateTime=noon", "KVP=loud",
    ],
)  # fmt: skip
def test_8_3_4_1_what_cannot_be_understood_is_refused(server, archive, parameters):
    """An unknown parameter or a value that its attribute cannot have is a 400 that says so."""
    refused(server.get(f"/instances?{parameters}", JSON), 400)


# --- what is returned: PS3.18 §8.3.4.3, §10.6.3.3

STUDY = "00080020 00080030 00080050 00080061 00080090 00100010 00100020 00100030 00100040"
STUDY += " 0020000D 00200010 00201206 00201208"
SERIES = "00080060 0008103E 0020000E 00200011 00201209"
INSTANCE = "00080016 00080018 00200013 00280010 00280011 00280100"


def test_table_10_6_3_3_a_study_has_its_attributes_and_counts(server, archive):
    """Every required attribute is there, also one without a value; counts and modalities are of all its instances."""
    (study,) = server.search("/studies", "PatientID=CONF-2")
    assert set(STUDY.split()) | {"00081190"} <= set(study)
    assert study["00080050"] == {"vr": "SH"}
    assert (first(study, "00201206"), first(study, "00201208")) == (2, 3)
    assert sorted(values(study, "00080061")) == ["CT", "MR"]


def test_table_10_6_3_3_a_study_has_nothing_of_its_series_and_instances(server, archive):
    """Attributes of lower levels stay out of a study's answer unless they are asked for."""
    (study,) = server.search("/studies", "AccessionNumber=ACC-100")
    below = set(f"{SERIES} {INSTANCE} 00180060".split())
    assert not below & set(study)


def test_table_10_6_3_4_a_series_has_its_attributes_and_count(server, archive):
    """Every required attribute of a series is there."""
    results = server.search("/series", "AccessionNumber=ACC-100")
    assert all(set(SERIES.split()) | {"00081190", "0020000D"} <= set(result) for result in results)
    assert {first(one, "0008103E"): first(one, "00201209") for one in results} == {"Poumon": 3, "Os": 2}


def test_table_10_6_3_5_an_instance_has_its_attributes(server, archive):
    """Every required attribute of an instance is there, Number of Frames where it has one."""
    results = server.search("/instances", "PatientID=KINDS")
    assert len(results) == len(archive.kinds)
    for result in results:
        assert {"00080016", "00080018", "00081190", "0020000D", "0020000E", "00200013"} <= set(result)
    by_uid = {first(one, "00080018"): one for one in results}
    frames = by_uid[archive.kinds["frames"].SOPInstanceUID]
    assert (first(frames, "00280008"), first(frames, "00280010"), first(frames, "00280011")) == (3, 40, 48)


def test_10_6_3_3_the_retrieve_url_leads_to_the_resource(server, archive):
    """Retrieve URL (0008,1190) of each level can be fetched."""
    image = archive.studies["control"][0]
    for level, place in {
        "/studies": study_path(image),
        "/series": series_path(image),
        "/instances": path(image),
    }.items():
        (result,) = server.search(level, "AccessionNumber=ACC-101")
        assert first(result, "00081190").endswith(f"/dicomweb{place}")
        server.fetch(f"{first(result, '00081190')}/metadata", JSON)


@pytest.mark.parametrize(
    ("query", "present", "absent"),
    [
        ("", "0020000D", "00081030 00100021"),
        ("includefield=StudyDescription", "00081030", ""),
        ("includefield=00081030", "00081030", ""),
        ("includefield=00081030,PatientSex", "00081030 00100040", ""),
        ("includefield=00081030%2C00080060", "00081030", ""),
        ("includefield=SpecificCharacterSet&includefield=StudyDescription", "00081030", ""),
        ("StudyDescription=*tude", "00081030", ""),
        ("includefield=all", f"00081030 {STUDY}", "00280010"),
        ("includefield=Rows", "", "00280010"),
        ("Rows=64", "", "00280010"),
    ],
)
def test_8_3_4_3_includefield_adds_attributes(server, archive, query, present, absent):
    """Fields by keyword or tag, in lists and repeated, or all; what is matched is returned as well."""
    results = server.search("/studies", f"AccessionNumber=ACC-100&{query}")
    for result in results:
        assert set(present.split()) <= set(result)
        assert not set(absent.split()) & set(result)
    assert len(results) == 1


def test_8_3_4_3_includefield_returns_what_is_in_a_sequence(server, archive):
    """A path of attributes gives the sequence."""
    results = server.search("/series", "AccessionNumber=ACC-100&includefield=00400275.00400009&Modality=CT")
    steps = [first(item, "00400009") for result in results for item in values(result, "00400275")]
    assert steps == ["SPS-7"]


@pytest.mark.parametrize("field", ["KVP", "00180060", "all"])
def test_8_3_4_3_an_instance_gives_any_stored_attribute(server, archive, field):
    """What was stored is returned when it is asked for."""
    results = server.search("/instances", f"AccessionNumber=ACC-100&includefield={field}")
    assert sorted(first(result, "00180060") for result in results) == [80, 80, 120, 120, 120]


def test_10_6_1_parents_are_described_unless_the_address_names_them(server, archive):
    """Results across studies carry study and series attributes; below a parent only those that are asked for."""
    image = archive.studies["thorax"][0]
    across = server.search("/instances", "AccessionNumber=ACC-100")
    assert all({"00100010", "00080020", "00080060"} <= set(result) for result in across)
    assert all("00100010" in result for result in server.search("/series", "AccessionNumber=ACC-100"))
    for place in (f"{study_path(image)}/series", f"{series_path(image)}/instances"):
        assert not any("00100010" in result for result in server.search(place))
        assert all("00100010" in result for result in server.search(place, "includefield=PatientName"))


def test_10_6_1_every_resource_gives_what_is_below_it(server, archive):
    """Series of a study, instances of a study and of a series, and what is searched across all of them."""
    image = archive.studies["thorax"][0]
    of_series = [one for one in archive.studies["thorax"] if one.SeriesInstanceUID == image.SeriesInstanceUID]
    assert len(server.search(f"{study_path(image)}/series")) == 2
    assert len(server.search(f"{study_path(image)}/instances")) == 5
    assert len(server.search(f"{study_path(image)}/instances", "KVP=80")) == 2
    below = server.search(f"{series_path(image)}/instances")
    assert {first(result, "00080018") for result in below} == {one.SOPInstanceUID for one in of_series}
    assert len(server.search("/series", "AccessionNumber=ACC-100")) == 2
    assert len(server.search("/instances", f"SeriesInstanceUID={image.SeriesInstanceUID}")) == 3


def test_10_6_1_instances_of_a_series_are_listed_as_they_come(server):
    """The whole list is of now whenever it is asked for, and says the same as a list that is asked for in part."""
    images = samples.made_study(3, patient_id="LISTED", side=8)
    place = f"{series_path(images[0])}/instances"
    tags = []
    for number, image in enumerate(images, 1):
        assert server.store([samples.file_bytes(image)]).status_code == 200
        answers = [server.fetch(place, JSON, headers={"Accept-Encoding": coding}) for coding in ("identity", "gzip")]
        answers += [server.fetch(f"{place}?limit=9", JSON), server.fetch(place, JSON)]
        lists = [strict_json(answer) for answer in answers]
        assert all(one == lists[0] for one in lists)
        assert {first(one, "00080018") for one in lists[0]} == {one.SOPInstanceUID for one in images[:number]}
        identity, _, _, other = [answer.headers["ETag"].removeprefix("W/") for answer in answers]
        assert identity == other
        tags.append(identity)
        again = server.get(place, JSON, headers={"If-None-Match": tags[-1]})
        assert again.status_code == 304
    assert len(set(tags)) == 3


@pytest.mark.parametrize(
    "place", ["/studies/1.2.x/series", "/studies/1.2.3/series/x/instances", f"/studies/{'1.' * 40}1/series"]
)
def test_10_6_2_a_malformed_uid_in_the_address_is_refused(server, place):
    """A UID that cannot be one is a 400."""
    refused(server.get(place, JSON), 400)


@pytest.mark.parametrize(
    "place", ["/studies?PatientID=NOBODY", "/studies/1.2.3.4/series", "/instances?PatientID=NOBODY"]
)
def test_10_6_3_nothing_found_is_an_empty_list(server, archive, place):
    """A search that finds nothing answers 200 and `[]`."""
    assert strict_json(server.fetch(place, JSON)) == []


# --- pages: PS3.18 §8.3.4.4


@pytest.mark.parametrize("level", ["/studies", "/series", "/instances"])
def test_8_3_4_4_pages_cover_everything_once_and_in_one_order(server, archive, level):
    """limit and offset cut one list that stays as it is."""
    tag = {"/studies": "0020000D", "/series": "0020000E", "/instances": "00080018"}[level]
    whole = [first(result, tag) for result in server.search(level, OURS)]
    paged = []
    while page := server.search(level, f"{OURS}&limit=2&offset={len(paged)}"):
        assert len(page) <= 2
        paged += [first(result, tag) for result in page]
    assert paged == whole and len(set(whole)) == len(whole)


def test_8_3_4_4_a_warning_tells_how_many_results_are_left(server, archive):
    """The number is exact, and there is no warning when nothing is left."""
    answer = server.fetch(f"/studies?{OURS}&limit=2", JSON)
    assert re.fullmatch(
        r'299 \S+:? "?There are 3 additional results that can be requested"?', answer.headers["Warning"]
    )
    assert "Warning" not in server.fetch(f"/studies?{OURS}&limit=2&offset=3", JSON).headers


def test_8_3_4_4_an_offset_behind_the_end_gives_nothing(server, archive):
    """That page is empty, which is no error."""
    assert server.search("/studies", f"{OURS}&offset=50") == []


def test_8_3_4_4_the_newest_study_comes_first(server, archive):
    """The order is by Study Date, descending, as viewers show it."""
    dates = [first(result, "00080020") for result in server.search("/studies", OURS)]
    assert dates == sorted(dates, reverse=True)


# --- forms of the answer


@pytest.mark.parametrize(
    "accept", [JSON, "application/json", "*/*", "application/*", f"text/html;q=0.9, {JSON};q=0.5", None]
)
def test_10_6_3_json_is_the_usual_answer(server, archive, accept):
    """DICOM JSON is the default, and what is chosen among several accepted types."""
    assert len(strict_json(server.fetch(f"/studies?{OURS}", accept))) == len(archive.studies)


@pytest.mark.parametrize("level", ["/studies", "/series", "/instances"])
def test_10_6_3_xml_has_one_part_for_each_result(server, archive, level):
    """Each part is a NativeDicomModel that says what the JSON says."""
    answer = parts(server.fetch(f"{level}?{OURS}", XML))
    assert {part.kind for part in answer} == {"application/dicom+xml"}
    assert [told(native_model(part.content)) for part in answer] == [told(one) for one in server.search(level, OURS)]


def test_10_6_3_xml_of_nothing_is_no_content(server, archive):
    """A multipart body needs a part: without results there is 204."""
    answer = server.get("/studies?PatientID=NOBODY", XML)
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize("accept", ["text/html", "image/jpeg", "application/dicom", f"{JSON};q=0"])
def test_10_6_3_what_is_not_offered_is_a_406(server, archive, accept):
    """A search has no other form than JSON and XML."""
    refused(server.get("/studies", accept), 406)


def test_8_3_3_1_accept_as_a_parameter_stands_for_the_header(server, archive):
    """The query parameter counts instead of the Accept header."""
    assert len(strict_json(server.fetch(f"/studies?{OURS}&accept={quote(JSON)}", "text/html"))) == len(archive.studies)
    refused(server.get(f"/studies?{OURS}&accept=text/html", JSON), 406)


@pytest.mark.parametrize("place", [f"/studies?{OURS}", "/series?PatientID=CONF-2", "/studies?PatientID=NOBODY"])
def test_rfc_9110_13_1_2_a_search_known_to_the_client_is_a_304(server, archive, place):
    """A search has an ETag, and one that is the same is not sent again."""
    answer = server.fetch(place, JSON)
    assert answer.headers.get("ETag"), "without ETag"
    again = server.get(place, JSON, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = server.get("/studies?PatientID=CONF-3", JSON, headers={"If-None-Match": answer.headers["ETag"]})
    assert other.status_code == 200


# --- what differs between the instances of a series


@pytest.fixture(scope="module")
def mixed(server):
    """A series of three: two of one owner's block with other values, in stations of their own, and one of another's."""
    images = samples.made_study(3, patient_id="MIXED-1", side=16)
    for image, (owner, value, station) in zip(
        images, [("ACME 1.0", "one", "ST-A"), ("ACME 1.0", "two", "ST-B"), ("OTHER", "no", "ST-A")], strict=True
    ):
        image.private_block(0x0009, owner, create=True).add_new(0x01, "LO", value)
        image.StationName = station
    body, headers = samples.stow_body([samples.file_bytes(image) for image in images])
    assert server.post(body, headers["Content-Type"]).status_code == 200
    return images


def test_8_3_4_3_a_private_attribute_is_that_of_each_instance(server, mixed):
    """Each result has its own value, and none where another owner has the block."""
    asked = "includefield=00091001&00090010=ACME 1.0"
    results = server.search(f"{series_path(mixed[0])}/instances", asked)
    assert [values(result, "00091001") for result in results] == [["one"], ["two"], []]
    (found,) = server.search(f"{series_path(mixed[0])}/instances", "00091001=two&00090010=ACME 1.0")
    assert values(found, "00091001") == ["two"]


@pytest.mark.parametrize(("station", "count"), [("ST-A", 2), ("ST-B", 1), ("ST-C", 0)])
def test_10_6_1_an_attribute_of_the_series_may_differ_between_instances(server, mixed, station, count):
    """What one of its instances says finds it; the series is found by either."""
    assert len(server.search(f"{series_path(mixed[0])}/instances", f"StationName={station}")) == count
    assert len(server.search("/series", f"StationName={station}&PatientID=MIXED-1")) == min(count, 1)


def test_ps3_4_c_2_2_2_4_several_wildcards_widen_nothing_else(server, archive):
    """Any of the values, below the studies that are searched."""
    assert found(server, archive, "SeriesDescription=zz*\\Pou*") == {"thorax"}
    assert found(server, archive, "SeriesDescription=zz*\\Poux*") == set()


@pytest.mark.parametrize(
    "parameters", ["InstanceNumber=1.5", "NumberOfStudyRelatedSeries=1.5", "InstanceNumber=99999999999999999999"]
)
def test_ps3_4_c_2_2_2_1_a_number_that_no_instance_can_have_finds_nothing(server, archive, parameters):
    """A value of the right VR is no malformed request."""
    assert server.search("/studies", f"{parameters}&{OURS}") == []


# --- text


@pytest.mark.parametrize("name", CHARACTER_SETS)
def test_f_2_a_search_is_utf_8_whatever_the_file_was_written_in(server, archive, name):
    """Names come in their groups, and are found by what was written."""
    (image,) = archive.sets[name]
    (study,) = server.search("/studies", {"StudyInstanceUID": image.StudyInstanceUID, "includefield": "00081030"})
    groups = CHARACTER_SETS[name].split("=")
    assert first(study, "00100010") == dict(zip(("Alphabetic", "Ideographic", "Phonetic"), groups, strict=False))
    expected = TRAILING_BACKSLASH if name == "GB18030" else "Study"
    assert values(study, "00081030") == [expected]


@pytest.mark.parametrize("name", CHARACTER_SETS)
def test_ps3_4_c_2_2_2_4_a_name_in_any_character_set_is_found(server, archive, name):
    """What is asked for in UTF-8 matches what was written in another character set."""
    (image,) = archive.sets[name]
    for group in CHARACTER_SETS[name].split("="):
        asked = {"PatientID": image.PatientID, "PatientName": f"*{group.split('^')[0]}*"}
        assert [first(result, "0020000D") for result in server.search("/studies", asked)] == [image.StudyInstanceUID]
