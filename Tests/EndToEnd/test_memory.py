"""Large bodies go through without growing any process."""

import threading
import time

import samples
from portal import resident_bytes
from pydicom.uid import generate_uid

LARGE = 2 << 30
ALLOWED_GROWTH = 100 << 20


class Watch:
    """The largest memory that the dispatcher and its workers held together."""

    def __init__(self, portal):
        self.portal = portal
        self.peak = 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.look)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()

    def now(self):
        dispatcher = self.portal.process("dispatcher")
        return sum(map(resident_bytes, [dispatcher, *self.portal.workers()]))

    def look(self):
        while not self.ended.is_set():
            self.peak = max(self.peak, self.now())
            time.sleep(0.1)


def multiframe_parts(frames, side):
    """A multi-frame image of `frames` × `side`² bytes as a multipart body: its pieces and its length."""
    image = samples.made(modality="US", patient_id="E2E-LARGE", side=side)
    image.NumberOfFrames = frames
    image.BitsAllocated, image.BitsStored, image.HighBit = 8, 8, 7
    image.SOPClassUID = image.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.3.1"
    image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    image.PixelData = b""
    size = frames * side * side
    head = samples.file_bytes(image)[:-4] + size.to_bytes(4, "little")  # the length of an empty Pixel Data is last
    before = b"--x\r\nContent-Type: application/dicom\r\n\r\n" + head
    after = b"\r\n--x--\r\n"

    def pieces():
        yield before
        frame = bytes(side * side)
        for _ in range(frames):
            yield frame
        yield after

    return image, pieces(), len(before) + size + len(after)


class Sized:
    """An iterator with a length, so that `requests` declares it instead of sending chunks."""

    def __init__(self, pieces, length):
        self.pieces, self.length = pieces, length

    def __len__(self):
        return self.length

    def __iter__(self):
        return self.pieces


def test_an_upload_of_two_gigabytes_does_not_grow_memory(portal, api):
    image, pieces, length = multiframe_parts(frames=2047, side=1024)
    assert length > LARGE - (2 << 20)
    headers = {"Content-Type": 'multipart/related; type="application/dicom"; boundary=x'}
    with Watch(portal) as watch:
        before = watch.now()
        answer = api.post(
            f"{portal.url}/dicomweb/studies", data=Sized(pieces, length), headers=headers, timeout=600
        )
        time.sleep(0.3)
    assert answer.status_code == 200, answer.text
    assert watch.peak - before < ALLOWED_GROWTH, f"{before >> 20} MiB before, {watch.peak >> 20} MiB at most"
    frame = api.get(
        f"{portal.url}/dicomweb/studies/{image.StudyInstanceUID}/series/{image.SeriesInstanceUID}"
        f"/instances/{image.SOPInstanceUID}/frames/2000",
        headers={"Accept": "application/octet-stream; transfer-syntax=*"},
        timeout=60,
    )
    assert (frame.status_code, len(frame.content)) == (200, 1024 * 1024)


def test_a_download_of_two_gigabytes_does_not_grow_memory(portal, api):
    found = api.get(f"{portal.url}/dicomweb/studies", params={"PatientID": "E2E-LARGE"}, timeout=30)
    study = found.json()[0]["0020000D"]["Value"][0]
    accept = {"Accept": 'multipart/related; type="application/dicom"; transfer-syntax=*'}
    with Watch(portal) as watch:
        before = watch.now()
        with api.get(f"{portal.url}/dicomweb/studies/{study}", headers=accept, stream=True, timeout=600) as answer:
            assert answer.status_code == 200
            total = sum(len(piece) for piece in answer.iter_content(1 << 20))
    assert total > LARGE - (2 << 20)
    assert watch.peak - before < ALLOWED_GROWTH
