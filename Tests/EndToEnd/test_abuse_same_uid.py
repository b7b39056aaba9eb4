"""A17: an instance of another group is neither overwritten nor told apart by sending another under its names."""

import copy

import pytest
import requests
from pydicom.uid import generate_uid
from pynetdicom import AE

import samples
from people import path_of, stow
from portal import AE_TITLE

RIGHTS = ("view", "editPatients", "import", "export")
HIDDEN = 0x0124


@pytest.fixture(scope="module")
def first(people):
    return people.person(people.group(*RIGHTS))


@pytest.fixture(scope="module")
def second_group(people):
    return people.group(*RIGHTS)


@pytest.fixture(scope="module")
def second(people, second_group):
    return people.person(second_group)


@pytest.fixture
def image(portal, first):
    """An instance of the first group."""
    made = samples.made(patient_id=f"A17-{generate_uid()[-12:]}", name="Premier^Ici")
    assert stow(portal, first.session, made).status_code == 200
    return made


def other_patient(image, **names):
    other = copy.deepcopy(image)
    other.PatientID, other.PatientName, other.PatientBirthDate = f"{image.PatientID}-B", "Second^Ailleurs", "19990909"
    other.PixelData = bytes(len(image.PixelData))
    for keyword, value in names.items():
        setattr(other, keyword, value)
    other.file_meta.MediaStorageSOPInstanceUID = other.SOPInstanceUID
    return other


FORGERIES = {
    "another patient under the same names": other_patient,
    "the same instance in a study of one's own": lambda image: other_patient(
        image, StudyInstanceUID=generate_uid(), SeriesInstanceUID=generate_uid()
    ),
    "the same series in a study of one's own": lambda image: other_patient(
        image, StudyInstanceUID=generate_uid(), SOPInstanceUID=generate_uid()
    ),
    "a new instance in the hidden study": lambda image: other_patient(image, SOPInstanceUID=generate_uid()),
    "a new series in the hidden study": lambda image: other_patient(
        image, SeriesInstanceUID=generate_uid(), SOPInstanceUID=generate_uid()
    ),
    "the very same file": copy.deepcopy,
}


def by_stow(portal, second, other):
    answer = stow(portal, second.session, other)
    assert answer.status_code == 409, answer.text
    return answer.json()["00081198"]["Value"][0]["00081197"]["Value"][0]


def by_import(portal, second, other):
    packed = samples.archive({f"Patient-{other.PatientID}/1.dcm": samples.file_bytes(other)})
    headers = {"Content-Type": "application/zip"}
    answer = second.session.post(f"{portal.url}/api/patients/import", data=packed, headers=headers, timeout=60)
    assert [file["outcome"] for file in answer.json()["files"]] == ["rejected"], answer.text


@pytest.mark.parametrize("send", [by_stow, by_import])
@pytest.mark.parametrize("name", list(FORGERIES))
def test_a17_another_group_s_instance_stays_as_it_is(portal, api, first, second, image, name, send):
    """First wins; what comes from someone who does not see the study is refused, kept nowhere, and audited."""
    before = metadata(portal, first.session, image)
    other = FORGERIES[name](image)
    began = portal.sql("SELECT coalesce(max(id), 0) FROM portal.audit")[0]
    reason = send(portal, second, other)
    if reason is not None and "the same series" not in name:
        assert reason == HIDDEN
    assert original(portal, first.session, image).content == samples.file_bytes(image)
    assert metadata(portal, first.session, image) == before
    assert studies(portal, api, other.PatientID) == ([image.StudyInstanceUID] if name.endswith("same file") else [])
    assert studies(portal, second.session, "*") == studies(portal, second.session, "A17-OWN")
    assert original(portal, second.session, image).status_code == 404
    assert original(portal, second.session, other).status_code == 404
    if "the same series" not in name:
        refused = f"action = 'store.refused' AND actor = '{second.id}'"
        assert portal.sql(f"SELECT count(*) FROM portal.audit WHERE id > {began} AND {refused}") == ["1"]


