"""Many who read and store one study at the same time."""

import collections
import io
import threading
import zipfile

import requests

import samples
from people import path_of, stow
from portal import wait_for

ZIP = {"Accept": "application/zip"}


class Traffic:
    """Repeats what its actions do, each on a thread of its own, and counts what they answer."""

    def __init__(self, **actions):
        self.seen = {name: collections.Counter() for name in actions}
        self.faults = []
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.repeat, args=pair) for pair in actions.items()]

    def repeat(self, name, action):
        while not self.ended.is_set() and not self.faults:
            try:
                self.seen[name][action()] += 1
            except Exception as fault:  # noqa: BLE001 - whatever it is, the test shows it
                self.faults.append((name, repr(fault)))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        self.await_more()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def await_more(self):
        """Waits until every action was done once more, at least."""
        before = {name: counts.total() for name, counts in self.seen.items()}
        wait_for(lambda: self.faults or all(self.seen[name].total() > before[name] for name in before), 60)
        assert not self.faults, self.faults

    def statuses(self, *names):
        return {status for name in names or self.seen for status in self.seen[name]}


def session_like(session):
    """Another session with the same token: one connection for each thread."""
    other = requests.Session()
    other.headers.update(session.headers)
    return other


def reading(portal, session, image):
    """Actions that read a study at every level; an answer that is given is whole."""
    study, instance = f"{portal.url}/dicomweb/studies/{image.StudyInstanceUID}", portal.url + path_of(image)
    session = {
        name: session_like(session) for name in ("frame", "metadata", "archive", "search", "picture", "original")
    }

    def metadata():
        answer = session["metadata"].get(f"{study}/metadata", timeout=30)
        assert answer.status_code != 200 or any("00080018" in one for one in answer.json())
        return answer.status_code

    def archive():
        answer = session["archive"].get(study, headers=ZIP, timeout=30)
        if answer.status_code == 200:
            assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
        return answer.status_code

    def search():
        found = session["search"].get(
            f"{portal.url}/dicomweb/instances?StudyInstanceUID={image.StudyInstanceUID}", timeout=30
        )
        assert found.status_code in (200, 204), found.text
        return 200 if found.text not in ("", "[]") else 404

    def plain(name, path):
        def get():
            answer = session[name].get(path, timeout=30)
            assert answer.status_code != 200 or answer.content
            return answer.status_code

        return get

    return {
        "frame": plain("frame", f"{instance}/frames/1"), "metadata": metadata, "archive": archive, "search": search,
        "picture": plain("picture", f"{instance}/rendered"),
        "original": plain("original", f"{portal.url}/api/instances/{image.SOPInstanceUID}/original"),
    }  # fmt: skip


class Storing:
    """Stores ever new instances of one study, and remembers those that were acknowledged."""

    def __init__(self, portal, session, image):
        self.portal, self.session, self.image = portal, session_like(session), image
        self.acknowledged = {}

    def __call__(self):
        new = samples.made(
            study=self.image.StudyInstanceUID, series=self.image.SeriesInstanceUID, patient_id=self.image.PatientID,
            name=str(self.image.PatientName), side=16, number=len(self.acknowledged) + 10,
        )  # fmt: skip
        answer = stow(self.portal, self.session, new)
        if answer.status_code == 200:
            self.acknowledged[new.SOPInstanceUID] = samples.file_bytes(new)
        return answer.status_code
