"""A person in a browser, in both languages: who may see and who saw, merging, deleting, links for a new password,
statuses, corrections, and the viewer when a right or the session ends."""

import re

import pytest
import requests
from playwright.sync_api import expect

import samples
from browsing import WEBGL, chromium, opened_page, shows_an_image, sign_in
from portal import EMAIL, PASSWORD, wait_for

LANGUAGES = ["fr", "en"]
PAGES = ["admin/audit/", "admin/deleted/", "admin/statuses/", "help/share-a-study/", "help/who-saw-what/"]
NEW_PASSWORD = "another one, long enough"

WIDTHS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser():
    with chromium(WEBGL) as running:
        yield running


@pytest.fixture
def page(portal, browser):
    """A page of a new person; leaving the origin, an error in the console or an answer of 5xx fails the test."""
    with opened_page(portal, browser) as opened:
        opened.set_default_timeout(15_000)
        yield opened
    # The browser itself notes the refusals that a test provokes.
    noted = [note for note in opened.noted if not re.search("status of 4(0|22)", note)]
    assert not noted, noted


class People:
    """Patients, studies and accounts of a test's own, made through the API."""

    def __init__(self, portal, api):
        self.portal, self.api = portal, api
        self.made = 0

    def post(self, path, body, status=201):
        answer = self.api.post(self.portal.url + path, json=body, timeout=30)
        assert answer.status_code == status, answer.text
        return answer.json()

    def get(self, path):
        answer = self.api.get(self.portal.url + path, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def patient(self, key, last="Martin", first="Zoé"):
        number = f"ADM-{key}"
        body = {"patientId": number, "lastName": last, "firstName": first, "birthDate": "1970-02-03", "sex": "F"}
        return self.post("/api/patients", body)

    def study(self, patient_id, slices=2, name="Martin^Zoé", **more):
        images = samples.made_study(slices, patient_id=patient_id, name=name, **more)
        self.store(images)
        return images

    def store(self, images):
        body, headers = samples.stow_body([samples.file_bytes(image) for image in images])
        answer = self.api.post(f"{self.portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60)
        assert answer.status_code == 200, answer.text

    def patient_with_study(self, key, **names):
        """A patient and a study that is theirs, attached by hand where the rules did not."""
        patient = self.patient(key, **names)
        study = self.study(patient["patientId"])[0].StudyInstanceUID
        if not self.studies(patient):
            path = f"{self.portal.url}/api/inbox/{study}/attach"
            assert self.api.post(path, json={"patient": patient["id"]}, timeout=30).status_code == 204
        return patient, study

    def studies(self, patient):
        return [one["studyInstanceUID"] for one in self.get(f"/api/patients/{patient['id']}/studies")["items"]]

    def user(self, name, language="fr", groups=()):
        body = {"email": f"{name}@example.org", "name": name.title(), "language": language, "status": "active"}
        return self.post("/api/users", {**body, "expiresAt": None, "groups": list(groups)})

    def reader(self, name, patient=None, permissions=("view",)):
        """An account with a password, in a group to which the patient is granted; and the group."""
        body = {"name": f"Group {name}", "permissions": list(permissions), "scope": "granted"}
        group = self.post("/api/groups", body)
        user = self.user(name, groups=[group["id"]])
        if patient:
            path = f"{self.portal.url}/api/groups/{group['id']}/grants/{patient['id']}"
            assert self.api.put(path, timeout=30).status_code == 204
        reset = self.post(f"/api/users/{user['id']}/reset", {})
        self.set_password(reset["token"])
        return user, group

    def set_password(self, token, status=204):
        answer = requests.patch(
            f"{self.portal.url}/api/account",
            json={"newPassword": NEW_PASSWORD},
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        )
        assert answer.status_code == status, answer.text


@pytest.fixture(scope="module")
def people(portal, api):
    return People(portal, api)


def open_page(portal, page, language, place):
    page.goto(f"{portal.url}/{language}/{place}")


def sign_in_as(page, portal, email, language="fr"):
    page.goto(f"{portal.url}/{language}/")
    page.locator("#email").fill(email)
    page.locator("#password").fill(NEW_PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(re.compile(rf"/{language}/patients/"))


def act(page, name):
    """Chooses one of the patient's further actions."""
    page.locator("details.acts summary").click()
    page.locator(f"[data-action={name}]").click()


def confirm(page, name):
    page.locator("#confirm-name").fill(name)
    page.locator("dialog button[type=submit]").click()


@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_one_heading_its_language_and_fits_a_phone(portal, page, place, language):
    sign_in(page, portal, language)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        open_page(portal, page, language, place)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("[data-list][aria-busy=true]")).to_have_count(0)
        assert page.evaluate(WIDTHS) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_about_sharing_and_seeing_is_linked_from_its_index(portal, page, language):
    sign_in(page, portal, language)
    for place in ("share-a-study", "who-saw-what"):
        open_page(portal, page, language, "help/")
        page.locator(f"a[href='/{language}/help/{place}/']").click()
        expect(page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_journal_is_filtered_and_the_address_holds_the_filters(portal, page, people, language):
    patient = people.patient(f"AUDIT-{language}", last=f"Journal{language}")
    people.get(f"/api/patients/{patient['id']}")
    sign_in(page, portal, language)
    open_page(portal, page, language, "admin/audit/")
    rows = page.locator("audit-log tbody tr")
    expect(rows.first).to_be_visible()
    page.locator("#audit-patient").fill(patient["patientId"])
    page.locator("[data-filter-patient] .candidates button").first.click()
    page.wait_for_url(re.compile(f"patient={patient['id']}"))
    viewed = {"fr": "Dossier consulté", "en": "File viewed"}[language]
    expect(rows.filter(has_text=viewed)).to_have_count(1)
    page.locator("[name=action]").select_option("patient.made")
    page.locator("[name=from]").fill("2020-01-01")
    page.wait_for_url(re.compile(r"action=patient\.made.*from=2020-01-01|from=2020-01-01.*action=patient\.made"))
    expect(rows).to_have_count(1)
    expect(rows.filter(has_text=viewed)).to_have_count(0)
    expect(rows.get_by_role("link", name=re.compile(f"journal{language}", re.IGNORECASE))).to_have_attribute(
        "href", f"/{language}/patient/?id={patient['id']}"
    )

    # Details, and from there the person's own entries.
    rows.first.locator("td.actions button").click()
    dialog = page.locator("dialog")
    expect(dialog).to_contain_text("patient.made")
    everything = {"fr": "Tout sur cette personne", "en": "Everything about this person"}[language]
    dialog.get_by_role("link", name=everything).click()
    page.wait_for_url(re.compile("actor="))
    expect(page.locator("[data-filter-actor] .chosen-name")).to_have_text(EMAIL)
    page.go_back()
    page.wait_for_url(re.compile(r"action=patient\.made"))
    expect(page.locator("[name=from]")).to_have_value("2020-01-01")
    expect(page.locator("[data-filter-patient] .chosen-name")).to_contain_text(re.compile("journal", re.IGNORECASE))
    expect(rows).to_have_count(1)

    page.locator("[name=to]").fill("2020-01-02")
    expect(page.locator("audit-log .empty")).to_be_visible()
    page.locator("audit-log .empty a").click()
    expect(rows.nth(1)).to_be_visible()


@pytest.mark.parametrize("form", ["csv", "xml"])
def test_the_journal_is_downloaded_with_its_filters(portal, page, people, form):
    patient = people.patient(f"DOWNLOAD-{form}")
    sign_in(page, portal)
    open_page(portal, page, "fr", f"admin/audit/?patient={patient['id']}&action=patient.made")
    expect(page.locator("audit-log tbody tr")).to_have_count(1)
    with page.expect_download() as given:
        page.locator(f"[data-export={form}]").click()
    text = open(given.value.path(), encoding="utf-8").read()
    assert given.value.suggested_filename.endswith(f".{form}")
    if form == "csv":
        lines = text.strip().splitlines()
        assert len(lines) == 2 and "patient.made" in lines[1] and patient["patientId"] in lines[1]
    else:
        assert text.count("<AuditMessage>") + text.count("<AuditMessage ") == 1


def test_the_journal_grows_by_a_page_and_keeps_what_is_there(portal, page, people):
    for number in range(55):
        people.patient(f"MORE-{number}")
    sign_in(page, portal)
    open_page(portal, page, "fr", "admin/audit/?action=patient.made")
    rows = page.locator("audit-log tbody tr")
    expect(rows).to_have_count(50)
    first = rows.first.inner_text()
    page.get_by_role("button", name="Voir la suite").click()
    expect(rows.nth(54)).to_be_visible()
    assert rows.first.inner_text() == first
    assert page.evaluate("document.activeElement.closest('tr')?.rowIndex") == 51


def test_every_action_has_a_label_in_both_languages(portal, page):
    sign_in(page, portal)
    for language in LANGUAGES:
        open_page(portal, page, language, "admin/audit/")
        options = page.locator("[name=action] option")
        expect(options.nth(40)).to_be_attached()
        pairs = options.evaluate_all("options => options.map(option => [option.value, option.textContent])")
        assert len([value for value, _ in pairs if value and not value.endswith(".")]) == 50
        assert all(text and text != value for value, text in pairs), pairs


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_can_see_a_file_and_who_saw_it(portal, page, people, language):
    patient, _ = people.patient_with_study(f"ACCESS-{language}")
    user, group = people.reader(f"reader.{language}", patient)
    sign_in(page, portal, language)
    open_page(portal, page, language, f"patient/?id={patient['id']}")
    page.locator("details.acts summary").click()
    page.locator("[data-access]").click()
    page.wait_for_url(re.compile(f"/{language}/patient/access/"))
    can = page.locator("[data-can] tbody tr")
    expect(can.filter(has_text=user["email"])).to_contain_text(group["name"])
    expect(can.filter(has_text=EMAIL)).to_contain_text({"fr": "tous les patients", "en": "all patients"}[language])
    viewed = {"fr": "Dossier consulté", "en": "File viewed"}[language]
    expect(page.locator("[data-saw] tbody tr").filter(has_text=viewed).filter(has_text=EMAIL)).to_have_count(1)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(WIDTHS) == 0


def test_a_reader_without_the_right_is_shown_neither(portal, page, people):
    patient, _ = people.patient_with_study("READER")
    user, _ = people.reader("mere.reader", patient)
    sign_in_as(page, portal, user["email"])
    open_page(portal, page, "fr", f"patient/?id={patient['id']}")
    expect(page.locator("article.study")).to_have_count(1)
    expect(page.locator("details.acts")).to_be_hidden()
    expect(page.locator(".rail [data-administration]")).to_be_hidden()
    open_page(portal, page, "fr", f"patient/access/?id={patient['id']}")
    expect(page.locator("[data-patient]")).to_contain_text("MARTIN")
    expect(page.locator("[data-can-section]")).to_be_hidden()
    expect(page.locator("[data-saw-section]")).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_files_of_one_person_are_merged_and_separated_again(portal, page, people, language):
    kept, first = people.patient_with_study(f"KEEP-{language}")
    other, second = people.patient_with_study(f"FROM-{language}")
    sign_in(page, portal, language)
    open_page(portal, page, language, f"patient/?id={kept['id']}")
    expect(page.locator("article.study")).to_have_count(1)
    act(page, "merge")
    page.locator("#merge-search").fill(other["patientId"])
    page.locator("dialog .candidates button").first.click()
    shown = page.locator("dialog table.compare")
    expect(shown).to_contain_text(kept["patientId"])
    expect(shown).to_contain_text(other["patientId"])
    expect(shown.locator("[data-differs]")).to_have_count(1)
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("article.study")).to_have_count(2)
    assert sorted(people.studies(kept)) == sorted([first, second])
    merged = page.locator("[data-merges] li")
    expect(merged).to_contain_text(other["patientId"])
    merged.get_by_role("button").click()
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("article.study")).to_have_count(1)
    expect(page.locator("[data-merges-section]")).to_be_hidden()
    assert people.studies(other) == [second]


def test_the_other_file_can_be_the_one_that_stays(portal, page, people):
    here, other = people.patient("SWAP-1"), people.patient("SWAP-2")
    sign_in(page, portal)
    open_page(portal, page, "fr", f"patient/?id={here['id']}")
    expect(page.locator("h1")).to_contain_text("MARTIN")
    act(page, "merge")
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("dialog [role=alert]")).to_be_visible()
    page.locator("#merge-search").fill("ADM-SWAP")
    expect(page.locator("dialog .candidates button")).to_have_count(1)
    page.locator("dialog .candidates button").click()
    page.get_by_role("button", name="Garder plutôt l’autre").click()
    page.locator("dialog button[type=submit]").click()
    page.wait_for_url(re.compile(f"id={other['id']}"))
    expect(page.locator("[data-merges] li")).to_contain_text("ADM-SWAP-1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_patient_is_deleted_in_two_steps_and_comes_back(portal, page, people, language):
    patient, study = people.patient_with_study(f"DELETE-{language}")
    sign_in(page, portal, language)
    open_page(portal, page, language, f"patient/?id={patient['id']}")
    expect(page.locator("article.study")).to_have_count(1)
    act(page, "delete")
    dialog = page.locator("dialog")
    expect(dialog).to_contain_text({"fr": "1 examen", "en": "1 study"}[language])
    expect(dialog).to_contain_text({"fr": "30 jours", "en": "30 days"}[language])
    confirm(page, "MARTIN")
    expect(dialog.locator(".field-error")).to_be_visible()
    confirm(page, "martin zoé")
    undo = page.locator("[data-action=restore]")
    expect(undo).to_be_visible()
    assert people.api.get(f"{portal.url}/api/patients/{patient['id']}", timeout=30).status_code == 404
    # The same stands there for whoever comes later.
    page.reload()
    undo.click()
    expect(page.locator("article.study")).to_have_count(1)
    assert people.studies(patient) == [study]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_study_is_deleted_from_its_card_and_comes_back(portal, page, people, language):
    patient, study = people.patient_with_study(f"STUDY-{language}")
    sign_in(page, portal, language)
    open_page(portal, page, language, f"patient/?id={patient['id']}")
    page.locator("article.study .deeds summary").click()
    page.get_by_role("button", name=re.compile({"fr": "^Supprimer,", "en": "^Delete,"}[language])).click()
    confirm(page, "MARTIN Zoé")
    expect(page.locator("article.study")).to_have_count(0)
    assert people.studies(patient) == []
    page.locator("[data-action=restore]").click()
    expect(page.locator("article.study")).to_have_count(1)
    expect(page.locator("[data-action=restore]")).to_have_count(0)
    assert people.studies(patient) == [study]


def test_a_study_without_a_patient_is_deleted_and_comes_back(portal, page, people):
    study = people.study("ADM-LONE", name="Lone^Study")[0].StudyInstanceUID
    people.api.post(f"{portal.url}/api/inbox/{study}/detach", json={}, timeout=30).raise_for_status()
    sign_in(page, portal)
    open_page(portal, page, "fr", f"study/?uid={study}")
    page.get_by_role("button", name="Supprimer").click()
    confirm(page, "LONE Study")
    expect(page.locator("[data-action=restore]")).to_be_visible()
    assert people.api.get(f"{portal.url}/api/inbox/{study}", timeout=30).status_code == 404
    page.locator("[data-action=restore]").click()
    expect(page.locator("article.study")).to_have_count(1)
    expect(page.locator("#attach-correct")).to_be_visible()


def test_who_may_only_delete_finds_the_deleted_in_the_administration(portal, page, people):
    patient, _ = people.patient_with_study("DELETER")
    user, _ = people.reader("deleter", patient, permissions=("view", "delete"))
    sign_in_as(page, portal, user["email"])
    page.locator(".rail [data-administration]").click()
    page.wait_for_url(re.compile("/fr/admin/deleted/"))
    expect(page.locator(".tabs a:visible")).to_have_count(1)
    expect(page.locator("deletion-list .empty")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_deleted_files_are_restored_or_erased_for_good(portal, page, people, language):
    saved, erased = (people.patient(f"BIN-{language}-{number}", last=f"Bin{number}{language}") for number in (1, 2))
    for one in (saved, erased):
        assert people.api.delete(f"{portal.url}/api/patients/{one['id']}", timeout=30).status_code == 204
    sign_in(page, portal, language)
    open_page(portal, page, language, "admin/deleted/")
    row = page.locator("deletion-list tbody tr").filter(has_text=saved["patientId"])
    row.get_by_role("button", name={"fr": "Restaurer", "en": "Restore"}[language]).click()
    expect(row).to_have_count(0)
    assert people.get(f"/api/patients/{saved['id']}")["patientId"] == saved["patientId"]

    row = page.locator("deletion-list tbody tr").filter(has_text=erased["patientId"])
    row.get_by_role("button", name={"fr": "Effacer", "en": "Erase"}[language]).click()
    confirm(page, f"BIN2{language.upper()} Zoé")
    expect(row).to_have_count(0)
    left = [one["patient"]["id"] for one in people.get("/api/deletions")["items"] if one["patient"]]
    assert erased["id"] not in left


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_sets_a_new_password_once(portal, browser, page, people, language):
    user = people.user(f"forgot.{language}", language)
    sign_in(page, portal, language)
    open_page(portal, page, language, "admin/users/")
    row = page.locator("user-list tbody tr").filter(has_text=user["email"])
    row.get_by_role("button", name={"fr": "Mot de passe", "en": "Password"}[language]).click()
    page.locator("dialog button[type=submit]").click()
    link = page.locator("dialog [data-link] code").inner_text()
    expect(page.locator("dialog [data-link] button")).to_be_visible()
    assert re.fullmatch(re.escape(portal.url) + rf"/{language}/#reset=[\w-]+", link)
    with opened_page(portal, browser) as other:
        other.goto(link)
        expect(other.locator("#reset-password")).to_be_focused()
        assert other.url == f"{portal.url}/{language}/"
        other.locator("#reset-password").fill(NEW_PASSWORD)
        other.locator("#reset-repeat").fill("something else")
        other.locator("#reset-repeat").press("Enter")
        expect(other.locator("[data-step=reset] [role=alert]")).to_be_visible()
        other.locator("#reset-repeat").fill(NEW_PASSWORD)
        other.locator("#reset-repeat").press("Enter")
        expect(other.locator("[data-step=sign-in] [data-kind=good]")).to_be_visible()
        other.locator("#email").fill(user["email"])
        other.locator("#password").fill(NEW_PASSWORD)
        other.locator("#password").press("Enter")
        other.wait_for_url(re.compile(rf"/{language}/patients/"))

        # The link was good once.
        other.goto(link)
        other.locator("#reset-password").fill(NEW_PASSWORD)
        other.locator("#reset-repeat").fill(NEW_PASSWORD)
        other.locator("#reset-repeat").press("Enter")
        spent = {"fr": "déjà servi", "en": "used already"}[language]
        expect(other.locator("[data-step=reset] [role=alert]")).to_contain_text(spent)
        other.locator("[data-action=sign-in]").click()
        expect(other.locator("#email")).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sessions_and_tokens_of_an_account_are_ended(portal, page, people, language):
    user, _ = people.reader(f"session.{language}")
    session = portal.sign_in(user["email"], NEW_PASSWORD)
    made = session.post(
        f"{portal.url}/api/tokens", json={"name": "Slicer", "may": ["read"], "days": 30}, timeout=30
    ).json()
    sign_in(page, portal, language)
    open_page(portal, page, language, "admin/users/")
    row = page.locator("user-list tbody tr").filter(has_text=user["email"])
    row.get_by_role("button", name={"fr": "Connexions", "en": "Sign-ins"}[language]).click()
    entries = page.locator("dialog .candidates li")
    expect(entries).to_have_count(2)
    page.locator("dialog").get_by_role("button", name=re.compile("Slicer")).click()
    expect(entries).to_have_count(1)
    bearer = {"Authorization": f"Bearer {made['token']}"}
    assert requests.get(f"{portal.url}/dicomweb/studies", headers=bearer, timeout=30).status_code == 401
    assert session.get(f"{portal.url}/api/session", timeout=30).status_code == 200
    entries.get_by_role("button").click()
    expect(entries).to_have_count(0)
    assert session.get(f"{portal.url}/api/session", timeout=30).status_code == 401


@pytest.mark.parametrize("language", LANGUAGES)
def test_statuses_are_added_renamed_moved_and_removed(portal, page, people, language):
    code = f"second{language.title()}"
    codes = lambda: [one["code"] for one in people.get("/api/statuses")["items"]]  # noqa: E731
    sign_in(page, portal, language)
    open_page(portal, page, language, "admin/statuses/")
    page.locator("[data-action=new]").click()
    page.locator("#label-fr").fill(f"Second avis {language}")
    page.locator("#label-en").fill(f"Second opinion {language}")
    page.locator("#code").fill(code)
    page.locator("dialog button[type=submit]").click()
    row = page.locator(f"status-list tr[data-code={code}]")
    expect(row).to_be_visible()
    assert codes()[-1] == code

    row.get_by_role("button", name={"fr": "Renommer", "en": "Rename"}[language]).click()
    page.locator("#label-fr").fill(f"Relecture {language}")
    page.locator("dialog button[type=submit]").click()
    expect(row).to_contain_text(f"Relecture {language}")
    row.locator("[data-move=up]").click()
    expect(row.locator("[data-move=up]")).to_be_focused()
    wait_for(lambda: codes()[-2] == code, 10)
    row.locator("[data-move=down]").click()
    expect(row.locator("[data-move=up]")).to_be_focused()
    assert codes()[-1] == code

    # One that a patient has stays, and the page says why.
    patient = people.patient(f"STATUS-{language}")
    path = f"{portal.url}/api/patients/{patient['id']}"
    assert people.api.patch(path, json={"status": code}, timeout=30).status_code in (200, 204)
    remove = row.get_by_role("button", name={"fr": "Supprimer", "en": "Delete"}[language])
    remove.click()
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("dialog [role=alert]")).to_contain_text(re.compile(r"\w"))
    page.keyboard.press("Escape")
    people.api.patch(path, json={"status": "toRead"}, timeout=30)
    remove.click()
    page.locator("dialog button[type=submit]").click()
    expect(row).to_have_count(0)
    assert code not in codes()
    initial = page.locator("status-list tr[data-code=toRead]")
    expect(initial.get_by_role("button", name={"fr": "Supprimer", "en": "Delete"}[language])).to_have_count(0)


@pytest.mark.parametrize("correct", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_attaching_corrects_the_images_only_when_asked(portal, page, people, language, correct):
    patient = people.patient(f"ATTACH-{language}-{correct}", last="Attachée")
    study = people.study(f"OTHER-{language}-{correct}", name="Wrong^Name")[0].StudyInstanceUID
    people.api.post(f"{portal.url}/api/inbox/{study}/detach", json={}, timeout=30).raise_for_status()
    sign_in(page, portal, language)
    open_page(portal, page, language, f"study/?uid={study}")
    box = page.locator("#attach-correct")
    expect(box).to_be_visible()
    expect(box).not_to_be_checked()
    if correct:
        box.check()
    page.locator("#attach-search").fill(patient["patientId"])
    page.locator("#attach-search").press("Enter")
    with page.expect_response(re.compile("/attach$")) as given:
        page.locator("[data-found]").get_by_role("button").first.click()
    assert given.value.request.post_data_json == {"patient": patient["id"], "correct": correct}
    if given.value.status == 422 and given.value.json()["error"]["code"] == "inbox.correct.unsupported":
        expect(page.locator("[data-notice] [role=alert]")).to_be_visible()
        pytest.skip("this portal does not correct images yet")
    page.wait_for_url(re.compile(f"patient/.id={patient['id']}"))
    found = people.get(f"/dicomweb/studies?StudyInstanceUID={study}&includefield=PatientName")[0]
    name = found["00100010"]["Value"][0]["Alphabetic"]
    assert name.startswith("Attachée") if correct else name == "Wrong^Name"


VIEWER = "/viewer/viewer?StudyInstanceUIDs="
GONE = {"fr": "Vous n’avez plus accès à cet examen", "en": "You no longer have access to this study"}
ENDED = {"fr": "Votre session a pris fin", "en": "Your session has ended"}


def quiet(page):
    """Forgets what the viewer itself notes about refusals."""
    told = ("request failed", "Couldn't retrieve", "{error: Object}", "Error: ", "status 40", "JSHandle", "thrown: ")
    page.noted[:] = [note for note in page.noted if not any(word in note for word in told)]


def wait_a_while(page):
    """What is in memory is looked up again only now and then: lets the page's own clock run on."""
    page.evaluate("(() => { const now = Date.now; Date.now = () => now() + 60_000; })()")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_right_that_ends_while_the_viewer_is_open_is_told(portal, page, people, language):
    patient, study = people.patient_with_study(f"REVOKE-{language}")
    user, group = people.reader(f"revoked.{language}", patient)
    sign_in_as(page, portal, user["email"], language)
    page.goto(f"{portal.url}{VIEWER}{study}")
    wait_for(lambda: shows_an_image(page), 60)
    expect(page.locator("dialog.access")).to_have_count(0)
    path = f"{portal.url}/api/groups/{group['id']}/grants/{patient['id']}"
    assert people.api.delete(path, timeout=30).status_code == 204
    wait_a_while(page)
    page.locator("[data-cy=viewport-pane]").hover()
    page.mouse.wheel(0, 100)
    message = page.locator("dialog.access")
    expect(message.get_by_role("heading")).to_have_text(GONE[language])
    page.keyboard.press("Escape")
    expect(message).to_be_visible()
    message.get_by_role("link").click()
    page.wait_for_url(re.compile(f"/{language}/patients/"))
    quiet(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_session_that_ends_while_the_viewer_is_open_leads_to_the_sign_in_and_back(portal, page, people, language):
    _, study = people.patient_with_study(f"ENDED-{language}")
    sign_in(page, portal, language)
    page.goto(f"{portal.url}{VIEWER}{study}")
    wait_for(lambda: shows_an_image(page), 60)
    assert page.evaluate("async () => (await fetch('/api/session', { method: 'DELETE' })).status") == 204
    wait_a_while(page)
    page.locator("[data-cy=viewport-pane]").hover()
    page.mouse.wheel(0, 100)
    message = page.locator("dialog.access")
    expect(message.get_by_role("heading")).to_have_text(ENDED[language])
    message.get_by_role("link").click()
    page.locator("#email").fill(EMAIL)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(re.compile("/viewer/viewer"))
    wait_for(lambda: shows_an_image(page), 60)
    expect(message).to_have_count(0)
    quiet(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_study_that_is_unknown_gets_the_same_sentence(portal, page, language):
    sign_in(page, portal, language)
    page.goto(f"{portal.url}{VIEWER}1.2.3.4")
    message = page.locator("dialog.access")
    expect(message.get_by_role("heading")).to_have_text(GONE[language])
    expect(message.get_by_role("link")).to_have_attribute("href", f"/{language}/patients/")
    quiet(page)


def test_a_part_that_is_missing_from_a_study_that_is_there_says_nothing(portal, page, people):
    _, study = people.patient_with_study("PART")
    sign_in(page, portal)
    page.goto(f"{portal.url}{VIEWER}{study}")
    wait_for(lambda: shows_an_image(page), 60)
    missing = f"/dicomweb/studies/{study}/series/1.2.3/metadata"
    with page.expect_response(re.compile("StudyInstanceUID=.*limit=1$")):
        assert page.evaluate("async path => (await fetch(path)).status", missing) == 404
    expect(page.locator("dialog.access")).to_have_count(0)
    quiet(page)
