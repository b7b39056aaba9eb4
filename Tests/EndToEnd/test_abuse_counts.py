"""A20: no list, page, total or warning counts what is hidden."""

import uuid

import pytest

import samples
from people import ABSENT, ALL, doors, stow


@pytest.fixture(scope="module")
def images(people):
    """A study that is granted to the people of these tests, and one that is not."""
    made = [samples.made(patient_id=f"A20-C-{number}", name="Compte^Abus") for number in (1, 2)]
    people.store(*made)
    return made


@pytest.fixture(scope="module")
def patients(people, images):
    return [people.patient(image.PatientID) for image in images]


@pytest.fixture(scope="module")
def group(people, patients):
    """A group that may do everything, with the first patient alone."""
    made = people.group(*ALL)
    people.grant(made, patients[0])
    return made


@pytest.fixture(scope="module")
def member(people, group):
    return people.person(group)


@pytest.mark.parametrize("level", ["studies", "series", "instances"])
@pytest.mark.parametrize("query", ["limit=1", "limit=1&PatientName=Compte*", "offset=1", "offset=1&PatientID=A20-C-?"])
def test_a20_pages_do_not_count_what_is_hidden(portal, api, images, member, level, query):
    """Counts reveal nothing: no further results are announced, and the page behind the visible one is empty."""
    address = f"{portal.url}/dicomweb/{level}?{query}"
    answer = member.session.get(address, timeout=30)
    found = answer.json() if answer.status_code == 200 else []
    assert len(found) == query.startswith("limit") and "Warning" not in answer.headers
    if query == "limit=1&PatientName=Compte*":
        assert "Warning" in api.get(address, timeout=30).headers


@pytest.mark.parametrize("query", ["", "?q=Compte", "?q=A20-C-2", "?modality=CT", "?status=toRead", "?sort=name"])
def test_a20_the_list_of_patients_does_not_count_what_is_hidden(portal, patients, member, query):
    """Every list and total has the granted patient alone."""
    page = member.session.get(f"{portal.url}/api/patients{query}", timeout=30).json()
    expected = [] if query == "?q=A20-C-2" else [patients[0]]
    assert [patient["id"] for patient in page["items"]] == expected
    assert page["total"] in (None, len(expected)) and page["next"] is None


def test_a20_a_manager_of_some_does_not_see_the_patients_of_others(portal, people, patients, member):
    """A group's grants show a limited manager the patients that they see; the administrator sees both."""
    wide = people.group("view")
    for patient in patients:
        people.grant(wide, patient)
    address = f"{portal.url}/api/groups/{wide}/grants"
    assert len(people.api.get(address, timeout=30).json()["items"]) == 2
    assert [one["id"] for one in member.session.get(address, timeout=30).json()["items"]] == patients[:1]
    filtered = member.session.get(f"{portal.url}/api/patients", params={"group": wide}, timeout=30).json()
    assert [one["id"] for one in filtered["items"]] == patients[:1]


def test_a20_without_a_group_there_is_nothing(portal, people, images):
    """An account without a group signs in and finds an empty archive."""
    nobody = people.person().session
    assert nobody.get(f"{portal.url}/api/session", timeout=30).status_code == 200
    assert nobody.get(f"{portal.url}/api/patients", timeout=30).status_code == 403
    for level in ("studies", "series", "instances"):
        answer = nobody.get(f"{portal.url}/dicomweb/{level}?includefield=all", timeout=30)
        assert answer.status_code in (200, 204) and answer.text in ("", "[]")
    assert nobody.get(f"{portal.url}/api/inbox", timeout=30).json()["items"] == []
    assert {nobody.get(portal.url + door, timeout=30).status_code for door in doors(portal, images[0])} == {404}
    assert stow(portal, nobody, samples.made()).status_code == 403


