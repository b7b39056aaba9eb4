"""What the callers of the matrix are about: patients, studies, accounts and groups, made when a call first asks."""

import functools
import subprocess

from pydicom.uid import generate_uid

import samples
from portal import AE_TITLE
from rights_matrix import EVERYTHING
from rights_people import NAME, People, kept


class Patient:
    """A patient with a study of one image."""

    def __init__(self, portal_id, image):
        self.id, self.number, self.image = portal_id, image.PatientID, image
        self.study, self.series, self.instance = image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID


class World(People):
    def __init__(self, portal, api):
        super().__init__(portal, api)
        # One that nobody is granted, and one for permissions that hold elsewhere.
        self.hidden, self.elsewhere = self.new_patient(), self.new_patient(has_study=False)
        self.administrators = self.new_group(EVERYTHING, "all")
        self.foreign_import = self.bring(self.authorization, self.hidden)

    def new_patient(self, has_study=True):
        image = self.new_image(generate_uid()[-40:])
        document = {"patientId": image.PatientID, "lastName": NAME, "firstName": "Ligne"}
        made = Patient(self.administer("POST", "/patients", document)["id"], image)
        if has_study:
            self.store(image)
        return made

    @staticmethod
    def new_image(number, **more):
        return samples.made(patient_id=number, name=f"{NAME}^Ligne", side=16, **more)

    def store(self, image):
        body, headers = samples.stow_body([samples.file_bytes(image)])
        answer = self.send("POST", "/dicomweb/studies", self.authorization, data=body, headers=headers)
        assert answer.status_code == 200, answer.text

    @kept()
    def patient(self, caller):
        """A patient that the caller's group is granted, if that is what the caller has."""
        return self.granted(caller, self.new_patient())

    def granted(self, caller, patient):
        if "here" in self.groups(caller):
            self.administer("PUT", f"/groups/{self.groups(caller)['here']}/grants/{patient.id}")
        return patient

    def another_image_of(self, patient):
        """One more image of the patient's study."""
        return samples.file_bytes(self.new_image(patient.number, study=patient.study))

    @kept("editPatients")
    def second(self, caller):
        """A file of the same person, to be merged."""
        return self.granted(caller, self.new_patient(has_study=False))

    @kept("editPatients")
    def not_granted(self, caller):
        """A file that no group is granted."""
        return self.new_patient(has_study=False)

    @kept("editPatients", "view")
    def part(self, caller):
        """A file that is part of the patient's."""
        part = self.granted(caller, self.new_patient(has_study=False))
        self.administer("POST", f"/patients/{self.patient(caller).id}/merge", {"from": part.id})
        return part

    @kept("delete")
    def deletion(self, caller):
        """The id of the deletion of a study of the patient."""
        patient = self.patient(caller)
        image = self.new_image(patient.number)
        self.store(image)
        self.administer("DELETE", f"/studies/{image.StudyInstanceUID}")
        return self.id_of_deletion(lambda one: one["studyInstanceUID"] == image.StudyInstanceUID)

    @kept("delete")
    def deletion_of_patient(self, caller):
        """The id of the deletion of a patient whom the group was granted."""
        patient = self.granted(caller, self.new_patient(has_study=False))
        self.administer("DELETE", f"/patients/{patient.id}")
        return self.id_of_deletion(lambda one: one["patient"] and one["patient"]["id"] == patient.id)

    def id_of_deletion(self, matches):
        return next(one["id"] for one in self.administer("GET", "/deletions?limit=200")["items"] if matches(one))

    @kept("editPatients")
    def waiting(self, caller):
        """The UID of a study without a patient."""
        image = self.new_image("")
        image.StudyDate = "20991231"
        self.store(image)
        return image.StudyInstanceUID

    def own_import(self, caller):
        """The id of an import of the caller's own; of somebody else's when it may not import."""
        if not (caller.is_known and caller.holds("import")):
            return self.foreign_import
        return self.bring(self.authorization_of(caller), self.patient(caller))

    def own_export(self, caller):
        """The id of an export of the patient by the caller, from when it might have been allowed to make it."""
        maker = self.person(caller).user if caller.is_known else self.loose.user
        return self.portal.sql(
            "INSERT INTO portal.exports (maker, patients, studies) "
            f"VALUES ('{maker}', '{{{self.patient(caller).id}}}', '{{}}') RETURNING id"
        )[0]

    def receiving(self, caller):
        """The id of an import that the caller sends file by file; of somebody else's when it may not import."""
        if not (caller.is_known and caller.holds("import")):
            return self.begin(self.authorization)
        return self.begin(self.authorization_of(caller))

    def begin(self, authorization):
        answer = self.send("POST", "/api/imports", authorization, json={"files": [{"path": "a.dcm", "size": 1}]})
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def bring(self, authorization, patient):
        headers = {"Content-Type": "application/dicom"}
        body = self.another_image_of(patient)
        answer = self.send("POST", "/api/patients/import", authorization, data=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["id"]

    # Accounts, groups and what else is looked after

    @kept("manageUsers")
    def group(self, caller):
        """A group that gives sight of the patient."""
        made = self.new_group(["view"])
        self.administer("PUT", f"/groups/{made}/grants/{self.patient(caller).id}")
        return made

    @kept("manageUsers")
    def account(self, caller):
        """An account in that group."""
        return self.new_account([self.group(caller)])

    @kept("manageUsers")
    def account_above(self, caller):
        """An account that may everything."""
        return self.new_account([self.administrators])

    @functools.cached_property
    def loose(self):
        """An account without a group."""
        return self.new_account([])

    @kept("manageUsers")
    def session_of_account(self, caller):
        """The id of a sign-in of the account in the group."""
        return self.id_of_new_session(self.account(caller))

    @kept("manageUsers")
    def session_above(self, caller):
        """The id of a sign-in of the account that may everything."""
        return self.id_of_new_session(self.account_above(caller))

    def id_of_new_session(self, account):
        self.sign_in(account)
        return self.administer("GET", f"/users/{account.user}/sessions")["items"][0]["id"]

    @kept("administer")
    def status(self, caller):
        code = f"m{generate_uid().replace('.', '')[-20:]}"
        self.administer("POST", "/statuses", {"code": code, "label": {"fr": NAME, "en": NAME}})
        return code

    @functools.cached_property
    def conflict(self):
        """The id of a conflict of two files."""
        image = self.new_image(self.hidden.number)
        self.store(image)
        image.ImageComments = NAME
        body, headers = samples.stow_body([samples.file_bytes(image)])
        assert self.send("POST", "/dicomweb/studies", self.authorization, data=body, headers=headers).status_code == 409
        return self.administer("GET", "/conflicts?state=open&limit=1")["items"][0]["id"]

    @functools.cached_property
    def sender(self):
        """The id of a DICOM sender."""
        address, port = self.portal.dicom
        command = ["echoscu", "-aet", "MATRIX", "-aec", AE_TITLE, address, str(port)]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return next(one["id"] for one in self.administer("GET", "/senders")["items"] if one["aeTitle"] == "MATRIX")
