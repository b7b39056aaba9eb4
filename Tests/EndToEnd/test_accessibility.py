"""Every page and every dialog, in light and dark, wide, narrow and on a phone: axe-core finds nothing wrong.

What the pages look like stays in the folder that ARTEFACTS names, else in .build/artefacts/screenshots.
"""

import os
import pathlib

import axe_playwright_python
import pytest

import samples
from browsing import chromium, sign_in
from pages import paths, settle
from people import ALL
from portal import wait_for

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
SCREENSHOTS = pathlib.Path(os.environ.get("ARTEFACTS") or pathlib.Path(__file__).parents[2] / ".build/artefacts") / "screenshots"
WIDE, NARROW, PHONE = {"width": 1440, "height": 900}, {"width": 820, "height": 1180}, {"width": 390, "height": 844}
SCHEMES = ["light", "dark"]
VIEWS = [(WIDE, "light", "fr"), (NARROW, "dark", "en"), (PHONE, "light", "en"), (PHONE, "dark", "fr")]
# What opens something: a button, or the summary of a menu. One of each name; signing out ends the visit.
OPENERS = """() => {
  const seen = new Set();
  const all = [...document.querySelectorAll('main button:not([disabled]), main summary, [data-action="keys"]')];
  return all.map((one, place) => ({ place, name: one.getAttribute('data-action') ?? one.textContent.trim(),
      shown: one.checkVisibility() || one.dataset.action === 'keys' || one.closest('details') !== null }))
    .filter(({ name, shown }) => shown && !seen.has(name) && seen.add(name));
}"""
OPEN = """place => {
  const one = document.querySelectorAll('main button:not([disabled]), main summary, [data-action="keys"]')[place];
  if (one.tagName !== 'SUMMARY') one.closest('details')?.setAttribute('open', '');
  one.click();
}"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def shown(portal, api, people, stored_study):
    """The pages' addresses without a language, with a patient, a study that waits, and somebody whose row is too wide."""
    people.person(people.group(*ALL, scope="all"), name="W" * 90)
    waiting = samples.made(patient_id="", name="Sans^Patient")
    body, headers = samples.stow_body([samples.file_bytes(waiting)])
    assert api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60).status_code == 200
    found = api.get(f"{portal.url}/api/patients", params={"q": stored_study[0].PatientID}, timeout=30).json()["items"]
    patient = found[0]["id"]
    queries = {
        "patient/": f"?id={patient}", "patient/access/": f"?id={patient}", "study/": f"?uid={waiting.StudyInstanceUID}",
    }  # fmt: skip
    return {path: path + queries.get(path, "") for path in paths()}


@pytest.fixture(scope="module")
def page(portal, browser):
    """A signed-in page that changes nothing: all but reading is refused on the way."""
    context = browser.new_context(locale="fr-FR", viewport=WIDE, reduced_motion="reduce")
    opened = context.new_page()
    sign_in(opened, portal)
    reading = ("GET", "HEAD")
    opened.route(f"{portal.url}/api/**", lambda route: route.continue_() if route.request.method in reading else route.abort())
    yield opened
    context.close()


def violations(page, within="document"):
    """What axe finds wrong, a line for each place."""
    page.evaluate(AXE)
    return page.evaluate(
        f"""async () => {{
            const {{ violations }} = await axe.run({within}, {{ resultTypes: ['violations'] }});
            return violations.flatMap(one => one.nodes.map(node => `${{one.id}}: ${{node.html.slice(0, 160)}}`));
        }}"""
    )


@pytest.mark.parametrize(("size", "scheme", "language"), VIEWS, ids=str)
@pytest.mark.parametrize("path", paths(), ids=lambda path: path or "sign-in")
def test_axe_finds_nothing_on_a_page(portal, page, shown, path, size, scheme, language):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{portal.url}/{language}/{shown[path]}")
    settle(page)
    name = f"{path.strip('/').replace('/', '-') or 'sign-in'}-{size['width']}-{scheme}-{language}.png"
    page.screenshot(path=SCREENSHOTS / name, full_page=True)
    assert violations(page) == []


# Pages of text open nothing, and the operations of the reference are its page.
OPENING = [path for path in paths() if path and not path.startswith(("help/", "conformance/", "api/"))]


def places(page):
    """What opens something, by its name; the page is loaded for each, and what it lists may come late or have grown."""
    return {one["name"]: one["place"] for one in page.evaluate(OPENERS)}


@pytest.mark.parametrize("path", OPENING)
def test_axe_finds_nothing_in_what_a_page_opens(portal, page, shown, path):
    address = f"{portal.url}/fr/{shown[path]}"
    page.set_viewport_size(WIDE)
    page.goto(address)
    settle(page)
    wrong, checked = {}, []
    for name in places(page):
        wait_for(lambda name=name: name in places(page), 20)
        page.evaluate(OPEN, places(page)[name])
        settle(page)
        if page.locator("dialog[open], details[open]").count() > 0:
            checked.append(name)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                found = violations(page, "document.querySelector('dialog[open]') ?? document")
                if found:
                    wrong[name, scheme] = found
        page.goto(address)
        settle(page)
    assert "keys" in checked
    assert wrong == {}
