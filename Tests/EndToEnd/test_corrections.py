"""A corrected study is its patient's at every door of DICOMweb, and its files are as they were received."""

import io
import json
import zipfile

import numpy
import pytest
from pydicom.dataset import Dataset
from pydicom.fileset import FileSet
from pydicom.uid import generate_uid

import samples
from conformance import (
    DICOM, JSON, OCTETS, XML, Server, first, grey, parts, path, read, series_path, study_path, values,
)  # fmt: skip
from conformance_archive import BIG_ENDIAN, DEFLATED, EXPLICIT, IMPLICIT, JPEG_2000, RLE

SYNTAXES = [EXPLICIT, IMPLICIT, RLE, JPEG_2000, BIG_ENDIAN, DEFLATED]
STORED = f"{DICOM}; transfer-syntax=*"
# The first one has a place in Latin-1, the second one has none.
NAMES = {"fits": ("Müller", "Zoë"), "does not fit": ("Σωκράτης", "Ξένων")}
WRONG = {"fits": "Erroné^Été", "does not fit": "Égarée^Là"}
ORIGINAL, MODIFIED = "04000561", "04000550"


class Story:
    """A study of Latin-1 files under a wrong name: what each door gave before, under a correction, and afterwards."""

    def __init__(self, portal, api, kind):
        self.server, self.api, self.url = Server("ours", portal.url, api, portal), api, portal.url
        self.last, self.first = NAMES[kind]
        self.name, self.id = f"{self.last}^{self.first}", f"RIGHT {kind}"
        self.wrong, self.wrong_id, self.wrong_issuer = WRONG[kind], f"WRONG {kind}", f"ELSEWHERE {kind}"
        self.images = self.made()
        self.files = [samples.in_syntax(image, syntax) for image, syntax in zip(self.images, SYNTAXES, strict=True)]
        assert self.server.store(self.files).status_code == 200
        self.study = study_path(self.images[0])
        self.call(204, "detach")
        self.patient = self.make_patient()
        self.call(204, "attach", patient=self.patient["id"])
        self.before = self.look()
        self.call(204, "attach", patient=self.patient["id"], correct=True)
        self.corrected = self.look()

    def made(self):
        study, series = generate_uid(), [generate_uid(), generate_uid()]
        images = []
        for number in range(1, len(SYNTAXES) + 1):
            image = samples.made(study=study, series=series[number % 2], number=number)
            image.SpecificCharacterSet = "ISO_IR 100"
            image.PatientName, image.PatientID, image.IssuerOfPatientID = self.wrong, self.wrong_id, self.wrong_issuer
            images.append(image)
        earlier = Dataset()
        earlier.ModifyingSystem, earlier.ReasonForTheAttributeModification = "Équipement", "COERCE"
        images[1].OriginalAttributesSequence = [earlier]
        return images

    def make_patient(self):
        draft = {"patientId": self.id, "lastName": self.last, "firstName": self.first, "birthDate": "1980-04-03"}
        made = self.api.post(f"{self.url}/api/patients", json=draft | {"sex": "F"}, timeout=30)
        assert made.status_code == 201, made.text
        return made.json()

    def call(self, status, verb, **document):
        answer = self.api.post(
            f"{self.url}/api/inbox/{self.images[0].StudyInstanceUID}/{verb}", json=document, timeout=30
        )
        assert answer.status_code == status, answer.text
        return answer

    def doors(self):
        """Each door with the form that is asked for."""
        yield f"{self.study}/metadata", JSON
        yield f"{self.study}/metadata", XML
        yield self.study, STORED
        yield self.study, "application/zip"
        for image in self.images[:2]:
            yield f"{series_path(image)}/metadata", JSON
            yield series_path(image), STORED
        for image in self.images:
            yield f"{path(image)}/metadata", JSON
            yield path(image), STORED
            yield path(image), DICOM
            yield path(image), "application/dicom"
            yield wado(image), "*/*"
            yield f"{path(image)}/frames/1", f"{OCTETS}; transfer-syntax=*"
            yield f"{path(image)}/bulkdata/7FE00010", f"{OCTETS}; transfer-syntax=*"
            yield f"{path(image)}/rendered", "image/png"
            yield f"{path(image)}/thumbnail", "image/png"
            yield f"{path(image)}/rendered?annotation=patient&viewport=512,512", "image/png"

    def look(self):
        return {door: Answer(self.server.fetch(*door)) for door in self.doors()}

    def originals(self):
        return [
            self.server.fetch(f"/api/instances/{image.SOPInstanceUID}/original").content for image in self.images
        ]


