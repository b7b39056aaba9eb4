"""A29: a line of a log is one event, and holds nothing of a patient and nothing that opens a door."""

import base64
import contextlib
import json
import re
import socket
import struct

import pytest
import requests
from pydicom.uid import generate_uid

import samples
from people import stow
from portal import PASSWORD, wait_for

ANSI = "\x1b[31m\x1b]0;title\x07\x9b2J"
FORGERY = '\r\n{"at":"2026-01-01T00:00:00Z","level":"info","message":"forged"}\r\n'
# Names that nothing else in these tests has.
NAME, IDENTIFIER, PATH = "Journalberg", "A29-4711-JOURNAL", "journalpfad"


def logs(portal):
    """Every log's bytes by its name, those that were put aside included."""
    return {file.name: file.read_bytes() for file in sorted((portal.data / "logs").iterdir())}


def written(portal, text):
    """Waits until some log has the text: nginx writes once a second."""
    return wait_for(lambda: any(text.encode() in content for content in logs(portal).values()), 10)


@pytest.fixture(scope="module")
def noise(portal, api, people):
    """Says everything that must not be repeated as it is, in every place where something is logged."""
    person = people.person(people.group("view", "import", "editPatients", scope="all"), name=f"{NAME} {ANSI}")
    secrets = [person.token, person.password, PASSWORD, base64.b64encode(f"x:{person.token}".encode()).decode()]
    by_header(portal, person)
    by_address(portal, person)
    by_body(portal, person)
    secrets.append(by_sign_in(portal, person))
    by_lost_object(portal, api, person)
    by_title(portal, api)
    for _ in range(2):  # nginx has several processes, each with a buffer of its own
        mark = f"/api/mark-{generate_uid()}"
        requests.get(portal.url + mark, timeout=30)
        written(portal, mark)
    return secrets


def by_header(portal, person):
    names = {"User-Agent": f"{NAME}{ANSI}", "Referer": f"http://x/?q={NAME}", "X-Request-Id": f"{NAME}\x1b[0m"}
    for headers in ({"Authorization": f"Bearer {person.token}"}, {"Cookie": f"session={person.token}"}):
        encoded = {name: value.encode("utf-8") for name, value in (names | headers).items()}
        requests.get(f"{portal.url}/api/session", headers=encoded, timeout=30)
        requests.get(f"{portal.url}/api/nothing", headers=encoded, timeout=30)


def by_address(portal, person):
    token = person.token
    for query in (
        f"PatientName={NAME}",
        f"PatientID={IDENTIFIER}",
        f"{NAME}=x",
        f"access_token={token}",
        "limit=x&q=%1b%0a",
    ):
        for path in ("/dicomweb/studies", "/api/patients", "/fr/", "/wado", "/nothing"):
            person.session.get(f"{portal.url}{path}?{query}", timeout=30)
    for tail in (
        "%0d%0a%7b%22forged%22:1%7d",
        "%1b%5b31m",
        "%c2%9b2J",
        "%00",
        "%0a%0a",
        "%22,%22x%22:%22",
        "%ff%fe",
        "%5c",
        "%7f",
    ):
        for path in ("/api/patients/", "/dicomweb/studies/", "/fr/", "/viewer/", "/wado/"):
            person.session.get(f"{portal.url}{path}{PATH}{tail}", timeout=30)


def by_body(portal, person):
    image = samples.made(patient_id=IDENTIFIER, name=f"{NAME}^Jean\x1b[31m")
    image.StudyDescription = f"{NAME}\r\nforged"
    good = samples.file_bytes(image)
    assert stow(portal, person.session, image).status_code == 200
    for content in (good[:-300], good[:400], good[:200] + b"\xff" * 50 + good[250:], good.replace(b"CT", b"\0\xff", 1)):
        body, headers = samples.stow_body([content])
        person.session.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=30)
        packed = samples.archive(
            {f"Patient-{NAME}/{NAME}\x1b\r\n.dcm": content, f"{NAME}.json": samples.sidecar(IDENTIFIER)}
        )
        person.session.post(
            f"{portal.url}/api/patients/import", data=packed, headers={"Content-Type": "application/zip"}, timeout=30
        )
    for document in ({"lastName": NAME, "birthDate": NAME}, {"patientId": IDENTIFIER, "lastName": NAME, "notes": "\0"}):
        person.session.post(f"{portal.url}/api/patients", json=document, timeout=30)


def by_sign_in(portal, person):
    wrong = f"mistyped {generate_uid()}"
    address = f"{portal.url}/api/session"
    requests.post(address, json={"email": person.email, "password": wrong}, timeout=30)
    requests.post(address, json={"email": f"{NAME}{FORGERY}", "password": wrong}, timeout=30)
    requests.post(address, data=f'{{"email": "{NAME}", "password": "{wrong}', timeout=30)
    person.session.patch(
        f"{portal.url}/api/account", json={"currentPassword": wrong, "newPassword": wrong + "x"}, timeout=30
    )
    return wrong


def by_lost_object(portal, api, person):
    """An error that is ours, and is written down: a file of the store is away for a moment."""
    image = samples.made(patient_id=IDENTIFIER, name=f"{NAME}^Perdu")
    assert stow(portal, person.session, image).status_code == 200
    key = portal.sql(f"SELECT object_key FROM portal.instances WHERE uid = '{image.SOPInstanceUID}'")[0]
    file = portal.data / "store" / key
    file.rename(file.with_suffix(".away"))
    try:
        path = f"{portal.url}/dicomweb/studies/{image.StudyInstanceUID}/series/{image.SeriesInstanceUID}"
        for tail in ("", "/rendered?viewport=9,9", f"/instances/{image.SOPInstanceUID}/frames/1"):
            with contextlib.suppress(requests.RequestException):  # an answer that has begun can only be cut
                api.get(path + tail, timeout=30)
    finally:
        file.with_suffix(".away").rename(file)