def metadata(portal, session, image):
    answer = session.get(f"{portal.url}/dicomweb/studies/{image.StudyInstanceUID}/metadata", timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()


def original(portal, session, image) -> requests.Response:
    return session.get(f"{portal.url}/api/instances/{image.SOPInstanceUID}/original", timeout=30)


def studies(portal, session, patient_id):
    answer = session.get(f"{portal.url}/dicomweb/studies", params={"PatientID": patient_id}, timeout=30)
    return sorted(study["0020000D"]["Value"][0] for study in answer.json()) if answer.text else []


def test_a17_a_series_of_a_hidden_study_is_refused_like_the_study(portal, second, image):
    """0124H and an audit entry, as for everything else that touches a hidden study."""
    began = portal.sql("SELECT coalesce(max(id), 0) FROM portal.audit")[0]
    assert by_stow(portal, second, FORGERIES["the same series in a study of one's own"](image)) == HIDDEN
    refused = f"action = 'store.refused' AND actor = '{second.id}'"
    assert portal.sql(f"SELECT count(*) FROM portal.audit WHERE id > {began} AND {refused}") == ["1"]


def test_a17_the_second_person_can_store(portal, second):
    """What is nobody else's goes in: the refusals above are for what is sent, not for who sends."""
    assert stow(portal, second.session, samples.made(patient_id="A17-OWN")).status_code == 200


def test_a17_a_study_under_another_group_s_patient_id_does_not_join(portal, api, people, first, second, image):
    """A study that names a hidden patient waits for one who sees both; the hidden patient gains nothing."""
    patient = people.patient(image.PatientID)
    other = samples.made(patient_id=image.PatientID, name=str(image.PatientName))
    assert stow(portal, second.session, other).status_code == 200
    assert studies(portal, first.session, image.PatientID) == [image.StudyInstanceUID]
    found = api.get(f"{portal.url}/api/patients/{patient}", timeout=30).json()
    assert found["studies"] == 1
    waiting = api.get(f"{portal.url}/api/inbox", params={"limit": 200}, timeout=30).text
    assert other.StudyInstanceUID in waiting
    assert api.delete(f"{portal.url}/api/studies/{other.StudyInstanceUID}", timeout=30).status_code == 204


def test_a17_who_sees_both_gets_a_conflict_that_is_audited(portal, api, image):
    """409 with 0111H to someone who sees the study; the first content stays, and an entry names the study."""
    answer = stow(portal, api, other_patient(image))
    assert answer.status_code == 409
    assert answer.json()["00081198"]["Value"][0]["00081197"]["Value"] == [0x0111]
    assert original(portal, api, image).content == samples.file_bytes(image)
    conflict = f"action = 'instance.conflict' AND study = '{image.StudyInstanceUID}'"
    assert portal.sql(f"SELECT count(*) FROM portal.audit WHERE {conflict}") == ["1"]


def test_a17_a_modality_of_another_group_is_refused(portal, api, first, second_group, image):
    """0124H over DIMSE for a sender whose group does not see the study; its own studies go in."""
    title = f"A17{generate_uid()[-9:]}"
    assert c_store(portal, title, samples.made(patient_id="A17-DIMSE")) == 0
    senders = api.get(f"{portal.url}/api/senders", timeout=30).json()["items"]
    sender = next(sender for sender in senders if sender["aeTitle"] == title)
    change = api.patch(f"{portal.url}/api/senders/{sender['id']}", json={"group": second_group}, timeout=30)
    assert change.status_code == 200, change.text
    for name in ("another patient under the same names", "the same instance in a study of one's own"):
        assert c_store(portal, title, FORGERIES[name](image)) == HIDDEN, name
    assert c_store(portal, title, samples.made(patient_id="A17-DIMSE")) == 0
    assert original(portal, first.session, image).content == samples.file_bytes(image)


def c_store(portal, title, image):
    sender = AE(title)
    sender.add_requested_context(image.SOPClassUID, image.file_meta.TransferSyntaxUID)
    address, port = portal.dicom
    association = sender.associate(address, port, ae_title=AE_TITLE)
    assert association.is_established
    try:
        return association.send_c_store(image).Status
    finally:
        association.release()


def test_a17_the_image_is_there_for_its_own_group(portal, first, image):
    """The positive control of the doors that the tests above find closed."""
    assert first.session.get(f"{portal.url}{path_of(image)}/metadata", timeout=30).status_code == 200
