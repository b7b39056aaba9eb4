"""A study that an account may not see is not there: at no door of DICOMweb, and in no count."""

import re

import pytest
import requests
from pydicom.uid import generate_uid

import samples
from portal import EMAIL, PASSWORD

READER = ("reader@example.org", "long enough for a reader, too")


@pytest.fixture(scope="module")
def images(portal, api):
    """One study of a patient that the reader is granted, and one of another patient."""
    made = [samples.made(patient_id=f"HIDDEN-{number}", name="Caché^Tout") for number in (1, 2)]
    for image in made:
        image.private_block(0x0009, "ACME 1.0", create=True).add_new(0x01, "LO", "SECRET")
        image.SeriesDescription = f"Secret {image.PatientID}"
    body, headers = samples.stow_body([samples.file_bytes(image) for image in made])
    assert api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60).status_code == 200
    return made


@pytest.fixture(scope="module")
def reader(portal, api, images):
    """A session of an account whose group sees the first patient alone."""

    def post(path, document):
        answer = api.post(f"{portal.url}/api{path}", json=document, timeout=30)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    granted = api.get(f"{portal.url}/api/patients", params={"q": "HIDDEN-1"}, timeout=30).json()["items"][0]
    group = post("/groups", {"name": f"readers {generate_uid()}", "permissions": ["view", "export"], "scope": "granted"})
    user = post("/users", {"email": READER[0], "name": "Reader", "password": READER[1], "groups": [group["id"]]})
    assert user["email"] == READER[0]
    grant = api.put(f"{portal.url}/api/groups/{group['id']}/grants/{granted['id']}", timeout=30)
    assert grant.status_code in (200, 201, 204), grant.text
    return signed_in(portal)


def signed_in(portal):
    document = dict(zip(("email", "password"), READER, strict=True))
    answer = requests.post(f"{portal.url}/api/session", json=document, timeout=30)
    if answer.status_code == 403:  # a password that somebody else chose is changed first
        token = answer.json()["error"]["details"]["token"]
        change = {"currentPassword": READER[1], "newPassword": READER[1] + "!"}
        changed = requests.patch(
            f"{portal.url}/api/account", json={"password": change}, headers={"Authorization": f"Bearer {token}"}, timeout=30
        )
        assert changed.status_code in (200, 204), changed.text
        return portal.sign_in(READER[0], READER[1] + "!")
    return portal.sign_in(*READER)


def test_there_is_somebody_who_sees_both(portal, api, images):
    assert portal.sign_in(EMAIL, PASSWORD)
    for image in images:
        assert api.get(f"{portal.url}{path_of(image)}/metadata", timeout=30).status_code == 200


def path_of(image):
    return (
        f"/dicomweb/studies/{image.StudyInstanceUID}/series/{image.SeriesInstanceUID}/instances/{image.SOPInstanceUID}"
    )


def doors(portal, image):
    """Every route of DICOMweb and WADO-URI that names what is stored, with this image's names."""
    names = {
        "study": image.StudyInstanceUID, "series": image.SeriesInstanceUID, "instance": image.SOPInstanceUID,
        "frames": "1", "path": "7FE00010",
    }  # fmt: skip
    for function in portal.functions():
        method, pattern = function["route"].split(" ")
        if method == "GET" and pattern.startswith("/dicomweb/studies/{study}") and "Search" not in function["name"]:
            yield re.sub(r"\{(\w+)\}", lambda found: names[found.group(1)], pattern)
    wado = f"studyUID={names['study']}&seriesUID={names['series']}&objectUID={names['instance']}"
    yield f"/wado?requestType=WADO&{wado}"
    yield f"/api/instances/{names['instance']}/original"


@pytest.mark.parametrize("accept", ["*/*", "application/zip, application/dicom+json;q=0.5, */*;q=0.1"])
def test_every_door_answers_404(portal, reader, images, accept):
    """And each of them opens for the study that is granted."""
    seen, hidden = images
    answers = {}
    for door, closed in zip(doors(portal, seen), doors(portal, hidden), strict=True):
        opened = reader.get(portal.url + door, headers={"Accept": accept}, timeout=30)
        refused = reader.get(portal.url + closed, headers={"Accept": accept}, timeout=30)
        answers[door.split(str(seen.StudyInstanceUID))[-1]] = (opened.status_code, refused.status_code)
    assert len(answers) >= 15
    assert {door: answer for door, answer in answers.items() if answer != (200, 404)} == {}


@pytest.mark.parametrize(
    "query",
    [
        "PatientName=CACH*", "PatientName=cache tout&fuzzymatching=true", "SeriesDescription=Secret*",
        "SeriesDescription=zz*%5CSecret*", "00091001=SECRET&00090010=ACME 1.0", "Rows=64&PatientID=HIDDEN*",
        "PatientID=HIDDEN-1%5CHIDDEN-2", "includefield=all",
    ],
)  # fmt: skip
@pytest.mark.parametrize("level", ["studies", "series", "instances"])
def test_no_search_finds_or_counts_it(portal, reader, images, level, query):
    seen, hidden = images
    answer = reader.get(f"{portal.url}/dicomweb/{level}?{query}&limit=50", timeout=30)
    assert answer.status_code == 200, answer.text
    found = {result["0020000D"]["Value"][0] for result in answer.json()}
    assert hidden.StudyInstanceUID not in found and hidden.StudyInstanceUID not in answer.text
    assert found == {seen.StudyInstanceUID} and "Warning" not in answer.headers


def test_a_search_below_it_is_empty(portal, reader, images):
    study = f"{portal.url}/dicomweb/studies/{images[1].StudyInstanceUID}"
    for below in ("series", "instances", f"series/{images[1].SeriesInstanceUID}/instances"):
        answer = reader.get(f"{study}/{below}", timeout=30)
        assert (answer.status_code, answer.json()) == (200, [])
