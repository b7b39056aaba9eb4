"""The account's page: a token with lines to paste that work as they are, by keyboard, in both languages."""

import re
import shlex
import subprocess

import pytest
import requests
from playwright.sync_api import expect

from browsing import WEBGL, chromium, opened_page, sign_in
from portal import ROOT

LANGUAGES = ["fr", "en"]
RECIPES = ["curl", "dicomweb-client", "OHIF", "3D Slicer", "Weasis", "storescu"]
WIDTHS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser():
    with chromium(WEBGL) as running:
        yield running


@pytest.fixture
def page(portal, browser):
    with opened_page(portal, browser) as opened:
        opened.set_default_timeout(15_000)
        opened.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=portal.url)
        yield opened
    assert not opened.noted, opened.noted


def new_token(page, portal, language, name):
    """Makes a token by keyboard alone; the secret that is shown."""
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/account/")
    page.locator("token-list [data-action=new]").focus()
    page.keyboard.press("Enter")
    page.locator("#token-name").focus()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    secret = page.locator("[data-secret] .copyable code").first
    expect(secret).to_be_visible()
    return secret.inner_text()


def recipe(page, name):
    shown = page.locator(f"[data-recipe='{name}']")
    if not shown.evaluate("one => one.open"):
        shown.locator("summary").focus()
        page.keyboard.press("Enter")
    expect(shown.locator("pre")).to_be_visible()
    return shown.locator("pre").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_token_comes_with_lines_for_each_program(portal, page, language):
    secret = new_token(page, portal, language, f"Recettes {language}")
    names = page.locator("[data-recipe]").evaluate_all("all => all.map(one => one.dataset.recipe)")
    assert names == RECIPES
    for name in RECIPES[:-1]:
        text = recipe(page, name)
        assert secret in text and "127.0.0.1" in text, text
        assert requests.utils.unquote(text).count(portal.url) == 1, text
    assert recipe(page, "storescu") == (
        f"storescu -aec PREVIEWDICOM 127.0.0.1 {portal.ready['dicomPort']} +sd +r folder/"
    )


def test_the_lines_work_as_they_are_pasted(portal, page, stored_study, tmp_path):
    new_token(page, portal, "fr", "Recettes qui marchent")
    curl = subprocess.run(shlex.split(recipe(page, "curl")), capture_output=True, text=True, timeout=60, check=True)
    assert stored_study[0].StudyInstanceUID in curl.stdout or '"0020000D"' in curl.stdout
    client = shlex.split(recipe(page, "dicomweb-client"))
    client[0] = str(ROOT / ".build/venv/bin/dicomweb_client")
    found = subprocess.run(client, capture_output=True, text=True, timeout=60, check=True)
    assert "0020000D" in found.stdout
    (tmp_path / "folder").mkdir()
    stored_study[0].save_as(tmp_path / "folder/a.dcm", enforce_file_format=True)
    subprocess.run(
        shlex.split(recipe(page, "storescu")), cwd=tmp_path, capture_output=True, timeout=60, check=True
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_is_copied_and_the_secret_is_gone_with_the_page(portal, page, language):
    secret = new_token(page, portal, language, f"Copie {language}")
    page.locator("[data-recipe=curl] .copy").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".status-line")).to_have_text("Copié" if language == "fr" else "Copied")
    assert page.evaluate("navigator.clipboard.readText()") == recipe(page, "curl")
    page.reload()
    expect(page.locator("token-list tbody tr").filter(has_text=f"Copie {language}")).to_be_visible()
    assert secret not in page.content()
    page.locator("token-list tbody tr").filter(has_text=f"Copie {language}").locator("button").focus()
    page.keyboard.press("Enter")
    page.locator("dialog button[type=submit]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("token-list tbody tr").filter(has_text=f"Copie {language}")).to_have_count(0)
    refused = requests.get(f"{portal.url}/api/session", headers={"Authorization": f"Bearer {secret}"}, timeout=30)
    assert refused.status_code == 401


def test_the_language_of_the_account_is_that_of_its_pages_and_of_the_viewer(portal, api, page, stored_study):
    sign_in(page, portal, "en")
    page.goto(f"{portal.url}/viewer/viewer?StudyInstanceUIDs={stored_study[0].StudyInstanceUID}")
    expect(page.locator(".way-back")).to_have_text("List of patients", timeout=30_000)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("localStorage.getItem('i18nextLng')") == "en-US"
    page.goto(f"{portal.url}/fr/account/")
    page.locator("input[name=language][value=fr]").check()
    page.locator("account-profile button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("Mon compte")
    page.goto(f"{portal.url}/viewer/viewer?StudyInstanceUIDs={stored_study[0].StudyInstanceUID}")
    expect(page.locator(".way-back")).to_have_text("Liste des patients", timeout=30_000)
    assert page.evaluate("localStorage.getItem('i18nextLng')") == "fr"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_viewer_leads_back_to_the_patient_and_offers_what_works(portal, api, page, stored_study, language):
    patients = api.get(f"{portal.url}/api/patients", params={"q": "E2E-READ"}, timeout=30).json()["items"]
    patient = next(one for one in patients if one["patientId"] == "E2E-READ")
    sign_in(page, portal, language)
    here = f"/{language}/patient/?id={patient['id']}"
    page.goto(portal.url + here)
    opening = page.locator("a[href^='/viewer/']").first
    opening.evaluate("link => link.removeAttribute('target')")
    opening.click()
    back = page.locator(".way-back")
    expect(back).to_have_text("Retour au patient" if language == "fr" else "Back to the patient", timeout=30_000)
    back.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(here)))
    expect(page.locator("h1")).to_be_visible()
    # The list of the viewer: no upload beside our import, and no mode that cannot show a study.
    page.goto(f"{portal.url}/viewer/?mrn=E2E-READ")
    expect(page.locator(".way-back")).to_be_visible(timeout=30_000)
    page.get_by_text("E2E-READ").first.click()
    expect(page.locator("[data-cy^='mode-']").first).to_be_visible()
    offered = page.locator("[data-cy^='mode-']").evaluate_all("all => all.map(one => one.dataset.cy)")
    assert "mode-basic-viewer" in [one.lower() for one in offered] or any("viewer" in one for one in offered), offered
    assert not [one for one in offered if re.search("monai|4d|tmtv|microscopy", one, re.I)], offered
    expect(page.get_by_text("Upload", exact=True)).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_fits_every_width(portal, page, tmp_path, language):
    new_token(page, portal, language, f"Largeur {language}")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (1440, 820, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDTHS) <= 0, width
            page.screenshot(path=tmp_path / f"account-{language}-{scheme}-{width}.png", full_page=True)
