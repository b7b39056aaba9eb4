"""What was acknowledged is there after any part was killed."""

import contextlib
import hashlib
import io
import random
import threading
import time

import pydicom
import pytest
import requests
from pynetdicom import AE

import samples
from portal import AE_TITLE

PATIENTS = ("E2E-CRASH-STOW", "E2E-CRASH-STORE", "E2E-CRASH-ZIP")


class Writers:
    """STOW, C-STORE and imports that go on until told to stop, noting what was acknowledged."""

    def __init__(self, portal, authorization):
        self.portal = portal
        self.authorization = authorization
        self.acknowledged = {}
        self.lock = threading.Lock()
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.repeat, args=(one,)) for one in (self.stow, self.store, self.pack)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def repeat(self, write):
        while not self.ended.is_set():
            try:
                write()
            except (requests.RequestException, OSError, RuntimeError, ValueError):
                time.sleep(0.1)  # the part is away; what was not acknowledged is not expected

    def note(self, route, content):
        with self.lock:
            self.acknowledged[samples.uids(content)] = (route, content)

    def count(self, route):
        with self.lock:
            return sum(one == route for one, _ in self.acknowledged.values())

    def session(self):
        session = requests.Session()
        session.headers["Authorization"] = self.authorization
        return session

    def stow(self):
        contents = [samples.file_bytes(image) for image in samples.made_study(3, patient_id=PATIENTS[0])]
        body, headers = samples.stow_body(contents)
        answer = self.session().post(f"{self.portal.url}/dicomweb/studies", data=body, headers=headers, timeout=30)
        if answer.status_code in (200, 202):
            kept = {item["00081155"]["Value"][0] for item in answer.json()["00081199"]["Value"]}
            for content in contents:
                if samples.uids(content)[2] in kept:
                    self.note("stow", content)

    def store(self):
        images = samples.made_study(5, patient_id=PATIENTS[1])
        sender = AE("MODALITY")
        sender.acse_timeout = sender.dimse_timeout = sender.network_timeout = 10
        sender.add_requested_context(images[0].SOPClassUID, images[0].file_meta.TransferSyntaxUID)
        address, port = self.portal.dicom
        association = sender.associate(address, port, ae_title=AE_TITLE)
        if not association.is_established:
            raise OSError("no association")
        try:
            for image in images:
                if association.send_c_store(image).get("Status") == 0:
                    self.note("store", samples.file_bytes(image))
        finally:
            with contextlib.suppress(Exception):
                association.release()

    def pack(self):
        contents = [samples.file_bytes(image) for image in samples.made_study(20, patient_id=PATIENTS[2])]
        files = {f"Patient-{PATIENTS[2]}/1-{number:02d}.dcm": content for number, content in enumerate(contents)}
        files[f"Patient-{PATIENTS[2]}/Patient-{PATIENTS[2]}.json"] = samples.sidecar(PATIENTS[2])
        answer = self.session().post(
            f"{self.portal.url}/api/patients/import",
            data=samples.archive(files),
            headers={"Content-Type": "application/zip"},
            timeout=60,
        )
        if answer.status_code == 200:
            kept = {file.get("sopInstanceUID") for file in answer.json()["files"] if file["outcome"] == "stored"}
            for content in contents:
                if samples.uids(content)[2] in kept:
                    self.note("import", content)


def a_worker(portal):
    return random.choice(portal.workers())


VICTIMS = {
    "dispatcher": lambda portal: portal.process("dispatcher"),
    "worker": a_worker,
    "storescp": lambda portal: portal.process("storescp"),
    "postgres": lambda portal: portal.process("postgres"),
}


@pytest.mark.parametrize("name", list(VICTIMS))
def test_what_was_acknowledged_survives_the_death_of(portal, api, name):
    with Writers(portal, api.headers["Authorization"]) as writers:
        for _ in range(3):
            time.sleep(random.uniform(0.5, 1.5))
            portal.kill(VICTIMS[name](portal))
            portal.await_health()
        time.sleep(1)
    portal.stop()
    portal.start()
    assert all(writers.count(route) for route in ("stow", "store", "import")), portal.logs()
    check_all(portal, writers.acknowledged)


def check_all(portal, acknowledged):
    session = portal.sign_in()
    missing = []
    for (study, series, instance), (route, content) in acknowledged.items():
        path = f"/dicomweb/studies/{study}/series/{series}/instances/{instance}"
        answer = session.get(
            portal.url + path, headers={"Accept": "application/dicom; transfer-syntax=*"}, timeout=30
        )
        if answer.status_code != 200 or not is_same(route, content, answer.content):
            missing.append((route, instance, answer.status_code))
    assert not missing, f"{len(missing)} of {len(acknowledged)} are lost or changed: {missing[:5]}"


def is_same(route, sent, received):
    if route == "store":  # what comes over DIMSE is the data set; the File Meta Information is the portal's
        return pydicom.dcmread(io.BytesIO(sent)) == pydicom.dcmread(io.BytesIO(received))
    return hashlib.sha256(sent).digest() == hashlib.sha256(received).digest()
