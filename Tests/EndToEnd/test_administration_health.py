"""Storage and health, the self-test, and the grid of permissions: through the API and for a person in a browser."""

import re

import pytest
from playwright.sync_api import expect

import samples
from browsing import chromium, opened_page, sign_in
from people import stow
from portal import wait_for

LANGUAGES = ["fr", "en"]
DOORS = ("web", "dicom", "import")
STEPS = ("store", "find", "metadata", "frame", "rendered", "thumbnail", "remove")
FRONTS = ("functions", "pages", "viewer", "uploads")
ALL_STEPS = [f"front.{one}" for one in FRONTS] + [f"{door}.{step}" for door in DOORS for step in STEPS]
WIDTHS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Whatever a self-test could leave in a list or in the bin of deletions.
TRACES = """
    SELECT count(*) FROM (
        SELECT 1 FROM portal.patients WHERE patient_id LIKE 'SELFTEST%'
        UNION ALL SELECT 1 FROM portal.studies WHERE patient_id LIKE 'SELFTEST%'
        UNION ALL SELECT 1 FROM portal.visible_studies WHERE patient_id LIKE 'SELFTEST%'
        UNION ALL SELECT 1 FROM portal.deletions WHERE deleted_by IS NULL
        UNION ALL SELECT 1 FROM portal.imports WHERE name = 'SELFTEST'
        UNION ALL SELECT 1 FROM portal.sessions WHERE name LIKE 'selftest%') traces
"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def page(portal, browser):
    with opened_page(portal, browser) as opened:
        opened.set_default_timeout(15_000)
        yield opened
    noted = [note for note in opened.noted if not re.search("status of 4(0|12|22)", note)]
    assert not noted, noted


def get(api, portal, path):
    answer = api.get(portal.url + path, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()


def run_self_test(api, portal):
    begun = api.post(f"{portal.url}/api/selftest", json={}, timeout=30)
    assert begun.status_code == 202, begun.text
    run = wait_for(lambda: finished(api, portal, begun.json()["id"]), 120)
    return {step["name"]: step for step in run["steps"]}


def finished(api, portal, wanted):
    run = get(api, portal, "/api/selftest")["run"]
    return run if run["id"] == wanted and run["finishedAt"] else None


def outcomes(steps):
    return {name: (step["outcome"], step["detail"]) for name, step in steps.items()}


def test_what_is_stored_and_removed_is_counted_at_once(portal, api):
    before = get(api, portal, "/api/stats")
    images = samples.made_study(3, patient_id="HEALTH-COUNT")
    sizes = sum(len(samples.file_bytes(image)) for image in images)
    assert stow(portal, api, *images).status_code == 200
    after = get(api, portal, "/api/stats")
    assert after["originals"]["files"] == before["originals"]["files"] + 3
    assert after["originals"]["bytes"] == before["originals"]["bytes"] + sizes
    assert after["growth"][-1]["bytes"] == after["originals"]["bytes"]
    assert after["database"] > 1_000_000 and 0 < after["disk"]["free"] < after["disk"]["total"]
    removed = api.delete(f"{portal.url}/api/studies/{images[0].StudyInstanceUID}", timeout=30)
    bin_of = get(api, portal, "/api/deletions")["items"][0]
    assert removed.status_code in (200, 204) and bin_of["studyInstanceUID"] == images[0].StudyInstanceUID
    assert api.delete(f"{portal.url}/api/deletions/{bin_of['id']}", timeout=30).status_code == 204
    assert get(api, portal, "/api/stats")["originals"] == before["originals"]


def test_counters_stay_right_when_they_are_folded(portal, api):
    stored = "SELECT count(*), coalesce(sum(size), 0) FROM portal.instances"
    portal.sql("SELECT portal.fold_storage()")
    figures = get(api, portal, "/api/stats")["originals"]
    assert portal.sql(stored) == [f"{figures['files']}|{figures['bytes']}"]


def test_every_part_is_looked_after(portal, api):
    parts = {part["name"]: part for part in get(api, portal, "/api/health/parts")["items"]}
    states = {name: part["state"] for name, part in parts.items()}
    working = ("database", "store", "front", "viewer", "receiver", "jobs", "audit")
    assert states == {name: "ok" for name in working} | {"receiverTLS": "absent"}
    assert parts["jobs"]["at"] and parts["audit"]["at"]


def test_the_session_says_where_modalities_send(portal, api):
    assert get(api, portal, "/api/session")["receiver"] == {
        "aeTitle": "PREVIEWDICOM", "port": portal.ready["dicomPort"], "tlsPort": None,
    }  # fmt: skip


def test_a_self_test_goes_through_every_door_and_leaves_nothing(portal, api):
    senders = get(api, portal, "/api/senders")["items"]
    before = get(api, portal, "/api/stats")["originals"], portal.sql(TRACES), [one["id"] for one in senders]
    steps = run_self_test(api, portal)
    assert outcomes(steps) == {name: ("passed", "") for name in ALL_STEPS}
    after = get(api, portal, "/api/stats")["originals"], portal.sql(TRACES)
    assert after == before[:2]
    assert sorted(one["id"] for one in get(api, portal, "/api/senders")["items"]) == sorted(before[2])
    noted = get(api, portal, "/api/audit?action=selftest.run&limit=1")["items"]
    assert noted and noted[0]["actor"]


def test_a_door_that_is_closed_is_named_and_the_others_go_on(portal, api):
    sender = "INSERT INTO portal.senders (ae_title, address, allowed) VALUES ('SELFTEST', '127.0.0.1', false)"
    portal.sql(sender)
    try:
        steps = run_self_test(api, portal)
    finally:
        portal.sql("DELETE FROM portal.senders WHERE ae_title = 'SELFTEST'")
    found = outcomes(steps)
    assert found["dicom.store"][0] == "failed" and "refused" in found["dicom.store"][1]
    assert {found[f"dicom.{step}"][0] for step in STEPS[1:]} == {"skipped"}
    assert {found[f"{door}.{step}"][0] for door in ("web", "import") for step in STEPS} == {"passed"}


def test_two_who_press_at_once_get_one_run(portal, api):
    ids = {api.post(f"{portal.url}/api/selftest", json={}, timeout=30).json()["id"] for _ in range(3)}
    assert len(ids) == 1
    (run,) = ids
    wait_for(lambda: finished(api, portal, run), 120)


def test_a_run_that_a_crash_cut_is_done_from_the_start(portal, api):
    """As a crash leaves it: some steps are written, and a study is there that nobody removed."""
    user = get(api, portal, "/api/session")["user"]["id"]
    image = samples.made(patient_id="SELFTEST-4711", name="Selftest^web")
    assert stow(portal, api, image).status_code == 200
    columns = "(user_id, seed, steps)"
    steps = '[{"name": "web.store", "outcome": "passed", "milliseconds": 1, "detail": ""}]'
    (run,) = portal.sql(f"INSERT INTO portal.self_tests {columns} VALUES ('{user}', 4711, '{steps}') RETURNING id")
    portal.sql(f"INSERT INTO portal.jobs (kind, arguments) VALUES ('selftest.run', '{{\"id\": \"{run}\"}}')")
    ended = wait_for(lambda: finished(api, portal, run), 120)
    assert [step["name"] for step in ended["steps"]] == ALL_STEPS
    assert portal.sql("SELECT count(*) FROM portal.patients WHERE patient_id = 'SELFTEST-4711'") == ["0"]
    assert portal.sql(f"SELECT count(*) FROM portal.studies WHERE uid = '{image.StudyInstanceUID}'") == ["0"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_at_once_and_runs_the_self_test_by_keyboard(portal, api, page, language):
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/admin/health/")
    expect(page.locator("portal-parts [data-part]")).to_have_count(8)
    expect(page.locator("portal-parts [data-state=away], portal-parts [data-state=late]")).to_have_count(0)
    expect(page.locator("[data-figure=originals] strong")).to_have_text(re.compile(r"\d"))
    expect(page.locator("svg.growth")).to_be_visible()
    expect(page.locator("job-list [data-job='audit.seal']")).to_be_visible()
    page.locator("self-test [data-begin]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("self-test [data-begin]")).to_be_disabled()
    expect(page.locator("self-test [data-verdict=passed]")).to_be_visible(timeout=120_000)
    for name in ALL_STEPS:
        expect(page.locator(f"[data-step='{name}'] [data-outcome]")).to_have_attribute("data-outcome", "passed")
    passed = "Tout a réussi" if language == "fr" else "All went well"
    expect(page.locator(".status-line")).to_contain_text(passed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_imports_and_failed_jobs_of_everybody_are_shown(portal, api, people, page, language):
    group = people.group("import", "view")
    somebody = people.person(group)
    body = {"name": f"CD {language}", "files": [{"path": "a.dcm", "size": 1000}, {"path": "b.dcm", "size": 2000}]}
    begun = somebody.session.post(f"{portal.url}/api/imports", json=body, timeout=30).json()
    portal.sql(
        "INSERT INTO portal.jobs (kind, last_error, attempts, run_after) "
        f"VALUES ('test.{language}', 'could not', 3, now() + interval '1 day')"
    )
    try:
        sign_in(page, portal, language)
        page.goto(f"{portal.url}/{language}/admin/health/")
        row = page.locator(f"running-imports [data-import='{begun['id']}']")
        expect(row.locator("a")).to_have_attribute("href", f"/{language}/import/?id={begun['id']}")
        expect(row.locator("a")).to_have_text(f"CD {language}")
        expect(page.locator("job-list tbody tr").first).to_contain_text("could not")
    finally:
        portal.sql("DELETE FROM portal.jobs WHERE kind LIKE 'test.%'")
        somebody.session.post(f"{portal.url}/api/imports/{begun['id']}/cancel", json={}, timeout=30)
    expect(row).to_have_count(0, timeout=20_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_not_administer_is_told_so(portal, people, page, language):
    person = people.person(people.group("view", "manageUsers", scope="all"))
    for path in ("/api/stats", "/api/health/parts", "/api/selftest", "/api/jobs"):
        assert person.session.get(portal.url + path, timeout=30).status_code == 403
    assert person.session.post(f"{portal.url}/api/selftest", json={}, timeout=30).status_code == 403
    page.goto(f"{portal.url}/{language}/")
    page.locator("#email").fill(person.email)
    page.locator("#password").fill(person.password)
    page.locator("#password").press("Enter")
    page.wait_for_url(re.compile("/patients/"))
    page.goto(f"{portal.url}/{language}/admin/health/")
    expect(page.locator("storage-figures .notice")).to_be_visible()
    expect(page.locator("[data-tab=health]")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_fits_every_width(portal, page, tmp_path, language, scheme):
    sign_in(page, portal, language)
    page.emulate_media(color_scheme=scheme)
    for place in ("admin/health/", "admin/groups/"):
        page.goto(f"{portal.url}/{language}/{place}")
        expect(page.locator("[data-list][aria-busy=true]")).to_have_count(0)
        for width in (1440, 820, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDTHS) <= 0, (place, width)
            name = f"{place.strip('/').replace('/', '-')}-{language}-{scheme}-{width}.png"
            page.screenshot(path=tmp_path / name, full_page=True)


# The grid of permissions


def box(page, group, permission):
    return page.locator("tbody tr").filter(has_text=group).locator("td.tick input").nth(permission)


@pytest.mark.parametrize("language", LANGUAGES)
def test_permissions_are_ticked_in_the_grid_and_saved_together(portal, api, people, page, language):
    groups = [people.post("/groups", {"name": f"Grille {language} {n}", "permissions": ["view"], "scope": "granted"}) for n in (1, 2)]
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/admin/groups/")
    box(page, groups[0]["name"], 2).focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-pending] strong")).to_have_text(re.compile("^1 "))
    box(page, groups[1]["name"], 3).check()
    box(page, groups[1]["name"], 0).uncheck()
    expect(page.locator("[data-pending] strong")).to_have_text(re.compile("^3 "))
    # Another act on the page reloads the list, and what was ticked is still there.
    page.locator("tbody tr").filter(has_text=groups[0]["name"]).locator("button").nth(1).click()
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("dialog")).to_have_count(0)
    expect(box(page, groups[0]["name"], 2)).to_be_checked()
    expect(page.locator(".tick[data-changed]")).to_have_count(3)
    page.locator("[data-action=save-grid]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-pending]")).to_be_empty()
    assert get(api, portal, f"/api/groups/{groups[0]['id']}")["permissions"] == ["view", "import"]
    assert get(api, portal, f"/api/groups/{groups[1]['id']}")["permissions"] == ["export"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_grid_that_somebody_changed_meanwhile_is_not_overwritten(portal, api, people, page, language):
    group = people.post("/groups", {"name": f"Grille à deux {language}", "permissions": ["view"], "scope": "granted"})
    sign_in(page, portal, language)
    page.goto(f"{portal.url}/{language}/admin/groups/")
    box(page, group["name"], 3).check()
    path = f"{portal.url}/api/groups/{group['id']}"
    assert api.patch(path, json={"permissions": ["view", "delete"]}, timeout=30).status_code == 200
    page.locator("[data-action=save-grid]").click()
    expect(page.locator("[data-pending] .notice")).to_contain_text(group["name"])
    expect(box(page, group["name"], 3)).to_be_checked()
    page.locator("[data-action=drop-grid]").click()
    expect(box(page, group["name"], 5)).to_be_checked()
    expect(page.locator("[data-pending]")).to_be_empty()
    assert get(api, portal, f"/api/groups/{group['id']}")["permissions"] == ["view", "delete"]
