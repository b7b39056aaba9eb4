"""An import is taken back while nothing else has touched what it stored."""

import pytest
from pydicom.uid import generate_uid

import samples
from importing import Import, code
from people import ABSENT, path_of
from test_resumable_imports import folder


def undo(sent, session=None):
    return (session or sent.session).post(sent.address(f"/{sent.id}/undo"), timeout=60)


def stored(portal, api, count=3, **more):
    files, images = folder(count, **more)
    sent = Import(portal, api, files).send()
    sent.run()
    return sent, images


def status_of(portal, api, image):
    return api.get(portal.url + path_of(image) + "/metadata", timeout=30).status_code


def patients(portal, number):
    where = f"patient_id = '{number}' AND deleted IS NULL"
    return portal.sql(f"SELECT id FROM portal.patients WHERE {where}")


def count_of(portal, api, image):
    found = api.get(f"{portal.url}/dicomweb/studies?StudyInstanceUID={image.StudyInstanceUID}", timeout=30)
    return found.json()[0]["00201208"]["Value"][0] if found.text not in ("", "[]") else 0


def test_what_it_made_is_gone_and_can_be_restored(portal, api):
    sent, images = stored(portal, api)
    assert sent.show()["undoneAt"] is None
    assert undo(sent).json() == {"instances": 3, "studies": 1, "patients": 1}
    assert status_of(portal, api, images[0]) == 404 and not patients(portal, images[0].PatientID)
    assert sent.show()["undoneAt"] and sent.show()["state"] == "done"
    assert code(undo(sent)) == "import.notUndoable"
    record = f"action = 'import.undone' AND details ->> 'import' = '{sent.id}'"
    assert portal.sql(f"SELECT details ->> 'instances' FROM portal.audit WHERE {record}") == ["3"]
    listed = api.get(f"{portal.url}/api/deletions", params={"limit": 200}, timeout=30).json()["items"]
    entry = next(one for one in listed if one["patient"] and one["patient"]["patientId"] == images[0].PatientID)
    assert api.post(f"{portal.url}/api/deletions/{entry['id']}/restore", timeout=30).status_code == 204
    assert status_of(portal, api, images[0]) == 200 and patients(portal, images[0].PatientID)


def test_a_study_that_has_others_keeps_those(portal, api, people):
    files, images = folder(4)
    people.store(*images[:2])
    other = samples.made(
        study=images[0].StudyInstanceUID, modality="MR", patient_id=images[0].PatientID, name="Ångström^Zoé"
    )
    sent = Import(portal, api, files | {"other.dcm": samples.file_bytes(other)}).send()
    assert sent.run()["counts"]["stored"] == 3
    assert undo(sent).json() == {"instances": 3, "studies": 0, "patients": 0}
    assert [status_of(portal, api, image) for image in [*images, other]] == [200, 200, 404, 404, 404]
    assert count_of(portal, api, images[0]) == 2
    series = api.get(f"{portal.url}/dicomweb/studies/{images[0].StudyInstanceUID}/series", timeout=30).json()
    assert [(one["00080060"]["Value"], one["00201209"]["Value"]) for one in series] == [(["CT"], [2])]
    found = api.get(f"{portal.url}/dicomweb/studies?StudyInstanceUID={other.StudyInstanceUID}", timeout=30).json()
    assert found[0]["00080061"]["Value"] == ["CT"] and found[0]["00201206"]["Value"] == [1]
    assert patients(portal, images[0].PatientID)
    # The same files again are new ones.
    counts = Import(portal, api, files).send().run()["counts"]
    assert (counts["stored"], counts["identical"]) == (2, 2)


def delete(portal, api, people, image):
    return api.delete(f"{portal.url}/api/studies/{image.StudyInstanceUID}", timeout=30)


def detach(portal, api, people, image):
    return api.post(f"{portal.url}/api/inbox/{image.StudyInstanceUID}/detach", timeout=30)


def correct(portal, api, people, image):
    document = {"patient": people.patient(image.PatientID), "correct": True}
    return api.post(f"{portal.url}/api/inbox/{image.StudyInstanceUID}/attach", json=document, timeout=30)


def change(portal, api, people, image):
    address = f"{portal.url}/api/patients/{people.patient(image.PatientID)}"
    return api.patch(address, json={"notes": "Modifié"}, timeout=30)


@pytest.mark.parametrize("touch", [delete, detach, correct, change])
def test_what_was_touched_since_stays(portal, api, people, touch):
    sent, images = stored(portal, api)
    answer = touch(portal, api, people, images[0])
    assert answer.ok, answer.text
    refused = undo(sent)
    assert refused.status_code == 409 and code(refused) == "import.touched"
    details = refused.json()["error"]["details"]
    assert details["patients" if touch is change else "studies"]
    assert sent.show()["undoneAt"] is None


def test_what_came_into_its_study_later_stays(portal, api, people):
    sent, images = stored(portal, api)
    later = samples.made(
        study=images[0].StudyInstanceUID, series=images[0].SeriesInstanceUID, number=9,
        patient_id=images[0].PatientID, name="Ångström^Zoé",
    )  # fmt: skip
    people.store(later)
    assert undo(sent).json() == {"instances": 3, "studies": 0, "patients": 0}
    assert status_of(portal, api, later) == 200 and count_of(portal, api, later) == 1


def test_a_patient_with_another_study_stays(portal, api, people):
    sent, images = stored(portal, api)
    other = samples.made(patient_id=images[0].PatientID, name="Ångström^Zoé")
    people.store(other)
    assert undo(sent).json() == {"instances": 3, "studies": 1, "patients": 0}
    assert status_of(portal, api, other) == 200 and status_of(portal, api, images[0]) == 404


def test_what_an_import_found_there_is_not_its_own(portal, api):
    files, images = folder()
    Import(portal, api, files).send().run()
    again = Import(portal, api, files).send()
    again.run()
    assert undo(again).json() == {"instances": 0, "studies": 0, "patients": 0}
    assert status_of(portal, api, images[0]) == 200


def test_an_import_that_is_received_has_nothing_to_take_back(portal, api):
    sent = Import(portal, api, {"a.dcm": samples.made_bytes()})
    assert code(undo(sent)) == "import.notUndoable"
    assert api.post(sent.address(f"/{ABSENT}/undo"), timeout=30).status_code == 404


def test_the_owner_takes_back_what_it_brought_and_nobody_elses(portal, api, people):
    owner = people.person(people.group("view", "import", "editPatients"))
    other = people.person(people.group("view", "import", "delete"))
    files, images = folder()
    sent = Import(portal, owner.session, files).send()
    sent.run()
    assert undo(sent, other.session).status_code == 404
    administrator = people.person(people.group("view", "import", "administer", scope="all"))
    assert code(undo(sent, administrator.session)) == "permission.missing"
    assert undo(sent).json()["instances"] == 3
    assert status_of(portal, api, images[0]) == 404


def test_an_import_at_once_can_be_taken_back_too(portal, api):
    files, images = folder(2)
    chosen = "5a0c1f5e-0000-4000-8000-" + generate_uid()[-12:].replace(".", "0")
    address = f"{portal.url}/api/patients/import?id={chosen}"
    headers = {"Content-Type": "application/zip"}
    assert api.post(address, data=samples.archive(files), headers=headers, timeout=60).status_code == 200
    assert api.post(f"{portal.url}/api/imports/{chosen}/undo", timeout=30).json()["patients"] == 1
    assert status_of(portal, api, images[0]) == 404
