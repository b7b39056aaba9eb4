"""Frames for those who wish to save data: compressed without loss, made once."""

import io

import numpy
import pydicom
import pytest

import samples

ANY = {"Accept": "application/octet-stream; transfer-syntax=*"}
HTJ2K = "1.2.840.10008.1.2.4.201"


@pytest.fixture(scope="module")
def image(portal, api):
    made = samples.made(patient_id="SAVE-DATA", side=256)
    body, headers = samples.stow_body([samples.file_bytes(made)])
    assert api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60).status_code == 200
    return made


def frame(portal, api, image, **headers):
    study, series, instance = image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID
    path = f"{portal.url}/dicomweb/studies/{study}/series/{series}/instances/{instance}/frames/1"
    answer = api.get(path, headers={**ANY, **headers}, timeout=60)
    assert answer.status_code == 200, answer.text
    assert "Save-Data" in answer.headers["Vary"]
    return answer


def kept(portal):
    return sorted((portal.data / "store/derived").glob("frames/*/*"))


def test_a_frame_is_compressed_for_who_saves_data_and_kept(portal, api, image):
    before = kept(portal)
    stored = frame(portal, api, image)
    assert stored.content == image.PixelData and "1.2.840.10008.1.2.1" in stored.headers["Content-Type"]
    first = frame(portal, api, image, **{"Save-Data": "on"})
    assert HTJ2K in first.headers["Content-Type"] and len(first.content) < len(stored.content)
    assert first.headers["ETag"] != stored.headers["ETag"]
    (new,) = set(kept(portal)) - set(before)
    assert new.read_bytes() == first.content
    again = frame(portal, api, image, **{"Save-Data": "on"})
    assert again.content == first.content
    assert numpy.array_equal(decoded(image, first.content), image.pixel_array)


def test_who_names_a_syntax_gets_it_whatever_is_saved(portal, api, image):
    native = frame(portal, api, image, **{"Save-Data": "on", "Accept": "application/octet-stream"})
    assert native.content == image.PixelData


def decoded(image, codestream):
    """The pixels of a compressed frame, as pydicom decodes them in a file."""
    packed = pydicom.dcmread(io.BytesIO(samples.file_bytes(image)))
    packed.file_meta.TransferSyntaxUID = HTJ2K
    packed.PixelData = pydicom.encaps.encapsulate([codestream])
    packed["PixelData"].VR = "OB"
    packed["PixelData"].is_undefined_length = True
    return packed.pixel_array
