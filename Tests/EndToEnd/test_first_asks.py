"""What a page asks the portal first, while its scripts are still on their way."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

import samples
from browsing import chromium, opened_page, sign_in
from pages import settle
from portal import ROOT

LISTED = (ROOT / "content/pages.yaml").read_text(encoding="utf-8")
ASKS = dict(re.findall(r'^- \{path: ([^,]*),.* asks: "([^"]*)"', LISTED, re.MULTILINE))
OWNER = "FIRST-ASKS"


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def page(portal, browser):
    with opened_page(portal, browser) as opened:
        sign_in(opened, portal)
        yield opened


@pytest.fixture(scope="module")
def known(portal):
    """A patient, and a study with the patient's id and another name, which therefore no patient has."""
    session = portal.sign_in()
    made = session.post(f"{portal.url}/api/patients", json={"patientId": OWNER, "lastName": "Premier"}, timeout=30)
    assert made.status_code == 201, made.text
    image = samples.made(patient_id=OWNER, name="Somebody^Else")
    body, headers = samples.stow_body([samples.file_bytes(image)])
    assert session.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60).status_code == 200
    return {"id": made.json()["id"], "uid": str(image.StudyInstanceUID)}


@pytest.mark.parametrize("path", ASKS)
def test_it_is_asked_before_the_scripts_are_there_and_only_once(portal, page, known, path):
    expected = [portal.url + ask.format(**known) for ask in ASKS[path].split()]
    page.goto("about:blank")
    asked, waiting = [], []
    page.on("request", lambda one: asked.append(one.url) if "/api/" in one.url else None)
    page.route("**/assets/common.*", lambda route: waiting.append(route))
    with page.expect_request(expected[-1]):
        page.goto(f"{portal.url}/fr/{path}?{urlencode(known)}", wait_until="commit")
    assert asked == expected
    page.wait_for_function("() => document.readyState !== 'loading'")
    for route in waiting:
        route.continue_()
    page.wait_for_function("() => window.askedEarly?.size === 0")
    settle(page)
    assert sorted(one for one in asked if one in expected) == sorted(expected)


def test_what_was_lost_is_asked_again(portal, page, known):
    page.route(f"{portal.url}/api/patients/{known['id']}", lambda route: route.abort(), times=1)
    page.goto(f"{portal.url}/fr/patient/?id={known['id']}")
    expect(page.get_by_role("heading", level=1)).to_have_text("PREMIER")
