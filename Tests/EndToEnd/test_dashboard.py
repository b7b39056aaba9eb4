"""The dashboard in a browser, in both languages: searching with slips of the pen, filters in the address and under a
name, the inbox's rows, sorting and paging, and all of it by keyboard alone."""

import datetime
import re

import pytest
import requests
from playwright.sync_api import expect

import samples
from browsing import chromium, opened_page, sign_in
from pages import LANGUAGES, settle
from people import People
from portal import EMAIL, PASSWORD, Portal

TODAY = datetime.date.today()


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal of its own: what is found depends on all that is there."""
    running = Portal(tmp_path_factory.mktemp("dashboard"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def api(portal):
    return portal.sign_in()


@pytest.fixture(scope="module")
def people(portal, api):
    return People(portal, api)


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def page(portal, browser):
    """A page of a new person; leaving the origin, an error in the console or an answer of 5xx fails the test."""
    with opened_page(portal, browser) as opened:
        opened.set_default_timeout(15_000)
        yield opened
    assert not opened.noted, opened.noted


@pytest.fixture(scope="module")
def crowd(portal, api):
    """Four patients, of whom three have a study."""
    people = {
        "DASH-1": ("Quennevillé", "Édith", "1980-04-03"), "DASH-2": ("Quennevillé", "Paul", "1981-05-06"),
        "DASH-3": ("Vandermeulen", "Zoé", "1950-01-31"), "DASH-4": ("Oubliée", "Ève", "1933-12-25"),
    }  # fmt: skip
    for number, (last, first, born) in people.items():
        body = {"patientId": number, "lastName": last, "firstName": first, "birthDate": born, "sex": "F"}
        assert api.post(f"{portal.url}/api/patients", json=body, timeout=30).status_code == 201
    for number, modality, day in (("DASH-1", "MR", TODAY), ("DASH-2", "CT", TODAY - datetime.timedelta(20)),
                                  ("DASH-3", "US", datetime.date(2001, 2, 3))):  # fmt: skip
        last, first, born = people[number]
        image = samples.made(modality=modality, patient_id=number, name=f"{last}^{first}")
        image.PatientBirthDate, image.StudyDate = born.replace("-", ""), f"{day:%Y%m%d}"
        image.AccessionNumber, image.StudyDescription = f"ACC-{number}", f"Examen {number} du rachis"
        store(portal, api, image)
    return people


def store(portal, api, image):
    body, headers = samples.stow_body([samples.file_bytes(image)])
    answer = api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text


def names(page):
    return page.locator("patient-list .row-link")


def search(page, text):
    page.locator("#search").fill(text)
    # The address and the list change together.
    page.wait_for_url(lambda url: requests.utils.unquote(url.replace("+", " ")).endswith(f"q={text}") or not text)
    settle(page)


def opened(page, portal, language, query=""):
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/patients/{query}")
    settle(page)


FINDS = {
    "edith quenneville": "DASH-1", "QUENNEVILLÉ, Édith": "DASH-1", "3/4/1980 quenne": "DASH-1", "03.04.1980": "DASH-1",
    "1980-04-03 quen": "DASH-1", "19800403 quen": "DASH-1", "03041980 quen": "DASH-1", "dash-3": "DASH-3",
    "acc-dash-2": "DASH-2", "rachis dash-2": "DASH-2", "éd quennev": "DASH-1",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_finds_by_name_id_date_accession_and_description(portal, page, crowd, language):
    opened(page, portal, language)
    for text, number in FINDS.items():
        search(page, text)
        expect(names(page)).to_have_count(1)
        expect(page.locator("patient-list .id")).to_have_text(number)
        expect(page.locator("[data-nearest]")).to_have_count(0)


NEAR = ["vandermeulem", "vandermuelen", "bandermeulen", "zoé vandermeullen", "zoe dash-3 vandermeulenn"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_letter_shows_the_nearest_spelling_and_says_so(portal, page, crowd, language):
    opened(page, portal, language)
    for text in NEAR:
        search(page, text)
        expect(names(page)).to_have_count(1)
        said = page.locator("[data-nearest]")
        expect(said).to_contain_text(f"« {text} »" if language == "fr" else f"“{text}”")
        expect(said).to_contain_text("Vandermeulen")
    # A beginning that is still being typed.
    search(page, "vanderneu")
    expect(names(page)).to_have_text(["VANDERMEULEN Zoé"])
    search(page, "qqqqwwww")
    expect(page.locator("patient-list .empty h2")).to_contain_text("qqqqwwww")
    # Where something has the words as they are, nothing else is shown.
    search(page, "quenneville")
    expect(names(page)).to_have_count(2)


def test_programs_get_no_names_that_are_only_near(portal, api, crowd):
    found = api.get(f"{portal.url}/api/patients", params={"q": "vandermeulem"}, timeout=30).json()
    assert found["items"] == [] and found["nearest"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_filters_are_in_the_address_and_back_goes_back(portal, page, crowd, language):
    opened(page, portal, language, "?q=DASH-")
    expect(names(page)).to_have_count(4)
    page.locator("select[name=modality]").select_option("CT")
    expect(names(page)).to_have_count(1)
    assert "modality=CT" in page.url and "q=DASH-" in page.url
    page.locator("select[name=modality]").select_option("")
    page.locator("select[name=when]").select_option("1")
    expect(names(page)).to_have_text([re.compile("Édith")])
    page.locator("select[name=when]").select_option("30")
    expect(names(page)).to_have_count(2)
    page.locator("select[name=when]").select_option("range")
    page.locator("input[name=from]").fill("2001-02-03")
    page.locator("input[name=to]").fill("2001-02-03")
    expect(names(page)).to_have_text([re.compile("Zoé")])
    page.reload()
    expect(names(page)).to_have_text([re.compile("Zoé")])
    expect(page.locator("input[name=to]")).to_have_value("2001-02-03")
    page.go_back()
    page.go_back()
    expect(page.locator("select[name=when]")).to_have_value("range")
    page.go_back()
    expect(names(page)).to_have_count(2)
    expect(page.locator("select[name=when]")).to_have_value("30")
    assert "from" not in page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group_narrows_the_list_for_those_who_manage_users(portal, page, api, crowd, language):
    group = api.post(f"{portal.url}/api/groups", json={"name": f"Dash {language}", "permissions": ["view"]}, timeout=30).json()
    found = api.get(f"{portal.url}/api/patients", params={"q": "DASH-4"}, timeout=30).json()["items"][0]
    api.put(f"{portal.url}/api/groups/{group['id']}/grants/{found['id']}", timeout=30)
    opened(page, portal, language, "?q=DASH-")
    page.locator("select[name=group]").select_option(label=f"Dash {language}")
    expect(names(page)).to_have_text([re.compile("Ève")])
    page.reload()
    expect(page.locator("select[name=group]")).to_have_value(group["id"])
    expect(names(page)).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_is_saved_chosen_again_and_removed(portal, page, crowd, language):
    opened(page, portal, language, "?q=DASH-")
    page.locator("select[name=modality]").select_option("US")
    expect(names(page)).to_have_count(1)
    menu = page.locator("details.saved")
    menu.locator("summary").click()
    page.locator("[data-action=save-search]").click()
    name = f"Échos <b>{language}</b>"
    page.get_by_role("dialog").get_by_role("textbox").fill(name)
    page.get_by_role("dialog").locator("button[type=submit]").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".status-line")).to_contain_text(name)

    page.goto(f"{portal.url}/{language}/patients/")
    settle(page)
    menu.locator("summary").click()
    menu.get_by_role("link", name=name).click()
    expect(names(page)).to_have_text([re.compile("Zoé")])
    assert "modality=US" in page.url and "q=DASH-" in page.url
    expect(page.locator("#search")).to_have_value("DASH-")

    menu.locator("summary").click()
    menu.get_by_role("button", name=name).click()
    expect(menu.get_by_role("link", name=name)).to_have_count(0)
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_thirty_searches_are_enough_and_each_belongs_to_its_account(portal, api, people):
    place = f"{portal.url}/api/searches"
    other = people.person(people.group("view")).session
    for number in range(30):
        saved = api.post(place, json={"name": f"n{number}", "filters": {"q": str(number)}}, timeout=30)
        assert saved.status_code == 201, saved.text
    refused = api.post(place, json={"name": "n30", "filters": {}}, timeout=30)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "search.tooMany")
    again = api.post(place, json={"name": "N7", "filters": {"status": "reading"}}, timeout=30)
    assert again.status_code == 201
    kept = api.get(place, timeout=30).json()["items"]
    assert len(kept) == 30 and {"name": "N7", "filters": {"status": "reading"}} in [
        {"name": one["name"], "filters": one["filters"]} for one in kept
    ]
    for name, code in (("  ", "search.name.missing"), ("x" * 61, "search.name.tooLong")):
        wrong = api.post(place, json={"name": name, "filters": {}}, timeout=30)
        assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, code)
    wrong = api.post(place, json={"name": "a", "filters": {"q": "x" * 201}}, timeout=30)
    assert wrong.json()["error"]["code"] == "search.filters.invalid"
    assert other.get(place, timeout=30).json()["items"] == []
    assert other.delete(f"{place}/{kept[0]['id']}", timeout=30).status_code == 404
    for one in kept:
        assert api.delete(f"{place}/{one['id']}", timeout=30).status_code == 204
    assert api.delete(f"{place}/{kept[0]['id']}", timeout=30).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_studies_that_wait_for_a_patient_are_a_filter_away(portal, page, api, language):
    image = samples.made(patient_id="", name=f"Sans^Dossier{language}")
    store(portal, api, image)
    opened(page, portal, language)
    page.locator("select[name=status]").select_option("to-attach")
    row = page.locator("unattached-list").get_by_role("link", name=re.compile(f"Dossier{language}"))
    expect(row).to_be_visible()
    expect(page.locator("patient-list [data-list]")).to_be_hidden()
    expect(page.locator("select[name=modality]")).to_be_hidden()
    assert page.url.endswith("status=to-attach")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("j")
    expect(page.locator("unattached-list .row-link").first).to_be_focused()
    row.click()
    page.wait_for_url(re.compile(f"/{language}/study/"))
    page.go_back()
    expect(row).to_be_visible()
    page.locator("select[name=status]").select_option("")
    expect(names(page).first).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_goes_by_keyboard(portal, page, crowd, language):
    opened(page, portal, language)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    for key in ("j", "k", "Enter", "n", "/", "?", "Esc"):
        expect(dialog.get_by_text(key, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("DASH-")
    expect(names(page)).to_have_count(4)
    page.keyboard.press("ArrowDown")
    expect(names(page).nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(names(page).nth(2)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(names(page).nth(0)).to_be_focused()
    third = names(page).nth(1).text_content()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(third)
    page.go_back()
    expect(names(page)).to_have_count(4)

    page.keyboard.press("n")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    # A barcode: the whole id and Enter open the patient.
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("DASH-3")
    expect(page.locator("#search")).to_have_value("DASH-3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("VANDERMEULEN")


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_sort_and_say_so(portal, page, crowd, language):
    opened(page, portal, language, "?q=DASH-")
    head = page.locator("th[aria-sort]")
    expect(head.nth(2)).to_have_attribute("aria-sort", "descending")
    page.locator("[data-sort=name]").click()
    expect(head.nth(0)).to_have_attribute("aria-sort", "ascending")
    expect(names(page)).to_have_text([re.compile(name) for name in ("Ève", "Édith", "Paul", "Zoé")])
    expect(page.locator("[data-sort=name]")).to_be_focused()
    page.locator("[data-sort=name]").click()
    expect(names(page)).to_have_text([re.compile(name) for name in ("Zoé", "Paul", "Édith", "Ève")])
    page.locator("[data-sort=birthDate]").click()
    expect(names(page)).to_have_text([re.compile(name) for name in ("Ève", "Zoé", "Édith", "Paul")])
    expect(head.nth(1)).to_have_attribute("aria-sort", "ascending")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_a_sentence_with_a_way_on(portal, page, crowd, language):
    opened(page, portal, language)
    page.route("**/api/patients?**", lambda route: route.abort())
    page.locator("select[name=modality]").select_option("CT")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(re.compile(r"\w"))
    page.unroute("**/api/patients?**")
    alert.get_by_role("button").click()
    expect(names(page).first).to_be_visible()
    page.noted[:] = [note for note in page.noted if "ERR_FAILED" not in note]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    running = Portal(tmp_path_factory.mktemp("fresh"), PORTAL_AE_TITLE="SALLE_3")
    running.start()
    yield running
    running.stop()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_run_says_where_to_send(fresh, browser, language):
    with opened_page(fresh, browser) as page:
        sign_in(page, fresh, language)
        welcome = page.locator(".first-run")
        for fact in ("SALLE_3", "127.0.0.1", str(fresh.ready["dicomPort"])):
            expect(welcome.get_by_text(fact, exact=True)).to_be_visible()
        assert not page.noted, page.noted


def test_who_signed_in_learns_where_to_send(fresh):
    told = requests.get(
        f"{fresh.url}/api/session", headers=fresh.sign_in(EMAIL, PASSWORD).headers, timeout=30
    ).json()["receiver"]
    assert told == {"aeTitle": "SALLE_3", "port": fresh.ready["dicomPort"], "tlsPort": None}
    stranger = requests.get(f"{fresh.url}/api/session", timeout=30)
    assert stranger.status_code == 401 or "receiver" not in stranger.json()
