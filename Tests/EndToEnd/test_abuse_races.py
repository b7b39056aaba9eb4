"""A28: what is deleted, restored and revoked while it is used is used or refused, and never half there."""

import concurrent.futures

import pytest
from pydicom.uid import generate_uid

import samples
from people import doors, path_of, stow
from portal import wait_for
from traffic import Storing, Traffic, reading, session_like

USED = {200, 404}
STORED = {200, 409}  # 409: the study is away, like a hidden one
ROUNDS = 6


@pytest.fixture
def images(people):
    """A study of four instances, of a patient of its own."""
    made = samples.made_study(4, patient_id=f"A28-{generate_uid()[-12:]}", name="Vingt-huit^Course")
    people.store(*made)
    return made


def delete(portal, session, image):
    return session.delete(f"{portal.url}/api/studies/{image.StudyInstanceUID}", timeout=30).status_code


def deletion(portal, session, image):
    """The entry of a deleted study."""
    items = session.get(f"{portal.url}/api/deletions", params={"limit": 200}, timeout=30).json()["items"]
    return next(item for item in items if item["studyInstanceUID"] == image.StudyInstanceUID)


def restore(portal, session, entry):
    return session.post(f"{portal.url}/api/deletions/{entry['id']}/restore", timeout=30).status_code


def assert_whole(portal, api, image, contents):
    """Exactly these instances are there: found, counted, described, and equal byte for byte."""
    study = f"{portal.url}/dicomweb/studies/{image.StudyInstanceUID}"
    found = api.get(f"{portal.url}/dicomweb/studies?StudyInstanceUID={image.StudyInstanceUID}", timeout=30).json()
    assert [one["00201208"]["Value"][0] for one in found] == [len(contents)]
    for path in ("metadata", "instances"):
        listed = api.get(f"{study}/{path}", timeout=60).json()
        assert {one["00080018"]["Value"][0] for one in listed} == set(contents), path
    for uid, content in contents.items():
        assert api.get(f"{portal.url}/api/instances/{uid}/original", timeout=30).content == content


def assert_away(portal, session, image):
    answers = {door: session.get(portal.url + door, timeout=30).status_code for door in doors(portal, image)}
    assert len(answers) >= 15 and set(answers.values()) == {404}, answers
    for level in ("studies", "series", "instances"):
        found = session.get(f"{portal.url}/dicomweb/{level}?StudyInstanceUID={image.StudyInstanceUID}", timeout=30)
        assert found.text in ("", "[]")


def contents_of(images):
    return {image.SOPInstanceUID: samples.file_bytes(image) for image in images}


def test_a28_a_study_is_deleted_and_restored_while_it_is_stored_and_read(portal, api, images, still_alive):
    """Never a 500; what is answered is whole; after the last restore every acknowledged instance is there."""
    image, storing = images[0], Storing(portal, api, images[0])
    with Traffic(**reading(portal, api, image), store=storing) as traffic:
        for _ in range(ROUNDS):
            assert delete(portal, api, image) == 204
            traffic.await_more()
            entry = deletion(portal, api, image)
            assert restore(portal, api, entry) == 204
            traffic.await_more()
    assert not traffic.faults, traffic.faults
    names = [name for name in traffic.seen if name != "store"]
    assert traffic.statuses(*names) == USED and traffic.statuses("store") == STORED, traffic.seen
    assert_whole(portal, api, image, contents_of(images) | storing.acknowledged)
    assert delete(portal, api, image) == 204
    assert_away(portal, api, image)
    assert stow(portal, api, samples.made(study=image.StudyInstanceUID)).status_code == 409


def test_a28_a_study_is_removed_for_good_while_it_is_stored_and_read(portal, api, images, still_alive):
    """Never a 500; at the end there is what was acknowledged after it was gone, and nothing of before."""
    image = images[0]
    storing = Storing(portal, api, image)
    with Traffic(**reading(portal, api, image), store=storing) as traffic:
        assert delete(portal, api, image) == 204
        entry = deletion(portal, api, image)
        before = set(storing.acknowledged)
        gone = api.delete(f"{portal.url}/api/deletions/{entry['id']}", timeout=30)
        assert gone.status_code == 204, gone.text
        wait_for(lambda: traffic.faults or set(storing.acknowledged) - before, 30)
        traffic.await_more()
    assert not traffic.faults, traffic.faults
    assert traffic.statuses() <= USED | STORED, traffic.seen
    again = {uid: content for uid, content in storing.acknowledged.items() if uid not in before}
    listed = api.get(f"{portal.url}/dicomweb/studies/{image.StudyInstanceUID}/instances", timeout=30).json()
    uids = {one["00080018"]["Value"][0] for one in listed}
    assert uids and uids <= set(again)
    # What was under way while it was deleted may have been acknowledged before it was counted here.
    assert len(set(again) - uids) <= 1
    assert_whole(portal, api, image, {uid: again[uid] for uid in uids})
    assert restore(portal, api, entry) == 404


