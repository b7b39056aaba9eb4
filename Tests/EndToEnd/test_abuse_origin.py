"""A24: other sites cannot act through a browser, nor read through it."""

import base64
import json

import pytest
import requests

import samples
from people import address, names_of, path_of

EVIL = "https://evil.example"
HOST = "evil.example"
COLUMNS = {"patientId": "A24", "lastName": "Vingt-quatre"}
WRITING = ("POST", "PUT", "PATCH", "DELETE")


@pytest.fixture(scope="module")
def browser(people):
    """A session whose cookie a browser would send, of someone who may do everything."""
    person = people.person(people.group("view", "editPatients", "import", "export", "delete", scope="all"))
    session = requests.Session()
    session.headers["Cookie"] = f"session={person.token}"
    session.headers["User-Agent"] = "Mozilla/5.0"
    session.person = person
    return session


@pytest.fixture(scope="module")
def image(people):
    made = samples.made(patient_id="A24-STUDY", name="Site^Voisin")
    people.store(made)
    return made


def patients_made(portal, api):
    found = api.get(f"{portal.url}/api/patients", params={"q": "A24", "limit": 200}, timeout=30).json()["items"]
    return [patient["patientId"] for patient in found]


def origins(portal):
    """What a page of another site makes a browser send, or not send."""
    port = portal.ready["port"]
    return {
        "another site": {"Origin": EVIL},
        "a sandboxed frame": {"Origin": "null"},
        "none": {},
        "empty": {"Origin": ""},
        "ours with more behind": {"Origin": f"{portal.url}.evil.example"},
        "ours before an @": {"Origin": f"{portal.url}@evil.example"},
        "ours within": {"Origin": f"https://evil.example/{portal.url}"},
        "another port": {"Origin": f"http://127.0.0.1:{port + 1}"},
        "no port": {"Origin": "http://127.0.0.1"},
        "another name for us": {"Origin": f"http://localhost:{port}"},
        "two": {"Origin": f"{portal.url}, {EVIL}"},
        "another site, said otherwise": {"Sec-Fetch-Site": "cross-site"},
        "a neighbour": {"Sec-Fetch-Site": "same-site"},
        "another site that speaks of us": {"Origin": EVIL, "Sec-Fetch-Site": "same-origin", "Referer": portal.url},
        "another site in every header": {"Origin": EVIL, "X-Forwarded-Host": HOST, "X-Forwarded-Proto": "https"},
    }


def test_a24_our_own_pages_act_through_the_cookie(portal, browser):
    """The positive control: the same calls with our own origin are carried out."""
    for number, headers in enumerate(({"Origin": portal.url}, {"Sec-Fetch-Site": "same-origin"})):
        document = COLUMNS | {"patientId": f"A24-OWN-{number}"}
        answer = browser.post(f"{portal.url}/api/patients", json=document, headers=headers, timeout=30)
        assert answer.status_code == 201, answer.text
        own = portal.url + answer.headers["Location"]
        assert browser.delete(own, headers=headers, timeout=30).status_code == 204


def test_a24_no_other_origin_acts_through_the_cookie(portal, api, browser):
    """403 origin.refused for every origin but ours, and nothing is made."""
    for name, headers in origins(portal).items():
        answer = browser.post(f"{portal.url}/api/patients", json=COLUMNS, headers=headers, timeout=30)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "origin.refused"), name
    assert "A24" not in patients_made(portal, api)


def test_a24_no_route_that_changes_something_is_open_to_another_site(portal, api, browser, image, people):
    """403 at every route that is not a GET, by cookie and by the Basic that a browser repeats; all is as before."""
    patient = people.patient(image.PatientID)
    names = names_of(image, patient, users=browser.person.id, user=browser.person.id)
    basic = base64.b64encode(f"x:{browser.person.token}".encode()).decode()
    tried = 0
    for function in portal.functions():
        method, path = address(function["route"], names)
        if method not in WRITING or function["route"] == "POST /api/session":
            continue
        for credentials in ({}, {"Cookie": None, "Authorization": f"Basic {basic}"}):
            for origin in ({"Origin": EVIL}, {"Origin": "null"}, {}):
                answer = browser.request(method, portal.url + path, headers=credentials | origin, json={}, timeout=30)
                assert (answer.status_code, answer.json()["error"]["code"]) == (403, "origin.refused"), path
        tried += 1
    assert tried >= 25
    assert api.get(f"{portal.url}/api/patients/{patient}", timeout=30).status_code == 200
    assert browser.get(portal.url + path_of(image) + "/metadata", timeout=30).status_code == 200


