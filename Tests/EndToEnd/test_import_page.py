"""A person in a browser imports: the plan before a byte is sent, sending that outlasts what breaks it, the report, undoing;
then exports, and settles conflicts."""

import contextlib
import csv
import io
import json
import re
import time
import zipfile

import pytest
from playwright.sync_api import expect

import samples
from browsing import chromium, opened_page, sign_in
from links import Link
from portal import wait_for

LANGUAGES = ["fr", "en"]
MADE_BYTES = 4 << 20  # of each file of a sending that shall last a while
# What the browser itself notes about a connection that a test cut, and about refusals that it provokes.
PROVOKED = re.compile(r"net::ERR_|status of (4(0|2)\d|50[234])|^50[234] ")

HOW_MUCH = """() => {
    const { sent, total } = document.querySelector('[data-progress-label]').dataset;
    return Number(total) > 0 ? Number(sent) / Number(total) : 0;
}"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def page(portal, browser):
    with watched_page(portal, browser) as opened:
        yield opened


@contextlib.contextmanager
def watched_page(portal, browser):
    """A page of a new person; leaving the origin or an unexpected error in the console fails the test."""
    with opened_page(portal, browser) as opened:
        opened.set_default_timeout(20_000)
        yield opened
    noted = [note for note in opened.noted if not PROVOKED.search(note)]
    assert not noted, noted


def put_files(folder, files):
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def patient_folder(tmp_path, key, images, **record):
    """A folder as an export has it: a record and the images, and something that is no image."""
    files = {f"Patient-{key}/Patient-{key}.json": samples.sidecar(key, **record), f"Patient-{key}/read me.txt": b"hello"}
    for number, image in enumerate(images, start=1):
        files[f"Patient-{key}/1-{number:02d}.dcm"] = samples.file_bytes(image)
    return put_files(tmp_path / f"CD {key}", files)


def heavy_images(key, count):
    """Images of one study, each some MiB, so that sending them lasts."""
    side = int((MADE_BYTES // 2) ** 0.5)
    return samples.made_study(count, patient_id=key, name=f"Lourd^{key}", side=side)


def open_import(page, portal, language="fr"):
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/import/")
    expect(page.locator("import-page")).to_have_attribute("data-phase", "choose")


def choose(page, folder):
    page.locator("input[data-choose=folder]").set_input_files(folder)


def await_plan(page):
    expect(page.locator("[data-preview] .counts")).to_be_visible()


def pause_at(page, share):
    """Presses the button in the page itself: the sending may be over before a click comes from here."""
    press = "document.querySelector('[data-action=pause]').click()"
    script = f"share => ({HOW_MUCH})() >= share && ({press}, true)"
    page.wait_for_function(script, arg=share, polling="raf", timeout=20_000)


def begin(page):
    page.locator("[data-action=import]").click()


def await_sent(page, share, seconds=60):
    page.wait_for_function(f"share => ({HOW_MUCH})() >= share", arg=share, polling="raf", timeout=seconds * 1000)


def await_report(page, seconds=90):
    expect(page.locator("import-page")).to_have_attribute("data-phase", "report", timeout=seconds * 1000)


def import_id(page):
    return page.locator("[data-report] [data-import]").first.get_attribute("data-import")


def counts(portal, api, page):
    answer = api.get(f"{portal.url}/api/imports/{import_id(page)}", timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()["counts"]


def stored_uids(portal, api, study):
    found = api.get(f"{portal.url}/dicomweb/studies/{study}/instances", params={"limit": 5000}, timeout=30)
    return sorted(one["00080018"]["Value"][0] for one in found.json()) if found.status_code == 200 else []


def all_there_and_nothing_twice(portal, api, page, images):
    found = stored_uids(portal, api, images[0].StudyInstanceUID)
    assert found == sorted(image.SOPInstanceUID for image in images)
    told = counts(portal, api, page)
    assert (told["stored"], told["identical"], told["conflict"]) == (len(images), 0, 0), told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folder_is_planned_imported_reported_and_undone(portal, api, page, tmp_path, language):
    key = f"PLAN-{language}"
    images = samples.made_study(3, patient_id=key, name="Ångström^Zoé")
    folder = patient_folder(tmp_path, key, images)
    open_import(page, portal, language)
    choose(page, folder)
    await_plan(page)
    expect(page.locator("[data-count=created] strong")).to_have_text("1")
    expect(page.locator("[data-count=fresh] strong")).to_have_text("3")
    expect(page.locator("[data-count=notDicom] strong")).to_have_text("1")
    expect(page.locator(f"[data-patient='{key}']")).to_contain_text("ÅNGSTRÖM Zoé")
    expect(page.locator(f"[data-study='{images[0].StudyInstanceUID}']")).to_contain_text("Étude")
    assert stored_uids(portal, api, images[0].StudyInstanceUID) == [], "a plan stores nothing"

    begin(page)
    await_report(page)
    all_there_and_nothing_twice(portal, api, page, images)
    assert f"id={import_id(page)}" in page.url
    with page.expect_download() as given:
        page.locator("[data-report] a[href$='report.csv']").click()
    rows = list(csv.DictReader(io.StringIO(given.value.path().read_text("utf-8-sig"))))
    assert {image.SOPInstanceUID for image in images} <= {row["sopInstanceUID"] for row in rows}
    with page.expect_download() as given:
        page.locator("[data-report] a[href$='report.json']").click()
    assert json.loads(given.value.path().read_text())
    expect(page.locator(f"import-list [data-import='{import_id(page)}'] [data-state=done]")).to_be_visible()

    page.locator("[data-action=undo]").click()
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("[data-report] [data-undone]")).to_contain_text("3")
    assert stored_uids(portal, api, images[0].StudyInstanceUID) == []
    page.reload()
    await_report(page)
    expect(page.locator("[data-report] .notice[data-kind=info]")).to_be_visible()
    expect(page.locator("[data-action=undo]")).to_have_count(0)


def test_what_the_portal_has_is_not_sent_again(portal, api, page, tmp_path):
    images = samples.made_study(5, patient_id="AGAIN", name="Encore^Une")
    folder = patient_folder(tmp_path, "AGAIN", images)
    sent = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "PUT" else None)
    open_import(page, portal)
    for expected in (6, 1):  # the second time only the record, which is no image
        sent.clear()
        choose(page, folder)
        await_plan(page)
        begin(page)
        await_report(page)
        assert len(sent) == expected, sent
        page.locator("[data-in=report] [data-action=another]").click()
    assert stored_uids(portal, api, images[0].StudyInstanceUID) == sorted(one.SOPInstanceUID for one in images)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_shows_what_changes_field_by_field(portal, api, page, tmp_path, language):
    key = f"CHANGE-{language}"
    body = {"patientId": key, "lastName": "Ångström", "firstName": "Zoe", "birthDate": "1970-02-04", "sex": "F"}
    assert api.post(f"{portal.url}/api/patients", json=body, timeout=30).status_code == 201
    folder = patient_folder(tmp_path, key, samples.made_study(1, patient_id=key))
    open_import(page, portal, language)
    choose(page, folder)
    changes = page.locator(f"[data-patient='{key}'] .changes")
    expect(changes).to_contain_text("Zoe")
    expect(changes).to_contain_text("Zoé")
    expect(changes.locator("tbody tr").filter(has_text="1970")).to_have_count(1)
    page.locator("[name=onExisting][value=skip]").check()
    expect(changes).to_have_count(0)
    expect(page.locator(f"[data-patient='{key}']")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_archives_are_an_import_each(portal, api, page, tmp_path, language):
    packed = []
    for number in (1, 2):
        key = f"ZIP{number}-{language}"
        files = {f"Patient-{key}/Patient-{key}.json": samples.sidecar(key)}
        files[f"Patient-{key}/1-01.dcm"] = samples.made_bytes(patient_id=key)
        packed.append(tmp_path / f"{key}.zip")
        packed[-1].write_bytes(samples.archive(files))
    open_import(page, portal, language)
    page.locator("input[data-choose=archive]").set_input_files(packed)
    page.locator("[data-action=check]").click()
    expect(page.locator("[data-preview] .report-part")).to_have_count(2)
    listed = api.get(f"{portal.url}/api/patients", params={"q": f"ZIP1-{language}"}, timeout=30).json()["items"]
    assert listed == [], "a check stores nothing"
    page.locator("[name=onExisting][value=skip]").check()
    expect(page.locator("[data-preview] .report-part")).to_have_count(2)
    sent = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "PUT" else None)
    begin(page)
    await_report(page)
    assert sent == [], "what was checked is not sent again"
    expect(page.locator("[data-report] [data-import]")).to_have_count(2)
    for part in page.locator("[data-report] [data-import]").all():
        shown = api.get(f"{portal.url}/api/imports/{part.get_attribute('data-import')}", timeout=30).json()
        assert shown["counts"]["stored"] == 1, shown
    page.reload()
    await_report(page)
    expect(page.locator("[data-report] [data-import]")).to_have_count(2)


def slow_connection(page):
    """Lets 24 MB a second out, so that there is time to do something meanwhile; what is given back cuts and mends it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")

    def become(offline):
        limits = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": 24_000_000}
        devtools.send("Network.emulateNetworkConditions", {"offline": offline, **limits})

    become(False)
    return become


