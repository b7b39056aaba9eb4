"""A20: what is hidden answers like what was never there, at every route and under every name."""

import pytest

import samples
from people import ABSENT, ALL, address, doors, names_of, path_of, wado

ZIP = {"Accept": "application/zip"}


@pytest.fixture(scope="module")
def images(people):
    """A study that is granted to the people of these tests, and one that is not."""
    made = [samples.made(patient_id=f"A20-{number}", name="Vingt^Abus") for number in (1, 2)]
    people.store(*made)
    return made


@pytest.fixture(scope="module")
def patients(people, images):
    return [people.patient(image.PatientID) for image in images]


@pytest.fixture(scope="module")
def group(people, patients):
    """A group that may do everything, with the first patient alone."""
    made = people.group(*ALL)
    people.grant(made, patients[0])
    return made


@pytest.fixture(scope="module")
def member(people, group):
    return people.person(group)


def test_a20_what_is_hidden_answers_as_what_is_absent(portal, api, images, patients, member):
    """404, not 403, to someone who holds every permission on another patient; and nothing happens to what is hidden."""
    hidden = names_of(images[1], patients[1])
    absent = names_of(samples.made())
    before = api.get(f"{portal.url}/api/patients/{patients[1]}", timeout=30).content
    compared = []
    for function in portal.functions():
        if not any(f"{{{name}}}" in function["route"] for name in ("study", "instance", "patient")) and (
            "/api/patients/{id}" not in function["route"]
        ):
            continue
        answers = [ask(portal, member.session, function, names) for names in (hidden, absent)]
        assert answers[0] == answers[1], function["route"]
        assert answers[0][0] in ((200,) if "Search" in function["name"] else (403, 404, 409)), function["route"]
        assert answers[0][0] != 403 or "permission.missing" in answers[0][1], function["route"]
        compared.append(answers[0][0])
    assert compared.count(404) >= 25 and compared.count(403) <= 4
    assert api.get(f"{portal.url}/api/patients/{patients[1]}", timeout=30).content == before
    assert api.get(f"{portal.url}{path_of(images[1])}/metadata", timeout=30).status_code == 200


def ask(portal, session, function, names):
    """The status and what the answer says, without the names that were asked for."""
    method, path = address(function["route"], names)
    body, headers = BODIES.get(function["route"], (b"{}", JSON))
    answer = session.request(method, portal.url + path, data=body, headers=headers, timeout=30)
    text = answer.text.replace(answer.headers.get("X-Request-Id", "-"), "")
    for name in (name for name in names.values() if len(name) > 20):
        text = text.replace(name, "")
    return answer.status_code, text


JSON = {"Content-Type": "application/json"}
OTHER = ABSENT.replace("8", "9")
# An absent study would be made by storing into it; a file of another study than the address says is refused by both.
OTHER_STUDY = samples.stow_body([samples.made_bytes(patient_id="A20-3")])
BODIES = {
    "POST /api/inbox/{study}/attach": (b'{"patient": "%b"}' % ABSENT.encode(), JSON),
    "POST /api/patients/{id}/merge": (b'{"from": "%b"}' % OTHER.encode(), JSON),
    "POST /dicomweb/studies/{study}": OTHER_STUDY,
}


@pytest.mark.parametrize(
    "document",
    [
        lambda hidden: ("POST", "/api/users", {"email": "a20@example.org", "patient": hidden}),
        lambda hidden: ("PUT", f"/api/groups/{ABSENT}/grants/{hidden}", {}),
        lambda hidden: ("POST", "/api/inbox/1.2.3/attach", {"patient": hidden}),
        lambda hidden: ("POST", "/api/patients/{seen}/merge", {"from": hidden}),
    ],
    ids=["account", "grant", "attach", "merge"],
)
def test_a20_a_name_in_a_body_tells_as_little(portal, patients, member, document):
    """What a caller may not see does not exist for them, wherever they name it."""
    answers = []
    for patient in (patients[1], ABSENT):
        method, path, body = document(patient)
        path = path.replace("{seen}", patients[0])
        answer = member.session.request(method, portal.url + path, json=body, timeout=30)
        answers.append((answer.status_code, answer.json()["error"]["code"]))
    assert answers[0] == answers[1] and 400 <= answers[0][0] < 500


