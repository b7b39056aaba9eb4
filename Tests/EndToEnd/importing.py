"""An import that is sent file by file, as a browser or a program does."""

import concurrent.futures
import hashlib

import requests

from portal import wait_for

ENDED = ("done", "failed", "cancelled", "interrupted")
PIECE = 1 << 20


class Import:
    """One import of `{path: bytes}`; what is asked goes through `session`."""

    def __init__(self, portal, session, files, **more):
        self.portal, self.session, self.files = portal, session, list(files.items())
        self.begun = self.post("", {"files": [self.announced(*file) for file in self.files]} | more)
        assert self.begun.status_code == 201, self.begun.text
        self.id = self.begun.json()["id"]

    @staticmethod
    def announced(path, content):
        return {"path": path, "size": len(content)}

    def address(self, path):
        return f"{self.portal.url}/api/imports{path}"

    def post(self, path, document=None):
        return self.session.post(self.address(path), json=document, timeout=60)

    def put(self, n, content, offset=0, session=None):
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/octet-stream"}
        return (session or self.session).put(
            self.address(f"/{self.id}/files/{n}"), data=content, headers=headers, timeout=60
        )

    def offset(self, n):
        answer = self.session.head(self.address(f"/{self.id}/files/{n}"), timeout=30)
        assert answer.status_code == 200
        return int(answer.headers["Upload-Offset"])

    def send(self, numbers=None, at_once=4):
        """Sends these files whole, each in one piece."""
        session = pooled(self.session, at_once)
        numbers = range(len(self.files)) if numbers is None else numbers
        with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
            answers = list(pool.map(lambda n: self.put(n, self.files[n][1], session=session).status_code, numbers))
        assert set(answers) <= {204}, answers
        return self

    def go_on(self):
        """Sends what is missing, from where it ends; what breaks is tried again."""
        for n, (_, content) in enumerate(self.files):
            while True:
                try:
                    offset = self.offset(n)
                    if offset == len(content):
                        break
                    self.put(n, content[offset : offset + PIECE], offset)
                except (requests.RequestException, AssertionError):
                    self.portal.await_health()

    def known(self, *numbers):
        files = [{"n": n, "sha256": hashlib.sha256(self.files[n][1]).hexdigest()} for n in numbers]
        answer = self.post(f"/{self.id}/known", {"files": files})
        assert answer.status_code == 200, answer.text
        return answer.json()["known"]

    def commit(self, **parameters):
        return self.session.post(self.address(f"/{self.id}/commit"), params=parameters, timeout=60)

    def show(self):
        answer = self.session.get(self.address(f"/{self.id}"), timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def await_end(self, seconds=60):
        return wait_for(lambda: (shown := self.show())["state"] in ENDED and shown, seconds)

    def run(self, seconds=60, **parameters):
        """Commits and waits; the report."""
        answer = self.commit(**parameters)
        assert answer.status_code == 202, answer.text
        shown = self.await_end(seconds)
        assert shown["state"] == "done", shown
        return shown["report"]

    def objects(self):
        """The names of its files under `incoming/`."""
        return self.portal.sql(f"SELECT object FROM portal.import_files WHERE import = '{self.id}'")


def pooled(session, size):
    """The same session for so many threads."""
    adapter = requests.adapters.HTTPAdapter(pool_connections=1, pool_maxsize=size)
    session.mount("http://", adapter)
    return session


def incoming(portal):
    return {file.name for file in (portal.data / "store/incoming").iterdir()}


def code(answer):
    return answer.json()["error"]["code"]
