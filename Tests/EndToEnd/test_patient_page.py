"""A reader on the patient page: looks through series, changes the status, and sees what arrives."""

import contextlib
import io
import re
import zipfile

import numpy
import pydicom
import pytest
from playwright.sync_api import expect

import samples
from browsing import chromium, opened_page, sign_in
from people import path_of
from portal import wait_for

SLICES = 30
LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])
WORDS = {
    "fr": {
        "place": "Image {} sur {}", "lung": "Poumon", "loading": "Chargement", "gone": "vos droits ne permettent plus", "unreadable": "ne peut pas être affichée",
        "document": "document PDF", "arriving": "Images en cours d’arrivée", "conflict": "entre-temps", "kept": "est gardée", "zip": "ZIP DICOM", "seen": "Qui a vu cet examen",
        "open": "Ouvrir dans la visionneuse", "reading": "En cours", "more": "Autres actions", "ended": "Votre session est terminée", "edit": "Modifier", "save": "Enregistrer",
    },
    "en": {
        "place": "Image {} of {}", "lung": "Lung", "loading": "Loading", "gone": "permissions no longer let you", "unreadable": "cannot be shown",
        "document": "PDF document", "arriving": "Images still arriving", "conflict": "in the meantime", "kept": "is kept", "zip": "DICOM ZIP", "seen": "Who saw this study",
        "open": "Open in the viewer", "reading": "In progress", "more": "More actions", "ended": "Your session has ended", "edit": "Edit", "save": "Save",
    },
}  # fmt: skip