TROUBLE = {"fr": "La connexion est perdue", "en": "The connection is lost"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_connection_that_breaks_three_times_loses_nothing(portal, api, page, tmp_path, language):
    images = heavy_images(f"CUT-{language}", 40)
    folder = patient_folder(tmp_path, f"CUT-{language}", images)
    open_import(page, portal, language)
    choose(page, folder)
    await_plan(page)
    become_offline = slow_connection(page)
    begin(page)
    for share in (0.1, 0.35, 0.6):
        await_sent(page, share)
        become_offline(True)
        expect(page.locator("[data-state]").first).to_contain_text(TROUBLE[language], timeout=20_000)
        time.sleep(1)
        become_offline(False)
    await_report(page)
    all_there_and_nothing_twice(portal, api, page, images)


def test_a_dispatcher_that_dies_is_waited_for(portal, api, page, tmp_path):
    images = heavy_images("KILLED", 40)
    folder = patient_folder(tmp_path, "KILLED", images)
    open_import(page, portal)
    choose(page, folder)
    await_plan(page)
    slow_connection(page)
    begin(page)
    await_sent(page, 0.2)
    portal.kill(portal.process("dispatcher"))
    await_report(page)
    portal.await_health()
    all_there_and_nothing_twice(portal, api, page, images)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reload_goes_on_from_what_the_portal_holds(portal, api, page, tmp_path, language):
    images = heavy_images(f"RELOAD-{language}", 40)
    folder = patient_folder(tmp_path, f"RELOAD-{language}", images)
    open_import(page, portal, language)
    choose(page, folder)
    await_plan(page)
    slow_connection(page)
    begin(page)
    await_sent(page, 0.4)
    page.goto(f"{portal.url}/{language}/import/")  # without the address: the browser remembers
    expect(page.locator("import-page")).to_have_attribute("data-phase", "resume")
    page.reload()  # with the address
    expect(page.locator("[data-resume-text]")).to_contain_text(str(len(images) + 1))

    # Another folder is none of it.
    other = put_files(tmp_path / "other", {"one.dcm": samples.made_bytes()})
    choose(page, other)
    expect(page.locator("[data-notice] .notice")).to_be_visible()
    sent = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "PUT" else None)
    choose(page, folder)
    await_report(page)
    assert len(set(sent)) < len(images), "what was there was not sent again"
    all_there_and_nothing_twice(portal, api, page, images)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_import_is_paused_continued_and_stopped(portal, api, page, tmp_path, language):
    images = heavy_images(f"PAUSE-{language}", 40)
    folder = patient_folder(tmp_path, f"PAUSE-{language}", images)
    open_import(page, portal, language)
    choose(page, folder)
    await_plan(page)
    begin(page)
    pause_at(page, 0.1)
    expect(page.locator("[data-state]").first).to_be_visible()
    page.wait_for_timeout(1500)
    rested = page.evaluate(HOW_MUCH)
    page.wait_for_timeout(1500)
    assert page.evaluate(HOW_MUCH) == rested < 1
    page.locator("[data-action=pause]").click()
    pause_at(page, rested + 0.05)
    page.locator("[data-action=cancel]").click()
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("import-page")).to_have_attribute("data-phase", "choose")
    expect(page.locator("import-list [data-state=cancelled]").first).to_be_visible()
    assert stored_uids(portal, api, images[0].StudyInstanceUID) == []