def at_once(action, count=8):
    with concurrent.futures.ThreadPoolExecutor(count) as threads:
        return sorted(threads.map(lambda _: action(), range(count)))


def test_a28_of_many_who_delete_and_restore_at_once_one_does(portal, api, images, still_alive):
    """One 204 of each, 404 or 409 for the others, one entry among the deletions, and the study whole afterwards."""
    image = images[0]
    for _ in range(3):
        statuses = at_once(lambda: delete(portal, session_like(api), image))
        assert statuses.count(204) == 1 and set(statuses) <= {204, 404}
        items = api.get(f"{portal.url}/api/deletions", params={"limit": 200}, timeout=30).json()["items"]
        assert [item["studyInstanceUID"] for item in items].count(image.StudyInstanceUID) == 1
        entry = deletion(portal, api, image)
        statuses = at_once(lambda entry=entry: restore(portal, session_like(api), entry))
        assert statuses.count(204) == 1 and set(statuses) <= {204, 404, 409}
    assert_whole(portal, api, image, contents_of(images))


def test_a28_one_restores_while_another_removes_for_good(portal, api, images, still_alive):
    """Either it is back and whole, or it is gone and unknown; both say so."""
    image = images[0]
    assert delete(portal, api, image) == 204
    entry = deletion(portal, api, image)
    address = f"{portal.url}/api/deletions/{entry['id']}"
    actions = [
        lambda: restore(portal, session_like(api), entry),
        lambda: session_like(api).delete(address, timeout=30).status_code,
    ]
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(lambda number: (number % 2, actions[number % 2]()), range(8)))
    done = [kind for kind, status in statuses if status == 204]
    assert len(done) == 1 and {status for _, status in statuses} <= {204, 404, 409}, statuses
    if done == [0]:
        assert_whole(portal, api, image, contents_of(images))
    else:
        assert_away(portal, api, image)


def test_a28_a_patient_is_deleted_and_restored_while_its_studies_are_used(portal, api, people, images, still_alive):
    """Never a 500; patient and studies go and come back together."""
    image, storing = images[0], Storing(portal, api, images[0])
    patient = f"{portal.url}/api/patients/{people.patient(image.PatientID)}"
    others = {name: session_like(api) for name in ("file", "list")}
    pages = {
        "file": lambda: others["file"].get(f"{patient}/studies", timeout=30).status_code,
        "list": lambda: others["list"].get(f"{portal.url}/api/patients?q={image.PatientID}", timeout=30).status_code,
    }
    with Traffic(**reading(portal, api, image), **pages, store=storing) as traffic:
        for _ in range(ROUNDS):
            assert api.delete(patient, timeout=30).status_code == 204
            assert api.get(patient, timeout=30).status_code == 404
            traffic.await_more()
            items = api.get(f"{portal.url}/api/deletions", params={"limit": 200}, timeout=30).json()["items"]
            entry = next(item for item in items if (item["patient"] or {}).get("patientId") == image.PatientID)
            assert restore(portal, api, entry) == 204
            traffic.await_more()
    assert not traffic.faults, traffic.faults
    assert traffic.statuses() <= USED | STORED, traffic.seen
    assert api.get(patient, timeout=30).status_code == 200
    assert_whole(portal, api, image, contents_of(images) | storing.acknowledged)


def test_a28_a_grant_is_taken_and_given_while_the_study_is_used(portal, people, images, still_alive):
    """Never a 500; a request that begins after the grant was taken is refused, at every door."""
    image, group = images[0], people.group("view", "export")
    patient = people.patient(image.PatientID)
    people.grant(group, patient)
    reader = people.person(group).session
    with Traffic(**reading(portal, reader, image)) as traffic:
        for _ in range(ROUNDS):
            people.revoke(group, patient)
            assert_away(portal, reader, image)
            traffic.await_more()
            people.grant(group, patient)
            assert reader.get(f"{portal.url}{path_of(image)}/metadata", timeout=30).status_code == 200
            traffic.await_more()
    assert not traffic.faults, traffic.faults
    # A request that saw the study and was then asked for its right to take it out may hear of that right.
    assert traffic.statuses() - {403} == USED, traffic.seen
    assert traffic.statuses("frame", "metadata", "search", "picture") == USED, traffic.seen


def test_a28_counters_agree_with_what_is_there(portal):
    """After all of this the index counts what it has: the numbers of series, instances and studies are the rows'."""
    wrong = portal.sql(
        """
        SELECT s.uid, s.instance_count, count(i.id) FROM portal.studies s LEFT JOIN portal.series e ON e.study_id = s.id
        LEFT JOIN portal.instances i ON i.series_id = e.id GROUP BY s.id HAVING s.instance_count <> count(i.id)
        """
    )
    assert wrong == []
