"""What an import would do, from headers that were read where the files are; and its report as files."""

import csv
import io
import json
import time

import pytest
from pydicom.uid import generate_uid

import samples
from importing import Import, code
from test_resumable_imports import folder


def header(path, image, content=None):
    return {
        "path": path, "size": len(content or samples.file_bytes(image)), "sopInstanceUID": image.SOPInstanceUID,
        "studyInstanceUID": image.StudyInstanceUID, "seriesInstanceUID": image.SeriesInstanceUID,
        "patientId": image.PatientID, "issuer": "", "patientName": str(image.PatientName),
        "birthDate": image.PatientBirthDate,
    }  # fmt: skip


def plan_of(files, images, **more):
    paths = list(files)
    return {
        "sidecars": [{"path": paths[0], "json": json.loads(files[paths[0]])}],
        "files": [header(path, image) for path, image in zip(paths[1:], images, strict=True)],
    } | more


def ask(portal, session, document):
    answer = session.post(f"{portal.url}/api/imports/plan", json=document, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_new_patient_with_new_files(portal, api):
    files, images = folder()
    document = plan_of(files, images)
    said = ask(portal, api, document)
    assert [(one["action"], one["id"], one["changes"]) for one in said["patients"]] == [("created", None, [])]
    study = images[0].StudyInstanceUID
    patient = images[0].PatientID
    assert said["studies"] == [
        {"studyInstanceUID": study, "known": False, "patient": patient, "instances": 3, "new": 3}
    ]
    assert said["counts"] == {
        "files": 4, "new": 3, "known": 0, "conflict": 0, "notDicom": 0, "rejected": 0, "skipped": 1,
    }  # fmt: skip
    assert portal.sql(f"SELECT count(*) FROM portal.patients WHERE patient_id = '{patient}'") == ["0"]


def test_what_is_there_is_known_to_those_who_see_it(portal, api, people):
    files, images = folder()
    Import(portal, api, files).send().run()
    changed = {path: content for path, content in files.items()}
    path = next(iter(files))
    changed[path] = samples.sidecar(images[0].PatientID, condition="Autre")
    said = ask(portal, api, plan_of(changed, images))
    assert said["patients"][0]["action"] == "updated"
    assert said["patients"][0]["changes"] == [{"field": "condition", "from": "Contrôle", "to": "Autre"}]
    assert said["counts"]["known"] == 3 and said["studies"][0]["known"] and said["studies"][0]["new"] == 0
    assert ask(portal, api, plan_of(files, images))["patients"][0]["action"] == "unchanged"
    assert ask(portal, api, plan_of(files, images, onExisting="skip"))["patients"][0]["action"] == "skipped"
    failing = ask(portal, api, plan_of(files, images, onExisting="fail"))["patients"][0]
    assert failing["action"] == "rejected" and failing["warnings"][0]["code"] == "exists"
    somebody = people.person(people.group("view", "import", "editPatients"))
    hidden = ask(portal, somebody.session, plan_of(files, images))
    assert hidden["counts"]["known"] == 0 and hidden["counts"]["new"] == 3
    assert hidden["studies"][0]["known"] is False and hidden["patients"][0]["id"] is None


def test_files_with_something_to_say(portal, api):
    files, images = folder()
    Import(portal, api, files).send().run()
    entry = header("x/a.dcm", images[0])
    document = {
        "files": [
            entry | {"size": 10}, entry | {"path": "x/b.dcm", "sopInstanceUID": "no uid"},
            entry | {"path": "../c.dcm"}, {"path": "x/note.txt", "problem": "notDicom"},
            entry | {"path": "DICOMDIR"}, entry | {"path": "x/d.dcm"},
        ]
    }  # fmt: skip
    said = ask(portal, api, document)
    assert [(file["path"], file["outcome"], file["code"]) for file in said["files"]] == [
        ("x/a.dcm", "conflict", "instance.conflict"), ("x/b.dcm", "rejected", "instance.malformedUID"),
        ("../c.dcm", "rejected", "entry.name"), ("x/note.txt", "notDicom", "file.notDicom"),
        ("DICOMDIR", "skipped", "entry.dicomdir"),
    ]  # fmt: skip
    assert said["counts"]["known"] == 1 and said["studies"][0]["instances"] == 2


def test_the_policy_of_a_sidecar_holds(portal, api):
    files, images = folder()
    path = next(iter(files))
    for policy, outcome in {"reject": "rejected", "warn": "new"}.items():
        sidecar = samples.sidecar(images[0].PatientID, lastName="Autrement", identityPolicy=policy)
        said = ask(portal, api, plan_of(files | {path: sidecar}, images))
        assert said["counts"][outcome] == 3
        warned = [warning["code"] for warning in said["patients"][0]["warnings"]]
        assert warned == (["otherPatient"] if policy == "warn" else [])


def test_ten_thousand_files_answer_soon(portal, api):
    study, series = generate_uid(None), generate_uid(None)
    image = samples.made(study=study, series=series, patient_id="PLAN-MANY")
    one = header("", image, b"x" * 1000)
    entries = [one | {"path": f"P/{n}.dcm", "sopInstanceUID": f"{series}.{n}"} for n in range(10_000)]
    sidecar = {"path": "P/P.json", "json": {"id": "PLAN-MANY", "lastName": "Test"}}
    began = time.monotonic()
    said = ask(portal, api, {"sidecars": [sidecar], "files": entries})
    assert said["counts"]["new"] == 10_000 and len(said["files"]) == 1
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{", "json.malformed"), (b"[]", "json.root"), (b'{"files": 1}', "json.type"),
        (b'{"files": [{}]}', "json.missing"), (b'{"sidecars": [{"path": "a"}]}', "json.missing"),
        (b'{"onExisting": "x"}', "import.onExisting"),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused(portal, api, body, expected):
    headers = {"Content-Type": "application/json"}
    answer = api.post(f"{portal.url}/api/imports/plan", data=body, headers=headers, timeout=30)
    assert code(answer) == expected


def test_a_report_can_be_taken_out(portal, api):
    files, images = folder(2)
    files |= {'=HYPERLINK("x").txt': b"no DICOM"}
    sent = Import(portal, api, files).send()
    assert code(api.get(sent.address(f"/{sent.id}/report.csv"), timeout=30)) == "import.open"
    sent.run()
    answer = api.get(sent.address(f"/{sent.id}/report.csv"), timeout=30)
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="import-{sent.id}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["outcome"] for row in rows] == ["skipped", "stored", "stored", "notDicom"]
    assert rows[3]["path"].startswith("'=") and rows[1]["study"] == images[0].StudyInstanceUID
    assert rows[1]["patient"] == images[0].PatientID
    told = api.get(sent.address(f"/{sent.id}/report.json"), timeout=30)
    assert "attachment" in told.headers["Content-Disposition"]
    assert [file["sopInstanceUID"] for file in told.json()["files"][1:3]] == [one.SOPInstanceUID for one in images]
