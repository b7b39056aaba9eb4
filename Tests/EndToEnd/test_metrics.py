"""Where the time of an answer went, and what the dispatcher counts."""

import re

import requests

import samples

ENTRY = re.compile(r"(\w+);dur=(\d+\.\d{3})")
LINE = re.compile(r'(\w+)(?:\{((?:\w+="[^"]*",?)+)\})? (\d+(?:\.\d+)?(?:e-?\d+)?)')


def timing(answer):
    return {name: float(milliseconds) for name, milliseconds in ENTRY.findall(answer.headers["Server-Timing"])}


def test_every_answer_says_where_its_time_went(portal, api, stored_study):
    [image, *_] = stored_study
    study = f"/dicomweb/studies/{image.StudyInstanceUID}"
    place = f"{study}/series/{image.SeriesInstanceUID}/instances/{image.SOPInstanceUID}"
    for path in ("/api/patients", study, f"{study}/metadata", place, f"{place}/frames/1", f"{place}/rendered", "/api/nothing"):
        answer = api.get(f"{portal.url}{path}", headers={"Accept": "*/*"}, timeout=30)
        if answer.status_code == 404:
            assert "Server-Timing" not in answer.headers
            continue
        told = timing(answer)
        assert list(told) == ["function", "database", "store", "queue"], (path, answer.headers)
        assert 0 < told["database"] <= told["function"], (path, told)
    body, headers = samples.stow_body([samples.file_bytes(image) for image in samples.made_study(1, patient_id="METRICS")])
    told = timing(api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60))
    assert 0 < told["store"] and told["store"] + told["database"] <= told["function"], told


def test_metrics_are_told_on_this_machine_alone(portal, api):
    outside = api.get(f"{portal.url}/api/metrics", timeout=30)
    assert (outside.status_code, outside.json()["error"]["code"]) == (403, "metrics.refused")
    api.get(f"{portal.url}/api/patients", timeout=30)
    answer = requests.get(f"http://127.0.0.1:{portal.ready['dispatcherPort']}/api/metrics", timeout=30)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert all(LINE.fullmatch(line) for line in lines), [line for line in lines if not LINE.fullmatch(line)][:3]
    counts = {f"{name}{{{labels}}}": float(value) for name, labels, value in (LINE.fullmatch(line).groups() for line in lines)}
    asked = counts['preview_dicom_answers_total{function="ListPatients",status="200"}']
    assert asked >= 1 and counts['preview_dicom_answer_seconds_count{function="ListPatients"}'] >= asked
    assert counts['preview_dicom_answers_total{function="none",status="403"}'] >= 1
