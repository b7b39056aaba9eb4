"""What goes out of one portal comes into another and goes out of that again the same."""

import hashlib
import io
import json
import pathlib
import subprocess
import zipfile

import numpy
import pydicom
import pytest
import requests
import urllib3
from pydicom.fileset import FileSet
from pydicom.uid import JPEG2000Lossless, RLELossless, generate_uid

import samples
from people import ABSENT
from portal import Portal
from test_abuse_downloads import files_in, missing_in
from test_memory import ALLOWED_GROWTH, Watch

HOSTILE = ["../../etc/passwd", "C:\\Windows", "a/b\\c", "..", "é山田", "<script>", "con.", "-rf ~; $(reboot)", "%2e%2e%2f"]


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """A portal that holds nothing."""
    empty = Portal(tmp_path_factory.mktemp("other"))
    empty.start()
    yield empty
    empty.stop()


def export(portal, session, **wanted):
    """The archive of patients and studies."""
    made = session.post(f"{portal.url}/api/exports", json=wanted, timeout=60)
    assert made.status_code == 201, made.text
    assert made.headers["Location"] == f"/api/exports/{made.json()['id']}"
    answer = session.get(portal.url + made.headers["Location"], timeout=120)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def manifest(packed):
    """The list of files, of which each is as the list says."""
    listed = json.loads(packed.read("manifest.json"))
    assert (listed["format"], listed["version"]) == ("preview-dicom", 1)
    assert [file["path"] for file in listed["files"]] == packed.namelist()[:-1] and packed.testzip() is None
    for file in listed["files"]:
        content = packed.read(file["path"])
        assert (file["size"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest()), file
    return listed


def bring(portal, session, content):
    headers = {"Content-Type": "application/zip"}
    answer = session.post(f"{portal.url}/api/patients/import", data=content, headers=headers, timeout=120)
    assert answer.status_code == 200, answer.text
    return answer.json()


def patient_with(portal, session, patient_id, **more):
    document = {"patientId": patient_id, "lastName": "Ångström"} | more
    made = session.post(f"{portal.url}/api/patients", json=document, timeout=30)
    assert made.status_code == 201, made.text
    return made.json()["id"]


def in_several_syntaxes(patient_id):
    """Files of two studies, the last without a PS3.10 head."""
    plain, other = samples.made_study(2, patient_id=patient_id), samples.made_study(3, patient_id=patient_id)
    files = [samples.file_bytes(image) for image in plain]
    files += [samples.in_syntax(other[0], RLELossless), samples.in_syntax(other[1], JPEG2000Lossless)]
    bare = io.BytesIO()
    del other[2].file_meta
    pydicom.dcmwrite(bare, other[2], enforce_file_format=False, implicit_vr=True, little_endian=True, force_encoding=True)
    return plain, other, files, bare.getvalue()


@pytest.fixture(scope="module")
def story(portal, api, other):
    """An export of one portal, its import into another, and the export of that."""
    there = other.sign_in()
    group = {"name": f"Lecteurs {generate_uid()}", "permissions": ["view"], "scope": "granted"}
    groups = [at.post(f"{url}/api/groups", json=group, timeout=30).json() for at, url in ((api, portal.url), (there, other.url))]
    patient = patient_with(
        portal, api, "EXPORT 1", firstName="Zoe", birthName="Née", birthDate="1970-02-03", sex="F", condition="Toux",
        status="reading", notes="Une ligne\nune autre", lastVisit="2026-01-02",
        extra={"colour": {"deep": [1, None, 1.5]}, "status": "mine", "id": 7},
    )  # fmt: skip
    assert api.put(f"{portal.url}/api/groups/{groups[0]['id']}/grants/{patient}", timeout=30).status_code == 204
    second = patient_with(portal, api, "EXPORT 1", issuer="AILLEURS")
    plain, mixed, files, bare = in_several_syntaxes("EXPORT 1")
    waiting = samples.made(patient_id="")
    archive = {f"p/{number}.dcm": content for number, content in enumerate([*files, bare])}
    archive["p/p.json"] = json.dumps({"id": "EXPORT 1", "lastName": "Ångström"})
    assert bring(portal, api, samples.archive(archive))["counts"]["stored"] == 5
    assert bring(portal, api, samples.archive({"x.dcm": samples.file_bytes(waiting)}))["counts"]["stored"] == 1
    wrong = samples.made(patient_id="", name="FAUX^NOM")
    bring(portal, api, samples.archive({"x.dcm": samples.file_bytes(wrong)}))
    address = f"{portal.url}/api/inbox/{wrong.StudyInstanceUID}/attach"
    assert api.post(address, json={"patient": patient, "correct": True}, timeout=30).status_code == 204
    # The correction stays as it was made.
    renamed = api.patch(f"{portal.url}/api/patients/{patient}", json={"firstName": "Zoé"}, timeout=30)
    assert renamed.status_code == 200, renamed.text
    first = export(portal, api, patients=[patient, second], studies=[waiting.StudyInstanceUID])
    report = bring(other, there, first.fp.getvalue())
    patients = [one["id"] for one in report["patients"]]
    again = export(other, there, patients=patients, studies=[waiting.StudyInstanceUID])
    return {
        "first": first, "again": again, "report": report, "files": [*files, samples.file_bytes(wrong)], "bare": bare,
        "group": group["name"], "wrong": wrong, "there": there,
    }  # fmt: skip


def test_an_export_imported_and_exported_again_is_the_same(story):
    assert manifest(story["first"]) == manifest(story["again"])


def test_what_an_import_says_of_an_export_is_nothing_but_good(story):
    report = story["report"]
    assert [(one["action"], one["warnings"]) for one in report["patients"]] == [("created", []), ("created", [])]
    assert report["counts"]["stored"] == 7 and report["counts"]["files"] == len(story["first"].namelist()), report
    assert {one["outcome"] for one in report["files"]} == {"stored", "skipped"}


def test_the_sidecar_says_all_of_the_patient(story):
    folder = "Patient-EXPORT_1"
    sidecar = json.loads(story["first"].read(f"{folder}/{folder}.json"))
    assert sidecar.pop("studies") and sidecar == {
        "version": 1, "id": "EXPORT 1", "issuer": "", "lastName": "Ångström", "firstName": "Zoé", "birthName": "Née",
        "dob": "1970-02-03", "sex": "F", "condition": "Toux", "status": "reading", "notes": "Une ligne\nune autre",
        "lastVisit": "2026-01-02", "groups": [story["group"]],
        "extra": {"colour": {"deep": [1, None, 1.5]}, "status": "mine", "id": 7},
    }  # fmt: skip
    assert json.loads(story["first"].read(f"{folder}-2/{folder}-2.json"))["issuer"] == "AILLEURS"


def test_files_are_the_bytes_that_were_received(story):
    packed = story["first"]
    found = {hashlib.sha256(packed.read(name)).digest() for name in packed.namelist()}
    assert all(hashlib.sha256(content).digest() in found for content in [*story["files"], story["bare"]])
    assert sum(name.startswith("Unattached/") for name in packed.namelist()) == 1
    compressed = {one.filename for one in packed.infolist() if one.compress_type == zipfile.ZIP_STORED}
    syntaxes = {name: pydicom.dcmread(packed.open(name), force=True).file_meta.get("TransferSyntaxUID") for name in compressed}
    assert set(syntaxes.values()) == {RLELossless, JPEG2000Lossless}


def test_a_corrected_study_is_corrected_where_it_comes_to(story, other):
    found = story["there"].get(
        f"{other.url}/dicomweb/studies/{story['wrong'].StudyInstanceUID}/metadata", timeout=30
    ).json()[0]
    assert found["00100010"]["Value"] == [{"Alphabetic": "Ångström^Zoe"}]
    former = found["04000561"]["Value"][0]["04000550"]["Value"][0]
    assert former["00100010"]["Value"] == [{"Alphabetic": "FAUX^NOM"}]


def test_others_read_the_dicomdir(story, tmp_path):
    story["first"].extractall(tmp_path)
    dumped = subprocess.run(["dcmdump", "+P", "ReferencedFileID", tmp_path / "DICOMDIR"], capture_output=True, text=True, check=True)
    assert dumped.stdout.count("ReferencedFileID") == 6 and "W:" not in dumped.stderr and "E:" not in dumped.stderr
    instances = list(FileSet(tmp_path / "DICOMDIR"))
    assert len(instances) == 6  # all but the one that is no PS3.10 file
    assert all(pathlib.Path(one.path).is_file() and one.load().SOPInstanceUID == one.SOPInstanceUID for one in instances)


def test_names_stay_in_their_folder(portal, api, tmp_path):
    patients = [patient_with(portal, api, f"{number}{name}", lastName=name) for number, name in enumerate(HOSTILE)]
    image = samples.made(patient_id=f"0{HOSTILE[0]}", name="..^\\/")
    bring(portal, api, samples.archive({"x.dcm": samples.file_bytes(image)}))
    packed = export(portal, api, patients=patients)
    manifest(packed)
    for name in packed.namelist():
        parts = name.split("/")
        assert len(parts) <= 2 and ".." not in parts and name.isascii(), name
        assert not set(name) & set('\\:*?"<>|$;~% '), name
    assert sum(name.endswith(".dcm") for name in packed.namelist()) == 1
    packed.extractall(tmp_path)
    ids = {json.loads(file.read_text())["id"] for file in tmp_path.glob("*/*.json")}
    assert ids == {f"{number}{name}" for number, name in enumerate(HOSTILE)}


@pytest.fixture
def reader(portal, api, people):
    """Somebody who may take out what a group is granted, and a patient of that group with a study."""
    image = samples.made(patient_id=f"EXP-{generate_uid()[-12:]}")
    people.store(image)
    patient, group = people.patient(image.PatientID), people.group("view", "export")
    people.grant(group, patient)
    return people.person(group).session, group, patient, image


def made(portal, session, **wanted):
    return session.post(f"{portal.url}/api/exports", json=wanted, timeout=30)


def test_only_who_may_takes_out(portal, people, reader):
    session, group, patient, image = reader
    hidden = samples.made(patient_id=f"EXP-{generate_uid()[-12:]}")
    people.store(hidden)
    refused = [
        made(portal, session, patients=[patient, people.patient(hidden.PatientID)]),
        made(portal, session, studies=[hidden.StudyInstanceUID]),
        made(portal, session, patients=["no id"]), made(portal, session, patients=[ABSENT]),
    ]  # fmt: skip
    assert [answer.status_code for answer in refused] == [404] * 4
    for empty in ({}, {"patients": [], "studies": []}):
        answer = made(portal, session, **empty)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "export.empty")
    many = made(portal, session, studies=[f"1.2.{number}" for number in range(10_001)])
    assert (many.status_code, many.json()["error"]["details"]["limit"]) == (422, "10000")
    sees = people.group("view")
    people.grant(sees, patient)
    elsewhere = people.person(sees, people.group("export")).session
    assert made(portal, elsewhere, patients=[patient]).status_code == 403
    assert made(portal, elsewhere, studies=[image.StudyInstanceUID]).status_code == 403


