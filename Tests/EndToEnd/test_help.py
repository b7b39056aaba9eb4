"""The help: the same pages in both languages, each found from the first, with pictures that say what they show."""

import re

import pytest
from playwright.sync_api import expect

from browsing import chromium, opened_page, sign_in
from portal import ROOT

LANGUAGES = ["fr", "en"]
TOPICS = [
    "first-steps", "search", "preview-and-viewer", "send-from-a-modality", "import-a-cd", "share-a-study", "who-saw-what",
    "when-something-is-wrong",
]  # fmt: skip
WIDTHS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MOST_BYTES = 1_500_000


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def page(portal, browser):
    with opened_page(portal, browser) as opened:
        opened.set_default_timeout(15_000)
        yield opened
    assert not opened.noted, opened.noted


def structure(text):
    """What both languages must have alike: headings, pictures, blocks of commands, links."""
    links = [link.split("/", 2)[-1] for link in re.findall(r"\]\(/(\w\w/[^)]*)\)", text)]
    commands = text.count("\n```")
    return re.findall(r"(?m)^#+", text), re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text), commands, links


def test_both_languages_have_the_same_pages_of_the_same_shape():
    french, english = (
        {file.name: structure(file.read_text()) for file in (ROOT / f"content/help/{language}").glob("*.md")}
        for language in LANGUAGES
    )
    assert french == english
    assert set(french) == {f"{topic}.md" for topic in [*TOPICS, "index"]}


def test_the_pictures_are_small_and_there_in_both_languages():
    folders = [ROOT / f"content/help/pictures/{language}" for language in LANGUAGES]
    names = [sorted(file.name for file in folder.iterdir()) for folder in folders]
    assert names[0] == names[1] and len(names[0]) >= 8
    assert sum(file.stat().st_size for folder in folders for file in folder.iterdir()) < MOST_BYTES


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_reached_from_the_first_by_keyboard_and_its_pictures_do_not_jump(portal, page, language):
    sign_in(page, portal, language)
    shown = 0
    for topic in TOPICS:
        page.goto(f"{portal.url}/{language}/help/")
        page.locator(f"article a[href='/{language}/help/{topic}/']").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(f"/{language}/help/{topic}/"))
        expect(page.locator("h1")).to_have_count(1)
        pictures = page.locator("article img")
        for index in range(pictures.count()):
            picture = pictures.nth(index)
            before = picture.bounding_box()
            picture.scroll_into_view_if_needed()
            loaded = picture.evaluate("one => one.decode().then(() => [one.naturalWidth, one.naturalHeight])")
            assert loaded == [int(picture.get_attribute("width")), int(picture.get_attribute("height"))]
            assert abs(picture.bounding_box()["height"] - before["height"]) < 1
            assert len(picture.get_attribute("alt")) > 10
            shown += 1
    assert shown >= 8


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_fits_every_width(portal, page, tmp_path, language, scheme):
    page.emulate_media(color_scheme=scheme)
    sign_in(page, portal, language)
    for topic in TOPICS:
        page.goto(f"{portal.url}/{language}/help/{topic}/")
        for width in (1440, 820, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDTHS) <= 0, (topic, width)
        page.screenshot(path=tmp_path / f"help-{topic}-{language}-{scheme}.png", full_page=True)
