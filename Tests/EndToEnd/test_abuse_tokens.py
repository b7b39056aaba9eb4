"""A20, A21: without a token that is good, and beyond what it is good for, there is nothing."""

import base64
import time

import pytest
import requests

import samples
from people import ABSENT, ALL, Person, address, bearer, doors, names_of, path_of, stow

OPEN = ("POST /api/session", "GET /api/health")


@pytest.fixture(scope="module")
def images(people):
    """A study that is granted to the people of these tests, and one that is not."""
    made = [samples.made(patient_id=f"A20-T-{number}", name="Vingt^Abus") for number in (1, 2)]
    people.store(*made)
    return made


@pytest.fixture(scope="module")
def patients(people, images):
    return [people.patient(image.PatientID) for image in images]


@pytest.fixture(scope="module")
def group(people, patients):
    """A group that may do everything, with the first patient alone."""
    made = people.group(*ALL)
    people.grant(made, patients[0])
    return made


@pytest.fixture(scope="module")
def member(people, group):
    return people.person(group)


@pytest.fixture
def visitor(people, group):
    """Another member, for the test alone."""
    return people.person(group)


def expired(portal, api, visitor: Person):
    """By hand, which nobody counts: a second is how long a worker may believe what it read."""
    portal.sql(f"UPDATE portal.sessions SET expires_at = now() - interval '1 second' WHERE user_id = '{visitor.id}'")
    time.sleep(1.1)


def revoked(portal, api, visitor: Person):
    listed = visitor.session.get(f"{portal.url}/api/sessions", timeout=30).json()["items"]
    answer = visitor.session.delete(f"{portal.url}/api/sessions/{listed[0]['id']}", timeout=30)
    assert answer.status_code == 204, answer.text


def disabled(portal, api, visitor: Person):
    change_account(portal, api, visitor, {"status": "disabled"})


def account_expired(portal, api, visitor: Person):
    change_account(portal, api, visitor, {"expiresAt": "2001-01-01T00:00:00Z"})


def other_password(portal, api, visitor: Person):
    change_account(portal, api, visitor, {"password": "another one, set by somebody else"})


def account_removed(portal, api, visitor: Person):
    answer = api.delete(f"{portal.url}/api/users/{visitor.id}", timeout=30)
    assert answer.status_code == 204, answer.text


def change_account(portal, api, visitor, change):
    answer = api.patch(f"{portal.url}/api/users/{visitor.id}", json=change, timeout=30)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("end", [expired, revoked, disabled, account_expired, other_password, account_removed])
def test_a20_every_route_is_closed_to_a_token_that_was_good(portal, api, images, patients, visitor, end):
    """401 at every route, with the names of what the token opened a moment ago."""
    names = names_of(images[0], patients[0], users=visitor.id, user=visitor.id)
    assert visitor.session.get(portal.url + path_of(images[0]) + "/metadata", timeout=30).status_code == 200
    end(portal, api, visitor)
    answers = {}
    for function in portal.functions():
        if function["route"] not in OPEN:
            method, path = address(function["route"], names)
            answer = visitor.session.request(method, portal.url + path, json={}, timeout=30)
            answers[function["route"]] = answer.status_code
    assert len(answers) > 70 and {route: status for route, status in answers.items() if status != 401} == {}


def test_a20_every_route_is_closed_without_a_token(portal, images, patients, member):
    """401 with the names of what exists, also when a token stands where none is looked for."""
    names = names_of(images[0], patients[0])
    elsewhere = {"X-Auth-Token": member.token, "Token": member.token, "X-User": "first@example.org"}
    for function in portal.functions():
        if function["route"] not in OPEN:
            method, path = address(function["route"], names)
            query = {"token": member.token, "access_token": member.token}
            for choices in ({}, {"headers": elsewhere}, {"params": query}):
                answer = requests.request(method, portal.url + path, timeout=30, **choices)
                # The one open function among them says that it knows no such parameter.
                assert answer.status_code in (401, 400 if "params" in choices else 401), (path, choices)