def test_what_is_paused_while_it_asks_how_far_it_is_sends_nothing(portal, page, tmp_path):
    folder = patient_folder(tmp_path, "REST", heavy_images("REST", 20))
    open_import(page, portal)
    choose(page, folder)
    await_plan(page)
    slow_connection(page)
    begin(page)
    pause_at(page, 0.1)
    page.wait_for_timeout(1500)  # until those on the way are asked for
    held, sent, holding = [], [], [True]

    def hold(route):
        if holding and route.request.method == "HEAD":
            held.append(route)
        else:
            route.continue_()

    page.route(re.compile(r"/api/imports/[^/]+/files/\d+$"), hold)
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    page.locator("[data-action=pause]").click()
    for _ in range(100):
        if held:
            break
        page.wait_for_timeout(50)
    assert held
    page.locator("[data-action=pause]").click()
    sent.clear()
    holding.clear()
    for route in held:
        route.continue_()
    page.wait_for_timeout(1500)
    assert sent == []


def test_bytes_sent_and_files_accepted_are_told_as_they_are(portal, api, page, tmp_path):
    images = heavy_images("TRUE", 30)
    folder = patient_folder(tmp_path, "TRUE", images)
    open_import(page, portal)
    choose(page, folder)
    await_plan(page)
    begin(page)
    for share in (0.2, 0.5):
        pause_at(page, share)
        page.wait_for_timeout(1500)
        label = page.locator("[data-progress-label]")
        found = api.get(f"{portal.url}/api/imports/{page.url.split('id=')[1]}", timeout=30).json()
        total = int(label.get_attribute("data-total"))
        told = int(label.get_attribute("data-sent"))
        assert abs(told - found["bytesReceived"]) <= 0.02 * total, (told, found)
        assert int(page.locator("[data-accepted]").get_attribute("data-received")) <= found["filesReceived"]
        page.locator("[data-action=pause]").click()
    await_report(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_patients_are_exported_from_the_list_and_from_their_page(portal, api, page, tmp_path, language):
    keys = [f"OUT{number}-{language}" for number in (1, 2)]
    ids = []
    for key in keys:
        body = {"patientId": key, "lastName": f"Sortant{language}", "firstName": key, "birthDate": "1970-02-03", "sex": "O"}
        ids.append(api.post(f"{portal.url}/api/patients", json=body, timeout=30).json()["id"])
        image = samples.made(patient_id=key, name=f"Sortant{language}^{key}")
        image.PatientBirthDate, image.PatientSex = "19700203", "O"
        body, headers = samples.stow_body([samples.file_bytes(image)])
        assert api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60).status_code == 200
        if not api.get(f"{portal.url}/api/patients/{ids[-1]}/studies", timeout=30).json()["items"]:
            path = f"{portal.url}/api/inbox/{image.StudyInstanceUID}/attach"
            assert api.post(path, json={"patient": ids[-1]}, timeout=30).status_code == 204
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/patients/?q=Sortant{language}")
    expect(page.locator(".pick input")).to_have_count(2)
    for box in page.locator(".pick input").all():
        box.check()
    page.locator("[data-picked] [data-action=export]").click()
    assert len(downloaded(page)) == 2
    page.keyboard.press("Escape")
    page.goto(f"{portal.url}/{language}/patient/?id={ids[0]}")
    page.locator("[data-action=export]").click()
    assert downloaded(page) == {f"Patient-{keys[0]}"}


