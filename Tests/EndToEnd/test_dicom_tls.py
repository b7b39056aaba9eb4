"""Modalities that send over TLS: DCMTK and pynetdicom, with certificates good and bad (PS3.15 §B.12)."""

import os
import socket
import ssl
import subprocess

import pytest
from playwright.sync_api import expect
from pynetdicom import AE
from pynetdicom.sop_class import CTImageStorage, Verification

import samples
from browsing import chromium, opened_page, sign_in
from portal import AE_TITLE, ROOT, Portal


class Authority:
    """A certificate authority in a folder."""

    def __init__(self, folder, name):
        folder.mkdir()
        self.folder = folder
        self.file = str(folder / "ca.pem")
        self.request("ca", f"/CN={name}")

    def issue(self, name, subject, alternative):
        """Key and certificate of someone for whom it vouches."""
        return self.request(
            name, subject, "-CA", self.file, "-CAkey", str(self.folder / "ca.key"),
            "-addext", f"subjectAltName={alternative}", "-addext", "basicConstraints=critical,CA:FALSE",
        )  # fmt: skip

    def request(self, name, subject, *more):
        key, certificate = str(self.folder / f"{name}.key"), str(self.folder / f"{name}.pem")
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", subject]
        command += ["-keyout", key, "-out", certificate, *more]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return key, certificate


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tls") / "ours", "Hospital CA")


@pytest.fixture(scope="module")
def receiver(authority):
    """What the portals of these tests have in their environment."""
    key, certificate = authority.issue("portal", "/CN=portal", "IP:127.0.0.1")
    return {"PORTAL_DICOM_TLS_CERTIFICATE": certificate, "PORTAL_DICOM_TLS_KEY": key}


@pytest.fixture(scope="module")
def secure(authority, receiver, tmp_path_factory):
    """A portal that asks for certificates."""
    running = Portal(tmp_path_factory.mktemp("secure"), **receiver, PORTAL_DICOM_TLS_CLIENT_CA=authority.file)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def device(authority):
    return authority.issue("device", "/O=Clinic/CN=ct1.example", "DNS:other.example")


def names(portal, title):
    """The TLS names under which an AE title is listed."""
    items = portal.sign_in().get(f"{portal.url}/api/senders", timeout=30).json()["items"]
    return sorted(one["tlsName"] for one in items if one["aeTitle"] == title)


