"""The callers of the matrix as people: accounts, groups and tokens, made through the API when a call first asks."""

import concurrent.futures
import functools
import http.cookiejar
import re
import subprocess

import requests
from pydicom.uid import generate_uid

from rights_matrix import INACTIVE, MUST_CHANGE, NOBODY, TOKEN, Caller

PASSWORD = "long enough for the matrix"
NAME = "Matrice"
STRANGER = Caller("stranger", NOBODY)
AT_ONCE = 4


class Person:
    """An account and what its caller sends as Authorization."""

    def __init__(self, user, email, authorization=None):
        self.user, self.email, self.authorization = user, email, authorization


def kept(*permissions):
    """A thing that callers with the same rights share until one of them uses it up.

    Whoever holds none of the permissions is stopped before the thing matters, and shares a stranger's.
    """

    def keeping(make):
        @functools.wraps(make)
        def get(world, caller):
            maker = caller if not permissions or any(map(caller.holds, permissions)) else STRANGER
            place = (world.rights(maker), make.__name__)
            if place not in world.things:
                world.things[place] = make(world, maker)
            return world.things[place]

        return get

    return keeping


class People:
    """Who calls. What they are granted is the world's, which is made of this."""

    def __init__(self, portal, api):
        self.portal, self.things, self.people = portal, {}, {}
        # What callers opened when it was their turn to sign in.
        self.opened = {}
        self.http = requests.Session()
        self.http.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        self.authorization = api.headers["Authorization"]

    def send(self, method, path, authorization=None, **request):
        headers = dict(request.pop("headers", {}), **({"Authorization": authorization} if authorization else {}))
        return self.http.request(method, self.portal.url + path, headers=headers, timeout=60, **request)

    def administer(self, method, path, document=None):
        """Does something as the administrator; it has to succeed."""
        answer = self.send(method, f"/api{path}", self.authorization, json=document)
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def ask(self, function, caller, call):
        """Calls a function as a caller."""
        call = dict(call)
        names = call.pop("path", {})
        method, pattern = function["route"].split(" ")
        path = re.sub(r"\{(\w+)\}", lambda found: str(names[found[1]]), pattern)
        answer = self.send(method, path, call.pop("authorization", self.authorization_of(caller)), **call)
        if function["name"] == "OpenSession" and answer.ok:
            self.opened[caller.name] = f"Bearer {answer.json()['token']}"
        return answer

    @staticmethod
    def rights(caller):
        """What callers share that may the same: groups, and what these are granted."""
        return caller.here, caller.elsewhere, caller.everywhere, caller.is_patient, caller.in_vain

    @kept()
    def groups(self, caller):
        """The ids of the caller's groups, by where their permissions hold."""
        given = {"here": caller.here, "elsewhere": caller.elsewhere, "everywhere": caller.everywhere}
        if caller.is_patient:
            given = {"everywhere": caller.in_vain}
        made = {
            where: self.new_group(permissions, "all" if where == "everywhere" else "granted")
            for where, permissions in given.items() if permissions
        }  # fmt: skip
        if "elsewhere" in made:
            self.administer("PUT", f"/groups/{made['elsewhere']}/grants/{self.elsewhere.id}")
        return made

    def new_group(self, permissions, scope="granted"):
        document = {"name": f"{NAME} {generate_uid()}", "permissions": sorted(permissions), "scope": scope}
        return self.administer("POST", "/groups", document)["id"]

    def new_account(self, groups, **more):
        email = f"{generate_uid().rsplit('.', 1)[1]}@matrix.example.org"
        document = {"email": email, "name": NAME, "password": PASSWORD, "groups": groups}
        return Person(self.administer("POST", "/users", document | more)["id"], email)

    def sign_in(self, person):
        """Opens a session; for who must change the password, gives the token for that."""
        answer = self.send("POST", "/api/session", json={"email": person.email, "password": PASSWORD})
        if answer.status_code == 403:
            return f"Bearer {answer.json()['error']['details']['token']}"
        assert answer.status_code == 200, answer.text
        return f"Bearer {answer.json()['token']}"

    def person(self, caller):
        if caller.name not in self.people:
            self.people[caller.name] = self.new_person(caller)
        return self.people[caller.name]

    def gather(self, callers):
        """Makes all of them at once: hashing passwords takes its time."""
        for caller in callers:
            self.groups(caller)
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self.person, callers))

    def new_person(self, caller):
        if caller.door == NOBODY:
            return Person(None, "nobody@matrix.example.org")
        more = {"patient": self.patient(caller).id} if caller.is_patient else {}
        if caller.door == MUST_CHANGE:
            more["mustChangePassword"] = True
        person = self.new_account(list(self.groups(caller).values()), **more)
        person.authorization = self.sign_in(person)
        self.arrange(caller, person)
        return person

    def arrange(self, caller, person):
        """Gives the caller its access token, or takes away what it is without."""
        if caller.door == TOKEN:
            uses = {"read": "view", "store": "import"}
            self.give_token(person, [use for use, permission in uses.items() if permission in caller.leaves])
        elif caller.name == "token expired":
            made = self.give_token(person)
            self.sql(f"UPDATE portal.sessions SET expires_at = now() - interval '1 second' WHERE id = '{made}'")
        elif caller.name == "token revoked":
            session, made = person.authorization, self.give_token(person)
            assert self.send("DELETE", f"/api/tokens/{made}", session).status_code == 204
        elif caller.name == "account expired":
            self.administer("PATCH", f"/users/{person.user}", {"expiresAt": "2020-01-01"})
        elif caller.door == INACTIVE:
            if caller.name.startswith("token"):
                self.give_token(person)
            self.administer("PATCH", f"/users/{person.user}", {"status": "disabled"})

    def give_token(self, person, uses=("read", "store")):
        """Gives a person's caller an access token instead of the session; returns its id."""
        made = self.new_token(person.authorization, uses)
        person.authorization = f"Bearer {made['token']}"
        return made["id"]

    def new_token(self, authorization, may=("read", "store")):
        answer = self.send("POST", "/api/tokens", authorization, json={"name": NAME, "may": list(may), "days": 1})
        assert answer.status_code == 201, answer.text
        return answer.json()

    def sql(self, statement):
        """For what no function does: making a token old."""
        command = ["psql", "-v", "ON_ERROR_STOP=1", "-qc", statement, self.portal.ready["databaseURL"]]
        subprocess.run(command, check=True, capture_output=True, timeout=30)

    def authorization_of(self, caller):
        return self.person(caller).authorization

    def another_session(self, caller):
        """A further sign-in of the caller, if it is a person who may."""
        if not caller.is_known or caller.door == TOKEN:
            return self.authorization_of(caller)
        return self.opened.pop(caller.name, None) or self.sign_in(self.person(caller))

    def id_of_another_session(self, caller):
        listed = self.send("GET", "/api/sessions", self.another_session(caller))
        return next((one["id"] for one in listed.json().get("items", []) if one["current"]), generate_uid())

    def id_of_a_token(self, caller):
        if not caller.is_known or caller.door == TOKEN:
            return generate_uid()
        return self.new_token(self.authorization_of(caller))["id"]

    def id_of_a_search(self, caller):
        if not caller.is_known or caller.door == TOKEN:
            return generate_uid()
        saved = self.send(
            "POST", "/api/searches", self.authorization_of(caller), json={"name": generate_uid()[:40], "filters": {}}
        )
        return saved.json().get("id", generate_uid())

    def token_for_the_change(self, caller):
        """A token that is good for the change of the password; of any other caller its usual one."""
        if caller.door != MUST_CHANGE:
            return self.authorization_of(caller)
        return self.sign_in(self.new_account(list(self.groups(caller).values()), mustChangePassword=True))

    def forget(self, caller, things):
        """What was used up is made again for the next call."""
        for place in list(self.things):
            if place[0] == self.rights(caller) and place[1] in things:
                del self.things[place]
