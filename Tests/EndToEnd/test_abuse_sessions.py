"""A21: a token is what the portal gave out itself, and dies when it should."""

import base64
import contextlib
import hashlib
import hmac
import json
import time

import pytest
import requests

from people import bearer

INSIDE = "/api/session"
FORMS = ("bearer", "cookie", "basic")


@pytest.fixture(scope="module")
def group(people):
    return people.group("view", "import", scope="all")


@pytest.fixture
def visitor(people, group):
    """An account of the test's own."""
    return people.person(group)


@pytest.fixture(scope="module")
def resident(people, group):
    """An account whose token lives as long as these tests."""
    return people.person(group)


def ask(portal, form, token, path=INSIDE):
    """The answer to a request that shows a token in one of the three ways."""
    headers = {
        "bearer": {"Authorization": f"Bearer {token}"},
        "cookie": {"Cookie": f"session={token}"},
        "basic": {"Authorization": "Basic " + base64.b64encode(f"x:{token}".encode()).decode()},
    }[form]
    return requests.get(portal.url + path, headers=headers, timeout=30)


def base64url(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def jwt(visitor, key=b"", **head):
    """A JSON Web Token for the visitor, such as other portals take."""
    claims = {
        "sub": visitor.id,
        "email": visitor.email,
        "aud": "portal",
        "iss": "portal",
        "permissions": ["administer"],
    }
    parts = [base64url(json.dumps(part).encode()) for part in ({"typ": "JWT"} | head, claims)]
    signature = hmac.new(key, ".".join(parts).encode(), hashlib.sha256).digest() if key else b""
    return ".".join([*parts, base64url(signature)])


FORGED = {
    "JWT alg none": lambda visitor: jwt(visitor, alg="none"),
    "JWT HS256 with a known key": lambda visitor: jwt(visitor, b"secret", alg="HS256"),
    "JWT kid ../": lambda visitor: jwt(visitor, b"\n", alg="HS256", kid="../../../../dev/null"),
    "empty": lambda visitor: "",
    "the account's id": lambda visitor: visitor.id,
    "as long as ours": lambda visitor: "A" * 43,
    "cut": lambda visitor: visitor.token[:-1],
    "longer": lambda visitor: visitor.token + "A",
    "another last character": lambda visitor: visitor.token[:-1] + ("A" if visitor.token[-1] != "A" else "B"),
    "other case": lambda visitor: visitor.token.swapcase(),
    "padded": lambda visitor: visitor.token + "=",
    "SQL": lambda visitor: "' OR '1'='1' --" + "x" * 28,
    "LIKE": lambda visitor: "%" * 43,
    "10 KB": lambda visitor: "A" * 10_000,
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", list(FORGED))
def test_a21_a_forged_token_is_401(portal, resident, name, form):
    """Forged, cut, foreign and signed by somebody else: 401; the real one is let in."""
    assert ask(portal, form, resident.token).status_code == 200
    assert ask(portal, form, FORGED[name](resident)).status_code == 401


def test_a21_what_the_database_holds_is_no_token(portal, resident):
    """Who reads a backup gets in with none of its hashes."""
    held = portal.sql(f"SELECT encode(token_hash, 'hex') FROM portal.sessions WHERE user_id = '{resident.id}'")[0]
    assert hashlib.sha256(resident.token.encode()).hexdigest() == held
    for text in (held, base64url(bytes.fromhex(held)), base64.b64encode(bytes.fromhex(held)).decode()):
        assert {ask(portal, form, text).status_code for form in FORMS} == {401}


@pytest.mark.parametrize("form", FORMS)
def test_a21_a_token_of_a_megabyte_is_refused_at_the_door(portal, resident, still_alive, form):
    """4xx, and the next one is served."""
    with contextlib.suppress(requests.ConnectionError):  # closed while we were still sending
        assert ask(portal, form, "A" * (1 << 20)).status_code in (400, 401, 431)
    assert ask(portal, form, resident.token).status_code == 200


def test_a21_a_wrong_authorization_is_not_made_good_by_a_cookie(portal, resident):
    """What a program says about itself counts, not what its browser holds."""
    cookie = {"Cookie": f"session={resident.token}"}
    assert requests.get(portal.url + INSIDE, headers=cookie, timeout=30).status_code == 200
    for wrong in ("Bearer x", "Bearer", "Digest y", "Negotiate z", f"Token {resident.token}"):
        answer = requests.get(portal.url + INSIDE, headers=cookie | {"Authorization": wrong}, timeout=30)
        assert answer.status_code == 401, wrong


@pytest.mark.parametrize("kind", ["session", "token"])
def test_a21_an_expired_token_is_401(portal, visitor, kind):
    """Past its hour by the database's clock, in all three ways; a second is how long a worker may believe what it read."""
    token = visitor.token if kind == "session" else access_token(portal, visitor)
    assert {ask(portal, form, token).status_code for form in FORMS} == {200}
    portal.sql(f"UPDATE portal.sessions SET expires_at = now() WHERE user_id = '{visitor.id}' AND kind = '{kind}'")
    time.sleep(1.1)
    assert {ask(portal, form, token).status_code for form in FORMS} == {401}


def access_token(portal, visitor):
    answer = visitor.session.post(f"{portal.url}/api/tokens", json={"name": "program", "days": 1}, timeout=30)
    assert answer.status_code == 201, answer.text
    return answer.json()["token"]


def test_a21_every_token_has_an_end(portal, visitor):
    """None without expiry, and none that lives for ever can be made."""
    access_token(portal, visitor)
    assert portal.sql("SELECT count(*) FROM portal.sessions WHERE expires_at IS NULL OR expires_at = 'infinity'") == [
        "0"
    ]
    for days in (0, -1, 10**6, 10**30):
        answer = visitor.session.post(f"{portal.url}/api/tokens", json={"name": "x", "days": days}, timeout=30)
        assert answer.status_code in (400, 422), answer.text


def test_a21_a_revoked_token_is_401(portal, visitor):
    """From the next request on, and the account's other tokens live."""
    token, other = access_token(portal, visitor), access_token(portal, visitor)
    listed = visitor.session.get(f"{portal.url}/api/tokens", timeout=30).json()["items"]
    assert ask(portal, "bearer", token).status_code == 200
    answer = visitor.session.delete(f"{portal.url}/api/tokens/{listed[1]['id']}", timeout=30)
    assert answer.status_code == 204
    assert sorted(ask(portal, "bearer", one).status_code for one in (token, other)) == [200, 401]


def test_a21_logout_ends_the_token_in_every_form(portal, visitor):
    """401 to whoever uses it again, also as a cookie; the same person's other browser goes on."""
    other = portal.sign_in(visitor.email, visitor.password)
    answer = visitor.session.delete(f"{portal.url}/api/session", timeout=30)
    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["Set-Cookie"] and "cache" in answer.headers["Clear-Site-Data"]
    assert {ask(portal, form, visitor.token).status_code for form in FORMS} == {401}
    assert other.get(portal.url + INSIDE, timeout=30).status_code == 200


def sign_in(portal, visitor, **headers):
    document = {"email": visitor.email, "password": visitor.password}
    return requests.post(portal.url + INSIDE, json=document, headers=headers, timeout=30)


def test_a21_a_cookie_that_was_set_before_sign_in_is_not_kept(portal, visitor):
    """Fixation: the token that somebody planted opens nothing after the sign-in, and the new one is another."""
    planted = "planted" + "A" * 36
    answer = sign_in(portal, visitor, Cookie=f"session={planted}")
    assert answer.status_code == 200
    assert answer.json()["token"] != planted and planted not in answer.headers["Set-Cookie"]
    assert ask(portal, "cookie", planted).status_code == 401
    assert ask(portal, "cookie", answer.json()["token"]).status_code == 200


def test_a21_signing_in_ends_the_session_that_the_browser_had(portal, visitor, people):
    """Rotation: neither one's own former session nor one that an attacker planted lives on."""
    attacker = people.person()
    for former in (visitor, attacker):
        answer = sign_in(portal, visitor, Cookie=f"session={former.token}")
        assert answer.status_code == 200 and answer.json()["token"] != former.token
        assert ask(portal, "cookie", former.token).status_code == 401
        assert ask(portal, "cookie", answer.json()["token"]).json()["user"]["email"] == visitor.email


def test_a21_a_failed_sign_in_changes_nothing(portal, visitor):
    """Who has a session keeps it when somebody mistypes a password."""
    wrong = {"email": visitor.email, "password": "not that one"}
    answer = requests.post(portal.url + INSIDE, json=wrong, headers={"Cookie": f"session={visitor.token}"}, timeout=30)
    assert answer.status_code == 401 and "Set-Cookie" not in answer.headers
    assert ask(portal, "cookie", visitor.token).status_code == 200


def test_a21_another_password_ends_all_other_sessions(portal, visitor):
    """The one that changed it stays."""
    other = portal.sign_in(visitor.email, visitor.password)
    change = {"currentPassword": visitor.password, "newPassword": "quite another, and long enough"}
    assert visitor.session.patch(f"{portal.url}/api/account", json=change, timeout=30).status_code == 204
    assert other.get(portal.url + INSIDE, timeout=30).status_code == 401
    assert visitor.session.get(portal.url + INSIDE, timeout=30).status_code == 200


def test_a21_a_token_for_changing_the_password_opens_nothing_else(portal, people):
    """403 everywhere until the password is changed; the token is good once."""
    group = people.group("view", scope="all")
    made = people.post("/users", {"email": "a21-new@example.org", "groups": [group]})
    document = {"email": made["email"], "password": made["temporaryPassword"]}
    answer = requests.post(portal.url + INSIDE, json=document, timeout=30)
    assert answer.status_code == 403 and "Set-Cookie" not in answer.headers
    session = bearer(answer.json()["error"]["details"]["token"])
    for path in ("/api/session", "/api/patients", "/api/users", "/dicomweb/studies", "/api/tokens"):
        assert session.get(portal.url + path, timeout=30).status_code == 403, path
    account = f"{portal.url}/api/account"
    assert session.patch(account, json={"newPassword": made["temporaryPassword"]}, timeout=30).status_code == 422
    assert session.patch(account, json={"newPassword": "chosen by the person"}, timeout=30).status_code == 204
    assert session.patch(account, json={"newPassword": "chosen by somebody else"}, timeout=30).status_code == 401
    assert portal.sign_in(made["email"], "chosen by the person").get(f"{portal.url}/api/patients", timeout=30).ok


def test_a21_a_reset_link_is_good_once_and_for_nothing_else(portal, people, api):
    """403 wherever else it is shown; a second link, the first use and its hour end it."""
    person = people.person(people.group("view", scope="all"))

    def link():
        answer = api.post(f"{portal.url}/api/users/{person.id}/reset", timeout=30)
        assert answer.status_code == 201, answer.text
        assert answer.json()["link"].endswith(f"#reset={answer.json()['token']}")
        return bearer(answer.json()["token"])

    def use(session, password):
        change = {"newPassword": password}
        return session.patch(f"{portal.url}/api/account", json=change, timeout=30).status_code

    first, second = link(), link()
    for path in ("/api/session", "/api/patients", "/api/users", "/api/tokens", "/dicomweb/studies"):
        assert second.get(portal.url + path, timeout=30).status_code == 403, path
    assert use(first, "by a link that was replaced") == 401
    assert use(second, "chosen after the reset") == 204
    assert use(second, "chosen by somebody else") == 401
    assert portal.sign_in(person.email, "chosen after the reset").get(f"{portal.url}/api/patients", timeout=30).ok
    assert person.session.get(portal.url + INSIDE, timeout=30).status_code == 401
    third = link()
    portal.sql(f"UPDATE portal.sessions SET expires_at = now() WHERE user_id = '{person.id}'")
    assert use(third, "by a link that is too old") == 401
