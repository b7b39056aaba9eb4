"""What a page costs before it is there: bytes through nginx, and what it shows before any answer."""

import pytest
from playwright.sync_api import expect

from browsing import chromium, opened_page, sign_in
from pages import LANGUAGES, paths

# Compressed HTML, CSS and JavaScript of a first load.
BUDGET = 60_000
OURS = {"Document", "Stylesheet", "Script"}


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def page(portal, browser):
    with opened_page(portal, browser) as opened:
        sign_in(opened, portal)
        yield opened


def bytes_of(page, address):
    """What a first load of a page brings, in bytes of content as they are sent, by address."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds, sent = {}, {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event}))
    session.on("Network.loadingFinished", lambda event: sent.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(address, wait_until="networkidle")
    session.detach()
    answers = {one: answer["response"] for one, answer in kinds.items() if one in sent and answer["type"] in OURS}
    # What had come with the answer's first sign were its headers.
    return {answer["url"]: sent[one] - answer["encodedDataLength"] for one, answer in answers.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", paths(), ids=lambda path: path or "sign-in")
def test_a_first_load_stays_under_its_budget(portal, page, path, language):
    loaded = bytes_of(page, f"{portal.url}/{language}/{path}")
    assert len(loaded) >= 3, "a page, its styles and its script"
    assert sum(loaded.values()) <= BUDGET, sorted(loaded.items(), key=lambda one: -one[1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [path for path in paths() if path])
def test_there_is_something_before_any_answer(portal, page, path, language):
    page.route(f"{portal.url}/api/**", lambda route: None)
    try:
        page.goto(f"{portal.url}/{language}/{path}", wait_until="commit")
        expect(page.locator("main h1, main .skeleton").first).to_be_visible()
        expect(page.get_by_role("banner").get_by_role("searchbox")).to_be_visible()
    finally:
        page.unroute(f"{portal.url}/api/**")