# What the canvas shows, and what the portal renders at an address, are the same pixels.
SAME = """async address => {
    const response = await fetch(address, { headers: { Accept: 'image/jpeg' } });
    const bitmap = await createImageBitmap(await response.blob());
    const pixels = source => {
        const copy = new OffscreenCanvas(source.width, source.height).getContext('2d');
        copy.drawImage(source, 0, 0);
        return copy.getImageData(0, 0, source.width, source.height).data.join();
    };
    const canvas = document.querySelector('.preview canvas');
    return canvas.width === bitmap.width && pixels(canvas) === pixels(bitmap);
}"""
# Which frames the canvas shows from now on.
WATCH = """() => {
    window.watched = [];
    const canvas = document.querySelector('.preview canvas');
    new MutationObserver(() => watched.push(/frames.(\\d+)/.exec(canvas.dataset.shown)[1])).observe(canvas, { attributeFilter: ['data-shown'] });
}"""
MIDDLE = """() => {
    const canvas = document.querySelector('.preview canvas');
    return canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[0];
}"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def page(portal, browser):
    with opened_page(portal, browser) as opened:
        yield opened
    # The list of patients asks for small pictures of the damaged image, too.
    assert not [note for note in opened.noted if "422" not in note], opened.noted


def flat(image, value):
    """An image of one value, so that what is shown tells which one it is and in what window."""
    image.PixelData = numpy.full((image.Rows, image.Columns), value, "<u2").tobytes()
    image.WindowCenter, image.WindowWidth = 500, 1000
    return image


def scanned(patient_id, slices=SLICES, **choices):
    """A CT series; the slices are stored in another order than that of their numbers."""
    images = samples.made_study(slices, patient_id=patient_id, name=f"{patient_id}^Essai", side=96, **choices)
    return [flat(image, 30 * image.InstanceNumber) for image in images]


def grey(value, centre, width):
    """PS3.3 §C.11.2.1.2.1."""
    return max(0, min(255, ((value - (centre - 0.5)) / (width - 1) + 0.5) * 255))


@pytest.fixture(scope="module")
def scan(people):
    """One patient with a CT series and an ultrasound clip in one study."""
    images = scanned("PAGE-SCAN")
    clip = samples.made(modality="US", study=images[0].StudyInstanceUID, patient_id="PAGE-SCAN", name="PAGE-SCAN^Essai")
    samples.put_pixels(clip, numpy.stack([numpy.full((64, 64), 20 * frame, "u1") for frame in range(1, 9)]))
    clip.SeriesNumber, clip.SeriesDescription, clip.FrameTime = 2, "Boucle", 50
    people.store(*reversed(images), clip)
    return images, clip


def patient_page(portal, people, page, language, patient_id):
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/patient/?id={people.patient(patient_id)}")
    expect(page.locator("article.study").first).to_be_visible()


def open_series(page, image):
    page.locator(f'a[data-series="{image.SeriesInstanceUID}"]').click()
    return shown(page, image)


def shown(page, image, frame=None):
    """Waits until the canvas shows this image."""
    place = f"{path_of(image)}/{f'frames/{frame}/' if frame else ''}rendered"
    canvas = page.locator(f'.preview canvas[data-shown^="{place}"]')
    expect(canvas).to_be_visible()
    return canvas


def address_shown(page):
    return page.locator(".preview canvas").get_attribute("data-shown")


@LANGUAGES
def test_a_series_is_looked_through_with_wheel_and_keys(portal, people, page, scan, language):
    images, _ = scan
    patient_page(portal, people, page, language, "PAGE-SCAN")
    before = page.url
    open_series(page, images[0])
    assert page.evaluate(SAME, f"{path_of(images[0])}/rendered")
    expect(page.locator(".preview-place")).to_have_text(f"1 / {SLICES}")
    page.locator(".preview-stage").hover()
    for _ in range(3):
        page.mouse.wheel(0, 120)
    shown(page, images[3])
    assert page.evaluate(MIDDLE) == pytest.approx(grey(30 * 4, 500, 1000), abs=2)
    assert page.evaluate(SAME, f"{path_of(images[3])}/rendered") and not page.evaluate(SAME, f"{path_of(images[4])}/rendered")
    page.mouse.wheel(0, -120)
    shown(page, images[2])
    for key, place in (("ArrowDown", 4), ("ArrowRight", 5), ("PageDown", 15), ("End", SLICES), ("ArrowDown", SLICES), ("PageUp", SLICES - 10), ("ArrowLeft", SLICES - 11), ("Home", 1)):
        page.keyboard.press(key)
        shown(page, images[place - 1])
        expect(page.locator(".preview-place")).to_have_text(f"{place} / {SLICES}")
    page.keyboard.press("PageDown")
    page.wait_for_url(re.compile(r"&series=[0-9.]+&image=11$"))
    page.reload()
    shown(page, images[10])
    page.go_back()
    expect(page.locator("dialog")).to_have_count(0)
    assert page.url == before


@LANGUAGES
def test_windows_are_chosen_cycled_and_dragged(portal, people, page, scan, language):
    images, _ = scan
    patient_page(portal, people, page, language, "PAGE-SCAN")
    open_series(page, images[0])
    page.keyboard.press("PageDown")
    page.get_by_label({"fr": "Fenêtre", "en": "Window"}[language], exact=True).select_option(label=WORDS[language]["lung"])
    expect(page.locator('.preview canvas[data-shown$="window=-600,1500,linear"]')).to_be_visible()
    wait_for(lambda: page.evaluate(SAME, f"{path_of(images[10])}/rendered?window=-600,1500,linear"), 10)
    assert page.evaluate(MIDDLE) == pytest.approx(grey(30 * 11, -600, 1500), abs=2)
    stage = page.locator(".preview-stage")
    stage.dblclick()
    expect(page.locator('.preview canvas[data-shown$="window=400,1800,linear"]')).to_be_visible()
    box = stage.bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 460, box["y"] + 200, steps=8)
    page.mouse.up()
    # 260 pixels of the stage make the window twice as wide; a step of the drag before the last may be shown first.
    expect(page.locator(".preview canvas")).to_have_attribute("data-shown", re.compile(r"window=400,3(5[89]|6[012])[0-9],linear$"))
    wait_for(lambda: page.evaluate(SAME, address_shown(page)), 10)
    wide = int(re.search(r",(\d+),linear", address_shown(page))[1])
    assert wide == pytest.approx(3600, abs=20)
    page.mouse.down()
    page.mouse.move(box["x"] + 460, box["y"] + 330, steps=8)
    page.mouse.up()
    expect(page.locator(".preview canvas")).to_have_attribute("data-shown", re.compile(r"window=2[0-9]{3},"))
    expect(page.locator("#preview-window option:checked")).to_have_text({"fr": "Réglée à la main", "en": "Set by hand"}[language])
    page.keyboard.press("1")
    expect(page.locator(".preview canvas")).to_have_attribute("data-shown", f"{path_of(images[10])}/rendered")


@LANGUAGES
def test_all_of_it_by_keyboard_alone(portal, people, page, scan, language):
    images, clip = scan
    patient_page(portal, people, page, language, "PAGE-SCAN")
    tile = page.locator(f'a[data-series="{images[0].SeriesInstanceUID}"]')
    for _ in range(60):
        if tile.evaluate("tile => tile === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    shown(page, images[0])
    slider = page.locator(".preview input[type=range]")
    expect(slider).to_be_focused()
    page.keyboard.press("ArrowDown")
    shown(page, images[1])
    expect(slider).to_have_attribute("aria-valuetext", WORDS[language]["place"].format(2, SLICES))
    page.keyboard.press("3")
    expect(page.locator(".preview canvas")).to_have_attribute("data-shown", re.compile("window=-600,1500,"))
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".preview canvas")).to_have_attribute("data-shown", re.compile(r"window=-600,16\d\d,"))
    page.keyboard.press("+")
    expect(page.locator(".preview canvas")).to_have_attribute("style", re.compile(r"scale\(1\.5\)"))
    page.keyboard.press("Control+ArrowLeft")
    expect(page.locator(".preview canvas")).to_have_attribute("style", re.compile(r"translate\(26px"))
    page.keyboard.press("0")
    expect(page.locator(".preview canvas")).to_have_attribute("style", re.compile(r"translate\(0px, 0px\) scale\(1\)"))
    page.keyboard.press("?")
    expect(page.locator("dialog dl.keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    shown(page, clip, 1)
    page.keyboard.press("p")
    shown(page, images[0])
    page.keyboard.press("Tab")  # leaves the slider; the keys go on
    page.keyboard.press("End")
    shown(page, images[-1])
    expect(page.locator(".preview [role=status]")).to_have_text(WORDS[language]["place"].format(SLICES, SLICES))
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(tile).to_be_focused()
    page.keyboard.press("Enter")
    shown(page, images[0])
    page.keyboard.press("o")
    page.wait_for_url(re.compile("/viewer/viewer"))
    assert f"StudyInstanceUIDs={images[0].StudyInstanceUID}" in page.url
    assert f"back=%2F{language}%2Fpatient%2F%3Fid%3D{people.patient('PAGE-SCAN')}" in page.url


@LANGUAGES
def test_a_clip_runs_at_the_rate_of_its_file(portal, people, page, scan, language):
    images, clip = scan
    patient_page(portal, people, page, language, "PAGE-SCAN")
    page.locator(f'a[data-series="{clip.SeriesInstanceUID}"]').click()
    shown(page, clip, 1)
    common = page.locator("link[rel=modulepreload]").get_attribute("href")
    rate = "async ([common, found]) => (await import(common)).modules['preview-images.js'].images(found).rate"
    assert page.evaluate(rate, [common, [{"00181063": {"Value": [50]}, "00280010": {"Value": [8]}, "00280011": {"Value": [8]}}]]) == 20
    page.evaluate(WATCH)
    page.keyboard.press(" ")
    seen = wait_for(lambda: page.evaluate("watched.length > 11 && watched") or page.wait_for_timeout(20), 30)
    page.keyboard.press(" ")
    assert seen == [str((number + 1) % 8 + 1) for number in range(len(seen))]  # round and round, and none left out
    place = page.locator(".preview-place").inner_text()
    frame = int(place.split(" / ")[0])
    shown(page, clip, frame)
    assert page.evaluate(MIDDLE) == pytest.approx(20 * frame, abs=2)
    expect(page.locator("[data-act=play]")).to_have_text({"fr": "Lecture", "en": "Play"}[language])


@contextlib.contextmanager
def phone(portal, browser, language):
    context = browser.new_context(locale="fr-FR", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, device_scale_factor=2)
    opened = context.new_page()
    sign_in(opened, portal, language)
    yield opened
    context.close()


class Fingers:
    """Touches of a page, as the browser's own tools make them."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)

    def send(self, kind, *points):
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def move(self, *paths, steps=10):
        """Each path is where a finger begins and ends."""
        between = [[(a[0] + (b[0] - a[0]) * step / steps, a[1] + (b[1] - a[1]) * step / steps) for a, b in paths] for step in range(steps + 1)]
        self.send("touchStart", *between[0])
        for points in between[1:]:
            self.send("touchMove", *points)
        self.send("touchEnd")


