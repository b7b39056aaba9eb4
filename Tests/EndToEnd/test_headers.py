"""The same answer has the same headers whether nginx sends the object or the dispatcher does."""

import re
import socket
import subprocess

import pytest
import requests

import samples
from portal import wait_for

# Of the connection and of the moment, not of the answer.
APART = {"date", "server", "connection", "keep-alive", "transfer-encoding", "x-request-id", "server-timing"}


@pytest.fixture(scope="module")
def direct(portal):
    """A second dispatcher, without a file server in front of it."""
    environment = portal.environment()
    environment.pop("PORTAL_ACCEL_PREFIX", None)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [portal.program("dispatcher"), "--listen", "127.0.0.1", "--port", port]
    command += ["--handler", portal.program("handler"), "--workers", "1", "--jobs", "0"]
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        wait_for(lambda: answers(url), 20)
        yield url
        running.terminate()


def answers(url):
    try:
        return requests.get(f"{url}/api/health", timeout=5).status_code == 200
    except requests.RequestException:
        return False


def paths(image):
    study, series = f"/dicomweb/studies/{image.StudyInstanceUID}", f"series/{image.SeriesInstanceUID}"
    instance = f"{study}/{series}/instances/{image.SOPInstanceUID}"
    return {
        "list": ("/dicomweb/studies?limit=5", "application/dicom+json"),
        "metadata": (f"{study}/{series}/metadata", "application/dicom+json"),
        "instance": (instance, "application/dicom; transfer-syntax=*"),
        "frame": (f"{instance}/frames/1", "application/octet-stream; transfer-syntax=*"),
        "frames": (f"{instance}/frames/1", 'multipart/related; type="application/octet-stream"; transfer-syntax="*"'),
        "thumbnail": (f"{study}/{series}/thumbnail", "image/jpeg"),
        "absent": ("/dicomweb/studies/1.2.3/metadata", "application/dicom+json"),
        "session": ("/api/session", "application/json"),
    }


def without_request_id(body):
    return re.sub(rb'"requestId":"[^"]*"', b"", body)


def headers_of(answer):
    return {name.lower(): value for name, value in answer.headers.items() if name.lower() not in APART}


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("name", ["list", "metadata", "instance", "frame", "frames", "thumbnail", "absent", "session"])
def test_headers_and_bodies_are_equal(portal, api, direct, stored_study, name, encoding):
    path, accept = paths(stored_study[0])[name]
    asked = dict(api.headers, Accept=accept, **{"Accept-Encoding": encoding})
    for _ in range(2):  # what the first call prepares, the second one finds
        through, plain = (requests.get(origin + path, headers=asked, timeout=30) for origin in (portal.url, direct))
    assert through.status_code == plain.status_code
    if "multipart" not in through.headers["Content-Type"]:
        assert without_request_id(through.content) == without_request_id(plain.content)
    first, second = headers_of(through), headers_of(plain)
    if first.get("content-encoding") == "gzip" and "content-encoding" not in second:
        # nginx compressed small JSON on the way; nothing else may differ.
        assert first.pop("etag", "").removeprefix("W/") == second.pop("etag", "")
        for headers in (first, second):
            for varying in ("content-encoding", "content-length", "vary"):
                headers.pop(varying, None)
    if "multipart" in through.headers["Content-Type"]:
        first.pop("content-type"), second.pop("content-type")
    first.pop("accept-ranges", None), second.pop("accept-ranges", None)
    if through.status_code == 404:  # the length of the request's id
        first.pop("content-length", None), second.pop("content-length", None)
    assert first == second


def test_a_range_of_an_object_is_sent(portal, api, stored_study):
    path, accept = paths(stored_study[0])["instance"]
    whole = api.get(portal.url + path, headers={"Accept": accept}, timeout=30)
    part = api.get(portal.url + path, headers={"Accept": accept, "Range": "bytes=128-131"}, timeout=30)
    assert (part.status_code, part.content) == (206, b"DICM")
    assert part.headers["Content-Range"] == f"bytes 128-131/{len(whole.content)}"


@pytest.mark.parametrize("name", ["metadata", "instance", "frame", "thumbnail"])
def test_a_known_answer_is_a_304(portal, api, stored_study, name):
    path, accept = paths(stored_study[0])[name]
    first = api.get(portal.url + path, headers={"Accept": accept}, timeout=30)
    assert first.status_code == 200 and first.headers["ETag"], first.text
    again = {"Accept": accept, "If-None-Match": first.headers["ETag"]}
    assert api.get(portal.url + path, headers=again, timeout=30).status_code == 304


def test_a_frame_whose_file_is_lost_is_an_error_and_not_a_cut_answer(portal, api, direct):
    image = samples.made(patient_id="HEADERS-LOST")
    body, headers = samples.stow_body([samples.file_bytes(image)])
    assert api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=30).status_code == 200
    key = portal.sql(f"SELECT object_key FROM portal.instances WHERE uid = '{image.SOPInstanceUID}'")[0]
    file = portal.data / "store" / key
    path, accept = paths(image)["frames"]
    asked = dict(api.headers, Accept=accept)
    whole = file.read_bytes()
    for content in (None, whole[:-1]):
        file.unlink()
        if content is not None:
            file.write_bytes(content)
        for origin in (portal.url, direct):
            answer = requests.get(origin + path, headers=asked, timeout=30)
            assert (answer.status_code, answer.json()["error"]["code"]) == (500, "object.missing"), origin
        file.write_bytes(whole)
    assert requests.get(portal.url + path, headers=asked, timeout=30).status_code == 200


def test_parts_of_the_store_cannot_be_asked_for_from_outside(portal, api, stored_study):
    key = portal.sql(f"SELECT object_key FROM portal.instances WHERE uid = '{stored_study[0].SOPInstanceUID}'")[0]
    for address in (f"/_store/?{key}:0-100", f"/_store/{key}", "/_store/?0a0b", "/_store/"):
        assert api.get(portal.url + address, timeout=30).status_code == 404, address
