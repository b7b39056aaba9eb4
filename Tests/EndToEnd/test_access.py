"""Without a session there is nothing but sign-in and health."""

import re

import pytest
import requests

from portal import EMAIL, PASSWORD


# The third refuses strangers by itself, as it also takes the token of someone who must first change the password.
OPEN = {"POST /api/session", "GET /api/health"}
OPEN_IN_THE_LIST = OPEN | {"PATCH /api/account"}


def test_only_sign_in_and_health_are_open(portal):
    assert {function["route"] for function in portal.functions() if function["access"] == "open"} == OPEN_IN_THE_LIST


@pytest.mark.parametrize("credentials", [{}, {"Authorization": "Bearer nonsense"}, {"Cookie": "session=nonsense"}])
def test_every_other_route_answers_401(portal, credentials):
    answers = {}
    for function in portal.functions():
        if function["route"] in OPEN:
            continue
        method, path = function["route"].split(" ")
        path = re.sub(r"\{[^}]+\}", "1.2.3", path)
        answer = requests.request(method, portal.url + path, headers=credentials, timeout=30)
        answers[function["name"]] = answer.status_code
        if answer.status_code == 401:
            assert "WWW-Authenticate" in answer.headers, function["name"]
            assert method == "HEAD" or answer.json()["error"]["code"], function["name"]
    assert answers and set(answers.values()) == {401}, answers


def test_a_closed_session_is_refused(portal):
    session = portal.sign_in()
    assert session.get(f"{portal.url}/api/session", timeout=30).status_code == 200
    assert session.delete(f"{portal.url}/api/session", timeout=30).status_code == 204
    assert session.get(f"{portal.url}/api/session", timeout=30).status_code == 401


def test_a_wrong_password_and_an_unknown_person_look_alike(portal):
    answers = [
        requests.post(f"{portal.url}/api/session", json={"email": email, "password": "wrong"}, timeout=30)
        for email in ("first@example.org", "nobody@example.org")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    first, second = (answer.json()["error"] for answer in answers)
    assert (first["code"], first["message"]) == (second["code"], second["message"])


def test_the_cookie_is_hidden_from_scripts_and_other_sites(portal):
    answer = requests.post(f"{portal.url}/api/session", json={"email": EMAIL, "password": PASSWORD}, timeout=30)
    cookie = answer.headers["Set-Cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