def dcmtk(program, port, title, *arguments):
    command = [program, "-aet", title, "-aec", AE_TITLE, "127.0.0.1", str(port), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def context(authority, device=None, version=ssl.TLSVersion.TLSv1_3):
    made = ssl.create_default_context(cafile=authority.file)
    made.maximum_version = version
    if device:
        made.load_cert_chain(device[1], device[0])
    return made


def associated(port, title, tls=None):
    """An association, established or not."""
    sender = AE(title)
    sender.add_requested_context(CTImageStorage, samples.made().file_meta.TransferSyntaxUID)
    sender.add_requested_context(Verification)
    return sender.associate("127.0.0.1", port, ae_title=AE_TITLE, tls_args=tls and (tls, "127.0.0.1"))


def sends(port, title, tls=None):
    """Whether a sender may store one image."""
    association = associated(port, title, tls)
    if not association.is_established:
        return False
    try:
        return association.send_c_store(samples.made(patient_id="E2E-TLS")).Status == 0
    finally:
        association.release()


def test_a_folder_that_dcmtk_sends_is_stored_and_its_sender_named(secure, authority, device, tmp_path):
    images = samples.made_study(4, patient_id="E2E-TLS")
    for image in images:
        image.save_as(tmp_path / f"{image.InstanceNumber}.dcm", enforce_file_format=True)
    options = ["+tls", *device, "+cf", authority.file, "+sd"]
    done = dcmtk("storescu", secure.ready["dicomTLSPort"], "DCMTK", *options, str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    query = {"StudyInstanceUID": images[0].StudyInstanceUID}
    found = secure.sign_in().get(f"{secure.url}/dicomweb/studies", params=query, timeout=30).json()
    assert found[0]["00201208"]["Value"] == [4]
    assert names(secure, "DCMTK") == ["ct1.example"]


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=["1.2", "1.3"])
def test_pynetdicom_stores_under_the_name_of_its_certificate(secure, authority, version):
    title = f"PY{version.name}"
    nameless = authority.issue("nameless", "/O=Clinic", "DNS:us2.example,DNS:us3.example")
    assert sends(secure.ready["dicomTLSPort"], title, context(authority, nameless, version))
    assert names(secure, title) == ["us2.example"]


def test_a_large_image_arrives_whole(secure, authority, device):
    image = samples.made(patient_id="E2E-TLS", side=2048)
    association = associated(secure.ready["dicomTLSPort"], "LARGE", context(authority, device))
    assert association.send_c_store(image).Status == 0
    association.release()
    place = f"studies/{image.StudyInstanceUID}/series/{image.SeriesInstanceUID}/instances/{image.SOPInstanceUID}"
    accept = {"Accept": "multipart/related; type=application/octet-stream"}
    answer = secure.sign_in().get(f"{secure.url}/dicomweb/{place}/frames/1", headers=accept, timeout=60)
    assert image.PixelData in answer.content


def test_without_a_certificate_nobody_is_served(secure, authority, tmp_path):
    port = secure.ready["dicomTLSPort"]
    assert dcmtk("echoscu", port, "NONE", "+tla", "+cf", authority.file).returncode != 0
    assert not sends(port, "NONE", context(authority))
    stranger = Authority(tmp_path / "theirs", "Hospital CA").issue("device", "/CN=ct1.example", "DNS:ct1.example")
    assert dcmtk("echoscu", port, "NONE", "+tls", *stranger, "+cf", authority.file).returncode != 0
    assert not sends(port, "NONE", context(authority, stranger))
    assert dcmtk("echoscu", port, "NONE").returncode != 0
    assert names(secure, "NONE") == []


@pytest.mark.parametrize(
    ("options", "accepted"),
    [
        (["-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"], False),
        (["-tls1_2", "-cipher", "AES128-SHA"], False),
        (["-tls1_2", "-cipher", "ECDHE-RSA-AES128-SHA"], False),
        (["-tls1_2"], True),
        (["-tls1_3"], True),
    ],
    ids=["TLS 1.1", "key transport", "CBC", "TLS 1.2", "TLS 1.3"],
)
def test_what_is_weak_is_refused(secure, authority, device, options, accepted):
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{secure.ready['dicomTLSPort']}"]
    command += ["-CAfile", authority.file, "-key", device[0], "-cert", device[1], *options]
    done = subprocess.run(command, input="", capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode == 0) == accepted, done.stdout + done.stderr


def test_the_plain_port_stays_plain(secure, authority, device):
    port = secure.ready["dicomPort"]
    assert dcmtk("echoscu", port, "PLAIN").returncode == 0
    assert dcmtk("echoscu", port, "PLAIN", "+tls", *device, "+cf", authority.file).returncode != 0
    assert names(secure, "PLAIN") == [""]


def test_what_a_title_may_depends_on_its_certificate(secure, authority, device):
    tls, plain = secure.ready["dicomTLSPort"], secure.ready["dicomPort"]
    other = authority.issue("other", "/CN=ct9.example", "DNS:ct9.example")
    ways = {
        "": (plain, None),
        "ct1.example": (tls, context(authority, device)),
        "ct9.example": (tls, context(authority, other)),
    }
    assert all(sends(port, "SHARED", way) for port, way in ways.values())
    assert names(secure, "SHARED") == sorted(ways)
    api = secure.sign_in()
    for one in api.get(f"{secure.url}/api/senders", timeout=30).json()["items"]:
        if one["aeTitle"] == "SHARED":
            assert one["instances"] == 1
            change = {"allowed": one["tlsName"] == "ct1.example"}
            assert api.patch(f"{secure.url}/api/senders/{one['id']}", json=change, timeout=30).status_code == 200
    assert [name for name, (port, way) in ways.items() if sends(port, "SHARED", way)] == ["ct1.example"]


def test_the_page_of_senders_shows_the_name(secure, authority, device):
    assert sends(secure.ready["dicomTLSPort"], "SHOWN", context(authority, device))
    with chromium() as browser, opened_page(secure, browser) as page:
        sign_in(page, secure)
        page.goto(f"{secure.url}/fr/admin/senders/")
        expect(page.get_by_role("columnheader", name="Nom TLS")).to_be_visible()
        expect(page.get_by_role("row").filter(has_text="SHOWN")).to_contain_text("ct1.example")
        assert not page.noted, page.noted


def test_noise_ends_that_connection_alone(secure, authority, device):
    before = secure.process("storescp")
    port = secure.ready["dicomTLSPort"]
    for noise in (os.urandom(4000), b"\x16\x03\x01\xff\xff" + bytes(300), b"GET / HTTP/1.1\r\n\r\n", b""):
        with socket.create_connection(("127.0.0.1", port), timeout=40) as connection:
            connection.sendall(noise)
            connection.shutdown(socket.SHUT_WR)
            drain(connection)
    connection = socket.create_connection(("127.0.0.1", port), timeout=40)
    wrapped = context(authority, device).wrap_socket(connection, server_hostname="127.0.0.1")
    with socket.socket(fileno=wrapped.detach()) as connection:  # noise where a record should stand
        connection.settimeout(40)
        connection.sendall(os.urandom(4000))
        drain(connection)
    assert sends(port, "AFTERNOISE", context(authority, device))
    assert secure.process("storescp") == before


def drain(connection):
    try:
        while connection.recv(4096):
            pass
    except ConnectionResetError:
        pass


def test_where_no_certificate_is_asked_for_senders_are_listed_as_such(authority, receiver, tmp_path):
    portal = Portal(tmp_path / "open", **receiver)
    portal.start()
    try:
        assert sends(portal.ready["dicomTLSPort"], "ANYBODY", context(authority))
        assert sends(portal.ready["dicomPort"], "ANYBODY")
        assert names(portal, "ANYBODY") == ["", "*"]
    finally:
        portal.stop()


@pytest.mark.parametrize("lacking", ["PORTAL_DICOM_TLS_CERTIFICATE", "PORTAL_DICOM_TLS_KEY"])
def test_half_of_the_settings_is_refused_with_a_sentence(receiver, tmp_path, lacking):
    half = {name: value for name, value in receiver.items() if name != lacking}
    with pytest.raises(RuntimeError, match="have to be set together"):
        Portal(tmp_path / "half", **half).start()
    assert not (tmp_path / "half/ready.json").exists()


def test_a_tls_port_in_use_is_named(secure, receiver, tmp_path):
    second = Portal(tmp_path / "second", **receiver)
    second.ready = {"dicomTLSPort": secure.ready["dicomTLSPort"]}
    with pytest.raises(RuntimeError, match=f"DICOM TLS port {secure.ready['dicomTLSPort']} is in use"):
        second.start()


def test_without_a_certificate_of_ours_there_is_no_tls_port(portal):
    assert "dicomTLSPort" not in portal.ready
    assert portal.ready["dicomPort"]
    shown = subprocess.run([ROOT / "scripts/run", "--help"], capture_output=True, text=True, check=True)
    assert "--dicom-tls-port N" in shown.stdout and "see README.md." in shown.stdout and "set -euo" not in shown.stdout
