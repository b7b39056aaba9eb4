"""Rights that change while studies arrive: nothing is missed, and a right that is taken is gone with the next request."""

import concurrent.futures
import itertools
import subprocess
import time

import pytest
import requests

import samples
from people import path_of
from portal import wait_for

PATIENTS, STUDIES_OF_EACH, WRITERS = 50, 200, 8
PREFIX = "1.2.826.0.1.3680043.8.498.77"

FILL = f"""
INSERT INTO portal.patients (patient_id, last_name) SELECT 'LOAD-' || n, 'Charge' FROM generate_series(1, {PATIENTS}) n;
INSERT INTO portal.studies (uid, patient, patient_id, patient_name, started, attributes)
    SELECT '{PREFIX}.' || p.patient_id_number || '.' || n, p.id, p.patient_id, 'CHARGE',
        timestamp '2020-01-01' + n * interval '1 day', '{{}}'
    FROM (SELECT *, substr(patient_id, 6)::int AS patient_id_number FROM portal.patients WHERE patient_id LIKE 'LOAD-%') p,
        generate_series(1, {STUDIES_OF_EACH}) n;
SELECT count(portal.show_studies(ARRAY(SELECT id FROM portal.studies WHERE uid LIKE '{PREFIX}%')));
SELECT count(portal.show_patients(ARRAY(SELECT id FROM portal.patients WHERE patient_id LIKE 'LOAD-%')));
"""

# What the lists hold beside what the rules give when everything is computed anew.
SIGHT = """
(c.sees_all OR EXISTS (SELECT FROM portal.grants g WHERE g.group_id = ANY (c.groups) AND g.patient_id = {patient})
    OR EXISTS (SELECT FROM portal.users u WHERE u.id = c.person AND u.patient = {patient}))
"""
WANTED = f"""
SELECT c.id, s.id, s.patient FROM portal.scopes c CROSS JOIN portal.studies s
WHERE s.deleted IS NULL AND (c.sees_all OR s.patient IS NOT NULL AND {SIGHT.format(patient="s.patient")}
    OR s.patient IS NULL AND (c.person = s.brought_by
        OR EXISTS (SELECT FROM portal.senders x WHERE x.id = s.sender AND x.group_id = ANY (c.groups))))
"""
FOUND = "SELECT scope_id, study_id, patient FROM portal.visible_studies"
DIFFERENCES = f"""
WITH wanted AS ({WANTED}), found AS ({FOUND})
SELECT 'missing', a::text FROM (TABLE wanted EXCEPT ALL TABLE found) a
UNION ALL SELECT 'too many', b::text FROM (TABLE found EXCEPT ALL TABLE wanted) b LIMIT 20
"""


