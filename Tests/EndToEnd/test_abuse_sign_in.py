"""A22: passwords cannot be guessed by the thousand, nor accounts by how they are refused."""

import concurrent.futures
import statistics
import time

import pytest
import requests
from pydicom.uid import generate_uid
from requests.adapters import HTTPAdapter

from portal import PASSWORD

PER_ACCOUNT = 10
PER_ADDRESS = 100


class From(HTTPAdapter):
    """Connects from one address of this machine."""

    def __init__(self, address):
        self.address = address
        super().__init__(pool_maxsize=16)

    def init_poolmanager(self, *arguments, **choices):
        super().init_poolmanager(*arguments, source_address=(self.address, 0), **choices)


@pytest.fixture(autouse=True)
def forgotten(portal):
    """What these tests tried is not held against the ones that follow."""
    portal.sql("DELETE FROM portal.sign_in_attempts")
    yield
    portal.sql("DELETE FROM portal.sign_in_attempts")


@pytest.fixture(scope="module")
def account(people):
    return people.person()


def client(address="127.0.0.1"):
    session = requests.Session()
    session.mount("http://", From(address))
    return session


def attempt(portal, session, email, password, **choices):
    document = {"email": email, "password": password}
    return session.post(f"{portal.url}/api/session", json=document, timeout=30, **choices)


def test_a22_a_thousand_wrong_passwords_are_ten(portal, account):
    """429 with Retry-After after ten, also for the right password, and from another address too."""
    session = client()
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: attempt(portal, session, account.email, f"{number}"), range(1000)))
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) == {401, 429}
    assert statuses.count(401) <= PER_ACCOUNT + 4  # those that were under way at once
    limited = [answer for answer in answers if answer.status_code == 429]
    assert all(0 < int(answer.headers["Retry-After"]) <= 900 for answer in limited)
    assert {answer.json()["error"]["code"] for answer in limited} == {"attempts.tooMany"}
    for address in ("127.0.0.1", "127.0.0.9"):
        assert attempt(portal, client(address), account.email, account.password).status_code == 429
    portal.sql("DELETE FROM portal.sign_in_attempts")
    assert attempt(portal, session, account.email, account.password).status_code == 200


def test_a22_ten_at_once_are_no_more_than_ten_one_by_one(portal, account):
    """Guesses that arrive together are counted together."""
    session = client()
    with concurrent.futures.ThreadPoolExecutor(40) as threads:
        answers = list(threads.map(lambda number: attempt(portal, session, account.email, f"{number}"), range(40)))
    assert [answer.status_code for answer in answers].count(401) <= PER_ACCOUNT + 4


def test_a22_an_account_is_one_however_it_is_written(portal, account):
    """Case and what stands around it make no new tries."""
    writings = [account.email.upper(), account.email.title(), account.email.swapcase(), account.email]
    for number in range(PER_ACCOUNT + 4):
        answer = attempt(portal, client(), writings[number % 4], f"{number}")
        assert answer.status_code == (401 if number < PER_ACCOUNT else 429)


