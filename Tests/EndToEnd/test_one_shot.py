"""Every function of the route table answers from a shell, without the dispatcher."""

import json
import re
import subprocess

import pytest
import requests

import samples

FOUND = 200


@pytest.fixture(scope="module")
def names(portal, api):
    """Values for the `{name}` components of routes: things that exist, and that nobody misses afterwards."""
    image = samples.made(patient_id="E2E-SHELL-READ")
    body, headers = samples.stow_body([samples.file_bytes(image)])
    assert api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60).status_code == FOUND
    known = {
        "study": image.StudyInstanceUID,
        "series": image.SeriesInstanceUID,
        "instance": image.SOPInstanceUID,
        "frames": "1",
        "frame": "1",
    }
    user = api.post(f"{portal.url}/api/users", json={"email": "shell@example.org", "password": "long enough for a shell"})
    known["user"] = user.json()["id"]
    group = api.post(f"{portal.url}/api/groups", json={"name": "Essai", "permissions": ["view"], "scope": "granted"})
    known["group"] = group.json()["id"]
    patient = api.post(f"{portal.url}/api/patients", json={"patientId": "E2E-SHELL", "lastName": "Coquille"})
    known["patient"] = patient.json()["id"]
    return known


def shell(portal, token, function, names, body=b"", kind="application/json"):
    """Runs `handler NAME` as CGI and returns its status, headers and body."""
    method, pattern = function["route"].split(" ")
    path = re.sub(r"\{([^}]+)\}", lambda found: names.get(found[1]) or owner(pattern, names), pattern)
    request = {
        "GATEWAY_INTERFACE": "CGI/1.1",
        "REQUEST_METHOD": method,
        "REQUEST_URI": path,
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": kind if body else "",
        "HTTP_AUTHORIZATION": f"Bearer {token}",
    }
    command = [portal.program("handler"), function["name"]]
    done = subprocess.run(
        command, env=portal.environment(**request), input=body, capture_output=True, timeout=60, check=False
    )
    head, _, rest = done.stdout.replace(b"\r\n\r\n", b"\n\n", 1).partition(b"\n\n")
    headers = dict(line.split(": ", 1) for line in head.decode().splitlines() if ": " in line)
    assert done.returncode == 0, done.stderr.decode()
    return int(headers.get("Status", "200").split()[0]), headers, rest


def owner(pattern, names):
    """The value of a plain `{id}`: what the component before it speaks of."""
    kind = re.search(r"/([a-z]+)/\{id\}", pattern)
    return names.get({"patients": "patient", "users": "user", "groups": "group"}.get(kind[1] if kind else ""), "1")


def order(route):
    return route == "DELETE /api/session", route.startswith("DELETE"), route


def test_what_only_reads_finds_the_same_as_through_the_portal(portal, api, names):
    token = api.headers["Authorization"].split()[1]
    compared = 0
    for function in portal.functions():
        method, pattern = function["route"].split(" ")
        if method != "GET" or not pattern.startswith("/dicomweb"):
            continue
        status, headers, rest = shell(portal, token, function, names)
        path = re.sub(r"\{([^}]+)\}", lambda found: names.get(found[1], "1"), pattern)
        answer = requests.get(
            portal.url + path, headers=dict(api.headers, Accept="*/*", **{"Accept-Encoding": "identity"}), timeout=30
        )
        assert status == answer.status_code, function["name"]
        if status == FOUND and "multipart" not in headers["Content-Type"]:
            assert rest == answer.content, function["name"]
            compared += 1
    assert compared >= 3


def test_every_function_answers(portal, names):
    token = portal.sign_in().headers["Authorization"].split()[1]
    answers = {}
    # What destroys comes last: signing out ends the token.
    for function in sorted(portal.functions(), key=lambda one: order(one["route"])):
        status, _, rest = shell(portal, token, function, names)
        answers[function["name"]] = status
        if status >= 400 and rest:
            assert json.loads(rest)["error"]["code"], (function["name"], rest)
    assert answers and all(status < 500 for status in answers.values()), answers
    assert 401 not in {status for name, status in answers.items() if name != "OpenSession"}, answers


def test_a_store_from_a_shell_is_kept(portal, api, names):
    store = next(one for one in portal.functions() if one["route"] == "POST /dicomweb/studies")
    image = samples.made(patient_id="E2E-SHELL-STORE")
    body, headers = samples.stow_body([samples.file_bytes(image)])
    token = api.headers["Authorization"].split()[1]
    status, _, rest = shell(portal, token, store, names, body, headers["Content-Type"])
    assert status == FOUND, rest
    found = api.get(f"{portal.url}/dicomweb/studies", params={"StudyInstanceUID": image.StudyInstanceUID}, timeout=30)
    assert len(found.json()) == 1
