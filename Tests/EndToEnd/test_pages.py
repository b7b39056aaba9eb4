"""A person in a browser: signs in, imports, finds the patient, and reads the study in OHIF."""

import re
import subprocess

import pytest
from playwright.sync_api import expect

import samples
from browsing import WEBGL, chromium, opened_page, shows_an_image, sign_in
from portal import EMAIL, PASSWORD, wait_for

PATIENT = "E2E-0001"


@pytest.fixture(scope="module")
def browser():
    with chromium(WEBGL) as running:
        yield running


@pytest.fixture
def page(portal, browser):
    """A page of a new person; leaving the origin, an error in the console or an answer of 5xx fails the test."""
    with opened_page(portal, browser) as opened:
        yield opened
    assert not opened.noted, opened.noted


NEWEST_IMPORT = """async () => {
    const newest = (await (await fetch("/api/imports?limit=1")).json()).items[0]
    return (await fetch(`/api/imports/${newest.id}`)).json()
}"""


def corpus_archive():
    """A patient with a sidecar and the CT, MR and US files of the corpus."""
    files = {f"Patient-{PATIENT}/Patient-{PATIENT}.json": samples.sidecar(PATIENT)}
    for series, modality in enumerate(("CT", "MR", "US"), start=1):
        for number, content in enumerate(samples.corpus_files(modality, 6), start=1):
            files[f"Patient-{PATIENT}/{series}-{number:02d}.dcm"] = content
    return files


def test_the_address_alone_leads_to_the_readers_language(portal, browser):
    for locale, place in (("fr-FR", "/fr/"), ("en-GB", "/en/"), ("de-DE", "/fr/")):
        context = browser.new_context(locale=locale)
        opened = context.new_page()
        opened.goto(f"{portal.url}/")
        opened.wait_for_url(portal.url + place)
        context.close()


def test_sign_in_is_refused_in_words(portal, page):
    page.goto(f"{portal.url}/fr/")
    page.locator("#email").fill(EMAIL)
    page.locator("#password").fill("not this one")
    page.locator("#password").press("Enter")
    expect(page.locator("[role=alert]").first).to_contain_text(re.compile(r"\w"))
    assert "/patients/" not in page.url


def test_from_sign_in_to_real_pixels(portal, page, tmp_path):
    files = corpus_archive()
    packed = tmp_path / "patient.zip"
    packed.write_bytes(samples.archive(files))
    sign_in(page, portal)

    page.goto(f"{portal.url}/fr/import/")
    page.locator("input[data-choose=archive]").set_input_files(packed)
    page.locator("[data-action=import]").click()
    expect(page.locator("import-page")).to_have_attribute("data-phase", "report", timeout=120_000)
    counts = page.evaluate(NEWEST_IMPORT)["counts"]
    assert counts["stored"] + counts["identical"] == len(files) - 1, counts
    expect(page.locator("[data-report]")).to_contain_text(re.compile(r"\w"))

    page.goto(f"{portal.url}/fr/patients/?q={PATIENT}")
    page.get_by_role("link", name=re.compile("ngström", re.IGNORECASE)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("ngström", re.IGNORECASE))
    links = page.locator('a[href*="/viewer/viewer?StudyInstanceUIDs="]')
    expect(links.first).to_be_visible()
    addresses = sorted({link.get_attribute("href") for link in links.all()})
    assert len(addresses) >= 3, "a study of each modality is listed"

    for address in (addresses[0], addresses[len(addresses) // 2], addresses[-1]):
        link = page.locator(f'a[href="{address}"]').first
        link.evaluate("link => link.removeAttribute('target')")
        link.click()
        page.wait_for_url(re.compile("/viewer/viewer"))
        wait_for(lambda: shows_an_image(page), 60)
        page.go_back()
        expect(links.first).to_be_visible()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_study_that_a_modality_sent_opens_from_the_viewers_own_list(portal, page, stored_study, language):
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/viewer/?mrn=E2E-READ")
    expect(page.get_by_text("E2E-READ").first).to_be_visible(timeout=30_000)
    page.goto(f"{portal.url}/viewer/viewer?StudyInstanceUIDs={stored_study[0].StudyInstanceUID}")
    assert wait_for(lambda: shows_an_image(page), 60)


def test_the_viewer_sends_a_stranger_to_the_sign_in_page_and_back(portal, page, stored_study):
    page.goto(f"{portal.url}/viewer/viewer?StudyInstanceUIDs={stored_study[0].StudyInstanceUID}")
    page.locator("#password").wait_for(timeout=60_000)
    page.locator("#email").fill(EMAIL)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(re.compile("/viewer/viewer"))
    assert wait_for(lambda: shows_an_image(page), 60)
    # The viewer notes the refusal that sent the stranger away.
    page.noted[:] = [note for note in page.noted if "request failed" not in note and "{error: Object}" not in note]


@pytest.mark.parametrize("place", ["patients/", "import/", "inbox/", "admin/users/", "admin/groups/", "account/", "help/"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_has_one_heading_and_its_language(portal, page, place, language):
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/{place}")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_an_administrator_sets_the_character_set_of_an_old_modality(portal, api, page, tmp_path):
    """A Cyrillic name under no declaration is mojibake once, and a name from then on."""
    senders = lambda: {one["aeTitle"]: one for one in api.get(f"{portal.url}/api/senders").json()["items"]}  # noqa: E731
    names = []
    for chosen in ("", "ISO_IR 144"):
        if chosen:
            sign_in(page, portal)
            page.goto(f"{portal.url}/fr/admin/senders/")
            row = page.get_by_role("row").filter(has_text="OLDMODALITY")
            row.get_by_role("button").click()
            page.locator("#sender-charset").select_option(chosen)
            page.locator("dialog button[type=submit]").click()
            wait_for(lambda: senders()["OLDMODALITY"]["charset"] == chosen, 10)
        image = samples.made(patient_id=f"E2E-OLD{chosen}", name="Test")
        image.SpecificCharacterSet = "ISO_IR 144"
        image.PatientName = "Иванов^А"
        image.StudyDescription = image.SeriesDescription = "КТ"
        file = tmp_path / "old.dcm"
        image.save_as(file, enforce_file_format=True)
        whole = file.read_bytes()
        declared = b"\x08\x00\x05\x00CS\x0a\x00ISO_IR 144"
        assert declared in whole
        file.write_bytes(whole.replace(declared, b"\x08\x00\x05\x00CS\x00\x00"))
        address, port = portal.dicom
        sent = ["storescu", "-aet", "OLDMODALITY", "-aec", "PREVIEWDICOM", address, str(port), str(file)]
        subprocess.run(sent, check=True, capture_output=True, timeout=60)
        query = {"StudyInstanceUID": image.StudyInstanceUID}
        found = api.get(f"{portal.url}/dicomweb/studies", params=query, timeout=30).json()[0]
        metadata = api.get(f"{portal.url}/dicomweb/studies/{image.StudyInstanceUID}/metadata", timeout=30).json()[0]
        assert found["00100010"] == metadata["00100010"]
        names.append(found["00100010"]["Value"][0]["Alphabetic"])
    assert names[0] != names[1] == "Иванов^А"
