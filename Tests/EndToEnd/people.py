"""Accounts, groups and grants for the tests, and the addresses of what they may see."""

import dataclasses
import re

import requests
from pydicom.uid import generate_uid

import samples

ALL = ("view", "editPatients", "import", "export", "share", "delete", "manageUsers", "administer")
ABSENT = "00000000-0000-4000-8000-000000000000"


@dataclasses.dataclass
class Person:
    """An account, with a session that is signed in."""

    id: str
    email: str
    password: str
    session: requests.Session

    @property
    def token(self):
        return token_of(self.session)


class People:
    """Makes what rights are about, as the administrator."""

    def __init__(self, portal, api):
        self.portal = portal
        self.api = api

    def post(self, path, document):
        answer = self.api.post(f"{self.portal.url}/api{path}", json=document, timeout=30)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def group(self, *permissions, scope="granted"):
        """The id of a new group."""
        document = {"name": f"group {generate_uid()}", "permissions": permissions, "scope": scope}
        return self.post("/groups", document)["id"]

    def person(self, *groups, **more):
        """A new account in these groups."""
        chosen = {
            "email": f"{generate_uid()}@example.org",
            "password": f"long enough for {generate_uid()[-12:]}",
        } | more
        made = self.post("/users", {"name": "Somebody", "groups": groups} | chosen)
        session = self.portal.sign_in(chosen["email"], chosen["password"])
        return Person(made["id"], chosen["email"], chosen["password"], session)

    def patient(self, patient_id):
        """The key of the patient whom the trade calls `patient_id`."""
        found = self.api.get(f"{self.portal.url}/api/patients", params={"q": patient_id}, timeout=30).json()["items"]
        return next(patient["id"] for patient in found if patient["patientId"] == patient_id)

    def grant(self, group, patient):
        self.change_grant("PUT", group, patient)

    def revoke(self, group, patient):
        self.change_grant("DELETE", group, patient)

    def change_grant(self, method, group, patient):
        answer = self.api.request(method, f"{self.portal.url}/api/groups/{group}/grants/{patient}", timeout=30)
        assert answer.status_code == 204, answer.text

    def store(self, *images):
        """Stores images as the administrator, to whom all of them are news."""
        answer = stow(self.portal, self.api, *images)
        assert answer.status_code == 200, answer.text


def stow(portal, session, *images):
    body, headers = samples.stow_body([samples.file_bytes(image) for image in images])
    return session.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60)


def bearer(token):
    """A session of `requests` that sends this token and nothing else."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {token}"
    return session


def token_of(session):
    return session.headers["Authorization"].removeprefix("Bearer ")


def path_of(image):
    return (
        f"/dicomweb/studies/{image.StudyInstanceUID}/series/{image.SeriesInstanceUID}/instances/{image.SOPInstanceUID}"
    )


def names_of(image, patient=ABSENT, **more):
    """Values for the `{name}`s of routes; `{id}` goes by the word before it."""
    return {
        "study": image.StudyInstanceUID, "series": image.SeriesInstanceUID, "instance": image.SOPInstanceUID,
        "frames": "1", "path": "7FE00010", "patient": patient, "patients": patient,
    } | more  # fmt: skip


def address(route, names):
    """Method and path of a route; what has no name is something that does not exist."""
    method, pattern = route.split(" ")
    named = re.sub(
        r"(\w+)/\{(\w+)\}",
        lambda found: f"{found[1]}/{names.get(found[1] if found[2] == 'id' else found[2], ABSENT)}",
        pattern,
    )
    return method, named


def doors(portal, image):
    """Every route that retrieves what is stored, with this image's names."""
    names = names_of(image)
    for function in portal.functions():
        if function["route"].startswith("GET /dicomweb/studies/{study}") and "Search" not in function["name"]:
            yield address(function["route"], names)[1]
    yield wado(image)
    yield f"/api/instances/{image.SOPInstanceUID}/original"


def wado(image):
    """The address of the image in the URI service."""
    return (
        f"/wado?requestType=WADO&studyUID={image.StudyInstanceUID}&seriesUID={image.SeriesInstanceUID}"
        f"&objectUID={image.SOPInstanceUID}"
    )
