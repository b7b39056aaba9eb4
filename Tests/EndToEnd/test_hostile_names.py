"""A11: nothing that a file or a person brings ever becomes HTML: every page is visited with hostile names everywhere."""

import copy
import io
import itertools
import json
import re
import subprocess
import urllib.parse
import zipfile

import pytest
from playwright.sync_api import Error, expect

import samples
from browsing import WEBGL, chromium, opened_page, sign_in
from portal import wait_for

LANGUAGES = ["fr", "en"]
# Each of them tells when it runs; `window.owned` and dialogs are looked for everywhere.
SCRIPT = '<script>window.owned="script"</script>'
IMAGE = '"><img src=x onerror="window.owned=1;alert(1)">'
VECTOR = "<svg/onload=alert(2)>"
LINK = "javascript:alert(3)//"
TEMPLATE = "{{constructor.constructor('alert(4)')()}}${alert(5)}"
MIXED = f"<b class=owned>{LINK}</b>'\"`&lt;{VECTOR}"
# What a person can read on the page, in fields too.
READ = """[document.body.innerText, ...[...document.querySelectorAll('input, textarea, option')]
    .map(one => one.value || one.textContent)].join(' ')"""
# Elements that only a hostile text could have made: no page of ours has them.
INJECTED = "img[src=x], b.owned, main script, dialog script, [onerror], [onload], iframe, a[href^=javascript]"
# What reaches beyond the page.
TOO_WIDE = """[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1
    && !one.closest('.scroll')).map(one => `${one.tagName}.${one.className}`)"""


