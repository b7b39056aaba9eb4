"""What is likely asked for next is answered before it is asked for: the same bytes and headers, and the same rights."""

import itertools
import threading
import time

import pytest
import requests

import samples
from people import People, path_of
from portal import wait_for

SINGLE = "application/octet-stream"
PARTS = 'multipart/related; type="application/octet-stream"'
FILE = 'multipart/related; type="application/dicom"; transfer-syntax=*'
AHEAD = "function;dur=0.000, database;dur=0.000, store;dur=0.000"


@pytest.fixture(scope="module")
def images(portal, api):
    images = samples.made_study(12, patient_id="AHEAD", name="Avance^Lecture")
    body, headers = samples.stow_body([samples.file_bytes(image) for image in images])
    assert api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60).status_code == 200
    return images


@pytest.fixture(scope="module")
def addresses(portal, images):
    return {
        "frames": [f"{portal.url}{path_of(image)}/frames/1" for image in images],
        "instances": [f"{portal.url}{path_of(image)}" for image in images],
    }


def client(reader, **headers):
    """A client with the same token, whose connection is its own."""
    session = requests.Session()
    session.headers.update(reader.headers)
    session.headers.update(headers)
    return session


def came_ahead(answer):
    return answer.headers["Server-Timing"].startswith(AHEAD)


def scrolled(session, addresses):
    """The answers to a second look at all of them within a second, of which some came ahead."""
    # What was asked for just after a write is known one by one, for a second; the series is read in the next one.
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        answers = [session.get(address, timeout=30) for address in itertools.chain(addresses, addresses)]
        answers = answers[len(addresses) :]
        if any(came_ahead(answer) for answer in answers):
            return answers
    raise AssertionError("nothing came ahead")


@pytest.mark.parametrize(("what", "accept"), [("frames", SINGLE), ("frames", PARTS), ("instances", FILE)])
def test_what_comes_ahead_is_what_would_be_answered(api, addresses, what, accept):
    answers = scrolled(client(api, Accept=accept), addresses[what])
    for number, (address, answer) in enumerate(zip(addresses[what], answers, strict=True)):
        # Nobody else says so, so nothing is kept for them.
        asked = client(api, Accept=accept, **{"User-Agent": f"asks {number}"}).get(address, timeout=30)
        assert not came_ahead(asked)
        assert answer.status_code == 200 and answer.content == asked.content
        left, right = (dict(one.headers) for one in (answer, asked))
        assert left.pop("X-Request-Id") != right.pop("X-Request-Id")
        for headers in (left, right):
            del headers["Date"], headers["Server-Timing"]
        assert left == right


def test_frames_of_a_multi_frame_come_ahead(portal, api):
    image = samples.made(patient_id="AHEAD-LOOP")
    image.NumberOfFrames = 9
    image.PixelData = b"".join(bytes([number]) * len(image.PixelData) for number in range(9))
    body, headers = samples.stow_body([samples.file_bytes(image)])
    assert api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60).status_code == 200
    addresses = [f"{portal.url}{path_of(image)}/frames/{number}" for number in range(1, 10)]
    answers = scrolled(client(api, Accept=SINGLE), addresses)
    assert b"".join(answer.content for answer in answers) == image.PixelData


def test_what_is_not_changed_is_not_sent_again(api, addresses):
    session = client(api, Accept=SINGLE)
    for address, answer in zip(addresses["frames"], scrolled(session, addresses["frames"]), strict=True):
        again = session.get(address, headers={"If-None-Match": answer.headers["ETag"]}, timeout=30)
        assert again.status_code == 304 and again.content == b""


def test_a_part_of_a_frame_is_a_part(api, addresses):
    session = client(api, Accept=SINGLE)
    for address, answer in zip(addresses["frames"], scrolled(session, addresses["frames"]), strict=True):
        part = session.get(address, headers={"Range": "bytes=2-5"}, timeout=30)
        assert part.status_code == 206 and part.content == answer.content[2:6]


def test_what_others_store_does_not_stop_it(portal, api, addresses):
    """A modality that sends takes nothing from anybody who reads."""
    stored, stopping = [], threading.Event()

    def store():
        while not stopping.is_set():
            body, headers = samples.stow_body([samples.file_bytes(samples.made(patient_id="AHEAD-MORE"))])
            answer = requests.post(
                f"{portal.url}/dicomweb/studies", data=body, headers={**api.headers, **headers}, timeout=60
            )
            stored.append(answer.status_code)

    storing = threading.Thread(target=store)
    storing.start()
    try:
        session, found = client(api, Accept=SINGLE), 0
        wait_for(lambda: stored, 30)
        deadline = time.monotonic() + 4
        while time.monotonic() < deadline:
            found += sum(came_ahead(session.get(address, timeout=30)) for address in addresses["frames"])
    finally:
        stopping.set()
        storing.join()
    assert found > 60 and set(stored) == {200}, (found, stored)


def test_nothing_is_ahead_for_somebody_else(portal, api, addresses):
    people = People(portal, api)
    stranger = people.person(people.group("view")).session
    for _ in range(3):
        scrolled(client(api, Accept=SINGLE), addresses["frames"])
        for address in addresses["frames"]:
            assert client(stranger, Accept=SINGLE).get(address, timeout=30).status_code == 404
            assert requests.get(address, headers={"Accept": SINGLE}, timeout=30).status_code == 401


def test_nothing_is_ahead_for_who_signed_out(portal, api, addresses):
    people = People(portal, api)
    group = people.group("view")
    people.api.put(f"{portal.url}/api/groups/{group}/grants/{people.patient('AHEAD')}", timeout=30).raise_for_status()
    reader = people.person(group).session
    session = client(reader, Accept=SINGLE)
    scrolled(session, addresses["frames"])
    assert reader.delete(f"{portal.url}/api/session", timeout=30).status_code == 204
    for address in addresses["frames"]:
        assert session.get(address, timeout=30).status_code == 401