class Answer:
    """What a door gave: the contents of its parts, and the version."""

    def __init__(self, answer):
        self.tag, self.answer = answer.headers.get("ETag"), answer
        is_multipart = answer.headers["Content-Type"].startswith("multipart/")
        self.contents = [part.content for part in parts(answer)] if is_multipart else [answer.content]


def wado(image):
    names = f"studyUID={image.StudyInstanceUID}&seriesUID={image.SeriesInstanceUID}&objectUID={image.SOPInstanceUID}"
    return f"/wado?requestType=WADO&{names}&contentType=application%2Fdicom"


def swapped(name):
    """With one slip of the hand."""
    return name[0] + name[2] + name[1] + name[3:]


@pytest.fixture(scope="module", params=NAMES)
def story(request, portal, api):
    return Story(portal, api, request.param)


def files(story, looked):
    """Every PS3.10 file that came, with the door and the image that it is."""
    images = {image.SOPInstanceUID: image for image in story.images}
    for (door, form), answer in looked.items():
        contents = answer.contents
        if form == "application/zip":
            with zipfile.ZipFile(io.BytesIO(contents[0])) as packed:
                contents = [packed.read(name) for name in packed.namelist() if name != "DICOMDIR"]
        elif "application/dicom" not in form and "/wado" not in door or "json" in form or "xml" in form:
            continue
        for content in contents:
            found = read(content)
            yield door, form, found, images[found.SOPInstanceUID]


def test_attaching_alone_changes_nothing(story):
    seen = list(files(story, story.before))
    assert len(seen) == 3 * len(SYNTAXES) + len(SYNTAXES) * 4
    assert all(found.PatientName == story.wrong for _, _, found, _ in seen)


def test_every_file_is_the_patients_and_says_what_it_was(story):
    seen = list(files(story, story.corrected))
    assert len(seen) == len(SYNTAXES) * 7
    for door, form, found, image in seen:
        where = f"{door} {form}"
        assert found.PatientName == story.name and found.PatientID == story.id, where
        assert found.PatientBirthDate == "19800403" and found.PatientSex == "F", where
        assert "IssuerOfPatientID" not in found, where
        assert found.StudyDescription == "Étude" and found.SeriesDescription == "Série", where
        *earlier, item = found.OriginalAttributesSequence
        assert [str(one.ModifyingSystem) for one in earlier] == ["Équipement"] * (image is story.images[1]), where
        assert item.ReasonForTheAttributeModification == "CORRECT" and item.ModifyingSystem == "PREVIEWDICOM", where
        assert item.SourceOfPreviousValues in ("", None) and len(item.AttributeModificationDateTime) >= 14, where
        (former,) = item.ModifiedAttributesSequence
        assert former.PatientName == story.wrong and former.PatientID == story.wrong_id, where
        assert former.IssuerOfPatientID == story.wrong_issuer and former.PatientBirthDate == "19700203", where
        assert former.PatientSex == "O" and len(former) == 5, where
        assert found.SpecificCharacterSet == ("ISO_IR 100" if story.last == "Müller" else "ISO_IR 192"), where
        assert numpy.array_equal(found.pixel_array, image.pixel_array), where


