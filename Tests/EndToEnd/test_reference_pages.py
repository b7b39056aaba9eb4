"""The conformance statement, which anybody reads, and the page that reads and tries the API."""

import json
import re

import pytest
from playwright.sync_api import expect

from portal import EMAIL, ROOT
from test_pages import browser, page, sign_in  # noqa: F401

languages = pytest.mark.parametrize("language", ["fr", "en"])
widths = pytest.mark.parametrize("width", [1440, 390])
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def api_page(portal, page, language, width):  # noqa: F811
    """The API page of a signed-in person."""
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/api/")
    expect(page.locator("details.operation").first).to_be_visible()
    return page


def opened(page, name):  # noqa: F811
    """The operation of this name, found and opened with the keyboard alone."""
    page.locator("#find").fill(name)
    operation = page.locator(f"#{name}")
    page.locator("#find").press("Tab")
    expect(operation.locator("> summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(operation.locator("form")).to_be_visible()
    return operation


def sent(page, operation):  # noqa: F811
    """Goes to the button by Tab, presses it, and returns the answer's part of the page."""
    button = operation.locator("button[type=submit]")
    for _ in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    return operation.locator(".answer")


@languages
@widths
def test_a_stranger_reads_the_conformance_statement(portal, page, language, width):  # noqa: F811
    said = {("fr", "yes"): "oui", ("fr", "no"): "non"}
    sections = json.loads((ROOT / "content/conformance.json").read_text(encoding="utf-8"))["sections"]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{portal.url}/{language}/conformance/")
    expect(page.get_by_role("link", name=re.compile("connecter|Sign in"))).to_be_visible()
    expect(page.locator("h1")).to_have_count(1)
    for section in sections:
        table = page.locator(f"#{section['id']} table")
        expect(table.locator("thead th")).to_have_count(len(section["columns"]))
        expect(table.locator("tbody tr")).to_have_count(len(section["rows"]))
        cells = table.locator("tbody tr").first.locator("th, td").all_text_contents()
        assert [cell.strip() for cell in cells] == [said.get((language, cell), cell) for cell in section["rows"][0]]
    assert page.evaluate(TOO_WIDE) == 0
    page.get_by_role("navigation", name=re.compile("Sommaire|Contents")).get_by_role("link").last.click()
    expect(page.locator(f"#{sections[-1]['id']} h2")).to_be_in_viewport()


@languages
@widths
def test_the_session_is_asked_for_with_the_keyboard(api_page):
    operation = opened(api_page, "ShowSession")
    answer = sent(api_page, operation)
    expect(answer.locator("[data-answer-status='200']")).to_be_visible()
    expect(answer.locator("pre")).to_contain_text(EMAIL)
    expect(operation.locator(".curl pre")).to_contain_text("/api/session")
    assert api_page.url.endswith("#ShowSession")
    assert api_page.evaluate(TOO_WIDE) == 0


@languages
@widths
def test_a_dicomweb_search_shows_the_study(api_page, stored_study):
    operation = opened(api_page, "SearchForStudies")
    operation.locator("#SearchForStudies-more").fill("PatientID=E2E-READ")
    answer = sent(api_page, operation)
    expect(answer.locator("[data-answer-status='200']")).to_be_visible()
    expect(answer.locator("pre")).to_contain_text(stored_study[0].StudyInstanceUID)
    expect(operation.locator(".curl pre")).to_contain_text("/dicomweb/studies?PatientID=E2E-READ")
    assert api_page.evaluate(TOO_WIDE) == 0


@pytest.mark.parametrize(("language", "width"), [("fr", 1440)])
def test_an_image_is_shown_and_can_be_kept(api_page, stored_study):
    operation = opened(api_page, "RetrieveStudyThumbnail")
    operation.locator("button[type=submit]").click()
    expect(operation.locator(".field-error")).to_contain_text("study")
    operation.locator("#RetrieveStudyThumbnail-path-study").fill(stored_study[0].StudyInstanceUID)
    answer = sent(api_page, operation)
    expect(answer.locator("img")).to_be_visible()
    assert answer.locator("img").evaluate("async image => { await image.decode(); return image.naturalWidth }") > 0
    with api_page.expect_download() as kept:
        answer.get_by_role("link", name=re.compile("Télécharger")).click()
    assert kept.value.path().stat().st_size > 0


@pytest.mark.parametrize(("language", "width"), [("en", 1440)])
def test_what_changes_the_portal_is_asked_about_first(api_page, portal):
    operation = opened(api_page, "CloseSession")
    answer = sent(api_page, operation)
    expect(api_page.locator("dialog")).to_contain_text("/api/session")
    api_page.keyboard.press("Escape")
    expect(api_page.locator("dialog")).to_have_count(0)
    expect(answer).to_be_empty()
    sent(api_page, operation)
    api_page.locator("dialog button[type=submit]").click()
    expect(answer.locator("[data-answer-status='204']")).to_be_visible()
    api_page.goto(f"{portal.url}/en/patients/")
    api_page.wait_for_url(f"{portal.url}/en/?*")


@pytest.mark.parametrize(("language", "width"), [("en", 390)])
def test_a_search_among_the_operations_says_how_many_there_are(api_page):
    api_page.locator("#find").fill("delete /api/tokens")
    expect(api_page.locator("details.operation:visible")).to_have_count(1)
    expect(api_page.locator("[data-count]")).to_have_text("1 operation")
    api_page.locator("#find").fill("nothing of this kind")
    expect(api_page.locator("details.operation:visible")).to_have_count(0)
    expect(api_page.locator("[data-count]")).to_have_text("No operation matches.")
