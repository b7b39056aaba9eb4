"""Two files under one SOP Instance UID: shown side by side, and decided by an administrator."""

import copy
import hashlib

import pytest
from pydicom.uid import generate_uid

import samples
from importing import code
from people import ABSENT, path_of, stow


@pytest.fixture
def pair(portal, people):
    """An image that is stored, and another one under its UID that is kept beside it."""
    first = samples.made(patient_id=f"CON-{generate_uid()[-12:]}", name="Premier^Fichier")
    people.store(first)
    second = copy.deepcopy(first)
    second.SeriesDescription, second.ImageComments, second.NumberOfFrames = "Autre série", "=nouveau", 1
    pixels = bytearray(second.PixelData)
    pixels[0] ^= 1
    second.PixelData = bytes(pixels)
    assert stow(portal, people.api, second).status_code == 409
    return first, second


def address(portal, path=""):
    return f"{portal.url}/api/conflicts{path}"


def conflict_of(portal, api, image, state="open"):
    answer = api.get(address(portal), params={"state": state, "limit": 200}, timeout=30)
    assert answer.status_code == 200, answer.text
    return next((one for one in answer.json()["items"] if one["sopInstanceUID"] == image.SOPInstanceUID), None)


def resolve(portal, session, identifier, keep):
    return session.post(address(portal, f"/{identifier}/resolve"), json={"keep": keep}, timeout=30)


def original(portal, api, image):
    return api.get(f"{portal.url}/api/instances/{image.SOPInstanceUID}/original", timeout=30).content


def test_a_conflict_is_listed_and_shown(portal, api, pair):
    first, second = pair
    listed = conflict_of(portal, api, first)
    assert listed["studyInstanceUID"] == first.StudyInstanceUID and listed["patient"]["patientId"] == first.PatientID
    assert listed["source"]["route"] == "stow" and listed["resolvedAt"] is None and listed["kept"] is None
    shown = api.get(address(portal, f"/{listed['id']}"), timeout=30).json()
    for name, image in {"first": first, "second": second}.items():
        content = samples.file_bytes(image)
        assert (shown[name]["size"], shown[name]["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    differences = {one["keyword"]: (one.get("first"), one.get("second")) for one in shown["differences"]}
    assert differences == {
        "SeriesDescription": ("Série", "Autre série"), "ImageComments": (None, "=nouveau"),
        "NumberOfFrames": (None, "1"), "PixelData": ("differs", "differs"),
    }  # fmt: skip


def test_the_first_is_kept(portal, api, pair):
    first, _ = pair
    identifier = conflict_of(portal, api, first)["id"]
    assert resolve(portal, api, identifier, "first").status_code == 204
    assert conflict_of(portal, api, first) is None
    assert conflict_of(portal, api, first, "resolved")["kept"] == "first"
    assert original(portal, api, first) == samples.file_bytes(first)
    assert code(resolve(portal, api, identifier, "second")) == "conflict.resolved"
    record = f"action = 'conflict.resolved' AND study = '{first.StudyInstanceUID}'"
    assert portal.sql(f"SELECT details ->> 'kept' FROM portal.audit WHERE {record}") == ["first"]


def test_the_second_takes_the_place_of_the_first(portal, api, pair):
    first, second = pair
    before = api.get(portal.url + path_of(first) + "/metadata", timeout=30)
    frames = f"{path_of(first)}/frames/1"
    api.get(f"{portal.url}/dicomweb/studies/{first.StudyInstanceUID}/metadata", timeout=30)
    identifier = conflict_of(portal, api, first)["id"]
    assert resolve(portal, api, identifier, "second").status_code == 204
    assert original(portal, api, first) == samples.file_bytes(second)
    tag = {"If-None-Match": before.headers["ETag"]}
    for path in (path_of(first), f"/dicomweb/studies/{first.StudyInstanceUID}"):
        after = api.get(f"{portal.url}{path}/metadata", headers=tag, timeout=30)
        assert after.json()[0]["00204000"]["Value"] == ["=nouveau"]
    pixels = api.get(portal.url + frames, headers={"Accept": "multipart/related; type=*/*"}, timeout=30).content
    assert second.PixelData in pixels and first.PixelData not in pixels
    # The former is kept aside, and coming again it is known.
    shown = api.get(address(portal, f"/{identifier}"), timeout=30).json()
    assert shown["kept"] == "second"
    assert shown["second"]["sha256"] == hashlib.sha256(samples.file_bytes(first)).hexdigest()
    assert stow(portal, api, second).status_code == 200
    assert stow(portal, api, first).status_code == 409
    rows = f"SELECT count(*) FROM portal.conflicts c JOIN portal.instances i ON i.id = c.instance_id WHERE i.uid = '{first.SOPInstanceUID}'"
    assert portal.sql(rows) == ["1"]
    keys = portal.sql(f"SELECT object_key FROM portal.instances WHERE uid = '{first.SOPInstanceUID}'")
    assert not (portal.data / f"store/{keys[0]}.marker").exists()
    portal.sql("UPDATE portal.jobs SET run_after = now() WHERE kind = 'store.scrub'; NOTIFY portal_jobs")
    assert original(portal, api, first) == samples.file_bytes(second)


def test_what_cannot_be_decided_so(portal, api, pair):
    identifier = conflict_of(portal, api, pair[0])["id"]
    assert code(resolve(portal, api, identifier, "both")) == "conflict.both.unsupported"
    assert code(resolve(portal, api, identifier, "third")) == "conflict.keep"
    assert resolve(portal, api, ABSENT, "first").status_code == 404
    assert api.get(address(portal, "/x"), timeout=30).status_code == 404
    assert code(api.get(address(portal), params={"state": "x"}, timeout=30)) == "conflict.state"


def test_a_file_of_another_series_stays_aside(portal, api, people):
    first = samples.made(patient_id=f"CON-{generate_uid()[-12:]}")
    people.store(first)
    second = copy.deepcopy(first)
    second.SeriesInstanceUID = generate_uid()
    stow(portal, api, second)
    identifier = conflict_of(portal, api, first)["id"]
    assert code(resolve(portal, api, identifier, "second")) == "conflict.otherPlace"
    assert conflict_of(portal, api, first)["resolvedAt"] is None


def test_only_who_administers_all_decides(portal, api, people, pair):
    identifier = conflict_of(portal, api, pair[0])["id"]
    person = people.person(people.group("view", "import", "administer"))
    answers = [
        person.session.get(address(portal), timeout=30), person.session.get(address(portal, f"/{identifier}"), timeout=30),
        resolve(portal, person.session, identifier, "first"),
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {403}


@pytest.mark.usefixtures("pair")
def test_a_list_goes_on_page_by_page(portal, api):
    seen, after = [], None
    while True:
        parameters = {"limit": 1} | ({"after": after} if after else {})
        page = api.get(address(portal), params=parameters, timeout=30).json()
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == int(portal.sql("SELECT count(*) FROM portal.conflicts")[0])