def test_stored_pixels_are_the_same_bytes(story):
    """In the stored syntax, and that of implicit and big endian files within the ZIP."""
    for file, image, syntax in zip(story.files, story.images, SYNTAXES, strict=True):
        (content,) = story.corrected[path(image), STORED].contents
        stored, found = read(file), read(content)
        if syntax not in (IMPLICIT, BIG_ENDIAN):
            assert found.file_meta.TransferSyntaxUID == syntax and found.PixelData == stored.PixelData
    with zipfile.ZipFile(io.BytesIO(story.corrected[story.study, "application/zip"].contents[0])) as packed:
        packedfiles = [read(packed.read(name)) for name in packed.namelist() if name != "DICOMDIR"]
    found = {one.SOPInstanceUID: one for one in packedfiles}
    for file, image, syntax in zip(story.files, story.images, SYNTAXES, strict=True):
        one = found[image.SOPInstanceUID]
        assert one.file_meta.TransferSyntaxUID == syntax and one.PixelData == read(file).PixelData


def test_the_directory_of_the_archive_names_the_patient(story, tmp_path):
    with zipfile.ZipFile(io.BytesIO(story.corrected[story.study, "application/zip"].contents[0])) as packed:
        packed.extractall(tmp_path)
    assert FileSet(tmp_path / "DICOMDIR").find_values("PatientID") == [story.id]


def test_metadata_say_it_at_every_level(story):
    seen = []
    for (door, form), answer in story.corrected.items():
        if form == JSON:
            seen += json.loads(answer.contents[0])
        elif form == XML:
            assert len(answer.contents) == len(SYNTAXES)
            for content in answer.contents:
                assert story.last in content.decode() and content.decode().count(story.wrong.split("^")[0]) == 1, door
    assert len(seen) == len(SYNTAXES) * 3
    for found in seen:
        assert first(found, "00100010") == {"Alphabetic": story.name} and first(found, "00100020") == story.id
        assert "00100021" not in found and first(found, "00080005") == "ISO_IR 192"
        item = values(found, ORIGINAL)[-1]
        (former,) = values(item, MODIFIED)
        assert first(former, "00100010") == {"Alphabetic": story.wrong} and first(item, "04000565") == "CORRECT"
        assert [*former] == ["00100010", "00100020", "00100021", "00100030", "00100040"] and [*found] == sorted(found)


@pytest.mark.parametrize("level", ["studies", "series", "instances"])
def test_a_search_finds_it_by_what_is_right(story, level):
    count = {"studies": 1, "series": 2, "instances": len(SYNTAXES)}[level]
    for query in (
        {"PatientName": f"{story.last}*"}, {"PatientID": story.id}, {"PatientID": story.id, "PatientSex": "F"},
        {"PatientName": swapped(story.last), "fuzzymatching": "true"},
        {"PatientID": story.id, "PatientBirthDate": "19800403"},
    ):  # fmt: skip
        found = story.server.search(f"/{level}", query | {"includefield": "PatientSex,00100021"})
        assert len(found) == count, query
        for one in found:
            assert first(one, "00100010") == {"Alphabetic": story.name} and first(one, "00100020") == story.id
            assert first(one, "00100040") == "F" and not values(one, "00100021")
    for query in (
        {"PatientName": story.wrong}, {"PatientID": story.wrong_id}, {"PatientID": story.id, "PatientSex": "O"},
        {"PatientName": story.wrong.split("^")[0], "fuzzymatching": "true"}, {"IssuerOfPatientID": story.wrong_issuer},
    ):  # fmt: skip
        assert story.server.search(f"/{level}", query) == [], query
    below = {"studies": "", "series": f"{story.study}/series", "instances": f"{story.study}/instances"}[level]
    if below:
        for one in story.server.search(below, {"includefield": "PatientName"}):
            assert first(one, "00100010") == {"Alphabetic": story.name}


def test_no_old_answer_passes_for_a_new_one(story):
    """What depends on the identity has a new version, and what does not keeps its own."""
    for (door, form), old in story.before.items():
        new = story.corrected[door, form]
        keeps = "/frames/" in door or "thumbnail" in door or door.endswith("/rendered")
        assert (old.tag == new.tag) == (keeps or old.tag is None), f"{door} {form}"
        if old.tag and not keeps:
            stale, fresh = (
                story.server.get(door, form, headers={"If-None-Match": tag}).status_code for tag in (old.tag, new.tag)
            )
            assert (stale, fresh) == (200, 304), f"{door} {form}"