def test_a20_a_hidden_instance_is_not_had_under_a_visible_study(portal, images, member):
    """404 for every mixture of names that one may know and names that one has guessed."""
    seen, hidden = images
    mixtures = [
        (seen.StudyInstanceUID, hidden.SeriesInstanceUID, hidden.SOPInstanceUID),
        (seen.StudyInstanceUID, seen.SeriesInstanceUID, hidden.SOPInstanceUID),
        (hidden.StudyInstanceUID, seen.SeriesInstanceUID, seen.SOPInstanceUID),
        (hidden.StudyInstanceUID, hidden.SeriesInstanceUID, seen.SOPInstanceUID),
    ]
    for study, series, instance in mixtures:
        mixed = samples.made(study=study, series=series)
        mixed.SOPInstanceUID = instance
        closed = [door for door in doors(portal, mixed) if "instances/" in door and "original" not in door]
        answers = {
            door: member.session.get(portal.url + door, timeout=30).status_code for door in [*closed, wado(mixed)]
        }
        assert len(answers) >= 9 and set(answers.values()) == {404}, answers
    assert member.session.get(portal.url + wado(seen), timeout=30).status_code == 200


def test_a20_a_known_version_is_no_key(portal, api, images, member):
    """An ETag that somebody else got, and any other condition, gives 404 and not 304 for what is hidden."""
    tried = 0
    for seen, hidden in zip(doors(portal, images[0]), doors(portal, images[1]), strict=True):
        for image_door, expected in ((seen, 304), (hidden, 404)):
            tag = api.get(portal.url + image_door, timeout=30).headers.get("ETag")
            expected = 200 if tag is None and expected == 304 else expected
            answer = member.session.get(portal.url + image_door, headers={"If-None-Match": tag}, timeout=30)
            assert answer.status_code == expected, image_door
        for condition in ({"If-None-Match": "*"}, {"If-Match": "*"}, {"Range": "bytes=0-1"}):
            assert member.session.get(portal.url + hidden, headers=condition, timeout=30).status_code == 404, hidden
        assert member.session.head(portal.url + hidden, timeout=30).status_code in (404, 405)
        tried += 1
    assert tried >= 15


def test_a20_a_list_that_was_made_for_another_is_no_door(portal, api, images, member):
    """The instances of a series that somebody else has listed, and whoever has the version of that list."""
    for image, expected in zip(images, (1, 0), strict=True):
        place = f"{portal.url}{path_of(image).rpartition('/')[0]}"
        known = [api.get(place, timeout=30) for _ in range(2)][1]
        assert len(known.json()) == 1
        assert len(member.session.get(place, timeout=30).json()) == expected
        again = member.session.get(place, headers={"If-None-Match": known.headers["ETag"]}, timeout=30)
        assert again.status_code == (304 if expected else 200)


def test_a20_a_revoked_right_holds_at_once(portal, people, images, patients):
    """The request after the grant was taken away finds nothing, whatever the client still holds."""
    group = people.group("view", "export")
    people.grant(group, patients[0])
    reader = people.person(group).session
    opened = {door: reader.get(portal.url + door, timeout=30) for door in doors(portal, images[0])}
    assert {answer.status_code for answer in opened.values()} == {200}
    people.revoke(group, patients[0])
    for door, answer in opened.items():
        again = reader.get(portal.url + door, headers={"If-None-Match": answer.headers.get("ETag")}, timeout=30)
        assert again.status_code == 404, door


def test_a20_files_are_taken_out_by_those_who_may_export(portal, people, images, patients):
    """Without `export`: 403 for a ZIP and an original that one sees, 404 for what is hidden."""
    group = people.group("view")
    people.grant(group, patients[0])
    viewer = people.person(group).session
    for image, expected in zip(images, (403, 404), strict=True):
        instance = path_of(image)
        series = instance.rpartition("/instances/")[0]
        for path in (series.rpartition("/series/")[0], series, instance):
            assert viewer.get(portal.url + path, headers=ZIP, timeout=30).status_code == expected, path
        original = f"{portal.url}/api/instances/{image.SOPInstanceUID}/original"
        assert viewer.get(original, timeout=30).status_code == expected
    assert viewer.get(portal.url + path_of(images[0]), timeout=30).status_code == 200