def test_a22_an_address_is_limited_over_all_accounts(portal, account):
    """429 after a hundred from one address, whatever it says in headers; another address signs in."""
    known = portal.sql("SELECT count(*) FROM portal.sign_in_attempts")
    assert known == ["0"]
    tried, other = client("127.0.0.7"), client("127.0.0.8")
    portal.sql(
        "INSERT INTO portal.sign_in_attempts (key) SELECT 'address:127.0.0.7' FROM generate_series(1, "
        f"{PER_ADDRESS - 5})"
    )
    statuses = [attempt(portal, tried, f"{number}@example.org", "guess").status_code for number in range(8)]
    assert statuses == [401] * 5 + [429] * 3
    for name in ("X-Real-IP", "X-Forwarded-For", "Forwarded", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP"):
        headers = {name: "for=203.0.113.9" if name == "Forwarded" else "203.0.113.9"}
        answer = attempt(portal, tried, account.email, account.password, headers=headers)
        assert answer.status_code == 429, name
    assert attempt(portal, other, account.email, account.password).status_code == 200


def test_a22_guessing_the_present_password_is_limited_too(portal, people):
    """A stolen session does not give the password away: 429 after ten wrong ones."""
    holder = people.person()
    statuses = []
    for number in range(PER_ACCOUNT + 1):
        change = {"currentPassword": f"guess {number}", "newPassword": "a new one, long enough"}
        statuses.append(holder.session.patch(f"{portal.url}/api/account", json=change, timeout=30).status_code)
    assert statuses == [422] * PER_ACCOUNT + [429]


def test_a22_unknown_and_known_accounts_are_refused_alike(portal, people):
    """The same answer, in the same time within a quarter, for accounts that exist, are closed, and do not exist."""
    known = [people.person().email for _ in range(5)]
    closed = people.person()
    portal.sql(f"UPDATE portal.users SET status = 'disabled' WHERE id = '{closed.id}'")
    unknown = [f"{generate_uid()}@example.org" for _ in known]
    session = client()
    texts, times = set(), {True: [], False: []}
    for _ in range(PER_ACCOUNT - 1):
        for email in (one for pair in zip(known, unknown, strict=True) for one in pair):
            began = time.perf_counter()
            answer = attempt(portal, session, email, "a wrong password")
            times[email in known].append(time.perf_counter() - began)
            texts.add(said(answer))
    texts.add(said(attempt(portal, session, closed.email, "a wrong password")))
    assert len(texts) == 1, texts
    assert "401" in texts.pop()
    first, second = (statistics.median(times[kind]) for kind in (True, False))
    assert abs(first - second) <= 0.25 * max(first, second), (first, second)
    assert min(first, second) > 0.005  # a hash was made for both


def said(answer):
    """All that an answer says, without its time and its id."""
    headers = {name: value for name, value in answer.headers.items() if name not in MOMENTS}
    return f"{answer.status_code} {sorted(headers.items())} {answer.text.replace(answer.headers['X-Request-Id'], '')}"


MOMENTS = ("Date", "X-Request-Id", "Server-Timing")


def test_a22_the_limit_does_not_tell_which_accounts_exist(portal, account):
    """An account that does not exist is limited after as many tries."""
    for email in (account.email, f"{generate_uid()}@example.org"):
        statuses = [attempt(portal, client(), email, "wrong").status_code for _ in range(PER_ACCOUNT + 1)]
        assert statuses == [401] * PER_ACCOUNT + [429]


@pytest.mark.parametrize("length", [1 << 20, 20_000, 10_000, 1025])
def test_a22_a_long_password_costs_no_more_than_a_short_one(portal, account, still_alive, length):
    """413 or 401, at once; the length of what is hashed is bounded."""
    attempt(portal, client(), account.email, "x")
    began = time.perf_counter()
    answer = attempt(portal, client(), account.email, "x" * length)
    assert answer.status_code == (413 if length > 1 << 14 else 401)
    assert time.perf_counter() - began < 5


def test_a22_a_new_password_is_bounded_as_well(portal, account):
    """422 for what sign-in would never take."""
    change = {"currentPassword": account.password, "newPassword": "x" * 1025}
    answer = account.session.patch(f"{portal.url}/api/account", json=change, timeout=30)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "password.tooLong")


def test_a22_nothing_is_cut_off_a_password(portal, people):
    """NUL ends nothing: what stands behind it counts, at sign-in and, where it is taken at all, in a new password."""
    plain = people.person()
    for wrong in (plain.password + "\0x", "\0" + plain.password, plain.password + " ", plain.password[:-1], ""):
        assert attempt(portal, client(), plain.email, wrong).status_code == 401, wrong
    assert attempt(portal, client(), plain.email, plain.password).status_code == 200
    document = {"email": "a22-nul@example.org", "password": "long enough\0and more"}
    made = people.api.post(f"{portal.url}/api/users", json=document, timeout=30)
    assert made.status_code in (201, 422), made.text
    for wrong in ("long enough", "long enough\0", "long enough\0or less"):
        assert attempt(portal, client(), document["email"], wrong).status_code == 401, wrong


def test_a22_a_password_with_nul_behind_it_is_another(portal, people):
    """401 for the right password and one NUL more."""
    plain = people.person()
    assert attempt(portal, client(), plain.email, plain.password + "\0").status_code == 401


NAMES = {
    "NUL": "first@example.org\0",
    "NUL and more": "first@example.org\0x",
    "NUL alone": "\0",
    "empty": "",
    "percent": "%",
    "SQL": "' OR 1=1 --",
    "long": "x" * 9000,
    "half a character": "\ud800",
    "space": "first@example.org ",
}


@pytest.mark.parametrize("name", list(NAMES))
def test_a22_an_account_s_name_is_data(portal, still_alive, name):
    """4xx, and never somebody's session."""
    answer = attempt(portal, client(), NAMES[name], PASSWORD)
    assert answer.status_code in (400, 401, 422), answer.text


@pytest.mark.parametrize(
    "document",
    ['{"email": ["a"], "password": "b"}', '{"email": "a", "password": null}', "[]", '{"email": "a"}', "{" * 5000, ""],
)
def test_a22_a_document_of_another_shape_is_400(portal, still_alive, document):
    """400 with a code; no text of ours leaks."""
    headers = {"Content-Type": "application/json"}
    answer = requests.post(f"{portal.url}/api/session", data=document, headers=headers, timeout=30)
    assert answer.status_code == 400 and answer.json()["error"]["code"].startswith("json.")