@LANGUAGES
def test_fingers_on_a_phone(portal, people, browser, scan, language):
    images, _ = scan
    with phone(portal, browser, language) as page:
        page.goto(f"{portal.url}/{language}/patient/?id={people.patient('PAGE-SCAN')}")
        page.locator(f'a[data-series="{images[0].SeriesInstanceUID}"]').tap()
        shown(page, images[0])
        canvas = page.locator(".preview canvas")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert canvas.bounding_box()["width"] > 380
        fingers = Fingers(page)
        fingers.move(((200, 500), (200, 430)))
        expect(page.locator(".preview-place")).to_have_text(f"6 / {SLICES}")
        shown(page, images[5])
        fingers.move(((150, 400), (192, 400)))  # to the right: back
        shown(page, images[2])
        fingers.move(((150, 400), (100, 400)), ((240, 400), (290, 400)))
        expect(canvas).to_have_attribute("style", re.compile(r"scale\((?:1\.9|2)"))
        fingers.move(((150, 400), (190, 400)))
        expect(canvas).to_have_attribute("style", re.compile(r"translate\([1-9]"))
        expect(page.locator(".preview-place")).to_have_text(f"3 / {SLICES}")
        page.locator("[data-act=finger]").click()
        expect(page.locator("[data-act=finger]")).to_have_attribute("aria-pressed", "true")
        fingers.move(((150, 400), (280, 400)))
        expect(page.locator(".preview canvas")).to_have_attribute("data-shown", re.compile(r"window=500,1[3-5]\d\d,linear"))
        for button in page.locator(".preview button:visible, .preview select:visible").all():
            assert button.bounding_box()["height"] >= 44 - 0.5
        page.locator("[data-act=close]").click()  # a tap behind a pinch may be swallowed
        expect(page.locator("dialog")).to_have_count(0)