def test_a20_what_was_deleted_is_hidden_from_whom_it_was(portal, people):
    """The list of deletions has what the caller may delete; another's is 404 to restore and to remove for good."""
    images = [samples.made(patient_id=f"A20-C-DELETED-{number}") for number in (1, 2)]
    people.store(*images)
    group = people.group(*ALL)
    people.grant(group, people.patient(images[0].PatientID))
    member = people.person(group)
    for image in images:
        answer = people.api.delete(f"{portal.url}/api/studies/{image.StudyInstanceUID}", timeout=30)
        assert answer.status_code == 204, answer.text
    deletions = f"{portal.url}/api/deletions"
    entries = {
        entry["studyInstanceUID"]: entry["id"] for entry in people.api.get(deletions, timeout=30).json()["items"]
    }
    seen, hidden = (entries[image.StudyInstanceUID] for image in images)
    assert [entry["id"] for entry in member.session.get(deletions, timeout=30).json()["items"]] == [seen]
    for refused in (hidden, ABSENT):
        assert member.session.post(f"{deletions}/{refused}/restore", timeout=30).status_code == 404
        assert member.session.delete(f"{deletions}/{refused}", timeout=30).status_code == 404
    assert member.session.post(f"{deletions}/{seen}/restore", timeout=30).status_code == 204
    assert people.api.post(f"{deletions}/{hidden}/restore", timeout=30).status_code == 204


def test_a20_an_import_of_somebody_else_is_nobody_s(portal, people, member):
    """404 for its progress and its report, no entry in the list, and its id cannot be taken over."""
    image, chosen = samples.made(patient_id="A20-C-IMPORT"), str(uuid.uuid4())
    packed = samples.archive({"1.dcm": samples.file_bytes(image)})
    call = {"params": {"id": chosen}, "data": packed, "headers": {"Content-Type": "application/zip"}, "timeout": 60}
    other = people.person(people.group("view", "import", "editPatients"))
    assert other.session.post(f"{portal.url}/api/patients/import", **call).status_code == 200
    assert other.session.get(f"{portal.url}/api/imports/{chosen}", timeout=30).status_code == 200
    assert member.session.get(f"{portal.url}/api/imports/{chosen}", timeout=30).status_code == 404
    assert chosen not in member.session.get(f"{portal.url}/api/imports", timeout=30).text
    assert member.session.post(f"{portal.url}/api/patients/import", **call).status_code == 409
    assert image.StudyInstanceUID in other.session.get(f"{portal.url}/api/imports/{chosen}", timeout=30).text


def test_a20_a_cursor_of_somebody_else_leads_to_nothing_more(portal, api, patients, member):
    """The place in a list that an administrator got shows a member the granted patient, or nothing."""
    page = api.get(f"{portal.url}/api/patients", params={"limit": 1}, timeout=30).json()
    for cursor in (page["next"], "AAAA", "x" * 5000, "../..", "0"):
        query = {"limit": 200, "after": cursor}
        answer = member.session.get(f"{portal.url}/api/patients", params=query, timeout=30)
        assert answer.status_code in (200, 400)
        if answer.status_code == 200:
            assert {patient["id"] for patient in answer.json()["items"]} <= set(patients[:1])


def test_a20_a_patient_s_own_account_sees_the_own_file(portal, people, images, patients):
    """Everything of its own, nothing of others, and it changes nothing."""
    own = people.person(patient=patients[0]).session
    assert [one["id"] for one in own.get(f"{portal.url}/api/patients", timeout=30).json()["items"]] == patients[:1]
    # Taking files out is a right that a group gives.
    assert {own.get(portal.url + door, timeout=30).status_code for door in doors(portal, images[0])} <= {200, 403}
    assert {own.get(portal.url + door, timeout=30).status_code for door in doors(portal, images[1])} == {404}
    assert own.patch(f"{portal.url}/api/patients/{patients[0]}", json={"notes": "x"}, timeout=30).status_code == 403
    assert own.delete(f"{portal.url}/api/patients/{patients[0]}", timeout=30).status_code == 403
    assert stow(portal, own, samples.made(study=images[0].StudyInstanceUID)).status_code == 403