def test_a20_a_token_of_another_account_cannot_be_ended(portal, people, group, member):
    """404 for the sessions and access tokens of others; they go on."""
    other = people.person(group)
    made = other.session.post(f"{portal.url}/api/tokens", json={"name": "theirs"}, timeout=30).json()
    sessions = other.session.get(f"{portal.url}/api/sessions", timeout=30).json()["items"]
    for path in (f"tokens/{made['id']}", f"sessions/{sessions[0]['id']}", f"sessions/{made['id']}"):
        assert member.session.delete(f"{portal.url}/api/{path}", timeout=30).status_code == 404
    for token in (made["token"], other.token):
        assert bearer(token).get(f"{portal.url}/api/session", timeout=30).status_code == 200
    assert made["id"] not in member.session.get(f"{portal.url}/api/tokens", timeout=30).text


def test_a20_an_access_token_does_what_it_was_made_for(portal, images, member):
    """One that reads cannot store, one that stores cannot read, and neither manages."""
    made = {
        may: member.session.post(f"{portal.url}/api/tokens", json={"name": may, "may": [may]}, timeout=30).json()
        for may in ("read", "store")
    }
    reads, stores = bearer(made["read"]["token"]), bearer(made["store"]["token"])
    assert stow(portal, reads, samples.made(patient_id="A20-4")).status_code == 403
    assert stow(portal, stores, samples.made(patient_id="A20-4")).status_code == 200
    assert {reads.get(portal.url + door, timeout=30).status_code for door in doors(portal, images[0])} == {200}
    assert {stores.get(portal.url + door, timeout=30).status_code for door in doors(portal, images[0])} == {404}
    for session in (reads, stores):
        assert session.get(f"{portal.url}/api/users", timeout=30).status_code == 403
        assert session.post(f"{portal.url}/api/tokens", json={"name": "child"}, timeout=30).status_code == 403
        assert session.delete(f"{portal.url}/api/patients/{ABSENT}", timeout=30).status_code == 403


def test_a20_what_concerns_all_is_not_for_those_of_some(portal, api, member):
    """403 at every administrator's route for someone who administers one patient's group; the administrator gets in."""
    routes = [function["route"] for function in portal.functions() if function.get("permission") == "administer"]
    for route in routes:
        method, path = address(route, {})
        answer = member.session.request(method, portal.url + path, json={}, timeout=30)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "permission.missing"), route
        if method == "GET" and "{" not in route:
            assert api.get(portal.url + path, timeout=30).status_code == 200, route
    assert len(routes) >= 9


def test_a20_nobody_takes_over_an_account_above_theirs(portal, api, people, member, group):
    """A manager of some neither sets the administrator's password nor ends their sessions; a colleague's they do."""
    colleague = people.person(group)
    me = api.get(f"{portal.url}/api/session", timeout=30).json()["user"]["id"]
    session = api.get(f"{portal.url}/api/users/{me}/sessions", timeout=30).json()["items"][0]["id"]
    calls = [
        ("POST", "/reset", {}),
        ("PATCH", "", {"password": "set by somebody else"}),
        ("PATCH", "", {"email": "x@example.org"}),
        ("PATCH", "", {"status": "disabled"}),
        ("DELETE", "", {}),
        ("DELETE", f"/sessions/{session}", {}),
    ]
    for method, tail, document in calls:
        answer = member.session.request(method, f"{portal.url}/api/users/{me}{tail}", json=document, timeout=30)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "rights.beyond"), (method, tail)
    answer = member.session.post(f"{portal.url}/api/users/{colleague.id}/reset", timeout=30)
    assert answer.status_code == 201, answer.text
    assert api.get(f"{portal.url}/api/session", timeout=30).status_code == 200


def test_a21_the_token_stores_under_its_own_account_alone(portal, member):
    """The user name that is sent beside a token is nobody's: who stores is who holds the token."""
    body, headers = samples.stow_body([samples.file_bytes(samples.made(patient_id="A21"))])
    basic = base64.b64encode(f"first@example.org:{member.token}".encode()).decode()
    headers["Authorization"] = f"Basic {basic}"
    answer = requests.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=30)
    assert answer.status_code == 200, answer.text
    study = answer.json()["00081199"]["Value"][0]["00081190"]["Value"][0].split("/studies/")[1].split("/")[0]
    assert portal.sql(f"SELECT brought_by FROM portal.studies WHERE uid = '{study}'") == [member.id]