@LANGUAGES
def test_what_is_late_is_waited_for_and_what_is_stale_is_dropped(portal, people, page, scan, language):
    images, _ = scan
    patient_page(portal, people, page, language, "PAGE-SCAN")
    held, failed, holds = [], [], [False]
    page.on("requestfailed", lambda request: failed.append(request.url))

    def hold(route):
        held.append(route) if holds[0] else route.continue_()

    page.route(re.compile("/rendered"), hold)
    open_series(page, images[0])
    page.wait_for_load_state("networkidle")
    holds[0] = True
    page.keyboard.press("End")
    expect(page.locator(".preview-wait")).to_contain_text(WORDS[language]["loading"])
    wait_for(lambda: any(images[-1].SOPInstanceUID in route.request.url for route in held) or page.wait_for_timeout(20), 30)
    assert len(held) - len(failed) <= 4
    page.keyboard.press("Home")
    shown(page, images[0])
    expect(page.locator(".preview-wait")).to_be_hidden()
    wait_for(lambda: any(images[-1].SOPInstanceUID in url for url in failed) or page.wait_for_timeout(20), 30)
    holds[0] = False
    page.unroute(re.compile("/rendered"))
    page.keyboard.press("End")
    shown(page, images[-1])


@LANGUAGES
def test_an_image_that_cannot_be_shown_says_why_and_can_be_taken(portal, people, page, language):
    images = scanned(f"PAGE-BAD-{language}", 2)
    samples.put_jpegs(images[1], numpy.zeros((1, 64, 64), "u1"))
    images[1].PixelData = pydicom.encaps.encapsulate([b"\xff\xd8\xff\xfe this is no image at all " * 4])
    images[1]["PixelData"].is_undefined_length = True
    people.store(*images)
    patient_page(portal, people, page, language, f"PAGE-BAD-{language}")
    open_series(page, images[0])
    page.keyboard.press("ArrowDown")
    message = page.locator(".preview-message")
    expect(message).to_contain_text(WORDS[language]["unreadable"])
    expect(page.locator(".preview canvas")).to_be_hidden()
    with page.expect_download() as download:
        message.get_by_role("link").click()
    taken = pydicom.dcmread(download.value.path())
    assert taken.SOPInstanceUID == images[1].SOPInstanceUID and b"no image at all" in taken.PixelData
    page.keyboard.press("ArrowUp")
    shown(page, images[0])
    expect(message).to_be_hidden()


