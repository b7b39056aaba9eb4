"""A30: a portal that was just started opens to nobody but the person who started it."""

import re
import socket

import pytest
import requests
from pynetdicom import AE, evt
from pynetdicom.pdu import A_ASSOCIATE_RJ
from pynetdicom.sop_class import Verification

import samples
from people import bearer
from portal import AE_TITLE, EMAIL, Portal

DEFAULTS = [
    (name, password)
    for name in ("admin", "admin@localhost", "root", "orthanc", EMAIL)
    for password in ("", name, "admin", "password", "changeme")
]


def other_address():
    """An address of this machine that is not its loopback's; None when it has no other."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("198.51.100.1", 9))  # nothing is sent
            address = probe.getsockname()[0]
        except OSError:
            return None
    return None if address.startswith(("127.", "0.")) else address


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A portal on all addresses, for whose administrator nobody chose a password."""
    started = Portal(tmp_path_factory.mktemp("fresh"), password=None, options=["--listen", "0.0.0.0"])
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def made(fresh):
    """The password that the first start showed."""
    return re.findall(r"Password: (\S+)", fresh.said)


@pytest.fixture(scope="module")
def administrator(fresh, made):
    """The administrator, after the change of the password, signed in."""
    answer = try_to_sign_in(fresh, EMAIL, made[0])
    if answer.status_code == 403:
        session = bearer(answer.json()["error"]["details"]["token"])
        change = {"newPassword": "chosen at the first sign-in"}
        assert session.patch(f"{fresh.url}/api/account", json=change, timeout=30).status_code == 204
        return fresh.sign_in(EMAIL, "chosen at the first sign-in")
    return fresh.sign_in(EMAIL, made[0])


def try_to_sign_in(portal, email, password):
    return requests.post(f"{portal.url}/api/session", json={"email": email, "password": password}, timeout=30)


def test_a30_the_password_is_made_and_shown_once(fresh, made):
    """Once on the terminal that started it, and in no log."""
    assert len(made) == 1 and len(made[0]) >= 16
    assert all(made[0] not in file.read_text(errors="replace") for file in (fresh.data / "logs").iterdir())
    assert made[0] not in (fresh.data / "ready.json").read_text()


def test_a30_the_made_password_opens_nothing_but_its_own_change(fresh, made):
    """403 password.mustChange until the person has chosen one."""
    answer = try_to_sign_in(fresh, EMAIL, made[0])
    assert answer.status_code == 403 and answer.json()["error"]["code"] == "password.mustChange"


def test_a30_nobody_gets_in_by_default(fresh, made):
    """401 for what every product has tried once; no account, token or session exists beside the one."""
    assert fresh.sql("SELECT email FROM portal.users") == [EMAIL]
    assert fresh.sql("SELECT count(*) FROM portal.sessions WHERE kind = 'token'") == ["0"]
    assert {try_to_sign_in(fresh, email, password).status_code for email, password in DEFAULTS} == {401}
    for path in ("/api/patients", "/api/users", "/dicomweb/studies", "/api/senders", "/api/openapi.json"):
        assert requests.get(fresh.url + path, timeout=30).status_code == 401
        assert requests.get(fresh.url + path, auth=("admin", "admin"), timeout=30).status_code == 401
        assert requests.get(fresh.url + path, auth=("orthanc", "orthanc"), timeout=30).status_code == 401


def test_a30_the_administrator_gets_in(fresh, administrator):
    """The positive control: who started it changes the password and manages."""
    assert administrator.get(f"{fresh.url}/api/users", timeout=30).json()["items"][0]["email"] == EMAIL


def test_a30_a_usual_start_is_for_this_machine_alone(portal):
    """Bound to 127.0.0.1: another address of the machine finds no port, PostgreSQL has none, and 127.0.0.1 answers."""
    ports = [portal.ready[name] for name in ("port", "dicomPort", "dispatcherPort")]
    for port in ports:
        socket.create_connection(("127.0.0.1", port), timeout=10).close()
        for address in {"127.0.0.2", other_address() or "127.0.0.3"}:
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection((address, port), timeout=10)
    assert portal.sql("SHOW listen_addresses") == [""]


