"""What other programs send: DCMTK and pynetdicom over DIMSE, dicomweb-client over HTTP."""

import io
import subprocess

import pydicom
import pytest
from dicomweb_client.api import DICOMwebClient
from pynetdicom import AE
from pynetdicom.sop_class import Verification

import samples
from portal import AE_TITLE, wait_for


def write_folder(folder, images):
    folder.mkdir()
    for image in images:
        image.save_as(folder / f"{image.InstanceNumber:02d}.dcm", enforce_file_format=True)
    return folder


def dcmtk(program, portal, *arguments):
    address, port = portal.dicom
    command = [program, *arguments[:1], "-aec", AE_TITLE, address, str(port), *arguments[1:]]
    return subprocess.run([word for word in command if word], capture_output=True, text=True, timeout=120, check=False)


def listed(portal, api, study):
    """The study as QIDO shows it, or None."""
    answer = api.get(f"{portal.url}/dicomweb/studies", params={"StudyInstanceUID": study}, timeout=30)
    found = answer.json() if answer.status_code == 200 else []
    return found[0] if found else None


def test_echo(portal):
    done = dcmtk("echoscu", portal, "-v")
    assert done.returncode == 0, done.stderr


def test_from_this_machine_any_called_title_is_served(portal):
    address, port = portal.dicom
    command = ["echoscu", "-aec", "SOMEONEELSE", address, str(port)]
    assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0


@pytest.mark.parametrize(("program", "options"), [("storescu", "+sd"), ("dcmsend", "+sd")])
def test_a_folder_that_dcmtk_sends_is_listed_and_comes_back_equal(portal, api, tmp_path, program, options):
    images = samples.made_study(6, patient_id=f"E2E-{program}", name="Envoi^Modalité")
    done = dcmtk(program, portal, options, str(write_folder(tmp_path / "folder", images)))
    assert done.returncode == 0, done.stdout + done.stderr
    study = wait_for(lambda: listed(portal, api, images[0].StudyInstanceUID), 10)
    assert study["00201208"]["Value"] == [6]
    assert study["00100010"]["Value"][0]["Alphabetic"] == "Envoi^Modalité"
    client = DICOMwebClient(f"{portal.url}/dicomweb", session=api)
    for image in images:
        assert retrieve(client, image) == without_meta(image)


def retrieve(client, image):
    place = (image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID)
    return client.retrieve_instance(*place, media_types=(("application/dicom", "*"),))


def without_meta(image):
    return pydicom.dcmread(io.BytesIO(samples.file_bytes(image)))


@pytest.mark.parametrize("modality", ["CT", "MR", "US"])
def test_dicomweb_client_stores_searches_and_retrieves_the_same(portal, api, modality):
    client = DICOMwebClient(f"{portal.url}/dicomweb", session=api)
    sent = [pydicom.dcmread(io.BytesIO(content)) for content in samples.corpus_files(modality, 4)]
    for image in sent:
        answer = client.store_instances([image])
        assert "FailedSOPSequence" not in answer
    for image in sent:
        found = client.search_for_studies(search_filters={"StudyInstanceUID": image.StudyInstanceUID})
        assert [study["0020000D"]["Value"][0] for study in found] == [image.StudyInstanceUID]
        instances = client.search_for_instances(image.StudyInstanceUID, image.SeriesInstanceUID)
        assert image.SOPInstanceUID in [instance["00080018"]["Value"][0] for instance in instances]
        # pydicom leaves group lengths out of what it sends; an identical instance that is there already keeps them.
        assert retrieve(client, image) in (image, as_sent(image))
        metadata = client.retrieve_instance_metadata(
            image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID
        )
        assert metadata["00080018"]["Value"] == [image.SOPInstanceUID]
        assert "7FE00010" not in metadata or "BulkDataURI" in metadata["7FE00010"]


def as_sent(image):
    written = io.BytesIO()
    pydicom.dcmwrite(written, image)
    return pydicom.dcmread(io.BytesIO(written.getvalue()))


def test_frames_are_the_files_own_pixels(portal, api, stored_study):
    client = DICOMwebClient(f"{portal.url}/dicomweb", session=api)
    image = stored_study[2]
    place = (image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID)
    assert client.retrieve_instance_frames(*place, frame_numbers=[1]) == [image.PixelData]


def test_series_metadata_counts_every_instance(portal, api, stored_study):
    client = DICOMwebClient(f"{portal.url}/dicomweb", session=api)
    image = stored_study[0]
    metadata = client.retrieve_series_metadata(image.StudyInstanceUID, image.SeriesInstanceUID)
    assert {entry["00080018"]["Value"][0] for entry in metadata} == {one.SOPInstanceUID for one in stored_study}


def test_the_same_file_twice_is_a_success_without_effect(portal, api, stored_study):
    body, headers = samples.stow_body([samples.file_bytes(stored_study[0])])
    answer = api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=30)
    assert answer.status_code == 200, answer.text
    assert listed(portal, api, stored_study[0].StudyInstanceUID)["00201208"]["Value"] == [5]


def test_other_pixels_under_the_same_uid_never_overwrite(portal, api):
    first = samples.made(patient_id="E2E-CONFLICT")
    second = pydicom.dcmread(io.BytesIO(samples.file_bytes(first)))
    second.PixelData = bytes(len(first.PixelData))
    statuses = []
    for image in (first, second):
        body, headers = samples.stow_body([samples.file_bytes(image)])
        answer = api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=30)
        statuses.append(answer.status_code)
    assert statuses == [200, 409]
    assert answer.json()["00081198"]["Value"][0]["00081197"]["Value"] == [0x0111]
    client = DICOMwebClient(f"{portal.url}/dicomweb", session=api)
    assert retrieve(client, first).PixelData == first.PixelData


def test_a_conflict_over_dimse_is_a_warning_that_no_modality_repeats(portal):
    first = samples.made(patient_id="E2E-CONFLICT")
    second = pydicom.dcmread(io.BytesIO(samples.file_bytes(first)))
    second.PixelData = bytes(len(first.PixelData))
    sender = AE("MODALITY")
    sender.add_requested_context(first.SOPClassUID, first.file_meta.TransferSyntaxUID)
    sender.add_requested_context(Verification)
    address, port = portal.dicom
    association = sender.associate(address, port, ae_title=AE_TITLE)
    assert association.is_established
    try:
        assert [association.send_c_store(image).Status for image in (first, first, second)] == [0, 0, 0xB000]
    finally:
        association.release()
