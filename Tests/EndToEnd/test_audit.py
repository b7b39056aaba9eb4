"""Who did what to whom, when and from where: every kind of act leaves its row, and the rows cannot be changed unnoticed."""

import csv
import io
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest
import requests

import samples
from portal import AE_TITLE, EMAIL, wait_for


@pytest.fixture(scope="module")
def image(portal, api):
    made = samples.made(patient_id="AUDIT-1", name="Suivi^Tout")
    body, headers = samples.stow_body([samples.file_bytes(made)])
    assert api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60).status_code == 200
    return made


@pytest.fixture(scope="module")
def patient(portal, api, image):
    return api.get(f"{portal.url}/api/patients", params={"q": "AUDIT-1"}, timeout=30).json()["items"][0]


def instance_of(portal, image):
    study, series = image.StudyInstanceUID, image.SeriesInstanceUID
    return f"{portal.url}/dicomweb/studies/{study}/series/{series}/instances/{image.SOPInstanceUID}"


def rows(portal, api, **query):
    answer = api.get(f"{portal.url}/api/audit", params={"limit": 200, **query}, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def sql(portal, statement):
    command = ["psql", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-d", portal.ready["databaseURL"], "-c", statement]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_visit_is_one_row_however_many_frames(portal, api, image, patient):
    for _ in range(5):
        for door in ("frames/1", "metadata", "rendered"):
            assert api.get(f"{instance_of(portal, image)}/{door}", timeout=30).status_code == 200
    found = rows(portal, api, study=image.StudyInstanceUID, action="study.viewed")
    assert len(found) == 1
    assert found[0]["actor"]["email"] == EMAIL and found[0]["address"] == "127.0.0.1"
    assert found[0]["patient"]["id"] == patient["id"] and found[0]["patient"]["lastName"]


def test_every_kind_of_act_is_on_the_patients_record(portal, api, image, patient):
    place = f"{portal.url}/api/patients/{patient['id']}"
    assert api.get(place, timeout=30).status_code == 200
    assert api.patch(place, json={"condition": "Suivi"}, timeout=30).status_code == 200
    study = f"{portal.url}/dicomweb/studies/{image.StudyInstanceUID}"
    assert api.get(study, headers={"Accept": "application/zip"}, timeout=30).status_code == 200
    assert api.get(f"{instance_of(portal, image)}/thumbnail", timeout=30).status_code == 200
    detach = f"{portal.url}/api/inbox/{image.StudyInstanceUID}"
    assert api.post(f"{detach}/detach", json={}, timeout=30).status_code == 204
    assert api.post(f"{detach}/attach", json={"patient": patient["id"]}, timeout=30).status_code == 204
    assert api.delete(f"{portal.url}/api/studies/{image.StudyInstanceUID}", timeout=30).status_code == 204
    deletion = api.get(f"{portal.url}/api/deletions", timeout=30).json()["items"][0]
    assert deletion["studyInstanceUID"] == image.StudyInstanceUID
    assert api.get(f"{study}/metadata", timeout=30).status_code == 404
    assert api.post(f"{portal.url}/api/deletions/{deletion['id']}/restore", json={}, timeout=30).status_code == 204
    assert api.get(f"{study}/metadata", timeout=30).status_code == 200
    actions = {entry["action"] for entry in api.get(f"{place}/audit?limit=200", timeout=30).json()["items"]}
    assert actions >= {
        "patient.made", "patient.viewed", "patient.changed", "study.received", "study.viewed", "study.previewed",
        "study.exported", "study.attached", "study.detached", "study.removed", "study.restored",
    }  # fmt: skip


def test_sign_ins_also_failed_ones_are_on_record(portal, api):
    before = len(rows(portal, api, action="session.refused"))
    refused = requests.post(f"{portal.url}/api/session", json={"email": EMAIL, "password": "wrong"}, timeout=30)
    assert refused.status_code == 401
    assert len(rows(portal, api, action="session.refused")) == before + 1
    assert {entry["action"] for entry in rows(portal, api, action="session.")} >= {"session.opened", "session.refused"}


def test_an_association_is_on_record_with_what_it_brought(portal, api, tmp_path):
    image = samples.made(patient_id="AUDIT-2", name="Reçu^Par")
    (tmp_path / "one.dcm").write_bytes(samples.file_bytes(image))
    host, port = portal.dicom
    command = ["storescu", "-aet", "AUDITED", "-aec", AE_TITLE, host, str(port), tmp_path / "one.dcm"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    [ended] = wait_for(lambda: [row for row in rows(portal, api, action="association.ended") if sent_by(row)], 30)
    assert ended["details"] == {"instances": "1", "refused": "0"} and ended["actor"] is None
    [received] = rows(portal, api, action="study.received", study=image.StudyInstanceUID)
    assert sent_by(received)


def sent_by(row):
    return row["sender"] is not None and row["sender"]["aeTitle"] == "AUDITED"


def test_filters_and_days(portal, api, image):
    assert rows(portal, api, to="2020-01-01") == []
    assert {row["study"] for row in rows(portal, api, study=image.StudyInstanceUID)} == {image.StudyInstanceUID}
    assert api.get(f"{portal.url}/api/audit?from=yesterday", timeout=30).status_code == 400
    assert api.get(f"{portal.url}/api/audit?colour=red", timeout=30).status_code == 400


def test_a_table_for_a_spreadsheet_computes_nothing(portal, api):
    name = "=HYPERLINK(1)"
    user = {"email": "formula@example.org", "name": name, "password": "long enough for a formula"}
    assert api.post(f"{portal.url}/api/users", json=user, timeout=30).status_code == 201
    session = portal.sign_in(user["email"], user["password"])
    session.delete(f"{portal.url}/api/session", timeout=30)
    answer = api.get(f"{portal.url}/api/audit.csv?action=session.", timeout=60)
    assert answer.headers["Content-Type"].startswith("text/csv") and "attachment" in answer.headers["Content-Disposition"]
    found = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert {row["actorName"] for row in found if row["actor"] == user["email"]} == {"'" + name}
    assert {row["action"] for row in found} <= {f"session.{what}" for what in ("opened", "closed", "refused", "revoked")}


def test_audit_messages_of_dicom(portal, api, image):
    answer = api.get(f"{portal.url}/api/audit.xml?study={image.StudyInstanceUID}", timeout=60)
    messages = ElementTree.fromstring(answer.content).findall("AuditMessage")
    assert len(messages) == len(rows(portal, api, study=image.StudyInstanceUID))
    events = {message.find("EventIdentification/EventID").get("csd-code") for message in messages}
    assert {"110103", "110104"} <= events
    for message in messages:
        assert message.find("ActiveParticipant").get("UserIsRequestor") == "true"
        assert message.find("AuditSourceIdentification").get("AuditSourceID")
        ids = [each.get("ParticipantObjectID") for each in message.findall("ParticipantObjectIdentification")]
        assert str(image.StudyInstanceUID) in ids


def verify(portal, *arguments):
    command = [portal.program("portal"), "audit", "verify", *arguments]
    return subprocess.run(command, env=portal.environment(), capture_output=True, text=True, timeout=60, check=False)


def test_the_record_is_sealed_and_a_changed_row_is_noticed(portal, api):
    wait_for(lambda: rows(portal, api, action="session.")[0]["sealed"], 30)
    good = verify(portal)
    assert good.returncode == 0 and "as it was sealed" in good.stdout, good.stdout + good.stderr
    anchor = good.stdout.split("Newest seal: ")[1].split()[0]
    assert verify(portal, "--anchor", anchor).returncode == 0
    assert verify(portal, "--anchor", anchor[:-1] + ("0" if anchor[-1] != "0" else "1")).returncode == 1
    assert "only appended to" in sql(portal, "UPDATE portal.audit SET address = 'x'").stderr
    change = "UPDATE portal.audit SET address = {} WHERE id = (SELECT min(id) FROM portal.audit)"
    disabled, enabled = (f"ALTER TABLE portal.audit {what} TRIGGER USER" for what in ("DISABLE", "ENABLE"))
    former = sql(portal, "SELECT address FROM portal.audit ORDER BY id LIMIT 1").stdout.strip()
    try:
        assert sql(portal, f"{disabled}; {change.format(chr(39) + 'elsewhere' + chr(39))}").returncode == 0
        bad = verify(portal)
        assert bad.returncode == 1 and "NOT as it was sealed" in bad.stdout, bad.stdout + bad.stderr
    finally:
        assert sql(portal, f"{change.format(chr(39) + former + chr(39))}; {enabled}").returncode == 0
    assert verify(portal).returncode == 0