FETCHED = {"fr": "L’archive est téléchargée", "en": "The archive is downloaded"}
INTERRUPTED = {"fr": "interrompu avant la fin", "en": "interrupted before its end"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_export_tells_how_far_it_is_and_can_be_stopped_and_fetched_again(portal, api, people, browser, language):
    images = heavy_images(f"LONG-{language}", 4)
    body, headers = samples.stow_body([samples.file_bytes(image) for image in images])
    assert api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60).status_code == 200
    with Link(portal.ready["port"], megabits=20) as far, watched_page(far, browser) as page:
        export_slowly(far, page, people.patient(f"LONG-{language}"), len(images), language)


def export_slowly(portal, page, patient, count, language):
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/patient/?id={patient}")
    page.locator("[data-action=export]").first.click()
    link = page.locator("dialog a[download]")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    bar = page.locator("dialog progress")
    expect(page.locator("dialog [data-action=stop]")).to_be_focused()
    wait_for(lambda: bar.evaluate("bar => bar.value") > 0.05, 20)
    assert bar.evaluate("bar => bar.value") < 0.9
    page.keyboard.press("Enter")
    expect(link).to_be_focused()
    expect(bar).to_have_count(0)
    page.route("**/api/exports/*", lambda route: route.abort())
    page.keyboard.press("Enter")
    expect(page.locator("dialog .notice")).to_contain_text(INTERRUPTED[language])
    page.unroute("**/api/exports/*")
    with page.expect_download() as given:
        page.keyboard.press("Enter")
    with zipfile.ZipFile(given.value.path()) as packed:
        assert packed.testzip() is None
        assert sum(name.endswith(".dcm") for name in packed.namelist()) == count
    expect(page.locator("dialog .notice")).to_contain_text(FETCHED[language])