def test_a30_the_functions_stay_behind_the_front_door(fresh):
    """Also when all addresses are served, the dispatcher is for nginx alone."""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", fresh.ready["dispatcherPort"]), timeout=10)
    assert requests.get(f"http://127.0.0.2:{fresh.ready['port']}/api/health", timeout=30).status_code == 200


def test_a30_the_data_are_their_owner_s(fresh):
    """Nobody else on the machine reads the store, the logs or the database's socket."""
    for folder in ("store", "logs", "run", "postgres"):
        path = fresh.data / folder
        closed = [part for part in (path, *path.parents) if part == fresh.data or fresh.data in part.parents]
        assert any(part.stat().st_mode & 0o007 == 0 for part in closed), path


@pytest.fixture(scope="module")
def elsewhere():
    found = other_address()
    if found is None:
        pytest.skip("this machine has its loopback address alone")
    return found


def associate(portal, address, calling, called=AE_TITLE, source=("", 0), handlers=None):
    sender = AE(calling)
    sender.add_requested_context(Verification)
    image = samples.made()
    sender.add_requested_context(image.SOPClassUID, image.file_meta.TransferSyntaxUID)
    return sender.associate(
        address, portal.ready["dicomPort"], ae_title=called, bind_address=source, evt_handlers=handlers
    )


def is_refused(portal, address, calling, called=AE_TITLE):
    """Whether the answer was A-ASSOCIATE-RJ.

    The PDU is looked for: an answer that is there before pynetdicom looks whether it is connected leaves the
    association neither rejected nor established.
    """
    answers = []
    note = (evt.EVT_PDU_RECV, lambda event: answers.append(type(event.pdu)))
    association = associate(portal, address, calling, called, handlers=[note])
    assert not association.is_established
    return answers == [A_ASSOCIATE_RJ]


def test_a30_unknown_senders_from_elsewhere_are_refused(fresh, administrator, elsewhere):
    """A-ASSOCIATE-RJ for any calling title, the usual ones too, until an administrator lets one in."""
    for calling in ("MODALITY", "ORTHANC", AE_TITLE, "STORESCU", "ANY-SCP"):
        assert is_refused(fresh, elsewhere, calling), calling
    senders = administrator.get(f"{fresh.url}/api/senders", timeout=30).json()["items"]
    found = {sender["aeTitle"]: sender for sender in senders if sender["address"] == elsewhere}
    assert set(found) >= {"MODALITY", "ORTHANC"} and not any(sender["allowed"] for sender in found.values())
    allow(fresh, administrator, found["MODALITY"])
    association = associate(fresh, elsewhere, "MODALITY")
    assert association.is_established
    assert (
        association.send_c_echo().Status == 0 and association.send_c_store(samples.made(patient_id="A30")).Status == 0
    )
    association.release()
    assert is_refused(fresh, elsewhere, "MODALITY", called="ANYBODY")
    assert is_refused(fresh, elsewhere, "ORTHANC")
    assert fresh.sql("SELECT count(*) FROM portal.instances") == ["1"]


def allow(portal, administrator, sender):
    address = f"{portal.url}/api/senders/{sender['id']}"
    assert administrator.patch(address, json={"allowed": True}, timeout=30).status_code == 200


def test_a30_the_machine_itself_may_store(fresh):
    """From loopback an unknown sender is let in, as README says: only who is on the machine connects from there."""
    association = associate(fresh, "127.0.0.1", "ANYONE")
    assert association.is_established
    association.release()


def test_a30_a_second_start_shows_no_password(fresh, made, administrator):
    """It makes no account and says nothing of one; the chosen password stays."""
    fresh.stop()
    fresh.start()
    assert "assword" not in fresh.said
    assert fresh.sql("SELECT count(*) FROM portal.users") == ["1"]
    assert administrator.get(f"{fresh.url}/api/session", timeout=30).status_code == 200