def by_title(portal, api):
    """A sender that is known and refused, under AE titles that speak to terminals."""
    titles = [
        b"A29",
        b"A29\x1b[31mRED",
        b'A29\r\n{"x":1}',
        b"A29\x07\x00\x9b2J",
        b"A29\xe9\xff",
        b"A29\\..\\x",
        b"A29$(id)`id`",
    ]
    for title in titles:
        associate(portal, title)
    for sender in api.get(f"{portal.url}/api/senders", timeout=30).json()["items"]:
        if sender["aeTitle"].startswith("A29"):
            answer = api.patch(f"{portal.url}/api/senders/{sender['id']}", json={"allowed": False}, timeout=30)
            assert answer.status_code == 200, answer.text
    assert associate(portal, b"A29") == 3  # A-ASSOCIATE-RJ
    for title in titles:
        associate(portal, title)
    for noise in (b"\x01\x00\x00\x00\x00\x04\x1b[2J", FORGERY.encode(), b"\x1b" * 64):
        with socket.create_connection(portal.dicom, timeout=30) as connection:
            connection.sendall(noise)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass


def associate(portal, title):
    """The type of the PDU that answers a calling AE title of these bytes; None without an answer."""

    def item(kind, content):
        return struct.pack(">BBH", kind, 0, len(content)) + content

    verification, implicit = b"1.2.840.10008.1.1", b"1.2.840.10008.1.2"
    context = item(0x20, b"\x01\0\0\0" + item(0x30, verification) + item(0x40, implicit))
    user = item(0x50, item(0x51, struct.pack(">I", 16384)) + item(0x52, b"1.2.3.4"))
    head = struct.pack(">HH", 1, 0) + b"PREVIEWDICOM    " + title.ljust(16)[:16] + bytes(32)
    content = head + item(0x10, b"1.2.840.10008.3.1.1.1") + context + user
    with socket.create_connection(portal.dicom, timeout=30) as connection:
        connection.sendall(struct.pack(">BBI", 1, 0, len(content)) + content)
        answer = connection.recv(1)
        connection.sendall(struct.pack(">BBII", 7, 0, 4, 0))
        return answer[0] if answer else None




@pytest.mark.parametrize(
    "name", ["dispatcher.log", "nginx.log", "postgres.log", "requests.log", "run.log", "storescp.log"]
)
def test_a29_no_text_from_outside_begins_a_line_or_paints(portal, noise, name):
    """CR, ANSI escapes and their like are escaped or gone."""
    content = logs(portal)[name]
    assert not re.findall(rb"[^\n]*[\x00-\x08\x0b-\x1f][^\n]*", content)
    assert not [line for line in content.splitlines() if line.startswith(b'{"x"') or b'"forged"' in line]


@pytest.mark.parametrize("name", ["dispatcher.log", "requests.log", "storescp.log"])
def test_a29_what_a_log_repeats_is_printable_text(portal, noise, name):
    """UTF-8 without DEL and without C1, in which terminals read escapes as well."""
    assert not re.findall("[^\n]*[\x7f-\x9f][^\n]*", logs(portal)[name].decode("utf-8"))


@pytest.mark.parametrize("name", ["dispatcher.log", "requests.log", "storescp.log"])
def test_a29_every_line_is_one_event_in_json(portal, noise, name):
    """Lines of functions, front door and receiver are whole JSON, and there are some of each."""
    events = [json.loads(line.decode("utf-8", "replace")) for line in logs(portal)[name].splitlines()]
    assert events and all(isinstance(event, dict) and "at" in event for event in events)
    assert not any("forged" in event or event.get("message") == "forged" for event in events)


def test_a29_no_log_has_a_patient_s_name_or_id(portal, noise):
    """PHI of a file, a query, a form, a header or a file's name is in no log; the addresses without it are."""
    for name, content in logs(portal).items():
        found = [line for line in content.splitlines() if NAME.encode() in line or IDENTIFIER.encode() in line]
        assert not found, (name, found[:3])
    assert PATH.encode() in logs(portal)["requests.log"]


def test_a29_no_log_has_a_token_or_a_password(portal, noise):
    """Neither of a header, a cookie, a query, a form nor of the environment."""
    for name, content in logs(portal).items():
        assert not [secret for secret in noise if secret.encode() in content], name


def test_a29_what_went_wrong_is_there_to_be_found(portal, noise):
    """The positive control: the refused association is logged, and the lost object with its request's id."""
    assert b"association rejected" in logs(portal)["storescp.log"]
    errors = [json.loads(line) for line in logs(portal)["dispatcher.log"].splitlines() if b'"level":"error"' in line]
    assert errors and any("requestId" in event for event in errors)


def test_a29_an_ae_title_is_a_value_wherever_it_is_shown(portal, api, noise):
    """The list of senders is JSON with each title as it is; none was taken for a path or a command."""
    answer = api.get(f"{portal.url}/api/senders", timeout=30)
    titles = {sender["aeTitle"] for sender in answer.json()["items"] if sender["aeTitle"].startswith("A29")}
    assert "A29" in titles and "\x1b" not in answer.text