def test_frames_and_plain_pictures_are_as_they_were(story):
    for (door, form), old in story.before.items():
        if any(word in door for word in ("/frames/", "/bulkdata/", "/thumbnail")) or door.endswith("/rendered"):
            assert story.corrected[door, form].contents == old.contents, door


def test_an_annotation_names_the_patient(story):
    door = f"{path(story.images[0])}/rendered?annotation=patient&viewport=512,512", "image/png"
    old, new = (grey(looked[door].answer) for looked in (story.before, story.corrected))
    assert (abs(old - new) > 30).sum() > 100


def test_no_bulk_path_gives_the_old_name(story):
    (part,) = parts(story.server.fetch(f"{path(story.images[0])}/bulkdata/00100010", OCTETS))
    assert story.wrong.split("^")[0].encode("latin-1") not in part.content


def test_originals_are_byte_for_byte_as_received(story):
    assert story.originals() == story.files


def test_what_a_viewer_asks_for_is_there(story):
    """OHIF: the series' metadata, then every frame as it is stored."""
    for one in story.server.search(f"{story.study}/series"):
        series = f"{story.study}/series/{first(one, '0020000E')}"
        for image in json.loads(story.server.fetch(f"{series}/metadata", JSON).content):
            accept = f'{OCTETS}; transfer-syntax=*, multipart/related; type="image/jls"'
            assert story.server.fetch(f"{series}/instances/{first(image, '00080018')}/frames/1", accept).content


def test_the_patients_file_changes_without_it(story):
    answer = story.api.patch(f"{story.url}/api/patients/{story.patient['id']}", json={"firstName": "Other"}, timeout=30)
    assert answer.status_code == 200, answer.text
    assert story.server.fetch(f"{story.study}/metadata", JSON).headers["ETag"] == story.corrected[
        f"{story.study}/metadata", JSON
    ].tag


def test_a_later_instance_follows_and_detaching_takes_it_away(story):
    """Everything is byte for byte as before; corrected again it has a version of its own."""
    later = samples.made(
        study=story.images[0].StudyInstanceUID, number=99, name=story.wrong, patient_id=story.wrong_id
    )
    content, accept = samples.file_bytes(later), "application/dicom; transfer-syntax=*"
    assert story.server.store([content]).status_code == 200
    (metadata,) = json.loads(story.server.fetch(f"{series_path(later)}/metadata", JSON).content)
    assert first(metadata, "00100010") == {"Alphabetic": story.name}
    given = read(story.server.fetch(path(later), accept).content)
    assert given.PatientName == story.name and given.PixelData == later.PixelData
    story.call(204, "detach")
    for (door, form), old in story.before.items():
        if not door.startswith(f"{story.study}/metadata") and door != story.study:  # which have one instance more now
            assert Answer(story.server.fetch(door, form)).contents == old.contents, f"{door} {form}"
    assert story.server.fetch(path(later), accept).content == content
    assert story.server.search("/studies", {"PatientID": story.id}) == []
    assert len(story.server.search("/studies", {"PatientName": story.wrong})) == 1
    assert story.originals() == story.files
    story.call(204, "attach", patient=story.patient["id"], correct=True)
    door = path(story.images[0]), STORED
    again = Answer(story.server.fetch(*door))
    assert again.tag not in (story.before[door].tag, story.corrected[door].tag)


def test_it_is_refused_where_attaching_is(story):
    other = story.api.post(
        f"{story.url}/api/patients", json={"patientId": generate_uid(), "lastName": "Autre"}, timeout=30
    ).json()
    assert story.call(409, "attach", patient=other["id"], correct=True).json()["error"]["code"] == "study.attached"
    story.call(204, "detach")
    story.call(422, "attach", patient=generate_uid(), correct=True)
