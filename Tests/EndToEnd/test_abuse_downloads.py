"""A28: a download whose right ends while it goes on."""

import io
import zipfile

import numpy
import pytest
import urllib3
from pydicom.uid import generate_uid

import samples
from traffic import ZIP

PARTS = {"Accept": 'multipart/related; type="application/dicom"; transfer-syntax=*'}


@pytest.fixture
def large(people):
    """A study of 16 MB that no compression makes small."""
    noise = numpy.random.default_rng(1)
    made = samples.made_study(32, patient_id=f"A28-{generate_uid()[-12:]}", side=16)
    for image in made:
        samples.put_pixels(image, noise.integers(0, 65535, (512, 512), "uint16"))
    people.store(*made)
    return made


@pytest.mark.parametrize(
    ("end", "accept"),
    [
        pytest.param("grant", ZIP, id="grant, ZIP"),
        pytest.param("study", ZIP, id="study, ZIP"),
        pytest.param("session", ZIP, id="session, ZIP"),
        pytest.param("grant", PARTS, id="grant, parts"),
        pytest.param("study", PARTS, id="study, parts"),
        pytest.param("session", PARTS, id="session, parts"),
    ],
)
def test_a28_a_download_that_loses_its_right_is_whole_or_cut(portal, api, people, large, end, accept, still_alive):
    """What was begun may be finished or broken off, but does not end as if it were all; the next one is refused."""
    image, group = large[0], people.group("view", "export")
    patient = people.patient(image.PatientID)
    people.grant(group, patient)
    reader = people.person(group).session
    study = f"{portal.url}/dicomweb/studies/{image.StudyInstanceUID}"
    with reader.get(study, headers=accept, timeout=60, stream=True) as answer:
        assert answer.status_code == 200
        content = answer.raw.read(1 << 16)
        take_away(portal, api, people, end, reader, group, patient, image)
        try:
            content += answer.raw.read()
        except urllib3.exceptions.HTTPError:
            content = None
    refused = reader.get(study, headers=accept, timeout=60)
    assert refused.status_code == (401 if end == "session" else 404)
    missing = [] if content is None else missing_in(files_in(content) if accept is ZIP else [content], large)
    assert not missing, f"{len(missing)} of {len(large)} are missing in an answer that ended well"


def take_away(portal, api, people, end, reader, group, patient, image):
    if end == "grant":
        people.revoke(group, patient)
    elif end == "study":
        answer = api.delete(f"{portal.url}/api/studies/{image.StudyInstanceUID}", timeout=30)
        assert answer.status_code == 204, answer.text
    else:
        assert reader.delete(f"{portal.url}/api/session", timeout=30).status_code == 204


def files_in(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [packed.read(name) for name in packed.namelist()]


def missing_in(files, images):
    return [image.SOPInstanceUID for image in images if not any(image.PixelData[:64] in file for file in files)]