class World:
    """A portal where everything has a hostile name."""

    def __init__(self, portal, api):
        self.portal, self.api = portal, api
        self.group = self.post("/api/groups", {"name": f"Groupe {IMAGE}", "permissions": ["view"], "scope": "granted"})
        body = {"email": "hostile@example.org", "name": f"Nom {MIXED}", "language": "fr", "status": "active"}
        self.user = self.post("/api/users", {**body, "expiresAt": None, "groups": [self.group["id"]]})
        self.token = self.post("/api/tokens", {"name": f"Jeton {VECTOR}{SCRIPT}", "may": ["read"], "days": 30})
        self.post("/api/statuses", {"code": "hostile", "label": {"fr": f"É{IMAGE}"[:40], "en": f"S{IMAGE}"[:40]}})
        self.patient = self.post(
            "/api/patients",
            {
                "patientId": f"A11{VECTOR}", "lastName": f"{SCRIPT}NOM", "firstName": IMAGE, "birthName": MIXED[:64],
                "birthDate": "1970-02-03", "sex": "F", "condition": f"{IMAGE}{TEMPLATE}", "notes": f"{SCRIPT}{IMAGE}",
                "extra": {f"clé{IMAGE}": f"valeur{SCRIPT}"},
            },
        )  # fmt: skip
        path = f"/api/groups/{self.group['id']}/grants/{self.patient['id']}"
        assert self.api.put(portal.url + path, timeout=30).status_code == 204
        self.images = samples.made_study(10, patient_id=f"A11{VECTOR}", name=f"{SCRIPT}^{IMAGE}")
        for image in self.images:
            image.SpecificCharacterSet = "ISO_IR 192"
            image.StudyDescription = VECTOR
            image.SeriesDescription = IMAGE[:64]
            image.AccessionNumber = "<i>A11</i>"
            image.ReferringPhysicianName = MIXED[:60]
        # A list's row names all of them.
        for image, modality in zip(self.images[1:], ["CT", "MR", "US", "DOC", "SR", "XC", "SEG", "RTSTRUCT", "A" * 16]):
            image.Modality, image.SeriesInstanceUID = modality, samples.generate_uid()
        self.study = self.images[0].StudyInstanceUID
        self.store(*[samples.file_bytes(image) for image in self.images])
        self.attach(self.study)
        self.waiting = self.store_waiting()
        self.conflict = self.make_conflict()
        self.imported = self.import_hostile_files()
        self.corpus_studies = self.store_corpus()
        self.send_from_hostile_sender()
        self.deleted = self.delete_one()

    def post(self, path, body):
        answer = self.api.post(self.portal.url + path, json=body, timeout=30)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def store(self, *files):
        body, headers = samples.stow_body(list(files))
        answer = self.api.post(f"{self.portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60)
        assert answer.status_code in (200, 202, 409), answer.text

    def attach(self, study):
        if not self.api.get(f"{self.portal.url}/api/inbox/{study}", timeout=30).ok:
            return
        path = f"{self.portal.url}/api/inbox/{study}/attach"
        assert self.api.post(path, json={"patient": self.patient["id"]}, timeout=30).status_code in (204, 409)

    def store_waiting(self):
        """A study that waits for a patient."""
        image = samples.made(patient_id=f"W{IMAGE}"[:60], name=f"{IMAGE}^{SCRIPT}"[:60])
        image.StudyDescription = SCRIPT
        self.store(samples.file_bytes(image))
        path = f"{self.portal.url}/api/inbox/{image.StudyInstanceUID}/detach"
        assert self.api.post(path, timeout=30).status_code == 204
        return image.StudyInstanceUID

    def make_conflict(self):
        """The same image once more, with other words."""
        other = copy.deepcopy(self.images[0])
        other.StudyDescription = f"{VECTOR}2"
        other.SeriesDescription = SCRIPT
        self.store(samples.file_bytes(other))
        listed = self.api.get(f"{self.portal.url}/api/conflicts", timeout=30).json()["items"]
        return listed[0]["id"]

    def import_hostile_files(self):
        """An import of an archive whose file names are hostile, with a file that is no DICOM."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("dossier <img src=x onerror=alert(6)>/pas dicom.txt", "no")
            archive.writestr("<svg onload=alert(7)>.dcm", samples.file_bytes(samples.made(patient_id="A11-ZIP")))
        query = urllib.parse.urlencode({"name": f"CD {IMAGE}"})
        answer = self.api.post(
            f"{self.portal.url}/api/patients/import?{query}",
            data=packed.getvalue(), headers={"Content-Type": "application/zip"}, timeout=60,
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
        return self.api.get(f"{self.portal.url}/api/imports", timeout=30).json()["items"][0]["id"]

    def store_corpus(self):
        """The shared corpus' own hostile files."""
        found = sorted((samples.CORPUS / "abuse").glob("xss*.dcm"))
        studies = set()
        for file in found:
            self.store(file.read_bytes())
            studies.add(str(samples.pydicom.dcmread(file, force=True).StudyInstanceUID))
        return sorted(studies)

    def send_from_hostile_sender(self):
        """An AE title has 16 characters."""
        command = ["echoscu", "-aet", "<img src=x>", "-aec", "PREVIEWDICOM", *map(str, self.portal.dicom)]
        subprocess.run(command, check=True, capture_output=True, timeout=30)
        wait_for(lambda: "<img src=x>" in self.api.get(f"{self.portal.url}/api/senders", timeout=30).text, 10)

    def delete_one(self):
        image = samples.made(patient_id="A11-DEL", name=IMAGE[:60])
        image.StudyDescription = IMAGE[:64]
        self.store(samples.file_bytes(image))
        path = f"{self.portal.url}/api/studies/{image.StudyInstanceUID}"
        assert self.api.delete(path, timeout=30).status_code in (200, 204)
        return image.StudyInstanceUID


@pytest.fixture(scope="module")
def world(portal, api):
    made = World(portal, api)
    yield made
    api.delete(f"{portal.url}/api/statuses/hostile", timeout=30)


@pytest.fixture(scope="module")
def browser():
    with chromium(WEBGL) as running:
        yield running


@pytest.fixture
def page(portal, browser):
    with opened_page(portal, browser) as opened:
        opened.set_default_timeout(15_000)
        opened.dialogs = []
        opened.on("dialog", lambda one: (opened.dialogs.append(one.message), one.dismiss()))
        yield opened
        assert not opened.dialogs, opened.dialogs
    noted = [note for note in opened.noted if not re.search("status of 4", note)]
    assert not noted, noted


def places(world):
    """Every page where such a name can stand, and a piece of it that must be there as text."""
    first = world.corpus_studies[0] if world.corpus_studies else world.waiting
    return [
        ("patients/", "img src=x"),
        (f"patients/?q={urllib.parse.quote(IMAGE)}", IMAGE),
        (f"patient/?id={world.patient['id']}", VECTOR),
        (f"patient/access/?id={world.patient['id']}", "script"),
        ("inbox/", "img src=x"),
        (f"study/?uid={world.waiting}", "script"),
        (f"study/?uid={first}", ""),
        ("import/", IMAGE),
        (f"import/?id={world.imported}", "onerror=alert(6)"),
        ("admin/users/", MIXED),
        ("admin/groups/", IMAGE),
        ("admin/senders/", "<img src=x>"),
        ("admin/conflicts/", ""),
        ("admin/statuses/", "img src=x"),
        ("admin/audit/", ""),
        ("admin/health/", ""),
        ("admin/deleted/", ""),
        ("account/", VECTOR),
        ("help/", ""),
    ]


def assert_clean(page):
    assert page.evaluate("window.owned ?? window.xss ?? null") is None
    assert page.locator(INJECTED).count() == 0, page.locator(INJECTED).first.evaluate("one => one.outerHTML")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a11_no_page_makes_html_of_what_files_and_people_are_called(portal, page, world, language):
    sign_in(page, portal, language)
    for place, text in places(world):
        page.goto(f"{portal.url}/{language}/{place}")
        expect(page.locator("h1").first).to_be_visible()
        # Names are written large on some pages.
        shown = "wanted => " + READ + ".toLowerCase().includes(wanted)"
        try:
            page.wait_for_function(shown, arg=text.lower())
        except Error:
            pytest.fail(f"{place} does not show {text}: {page.evaluate(READ)}")
        page.wait_for_load_state("networkidle")
        assert_clean(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a11_long_names_do_not_widen_the_list(portal, page, world, language):
    sign_in(page, portal, language)
    for width, query in itertools.product((1440, 820, 390), ("", "?q=A11")):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{portal.url}/{language}/patients/{query}")
        expect(page.locator("[data-list][aria-busy=true]")).to_have_count(0)
        if query:
            expect(page.locator(".patients .modality", has_text="RTSTRUCT")).to_be_visible()
        expect(page.locator("[name=group] option").nth(1)).to_be_attached()
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, (width, query, page.evaluate(TOO_WIDE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a11_no_dialog_makes_html_of_it_either(portal, page, world, language):
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/admin/users/")
    row = page.locator("tbody tr").filter(has_text="hostile@example.org")
    buttons = row.locator("button")
    for index in range(buttons.count()):
        buttons.nth(index).click()
        expect(page.locator("dialog[open]")).to_be_visible()
        assert_clean(page)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    page.goto(f"{portal.url}/{language}/admin/groups/")
    buttons = page.locator("tbody tr").filter(has_text="img src=x").locator(".actions button")
    for index in range(buttons.count()):
        buttons.nth(index).click()
        expect(page.locator("dialog[open]")).to_contain_text("img src=x")
        assert_clean(page)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    page.goto(f"{portal.url}/{language}/admin/audit/")
    page.locator("audit-log tbody tr button").first.click()
    expect(page.locator("dialog[open]")).to_be_visible()
    assert_clean(page)


def test_a11_the_viewer_shows_such_names_as_text(portal, page, world):
    sign_in(page, portal)
    page.goto(f"{portal.url}/viewer/")
    expect(page.get_by_text("img src=x").first).to_be_visible(timeout=30_000)
    assert_clean(page)
    page.goto(f"{portal.url}/viewer/viewer?StudyInstanceUIDs={world.study}")
    page.wait_for_load_state("networkidle")
    assert_clean(page)


def test_a11_answers_for_programs_are_no_pages(portal, api, world):
    """What a browser could open directly is JSON, DICOM or a download, and never sniffed."""
    addresses = [
        "/api/patients", "/api/users", "/api/groups", f"/api/imports/{world.imported}",
        f"/api/imports/{world.imported}/report.csv", f"/dicomweb/studies/{world.study}/metadata", "/api/audit.csv",
        "/api/audit.xml",
    ]  # fmt: skip
    for address in addresses:
        answer = api.get(portal.url + address, headers={"Accept": "text/html, */*"}, timeout=30)
        assert answer.status_code == 200, address
        assert "html" not in answer.headers["Content-Type"], address
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
    assert json.loads(api.get(f"{portal.url}/api/groups", timeout=30).text)["items"]
