"""Takes the pictures of the help: a portal of its own with the demonstration's patients, Chromium, both languages.

Each picture is a WebP of the reader's language under content/help/pictures/<language>/; what is no picture of the list is
removed there.
"""

import base64
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

import samples  # noqa: E402
from browsing import WEBGL  # noqa: E402
from people import People  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from portal import EMAIL, PASSWORD, Portal  # noqa: E402

PICTURES = ROOT / "content/help/pictures"
LANGUAGES = ("fr", "en")
WIDTH, HEIGHT = 1200, 760
QUALITY = 0.8
WORDS = {
    "fr": {"doctors": "Médecins", "secretary": "Secrétariat", "person": "Claire Moreau", "colleague": "Paul Durand"},
    "en": {"doctors": "Doctors", "secretary": "Front desk", "person": "Claire Moreau", "colleague": "Paul Durand"},
}

# A picture as WebP, which the browser makes itself.
TO_WEBP = """async ([png, quality]) => {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d').drawImage(picture, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality })).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}"""


class Photographer:
    def __init__(self, portal, browser, language):
        self.portal, self.language = portal, language
        locale = {"fr": "fr-FR", "en": "en-GB"}[language]
        self.page = browser.new_page(
            locale=locale, viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce"
        )
        self.page.set_default_timeout(60_000)
        self.maker = browser.new_page()
        self.taken = set()

    def go(self, place):
        self.page.goto(f"{self.portal.url}/{self.language}/{place}")

    def sign_in(self):
        self.go("")
        self.page.locator("#email").fill(EMAIL)
        self.page.locator("#password").fill(PASSWORD)
        self.page.locator("#password").press("Enter")
        self.page.wait_for_url(re.compile("/patients/"))

    def take(self, name, of=None, height=HEIGHT):
        """The page as it is, or one part of it."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('.thumb img')].every(one => one.complete "
            "|| one.getBoundingClientRect().top > innerHeight) "
            "&& !document.querySelector('.skeleton, .status-line[data-shown]')"
        )
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": height}
        png = self.page.locator(of).first.screenshot() if of else self.page.screenshot(clip=clip)
        webp = self.maker.evaluate(TO_WEBP, [base64.b64encode(png).decode(), QUALITY])
        file = PICTURES / self.language / f"{name}.webp"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(webp))
        self.taken.add(file.name)

    def tidy(self):
        for file in (PICTURES / self.language).iterdir():
            if file.name not in self.taken:
                file.unlink()


def furnish(portal, language):
    """What an administrator's pages show: people, groups, a sender that waits to be allowed."""
    api, words = portal.sign_in(), WORDS[language]
    people = People(portal, api)
    groups = [
        people.post("/groups", {"name": words["doctors"], "permissions": ["view", "export"], "scope": "all"}),
        people.post("/groups", {"name": words["secretary"], "permissions": ["view", "import"], "scope": "granted"}),
    ]
    for index, name in enumerate((words["person"], words["colleague"])):
        body = {"email": f"{name.split()[0].lower()}.{language}@example.org", "name": name, "language": language}
        people.post("/users", {**body, "status": "active", "expiresAt": None, "groups": [groups[index]["id"]]})
    portal.sql(
        "INSERT INTO portal.senders (ae_title, address, allowed, instances) VALUES "
        "('SCANNER1', '10.0.4.21', true, 1204), ('ECHO_USI', '10.0.4.37', false, 0) ON CONFLICT DO NOTHING"
    )
    images = samples.made_study(3, patient_id="X-4711", name="Lefevre^Elodie")
    body, headers = samples.stow_body([samples.file_bytes(image) for image in images])
    api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60)
    api.post(f"{portal.url}/api/inbox/{images[0].StudyInstanceUID}/detach", timeout=30)
    api.delete(f"{portal.url}/api/patients/{people.patient('X-4711')}", timeout=30)
    return api


def take_all(camera, api):
    portal, page = camera.portal, camera.page
    camera.sign_in()
    page.locator(".row-link").first.wait_for()
    camera.take("patients")
    camera.go("patients/?q=lefevre+elodie")
    page.locator(".row-link").first.wait_for()
    camera.take("search", height=520)
    patients = api.get(f"{portal.url}/api/patients", params={"q": "DEMO-0001"}, timeout=30).json()["items"]
    here = f"?id={patients[0]['id']}"
    camera.go(f"patient/{here}")
    page.locator("article.study").first.wait_for()
    camera.take("patient")
    camera.go("import/")
    page.locator(".drop").wait_for()
    camera.take("import", height=560)
    camera.go("inbox/")
    page.locator(".unattached li").first.wait_for()
    camera.take("inbox", height=420)
    camera.go("admin/senders/")
    page.locator("tbody tr").first.wait_for()
    camera.take("senders", height=480)
    camera.go("admin/groups/")
    page.locator("tbody tr").first.wait_for()
    camera.take("groups", height=600)
    camera.go(f"patient/access/{here}")
    page.locator("tbody tr").first.wait_for()
    camera.take("access")
    camera.go("admin/health/")
    page.locator("[data-begin]").click()
    page.locator("[data-verdict=passed]").wait_for()
    page.locator("self-test").scroll_into_view_if_needed()
    camera.take("self-test", of="self-test")
    study = api.get(f"{portal.url}/api/patients/{patients[0]['id']}/studies", timeout=30).json()["items"][-1]
    page.goto(f"{portal.url}/viewer/viewer?StudyInstanceUIDs={study['studyInstanceUID']}")
    page.locator(".way-back").wait_for()
    page.locator("canvas").first.wait_for()
    page.wait_for_function("() => performance.now() > 12000")
    camera.take("viewer")
    camera.tidy()


def main():
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        portal = Portal(pathlib.Path(data) / "portal", options=("--demo",))
        portal.start()
        try:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=WEBGL)
            for language in LANGUAGES:
                api = furnish(portal, language)
                take_all(Photographer(portal, browser, language), api)
                # The other language's pictures show its own names alone.
                portal.sql("DELETE FROM portal.users WHERE email LIKE '%.%@example.org' AND email <> 'first@example.org'")
                portal.sql("DELETE FROM portal.groups WHERE NOT 'administer' = ANY (permissions)")
            browser.close()
        finally:
            portal.stop()
    files = sorted(PICTURES.rglob("*.webp"))
    print(f"{len(files)} pictures, {sum(file.stat().st_size for file in files) // 1000} kB; site-build puts them in place")


if __name__ == "__main__":
    main()