def downloaded(page):
    """The patients' folders in the archive that the open dialog offers."""
    link = page.locator("dialog a[download]")
    expect(link).to_be_visible()
    with page.expect_download() as given:
        link.click()
    with zipfile.ZipFile(given.value.path()) as packed:
        names = packed.namelist()
        listed = json.loads(packed.read("manifest.json"))["files"]
    assert any(name.endswith(".dcm") for name in names)
    assert {one["path"] for one in listed} <= set(names)
    return {name.split("/")[0] for name in names if name.startswith("Patient-")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("keep", ["first", "second"])
def test_a_conflict_is_compared_and_settled(portal, api, page, language, keep):
    image = samples.made(patient_id=f"CLASH-{language}-{keep}")
    for description in ("Avant", "Après"):
        image.SeriesDescription = description
        body, headers = samples.stow_body([samples.file_bytes(image)])
        api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60)
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/admin/conflicts/")
    row = page.get_by_role("row").filter(has_text=image.SOPInstanceUID)
    row.get_by_role("button").click()
    dialog = page.locator("dialog")
    expect(dialog.locator("[data-differences]")).to_contain_text("Avant")
    expect(dialog.locator("[data-differences]")).to_contain_text("Après")
    dialog.locator("button[type=submit]").click()
    expect(dialog.locator("[data-notice] [role=alert]")).to_be_visible()
    dialog.locator(f"[name=keep][value={keep}]").check()
    dialog.locator("button[type=submit]").click()
    expect(row).to_have_count(0)
    page.locator("[name=state]").select_option("resolved")
    expect(row).to_have_count(1)
    page.wait_for_url(re.compile("state=resolved"))
    path = f"{portal.url}/dicomweb/studies/{image.StudyInstanceUID}/metadata"
    shown = wait_for(lambda: api.get(path, timeout=30).json(), 10)[0]["0008103E"]["Value"][0]
    assert shown == ("Avant" if keep == "first" else "Après")


@pytest.mark.parametrize("place", ["import/", "admin/conflicts/", "patients/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_have_one_heading_and_fit_a_phone(portal, page, place, language):
    sign_in(page, portal, language)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{portal.url}/{language}/{place}")
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("[data-list][aria-busy=true]")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