FORMS = {
    "a form": ("application/x-www-form-urlencoded", b"patientId=A24&lastName=Form"),
    "a form of text": ("text/plain", json.dumps(COLUMNS).encode()),
    "a form of files": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="1.dcm"\r\n\r\n%b\r\n--x--\r\n'
        % samples.made_bytes(patient_id="A24-FORM"),
    ),
    "no type": (None, json.dumps(COLUMNS).encode()),
}  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/api/patients", "/api/patients/import", "/dicomweb/studies", "/api/tokens", "/api/session"]
)
@pytest.mark.parametrize("name", list(FORMS))
def test_a24_a_form_of_another_site_does_nothing(portal, api, browser, name, path):
    """Refused whatever a form may send without asking; a sign-in by form is none either."""
    kind, body = FORMS[name]
    headers = {"Content-Type": kind, "Origin": EVIL, "Sec-Fetch-Site": "cross-site"}
    answer = browser.post(portal.url + path, data=body, headers=headers, timeout=30)
    assert answer.status_code == (415 if path == "/api/session" else 403), answer.text
    assert "Set-Cookie" not in answer.headers
    assert not {"A24", "A24-FORM"} & set(patients_made(portal, api))


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", None]
)
def test_a24_a_store_must_say_that_it_is_one(portal, api, kind):
    """415 for STOW under a type that a form may have, also with a good token; under its own it is stored."""
    image = samples.made(patient_id="A24-STOW")
    body, headers = samples.stow_body([samples.file_bytes(image)], boundary="b")
    address = f"{portal.url}/dicomweb/studies"
    answer = api.post(address, data=body, headers=headers | {"Content-Type": kind}, timeout=30)
    assert answer.status_code in (400, 415), answer.text
    assert api.get(portal.url + path_of(image), timeout=30).status_code == 404
    assert api.post(address, data=body, headers=headers, timeout=30).status_code == 200


def test_a24_a_get_cannot_be_made_into_something_else(portal, api, browser, image, people):
    """No header and no parameter turns what any site may send into what changes something."""
    patient = f"{portal.url}/api/patients/{people.patient(image.PatientID)}"
    for override in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        assert browser.get(patient, headers={override: "DELETE", "Origin": EVIL}, timeout=30).status_code == 200
        answer = browser.post(patient, headers={override: "DELETE", "Origin": portal.url}, timeout=30)
        assert answer.status_code == 405
    assert browser.get(patient, params={"_method": "DELETE"}, timeout=30).status_code in (200, 400)
    assert browser.get(f"{portal.url}/api/session", timeout=30).status_code == 200
    assert api.get(patient, timeout=30).status_code == 200


def test_a24_no_answer_lets_another_origin_read_it(portal, browser, image):
    """No Access-Control header anywhere: not on pages, answers, errors, nor on what a browser asks beforehand."""
    paths = ["/", "/fr/", "/viewer/", "/nothing", "/api/health", "/api/session", "/api/nothing", "/dicomweb/studies"]
    paths += ["/dicomweb", f"{path_of(image)}/metadata", f"{path_of(image)}/frames/1", f"{path_of(image)}/thumbnail"]
    paths += ["/wado", f"/api/instances/{image.SOPInstanceUID}/original", "/_store/x", "/api/openapi.json"]
    seen = set()
    for path in paths:
        for origin in (EVIL, "null", portal.url):
            for method in ("GET", "OPTIONS"):
                ask = {"Origin": origin, "Access-Control-Request-Method": "POST"}
                ask["Access-Control-Request-Headers"] = "authorization, content-type"
                answer = browser.request(method, portal.url + path, headers=ask, timeout=30)
                seen.add(answer.status_code)
                allowed = [name for name in answer.headers if name.lower().startswith("access-control-")]
                assert not allowed, (method, path, allowed)
    assert {200, 404} <= seen


def test_a24_a_picture_of_ours_cannot_stand_in_another_site(portal, browser):
    """What a browser would show elsewhere with our cookie: the cookie stays home, and pages are not framed."""
    answer = requests.post(
        f"{portal.url}/api/session",
        json={"email": browser.person.email, "password": browser.person.password}, timeout=30,
    )  # fmt: skip
    cookie = answer.headers["Set-Cookie"]
    assert "SameSite=Strict" in cookie and "HttpOnly" in cookie and "Domain" not in cookie
    assert "frame-ancestors 'none'" in requests.get(f"{portal.url}/fr/", timeout=30).headers["Content-Security-Policy"]
