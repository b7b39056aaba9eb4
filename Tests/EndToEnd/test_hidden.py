"""A study that an account may not see is not there: at no door of DICOMweb, and in no count."""

import pytest

import samples
from people import doors, path_of


@pytest.fixture(scope="module")
def images(people):
    """One study of a patient that the reader is granted, and one of another patient."""
    made = [samples.made(patient_id=f"HIDDEN-{number}", name="Caché^Tout") for number in (1, 2)]
    for image in made:
        image.private_block(0x0009, "ACME 1.0", create=True).add_new(0x01, "LO", "SECRET")
        image.SeriesDescription = f"Secret {image.PatientID}"
    people.store(*made)
    return made


@pytest.fixture(scope="module")
def reader(people, images):
    """A session of an account whose group sees the first patient alone."""
    group = people.group("view", "export")
    people.grant(group, people.patient("HIDDEN-1"))
    return people.person(group).session


def test_there_is_somebody_who_sees_both(portal, api, images):
    for image in images:
        assert api.get(f"{portal.url}{path_of(image)}/metadata", timeout=30).status_code == 200


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