def sql(portal, statements):
    command = ["psql", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-d", portal.ready["databaseURL"]]
    done = subprocess.run(command, input=statements, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()


@pytest.fixture(scope="module")
def group(portal, api):
    """A group that sees nothing yet, with an account, and 10,000 studies that it could see."""
    sql(portal, FILL)
    made = api.post(f"{portal.url}/api/groups", json={"name": "load", "permissions": ["view"]}, timeout=30).json()
    account = {"email": "load@example.org", "password": "long enough to be loaded", "groups": [made["id"]]}
    assert api.post(f"{portal.url}/api/users", json=account, timeout=30).status_code == 201
    return made["id"]


@pytest.fixture(scope="module")
def reader(portal, group):
    return portal.sign_in("load@example.org", "long enough to be loaded")


@pytest.fixture(scope="module")
def patients(portal, group):
    return sql(portal, "SELECT id FROM portal.patients WHERE patient_id LIKE 'LOAD-%' ORDER BY id")


def change_rights(portal, api, group, patients, method):
    """Grants or revokes one patient after the other; each answer is a 204."""
    session = requests.Session()
    session.headers.update(api.headers)
    for patient in patients:
        answer = session.request(method, f"{portal.url}/api/groups/{group}/grants/{patient}", timeout=120)
        assert answer.status_code == 204, answer.text


def store_until(portal, api, stop, number):
    """Stores new studies of these patients, one after the other; returns how many."""
    session = requests.Session()
    session.headers.update(api.headers)
    for count in itertools.count():
        if stop():
            return count
        image = samples.made(patient_id=f"LOAD-{(number + count * WRITERS) % PATIENTS + 1}", name="CHARGE", side=8)
        image.PatientBirthDate = ""
        body, headers = samples.stow_body([samples.file_bytes(image)])
        answer = session.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=120)
        assert answer.status_code == 200, answer.text


def test_nothing_is_missed_when_10_000_studies_change_hands_while_8_writers_store(portal, api, group, reader, patients):
    assert len(patients) * STUDIES_OF_EACH == 10_000
    finished = []
    with concurrent.futures.ThreadPoolExecutor(WRITERS + 1) as pool:
        writers = [
            pool.submit(store_until, portal, api, lambda: bool(finished), number) for number in range(WRITERS)
        ]
        try:
            change_rights(portal, api, group, patients, "PUT")
            granted = int(sql(portal, seen_by("load@example.org"))[0])
            change_rights(portal, api, group, patients[: len(patients) // 2], "DELETE")
        finally:
            finished.append(True)
        stored = sum(writer.result() for writer in writers)
    assert granted >= 10_000 and stored >= WRITERS, (granted, stored)
    assert sql(portal, DIFFERENCES) == []
    left = reader.get(f"{portal.url}/dicomweb/studies?PatientName=CHARGE&limit=1", timeout=30)
    assert left.status_code == 200 and len(left.json()) == 1


def seen_by(email):
    return f"""
    SELECT count(*) FROM portal.visible_studies v JOIN portal.users u ON u.scope_id = v.scope_id WHERE u.email = '{email}'
    """


def test_a_right_that_is_taken_is_gone_with_the_next_request(portal, api, group, reader):
    image = samples.made(patient_id="LOAD-REVOKED", name="Repris^Droit")
    body, headers = samples.stow_body([samples.file_bytes(image)])
    assert api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60).status_code == 200
    [patient] = sql(portal, "SELECT id FROM portal.patients WHERE patient_id = 'LOAD-REVOKED'")
    study = f"{portal.url}/dicomweb/studies/{image.StudyInstanceUID}"
    instance = f"{study}/series/{image.SeriesInstanceUID}/instances/{image.SOPInstanceUID}"
    doors = [f"{study}/metadata", f"{instance}/frames/1", f"{instance}/rendered", f"{study}/series"]
    for _ in range(3):
        change_rights(portal, api, group, [patient], "PUT")
        tags = [opened(reader, door) for door in doors]
        change_rights(portal, api, group, [patient], "DELETE")
        for door, tag in zip(doors, tags, strict=True):
            refused = reader.get(door, headers={"If-None-Match": tag}, timeout=30)
            assert refused.status_code == 404 or refused.json() == [], f"{door} answered {refused.status_code}"


def test_what_was_read_a_moment_ago_is_refused_as_soon_as_the_right_is_gone(portal, api, group, reader):
    """Six readers ask on and on; whatever they ask for after the answer to the revocation is not there."""
    images = samples.made_study(8, patient_id="LOAD-SCROLLED", name="Defile^Droit")
    body, headers = samples.stow_body([samples.file_bytes(image) for image in images])
    assert api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60).status_code == 200
    [patient] = sql(portal, "SELECT id FROM portal.patients WHERE patient_id = 'LOAD-SCROLLED'")
    frames = [f"{portal.url}{path_of(image)}/frames/1" for image in images]
    for _ in range(5):
        change_rights(portal, api, group, [patient], "PUT")
        revoked, answers = [], []
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            scrolling = [pool.submit(scroll, reader, frames, revoked, answers) for _ in range(6)]
            wait_for(lambda: len(answers) > 100 or any(task.done() for task in scrolling), 30)
            change_rights(portal, api, group, [patient], "DELETE")
            revoked.append(time.monotonic())
        for task in scrolling:
            task.result()
        before = {status for asked, status in answers if asked < revoked[0]}
        after = {status for asked, status in answers if asked > revoked[0]}
        assert 200 in before and after == {404}, (before, after)


def scroll(reader, frames, revoked, answers):
    """Asks for one frame after the other until a while after the right is gone; notes when it asked for what."""
    session = requests.Session()
    session.headers.update(reader.headers)
    for frame in itertools.cycle(frames):
        asked = time.monotonic()
        answers.append((asked, session.get(frame, timeout=30).status_code))
        if revoked and asked > revoked[0] + 0.3:
            return


def opened(reader, door):
    answer = reader.get(door, timeout=30)
    assert answer.status_code == 200 and answer.content != b"[]", door
    return answer.headers["ETag"]