def test_an_export_is_its_makers_and_its_rights_are_those_of_now(portal, api, people, reader):
    session, group, patient, image = reader
    answer = made(portal, session, patients=[patient])
    size = {name: answer.json()[name] for name in ("patients", "studies", "instances", "bytes")}
    assert size == {"patients": 1, "studies": 1, "instances": 1, "bytes": len(samples.file_bytes(image))}
    address = portal.url + answer.headers["Location"]
    assert api.get(address, timeout=30).status_code == 404
    assert session.get(address, timeout=30).status_code == 200
    people.revoke(group, patient)
    assert session.get(address, timeout=30).status_code == 404
    people.grant(group, patient)
    assert session.get(address, timeout=30).status_code == 200
    portal.sql(f"UPDATE portal.exports SET expires_at = now() WHERE id = '{answer.json()['id']}'")
    assert session.get(address, timeout=30).status_code == 404


def test_an_export_is_on_record(portal, api, reader):
    session, _, patient, image = reader
    before = portal.sql("SELECT max(id) FROM portal.audit")[0]
    answer = made(portal, session, patients=[patient])
    assert session.get(portal.url + answer.headers["Location"], timeout=30).status_code == 200
    rows = portal.sql(f"SELECT action, study, details ->> 'export' FROM portal.audit WHERE id > {before} ORDER BY id")
    assert rows == [f"export.made||{answer.json()['id']}", f"study.exported|{image.StudyInstanceUID}|"]