@LANGUAGES
def test_a_document_is_no_image_and_opens_as_one(portal, people, page, language):
    image = samples.made(patient_id=f"PAGE-PDF-{language}")
    for name in ("Rows", "Columns", "PixelData", "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "SamplesPerPixel", "PhotometricInterpretation"):
        delattr(image, name)
    image.file_meta.MediaStorageSOPClassUID = image.SOPClassUID = "1.2.840.10008.5.1.4.1.1.104.1"
    image.Modality, image.EncapsulatedDocument, image.MIMETypeOfEncapsulatedDocument = "DOC", b"%PDF-1.4\n%%EOF\n", "application/pdf"
    people.store(image)
    patient_page(portal, people, page, language, f"PAGE-PDF-{language}")
    page.locator("a[data-series]").click()
    expect(page.locator(".preview-message")).to_contain_text(WORDS[language]["document"])
    address = page.locator(".preview-message a").first.get_attribute("href")
    assert page.request.get(f"{portal.url}{address}").body().startswith(b"%PDF-1.4")


@LANGUAGES
def test_a_right_that_is_taken_away_takes_the_images_away(portal, people, page, language):
    images = scanned(f"PAGE-GONE-{language}")
    people.store(*images)
    portal.sql("UPDATE portal.instances SET stored_at = stored_at - interval '5 minutes'")  # the page does not ask again soon
    patient = people.patient(f"PAGE-GONE-{language}")
    group = people.group("view")
    people.grant(group, patient)
    reader = people.person(group)
    page.goto(f"{portal.url}/{language}/")
    page.locator("#email").fill(reader.email)
    page.locator("#password").fill(reader.password)
    page.locator("#password").press("Enter")
    page.wait_for_url(re.compile("/patients/"))
    page.goto(f"{portal.url}/{language}/patient/?id={patient}")
    expect(page.get_by_role("link", name=WORDS[language]["zip"])).to_have_count(0)
    open_series(page, images[0])
    page.wait_for_load_state("networkidle")
    people.revoke(group, patient)
    page.keyboard.press("End")
    expect(page.locator(".preview-message")).to_contain_text(WORDS[language]["gone"])
    expect(page.locator(".preview canvas")).to_be_hidden()
    page.keyboard.press("Home")  # what was in memory is forgotten, too
    expect(page.locator(".preview-message")).to_contain_text(WORDS[language]["gone"])
    expect(page.locator(".preview canvas")).to_be_hidden()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # coming back to the page, it looks again
    expect(page.locator(".preview")).to_have_count(0)
    expect(page.locator("patient-page .empty h1")).to_be_visible()
    page.noted[:] = [note for note in page.noted if "404" not in note]


@LANGUAGES
def test_a_session_that_ends_while_previewing_says_so(portal, people, page, scan, language):
    images, _ = scan
    patient_page(portal, people, page, language, "PAGE-SCAN")
    open_series(page, images[0])
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    page.keyboard.press("End")
    expect(page.get_by_role("heading", name=WORDS[language]["ended"])).to_be_visible()


@LANGUAGES
def test_a_study_that_arrives_shows_itself(portal, people, page, language):
    images = scanned(f"PAGE-NEW-{language}", 2)
    older = samples.made(patient_id=f"PAGE-NEW-{language}", name="PAGE-NEW^Essai")
    older.StudyDate = "20250102"
    people.store(images[0])
    patient_page(portal, people, page, language, f"PAGE-NEW-{language}")
    card = page.locator(f'article[data-study="{images[0].StudyInstanceUID}"]')
    expect(card).to_contain_text(WORDS[language]["arriving"])
    people.store(images[1], older)
    expect(page.locator("article.study")).to_have_count(2, timeout=15_000)
    expect(card).to_contain_text("2 images")
    expect(card.locator("details:not(.menu)")).to_have_attribute("open", "")
    expect(page.locator("article.study").last.locator("details:not(.menu)")).not_to_have_attribute("open", "")
    portal.sql("UPDATE portal.instances SET stored_at = stored_at - interval '5 minutes'")
    expect(card).not_to_contain_text(WORDS[language]["arriving"], timeout=15_000)


def test_what_arrives_joins_the_series_that_is_open_and_the_image_stays(portal, people, page):
    images = scanned("PAGE-GROWS", 3)
    people.store(images[0], images[2])
    patient_page(portal, people, page, "fr", "PAGE-GROWS")
    open_series(page, images[0])
    page.keyboard.press("End")
    shown(page, images[2])
    expect(page.locator(".preview-place")).to_have_text("2 / 2")
    people.store(images[1])
    expect(page.locator(".preview-place")).to_have_text("3 / 3", timeout=15_000)
    shown(page, images[2])
    page.keyboard.press("ArrowUp")
    shown(page, images[1])


def test_a_list_that_is_the_same_costs_no_bytes(portal, people, page, scan):
    patient_page(portal, people, page, "fr", "PAGE-SCAN")
    again = """async () => {
        const path = performance.getEntriesByType('resource').map(one => one.name).find(name => name.includes('/studies?limit'));
        performance.clearResourceTimings();
        await (await fetch(path)).json();
        return performance.getEntriesByType('resource').find(one => one.name === path).responseStatus !== 0
            && performance.getEntriesByType('resource').find(one => one.name === path).transferSize;
    }"""
    assert page.evaluate(again) <= 300  # the head of a 304


@LANGUAGES
def test_a_status_is_changed_with_a_note(portal, people, page, language):
    people.store(samples.made(patient_id=f"PAGE-STATUS-{language}", name="Statut^Essai"))
    patient_page(portal, people, page, language, f"PAGE-STATUS-{language}")
    chip = page.locator(".status-now .chip")
    expect(chip).to_have_attribute("data-status", "toRead")
    expect(page.locator("[data-steps-section]")).to_be_hidden()
    release = []
    page.route(re.compile("/api/patients/[^/]+$"), lambda route: release.append(route) if route.request.method == "PATCH" else route.continue_())
    page.locator(".status-now").click()
    page.locator("#status-note").fill("Relu\n<b>par</b> moi")
    page.get_by_role("button", name=WORDS[language]["reading"]).click()
    expect(chip).to_have_attribute("data-status", "reading")  # before the portal answered
    wait_for(lambda: release or page.wait_for_timeout(20), 10)
    release[0].continue_()
    step = page.locator(".steps li").first
    expect(step).to_contain_text("<b>par</b> moi")
    expect(step).to_contain_text("first@example.org")
    expect(step.locator(".chip")).to_have_count(2)
    expect(page.locator("#status-note")).to_have_value("")
    patient = people.patient(f"PAGE-STATUS-{language}")
    steps = people.api.get(f"{portal.url}/api/patients/{patient}/statuses").json()["items"]
    assert [(one["from"], one["to"], one["note"]) for one in steps] == [("toRead", "reading", "Relu\n<b>par</b> moi")]
    assert portal.sql(f"SELECT details ->> 'status' FROM portal.audit WHERE patient = '{patient}' AND action = 'patient.changed'") == ["reading"]


@LANGUAGES
def test_a_status_that_somebody_else_changed_is_told_and_the_note_stays(portal, people, page, language):
    people.store(samples.made(patient_id=f"PAGE-RACE-{language}", name="Course^Essai"))
    patient_page(portal, people, page, language, f"PAGE-RACE-{language}")
    patient = people.patient(f"PAGE-RACE-{language}")
    page.locator(".status-now").click()
    page.locator("#status-note").fill("À revoir")
    people.api.patch(f"{portal.url}/api/patients/{patient}", json={"status": "validated"}).raise_for_status()
    page.get_by_role("button", name=WORDS[language]["reading"]).click()
    menu = page.locator(".status-menu")
    expect(menu.locator(".notice")).to_contain_text(WORDS[language]["conflict"])
    expect(menu.locator(".notice")).to_contain_text(WORDS[language]["kept"])
    expect(page.locator(".status-now .chip")).to_have_attribute("data-status", "validated")
    expect(page.locator("#status-note")).to_have_value("À revoir")
    page.get_by_role("button", name=WORDS[language]["reading"]).click()
    expect(page.locator(".status-now .chip")).to_have_attribute("data-status", "reading")
    expect(page.locator(".steps li").first).to_contain_text("À revoir")
    page.noted[:] = [note for note in page.noted if "412" not in note]


def test_a_status_that_is_refused_comes_back(portal, people, page):
    people.store(samples.made(patient_id="PAGE-REFUSED", name="Refus^Essai"))
    patient_page(portal, people, page, "fr", "PAGE-REFUSED")
    page.route(re.compile("/api/patients/[^/]+$"), lambda route: route.abort() if route.request.method == "PATCH" else route.continue_())
    page.locator(".status-now").click()
    page.locator("#status-note").fill("Une remarque")
    page.get_by_role("button", name="En cours").click()
    expect(page.locator(".status-menu .notice")).to_contain_text("Le portail ne répond pas")
    expect(page.locator(".status-now .chip")).to_have_attribute("data-status", "toRead")
    expect(page.locator("#status-note")).to_have_value("Une remarque")
    page.noted[:] = [note for note in page.noted if "ERR_FAILED" not in note]


@LANGUAGES
def test_an_edit_that_meets_another_loses_nothing(portal, people, page, language):
    people.store(samples.made(patient_id=f"PAGE-EDIT-{language}", name="Edit^Essai"))
    patient_page(portal, people, page, language, f"PAGE-EDIT-{language}")
    patient = people.patient(f"PAGE-EDIT-{language}")
    page.get_by_role("button", name=WORDS[language]["edit"], exact=True).click()
    page.locator("#patient-notes").fill("Mes notes")
    people.api.patch(f"{portal.url}/api/patients/{patient}", json={"condition": "Leur motif"}).raise_for_status()
    page.get_by_role("button", name=WORDS[language]["save"], exact=True).click()
    expect(page.locator("dialog .notice")).to_contain_text(WORDS[language]["conflict"])
    expect(page.locator("#patient-notes")).to_have_value("Mes notes")
    expect(page.locator("#patient-condition")).to_have_value("Leur motif")
    page.get_by_role("button", name=WORDS[language]["save"], exact=True).click()
    expect(page.locator("[data-details]")).to_contain_text("Mes notes")
    expect(page.locator("[data-details]")).to_contain_text("Leur motif")
    page.noted[:] = [note for note in page.noted if "412" not in note]


@LANGUAGES
def test_a_study_is_taken_as_zip_and_says_who_saw_it(portal, people, page, scan, language):
    images, _ = scan
    other = samples.made(patient_id="PAGE-SCAN", name="PAGE-SCAN^Essai")
    other.StudyDescription, other.StudyDate = "Autre", "20240101"
    people.store(other)
    patient_page(portal, people, page, language, "PAGE-SCAN")
    card = page.locator(f'article[data-study="{images[0].StudyInstanceUID}"]')
    with page.expect_download() as download:
        card.get_by_role("link", name=WORDS[language]["zip"]).click()
    packed = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    assert sum("/I0" in name for name in packed.namelist()) == SLICES + 1
    card.locator("summary", has_text=WORDS[language]["more"]).click()
    card.get_by_role("link", name=WORDS[language]["seen"]).click()
    expect(page.locator("patient-access tbody tr").first).to_be_visible()
    path = f"{portal.url}/api/patients/{people.patient('PAGE-SCAN')}/audit"
    rows = people.api.get(path, params={"study": images[0].StudyInstanceUID, "limit": 200}).json()["items"]
    assert rows and {row["study"] for row in rows} == {images[0].StudyInstanceUID}
    expect(page.locator("patient-access tbody tr")).to_have_count(min(50, len(rows)))
    page.locator("[data-only-study] a").click()
    expect(page.locator("[data-only-study]")).to_be_hidden()


@LANGUAGES
def test_the_way_to_the_viewer_knows_the_way_back(portal, people, page, scan, language):
    patient_page(portal, people, page, language, "PAGE-SCAN")
    back = f"/{language}/patient/?id={people.patient('PAGE-SCAN')}"
    link = page.get_by_role("link", name=WORDS[language]["open"]).first.get_attribute("href")
    assert page.evaluate("link => new URL(link, location).searchParams.get('back')", link) == back


@LANGUAGES
def test_the_page_prints_as_one_sheet(portal, people, page, scan, language):
    patient_page(portal, people, page, language, "PAGE-SCAN")
    expect(page.locator(".thumb[data-loaded]").first).to_be_visible()
    sheet = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".rail", ".top", "article .buttons", ".page-head > .buttons", ".status-menu .menu-panel"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".status-now .chip")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in ("rgb(255, 255, 255)", "oklch(1 0 0)", "white")


def test_the_preview_is_not_part_of_the_first_load(portal, people, page, scan):
    images, _ = scan
    patient_page(portal, people, page, "fr", "PAGE-SCAN")
    loaded = "performance.getEntriesByType('resource').filter(one => /\\.(?:js|css)$/.test(one.name)).map(one => [one.name, one.encodedBodySize])"
    first = dict(page.evaluate(loaded))
    assert not any("preview-" in name or "series-preview" in name for name in first)
    sizes = page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize") + sum(first.values())
    assert 20_000 < sizes < 60_000, sizes
    open_series(page, images[0])
    assert any("series-preview" in name for name in dict(page.evaluate(loaded)))


@LANGUAGES
def test_a_study_without_a_patient_is_previewed_too(portal, people, page, language):
    images = scanned(f"PAGE-LONE-{language}", 3)
    people.store(*images)
    people.api.post(f"{portal.url}/api/inbox/{images[0].StudyInstanceUID}/detach", json={}).raise_for_status()
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/study/?uid={images[0].StudyInstanceUID}&series={images[0].SeriesInstanceUID}&image=2")
    shown(page, images[1])
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert page.url.endswith(f"/study/?uid={images[0].StudyInstanceUID}")
