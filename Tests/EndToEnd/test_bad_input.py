"""Bad input is answered with what is wrong and where; nothing is half stored and every process lives."""

import http.client
import socket
import struct

import pytest

import samples

JSON = {"Content-Type": "application/json"}
ZIP = {"Content-Type": "application/zip"}
UNKNOWN = "00000000-0000-4000-8000-000000000000"
pytestmark = pytest.mark.usefixtures("still_alive")


def stow(files, **choices):
    body, headers = samples.stow_body(files, **choices)
    return "POST", "/dicomweb/studies", body, headers


def whole():
    return samples.made_bytes(patient_id="E2E-BAD")


def without(keyword):
    image = samples.made(patient_id="E2E-BAD")
    delattr(image, keyword)
    return samples.file_bytes(image)


def table():
    good = whole()
    packed = samples.archive({"Patient-B/Patient-B.json": samples.sidecar("E2E-B"), "Patient-B/1.dcm": whole()})
    import_to = "/api/patients/import"
    related = {"Content-Type": 'multipart/related; type="application/dicom"; boundary=x'}
    return {
        "not DICOM": stow([b"this is a letter, not an image " * 20]),
        "truncated DICOM": stow([good[: len(good) // 2]]),
        "header alone": stow([good[:140]]),
        "no Study Instance UID": stow([without("StudyInstanceUID")]),
        "no parts": ("POST", "/dicomweb/studies", b"--x--\r\n", related),
        "multipart without boundary": ("POST", "/dicomweb/studies", b"x", {"Content-Type": "multipart/related"}),
        "multipart that ends early": ("POST", "/dicomweb/studies", stow([good])[2][:-30], stow([good])[3]),
        "another media type": ("POST", "/dicomweb/studies", good, {"Content-Type": "text/plain"}),
        "broken ZIP": ("POST", import_to, packed[: len(packed) // 2], ZIP),
        "ZIP that is none": ("POST", import_to, b"PK but nothing else", ZIP),
        "empty import": ("POST", import_to, b"", ZIP),
        "JSON that is not JSON": ("POST", "/api/patients", b'{"lastName": ', JSON),
        "JSON of another shape": ("POST", "/api/patients", b"[1, 2, 3]", JSON),
        "wrong types": ("POST", "/api/patients", b'{"patientId": 7, "lastName": {}}', JSON),
        "an impossible date": (
            "POST", "/api/patients", b'{"patientId": "E2E-D", "lastName": "D", "birthDate": "1970-02-31"}', JSON,
        ),
        "nothing required": ("POST", "/api/patients", b"{}", JSON),
        "an unknown permission": ("POST", "/api/groups", b'{"name": "x", "permissions": ["fly"]}', JSON),
        "an unknown patient": ("GET", f"/api/patients/{UNKNOWN}", None, {}),
        "an id that is none": ("GET", "/api/patients/%27%20OR%201", None, {}),
        "an unknown user": ("DELETE", f"/api/users/{UNKNOWN}", None, {}),
        "an unknown filter": ("GET", "/api/patients?colour=blue", None, {}),
        "an unknown study": ("GET", "/dicomweb/studies/1.2.3.4/metadata", None, {}),
        "a UID that is none": ("GET", "/dicomweb/studies/1.2.abc/metadata", None, {}),
        "a UID with a slash": ("GET", "/dicomweb/studies/1.2%2f..%2f3/metadata", None, {}),
        "a UID with NUL": ("GET", "/dicomweb/studies/1.2%003/metadata", None, {}),
        "a negative offset": ("GET", "/dicomweb/studies?offset=-1", None, {}),
        "a limit that is none": ("GET", "/dicomweb/studies?limit=many", None, {}),
        "a route that is none": ("GET", "/api/teapot", None, {}),
        "a method that is none": ("PUT", "/dicomweb/studies", b"", {}),
        "a JSON body too large": ("POST", "/api/patients", b'{"notes": "' + b"x" * (3 << 20) + b'"}', JSON),
    }  # fmt: skip


@pytest.mark.parametrize("name", list(table()))
def test_it_is_refused_and_said_why(portal, api, name):
    before = stored_instances(portal, api)
    method, path, body, headers = table()[name]
    answer = api.request(method, portal.url + path, data=body, headers=headers, timeout=60)
    assert 400 <= answer.status_code < 500, answer.text
    if name == "a UID with NUL":
        assert answer.status_code == 400  # nginx cannot read the address, and says so itself
    elif answer.headers["Content-Type"] == "application/dicom+json":
        assert "00081198" in answer.json()
    else:
        error = answer.json()["error"]
        assert error["code"] and error["message"]
    assert stored_instances(portal, api) == before


def stored_instances(portal, api):
    answer = api.get(f"{portal.url}/dicomweb/instances", params={"PatientID": "E2E-B*", "limit": 100}, timeout=30)
    return sorted(one["00080018"]["Value"][0] for one in answer.json()) if answer.status_code == 200 else []


def test_a_bad_file_never_undoes_the_good_ones(portal, api):
    method, path, body, headers = stow([samples.made_bytes(patient_id="E2E-MIX"), b"no image " * 30])
    answer = api.request(method, portal.url + path, data=body, headers=headers, timeout=60)
    assert answer.status_code == 202, answer.text
    assert len(answer.json()["00081199"]["Value"]) == len(answer.json()["00081198"]["Value"]) == 1


@pytest.mark.parametrize("length", ["-1", "10737418240", "12, 13", "abc"])
def test_a_declared_length_is_not_believed(portal, length):
    connection = http.client.HTTPConnection("127.0.0.1", portal.ready["port"], timeout=30)
    connection.putrequest("POST", "/dicomweb/studies")
    connection.putheader("Content-Length", length)
    connection.endheaders()
    assert connection.getresponse().status in (400, 401, 411, 413)


def pdu_first(length):
    return struct.pack(">BBI", 1, 0, length)


@pytest.mark.parametrize(
    "noise",
    [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", bytes(200), pdu_first(0xFFFFFFFF), pdu_first(68) + bytes(68), b"\x04\x00"],
    ids=["HTTP", "zeros", "4 GiB PDU", "empty associate", "half a P-DATA"],
)
def test_noise_on_the_dicom_port_ends_that_connection_alone(portal, noise):
    with socket.create_connection(portal.dicom, timeout=40) as connection:
        connection.sendall(noise)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(4096):
            pass


@pytest.mark.parametrize("first", [0x4E00, 0x20000])
def test_texts_longer_than_the_standard_allows_are_stored_and_found(portal, api, first):
    letters = iter(range(first, first + 4000))
    image = samples.made(patient_id="LONG", name="LONG")
    image.SpecificCharacterSet = "ISO_IR 192"
    for keyword in ("PatientName", "PatientID", "StudyDescription", "AccessionNumber", "ReferringPhysicianName"):
        setattr(image, keyword, "".join(chr(next(letters)) for _ in range(300)))
    body, headers = samples.stow_body([samples.file_bytes(image)])
    answer = api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    query = {"StudyInstanceUID": image.StudyInstanceUID, "includefield": "00081030"}
    (found,) = api.get(f"{portal.url}/dicomweb/studies", params=query, timeout=30).json()
    # Lists show what the index keeps of it: legal texts whole, longer ones cut.
    assert image.StudyDescription.startswith(found["00081030"]["Value"][0]) and len(found["00081030"]["Value"][0]) > 64