def test_an_export_that_loses_its_right_is_whole_or_cut(portal, people, reader):
    """As A28: what was begun does not end as if it were all."""
    session, group, patient, image = reader
    noise = numpy.random.default_rng(1)
    images = samples.made_study(32, patient_id=image.PatientID, side=16)
    for one in images:
        samples.put_pixels(one, noise.integers(0, 65535, (512, 512), "uint16"))
    people.store(*images)
    address = portal.url + made(portal, session, patients=[patient]).headers["Location"]
    with session.get(address, timeout=60, stream=True) as answer:
        content = answer.raw.read(1 << 16)
        people.revoke(group, patient)
        try:
            content += answer.raw.read()
        except urllib3.exceptions.HTTPError:
            content = None
    assert session.get(address, timeout=30).status_code == 404
    assert content is None or not missing_in(files_in(content), images)


def test_an_export_whose_file_is_gone_is_cut(portal, reader):
    session, _, patient, image = reader
    key = portal.sql(f"SELECT object_key FROM portal.instances WHERE uid = '{image.SOPInstanceUID}'")[0]
    file = portal.data / "store" / key
    content = file.read_bytes()
    file.unlink()
    address = portal.url + made(portal, session, patients=[patient]).headers["Location"]
    try:
        with pytest.raises(requests.RequestException):
            session.get(address, timeout=30).raise_for_status()
    finally:
        file.write_bytes(content)


