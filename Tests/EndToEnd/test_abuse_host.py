"""A25: no address of ours comes from a request's header."""

import json
import re
import socket
import subprocess

import pytest
import requests

import samples
from people import ABSENT, path_of, stow
from portal import EMAIL, PASSWORD

HOST = "evil.example"
COLUMNS = {"patientId": "A25", "lastName": "Vingt-cinq"}
FORWARDED = {
    "Host": HOST, "X-Forwarded-Host": HOST, "X-Forwarded-Server": HOST, "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Port": "666", "X-Forwarded-Prefix": f"//{HOST}", "Forwarded": f"host={HOST};proto=gopher",
    "X-Original-Host": HOST, "X-Host": HOST, "X-Original-URL": f"//{HOST}/", "X-Rewrite-URL": f"//{HOST}/",
}  # fmt: skip


@pytest.fixture(scope="module")
def image(people):
    made = samples.made(patient_id="A25-STUDY", name="Site^Voisin")
    people.store(made)
    return made


def readings(image):
    study = f"/dicomweb/studies/{image.StudyInstanceUID}"
    series = f"{study}/series/{image.SeriesInstanceUID}"
    searches = [
        f"/dicomweb/{level}?StudyInstanceUID={image.StudyInstanceUID}" for level in ("studies", "series", "instances")
    ]
    below = [f"{study}/series", f"{study}/instances", f"{series}/instances", "/dicomweb/studies?limit=1"]
    metadata = [f"{study}/metadata", f"{series}/metadata", f"{path_of(image)}/metadata"]
    return searches + below + metadata


def test_a25_addresses_in_answers_are_not_the_header_s(portal, api, image):
    """RetrieveURL and BulkDataURI are ours whatever Host and its relatives say, and lead to the thing itself."""
    found = []
    for path in readings(image):
        for kind in ("application/dicom+json", 'multipart/related; type="application/dicom+xml"'):
            answer = api.get(portal.url + path, headers=FORWARDED | {"Accept": kind}, timeout=30)
            assert answer.status_code == 200, (path, answer.text)
            assert_clean(answer)
        addressed = api.get(portal.url + path, headers=FORWARDED, timeout=30).text
        found += re.findall(r'"(?:BulkDataURI":"|UR","Value":\[")([^"]+)"', addressed)
    assert len(found) >= 10 and all(uri.startswith("/dicomweb/studies/") for uri in found), found
    assert {api.get(portal.url + uri, timeout=30).status_code for uri in set(found)} == {200}


def assert_clean(answer):
    assert HOST not in answer.text and "gopher" not in answer.text, answer.url
    assert HOST not in str(answer.headers) and "gopher" not in str(answer.headers), answer.url


def test_a25_what_is_made_says_where_it_is_without_the_header(portal, api):
    """Location and the RetrieveURL of a STOW are root-relative."""
    documents = {
        "/api/patients": COLUMNS | {"patientId": "A25"},
        "/api/groups": {"name": "A25", "permissions": ["view"], "scope": "granted"},
        "/api/users": {"email": "a25@example.org"},
        "/api/tokens": {"name": "A25"},
    }
    for path, document in documents.items():
        answer = api.post(portal.url + path, json=document, headers=FORWARDED, timeout=30)
        assert answer.status_code == 201, answer.text
        assert_clean(answer)
        assert answer.headers["Location"].startswith(f"{path}/")
    body, headers = samples.stow_body([samples.made_bytes(patient_id="A25")])
    answer = api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers | FORWARDED, timeout=30)
    assert answer.status_code == 200 and "00081190" in answer.text
    assert_clean(answer)


def test_a25_pages_errors_and_descriptions_do_not_repeat_the_header(portal, api):
    """Neither bodies nor headers of anything hold it; redirects stay where they are."""
    paths = ["/", "/viewer", "/viewer/", "/fr", "/api", "/api/openapi.json", "/api/nothing", "/dicomweb", "/dicomweb/"]
    paths += ["/dicomweb/capabilities", "/nothing", "/api/session", f"/api/patients/{ABSENT}", "/wado", "/dicomweb/x"]
    for path in paths:
        for session in (api, requests):
            answer = session.get(portal.url + path, headers=FORWARDED, timeout=30, allow_redirects=False)
            assert answer.status_code < 500
            assert_clean(answer)
            assert answer.headers.get("Location", "/").startswith("/")
            assert not answer.headers.get("Location", "/").startswith("//")


HEADS = {
    "absolute form": "GET http://evil.example/fr HTTP/1.1\r\nHost: evil.example",
    "no host": "GET /fr HTTP/1.0",
    "two hosts": "GET /fr HTTP/1.1\r\nHost: a\r\nHost: b",
    "host with a path": "GET /fr HTTP/1.1\r\nHost: evil.example/x\r\nX: y",
    "host with a user": "GET /fr HTTP/1.1\r\nHost: evil.example:80@127.0.0.1",
}


@pytest.mark.parametrize("name", list(HEADS))
def test_a25_a_host_in_the_request_line_is_no_better(portal, name):
    """Answered without it, or refused."""
    with socket.create_connection(("127.0.0.1", portal.ready["port"]), timeout=30) as connection:
        connection.sendall(HEADS[name].encode() + b"\r\nConnection: close\r\n\r\n")
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    assert re.match(rb"HTTP/1\.1 [234]\d\d", answer) and b"evil" not in answer


@pytest.mark.parametrize("public", ["https://images.example.org", None])
def test_a25_addresses_are_those_of_the_configuration(portal, api, image, public):
    """With PORTAL_PUBLIC_URL they are absolute, and of it; without one they are root-relative."""
    token = api.headers["Authorization"]
    request = {
        "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "SERVER_PROTOCOL": "HTTP/1.1",
        "REQUEST_URI": f"/dicomweb/studies?StudyInstanceUID={image.StudyInstanceUID}", "SERVER_NAME": HOST,
        "QUERY_STRING": f"StudyInstanceUID={image.StudyInstanceUID}", "HTTP_AUTHORIZATION": token, "HTTP_HOST": HOST,
        "HTTP_X_FORWARDED_HOST": HOST, "HTTP_FORWARDED": f"host={HOST}", "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip
    if public:
        request["PORTAL_PUBLIC_URL"] = public
    command = [portal.program("handler"), "SearchForStudies"]
    done = subprocess.run(command, env=portal.environment(**request), capture_output=True, check=True, timeout=60)
    assert b"200" in done.stdout.splitlines()[0], done.stdout
    study = json.loads(re.split(rb"\r?\n\r?\n", done.stdout, maxsplit=1)[1])[0]
    assert study["00081190"]["Value"] == [f"{public or ''}/dicomweb/studies/{image.StudyInstanceUID}"]


def test_a25_the_cookie_is_for_the_host_that_was_asked(portal):
    """No Domain is taken from a header."""
    document = {"email": EMAIL, "password": PASSWORD}
    answer = requests.post(f"{portal.url}/api/session", json=document, headers=FORWARDED, timeout=30)
    assert answer.status_code == 200 and "domain" not in answer.headers["Set-Cookie"].lower()
    assert_clean(answer)


def test_a25_stow_refuses_nothing_for_a_foreign_host(portal, api):
    """The positive control: with the usual headers all of this is served."""
    assert stow(portal, api, samples.made(patient_id="A25")).status_code == 200
