"""A19: what a search asks for is text, its numbers are numbers, and none takes long."""

import time

import pytest
from pydicom.uid import generate_uid

import samples

LEVELS = ("studies", "series", "instances")
SECONDS = 2  # what a search may take at most, on a busy machine too
# Of each pair, the second one is what a pattern in SQL would take for the first.
PAIRS = {
    "percent": ("A19 50%", "A19 50 and more"),
    "underscore": ("A19_U", "A19-U"),
    "apostrophe": ("A19 O'Brien", "A19 O''Brien"),
    "quote": ('A19 "x"', "A19 x"),
    "bracket": ("A19 [a-z]", "A19 k"),
    "dollar": ("A19 $1", "A19 1"),
    "semicolon": ("A19; SELECT 1", "A19"),
    "at the end": ("A19%", "A19 at all"),
}


@pytest.fixture(scope="module")
def images(people):
    """Studies whose descriptions, names and ids hold what SQL reads, and some that are hard to match."""
    made = []
    for number, name in enumerate(text for pair in PAIRS.values() for text in pair):
        image = samples.made(patient_id=f"A19-{number}", name=f"{name}^Q")
        image.StudyDescription = image.SeriesDescription = name
        made.append(image)
    for number in range(30):
        image = samples.made(patient_id=f"A19-HARD-{number}", name="a" * 60 + "^" + "a" * 3)
        image.StudyDescription = image.SeriesDescription = "a" * 63 + str(number % 10)
        image.ImageComments = "ab" * 5000
        made.append(image)
    people.store(*made)
    return made


@pytest.fixture
def search(portal, api, images):
    def ask(query, level="studies", path="/dicomweb"):
        began = time.monotonic()
        answer = api.get(f"{portal.url}{path}/{level}", params=query, timeout=30)
        assert time.monotonic() - began < SECONDS, query
        assert answer.status_code < 500, answer.text
        return answer

    return ask


def study_uids(answer):
    assert answer.status_code in (200, 204), answer.text
    return sorted(result["0020000D"]["Value"][0] for result in answer.json()) if answer.text else []


@pytest.mark.parametrize("keyword", ["StudyDescription", "PatientName", "SeriesDescription"])
@pytest.mark.parametrize("name", list(PAIRS))
def test_a19_what_sql_would_read_is_literal(search, images, name, keyword):
    """`%`, `_`, `'` and their like match themselves and nothing else, with and without a wildcard of DICOM's own."""
    text, other = PAIRS[name]
    expected = uids_of(images, text)
    level = "series" if keyword.startswith("Series") else "studies"
    tail = "^Q" if keyword == "PatientName" else ""
    for pattern in (text + tail, text.replace("A19", "*A19") + tail, text.replace("A", "?", 1) + tail):
        found = study_uids(search({keyword: pattern, "PatientID": "A19-*", "limit": 50}, level))
        assert found == expected, pattern
    assert study_uids(search({keyword: other + tail, "PatientID": "A19-*"}, level)) == uids_of(images, other)


def uids_of(images, description):
    return sorted(image.StudyInstanceUID for image in images if image.StudyDescription == description)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "text", ["%", "_", "'", "''", "\\", "\\\\", "%%%%", "' OR 1=1 --", "\\%", "[a]*", "(a+)+$", "\0", "\ufffe", "‮"]
)
@pytest.mark.parametrize("keyword", ["PatientName", "PatientID", "SeriesDescription", "00091001"])
def test_a19_text_that_nobody_has_finds_nobody(search, level, text, keyword):
    """An empty list, or 400 where the attribute cannot have the value."""
    answer = search({keyword: text}, level)
    assert answer.status_code == 400 or study_uids(answer) == []


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", ["limit", "offset"])
@pytest.mark.parametrize("number", ["-1", "abc", "1e3", "0x10", "1.5", "", " 1", "+1", "٣", "1;DROP", "1\0"])
def test_a19_a_bad_number_is_400(search, level, name, number):
    """400 that names the parameter."""
    assert search({name: number}, level).status_code == 400


@pytest.mark.parametrize("level", LEVELS)
def test_a19_a_page_is_capped(portal, search, level):
    """limit=10^9 and more give the largest page, and an offset far behind the end gives nothing."""
    everything = count(portal, level)
    assert len(study_uids(search({"limit": 10**9}, level))) == min(everything, 1000)
    assert len(study_uids(search({"limit": "9" * 30}, level))) == min(everything, 1000)
    assert len(study_uids(search({"limit": 7}, level))) == 7
    assert study_uids(search({"offset": 10**9}, level)) == []
    assert study_uids(search({"limit": 10**9, "offset": 10**15}, level)) == []


def count(portal, level):
    """How many there are for someone who sees everything."""
    number = {"studies": "count(*)", "series": "sum(s.series_count)", "instances": "sum(s.instance_count)"}[level]
    seen = "portal.visible_studies v JOIN portal.studies s ON s.id = v.study_id WHERE v.scope_id = 1"
    return int(portal.sql(f"SELECT {number} FROM {seen}")[0])