def test_an_export_does_not_fill_memory(portal, api, people):
    """200 MB that no compression makes small."""
    noise = numpy.random.default_rng(2).integers(0, 65535, (512, 512), "uint16")
    images = samples.made_study(400, patient_id=f"EXP-{generate_uid()[-12:]}", side=16)
    for start in range(0, len(images), 50):
        batch = images[start : start + 50]
        for image in batch:
            samples.put_pixels(image, noise)
        people.store(*batch)
    address = portal.url + made(portal, api, studies=[images[0].StudyInstanceUID]).headers["Location"]
    length, before = 0, Watch(portal).now()
    with Watch(portal) as watch, api.get(address, timeout=120, stream=True) as answer:
        for piece in answer.iter_content(1 << 20):
            length += len(piece)
    assert length > 200_000_000
    assert watch.peak - before < ALLOWED_GROWTH, f"{(watch.peak - before) >> 20} MB"


def test_the_layout_of_existing_archives_imports_without_a_warning(other):
    """As the predecessor wrote it: a folder for each patient, names of numbers, a flat sidecar."""
    files = {}
    for number in range(1, 4):
        images = samples.made_study(3, patient_id=f"OLD{number}", name=f"Doe^Jane{number}")
        sidecar = {
            "id": f"OLD{number}", "firstName": f"Jane{number}", "lastName": "Doe", "dob": "1970-02-03",
            "condition": "Contrôle", "lastVisit": "2025-11-30", "dicomStudyUid": images[0].StudyInstanceUID,
            "orthancPatientId": "0946fcb6-cf12ab43-bad958c1-bf057ad5-0fc6f54c",
        }  # fmt: skip
        if number == 2:
            names = {
                "firstName": "first_name", "lastName": "last_name", "dob": "date_of_birth", "lastVisit": "last_visit",
                "dicomStudyUid": "dicom_study_uid", "orthancPatientId": "orthanc_patient_id",
            }  # fmt: skip
            sidecar = {names.get(name, name): value for name, value in sidecar.items()}
        folder = f"Patient-OLD{number}"
        files[f"{folder}/{folder}.json"] = json.dumps(sidecar)
        for image in images:
            files[f"{folder}/{image.SeriesNumber}-{image.InstanceNumber:02d}.dcm"] = samples.file_bytes(image)
    report = bring(other, other.sign_in(), samples.archive(files))
    assert [(one["action"], one["warnings"]) for one in report["patients"]] == [("created", [])] * 3
    assert all(one.get("code") in (None, "sidecar.read") for one in report["files"])
    assert (report["counts"]["stored"], report["counts"]["skipped"]) == (9, 3)
    patients = other.sign_in().get(f"{other.url}/api/patients", params={"q": "OLD2"}, timeout=30).json()["items"]
    assert [(one["status"], one["lastVisit"], one["extra"]) for one in patients] == [("toRead", "2025-11-30", {})]