def test_a19_a_page_is_capped_where_there_is_more_than_one_gives(portal, api, people):
    """A thousand of more, and the rest is said to be there."""
    study, series, wanted = generate_uid(), generate_uid(), max(1, 1005 - count(portal, "instances"))
    choices = {"study": study, "series": series, "side": 8, "patient_id": "A19-MANY"}
    people.store(*(samples.made(number=number, **choices) for number in range(wanted)))
    answer = api.get(f"{portal.url}/dicomweb/instances", params={"limit": 10**9}, timeout=60)
    assert len(answer.json()) == 1000 and "additional results" in answer.headers["Warning"]
    below = api.get(f"{portal.url}/dicomweb/studies/{study}/instances", params={"limit": 10**9}, timeout=60)
    assert len(below.json()) == wanted


PATTERNS = [
    "*a*b*c*d*",
    "*a*b*c*d*e*f*g*h*i*j*k*l*m*n*o*p*",
    "*a" * 30 + "*b",
    "*a" * 20 + "*z",
    "?" * 63 + "*",
    "*" * 64,
    "*?" * 30,
    "a*" * 31 + "b",
    "%" * 60,
    "*" + "%_" * 30,
]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a19_no_pattern_takes_long(search, level, pattern):
    """Under two seconds, alone, fuzzy, and for every attribute at once."""
    for keyword in ("PatientName", "SeriesDescription", "StudyDescription", "ImageComments", "AccessionNumber"):
        assert search({keyword: pattern}, level).status_code in (200, 204, 400)
    search({"PatientName": pattern, "fuzzymatching": "true"}, level)
    many = (
        "PatientName",
        "PatientID",
        "StudyDescription",
        "SeriesDescription",
        "AccessionNumber",
        "StudyID",
        "Modality",
    )
    search(dict.fromkeys(many, pattern), level)


def test_a19_a_hard_pattern_finds_what_it_should(search, images):
    """The positive control of the patterns: they are matched, not dropped."""
    hard = sorted(image.StudyInstanceUID for image in images if image.StudyDescription == "a" * 63 + "7")
    assert study_uids(search({"StudyDescription": "*a" * 20 + "*7", "PatientID": "A19-HARD-*"})) == hard


@pytest.mark.parametrize("size", [1 << 20, 15_000])
def test_a19_a_long_query_is_refused_or_answered(portal, api, still_alive, size):
    """414 for a megabyte, and under two seconds for what fits; the next search is answered."""
    began = time.monotonic()
    answer = api.get(f"{portal.url}/dicomweb/studies?PatientName=" + "x" * size, timeout=30)
    assert answer.status_code in ((414,) if size > 1 << 16 else (200, 204, 400, 414))
    assert time.monotonic() - began < SECONDS
    assert api.get(f"{portal.url}/dicomweb/studies?limit=1", timeout=30).status_code == 200


CONDITIONS = {
    "UIDs": "StudyInstanceUID=" + ",".join(f"1.2.{number}" for number in range(1500)),
    "values": "PatientID=" + "%5C".join(f"{number}" for number in range(2000)),
    "keys": "&".join(f"PatientID={number}" for number in range(500)),
    "fields": "&".join(f"includefield={number:08x}" for number in range(600)),
    "private": "&".join(f"{number:04x}1001=x" for number in range(9, 900, 2)),
    "range": "StudyDate=" + "-" * 5000,
    "all": "includefield=" + "all," * 3000,
    "words": "PatientName=" + "a%20" * 3000 + "&fuzzymatching=true",
    "path": ".".join(["RequestAttributesSequence"] * 400) + ".StudyID=x",
}


@pytest.mark.parametrize("name", list(CONDITIONS))
@pytest.mark.parametrize("level", LEVELS)
def test_a19_many_conditions_are_bounded(portal, api, still_alive, level, name):
    """Refused or answered, under two seconds."""
    began = time.monotonic()
    answer = api.get(f"{portal.url}/dicomweb/{level}?{CONDITIONS[name]}", timeout=30)
    assert answer.status_code in (200, 204, 400, 414), answer.text
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("text", ["%", "_", "'", "\\", *PATTERNS])
def test_a19_the_list_of_patients_reads_text_the_same_way(search, text):
    """`q` is words, not a pattern; its page is capped and its numbers are checked."""
    answer = search({"q": f"{text} A19-0 nobody"}, "patients", "/api")
    assert answer.status_code == 200 and answer.json()["items"] == []
    search({"q": text}, "patients", "/api")


@pytest.mark.parametrize("number", ["0", "-1", "201", "10000000000", "abc", "1e1", "9" * 30])
def test_a19_the_list_of_patients_checks_its_page(search, number):
    """400 for a limit that is none, or that is more than a page may have."""
    assert search({"limit": number}, "patients", "/api").status_code == 400
    assert search({"limit": 200}, "patients", "/api").status_code == 200
