"""A portal of the tests' own: on free ports, with its data in a temporary folder."""

import json
import os
import pathlib
import signal
import subprocess
import time

import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
EMAIL = "first@example.org"
PASSWORD = "long enough, and only for tests"
AE_TITLE = "PREVIEWDICOM"


def programs():
    """The folder of the built programs."""
    return pathlib.Path(os.environ.get("PORTAL_BIN") or ROOT / ".build/for-release/release")


class Portal:
    """Starts, stops and wounds a portal, and knows where it answers; `more` goes into its environment."""

    def __init__(self, data, password=PASSWORD, options=(), **more):
        """`password` is the first administrator's, or None to have one made; `options` are more of `scripts/run`."""
        self.data = pathlib.Path(data)
        self.password = password
        self.options = options
        self.more = more
        self.ready = {}
        self.said = ""

    def start(self):
        ports = {"--port": "port", "--dicom-port": "dicomPort", "--dicom-tls-port": "dicomTLSPort"}
        command = [ROOT / "scripts/run", "--data", self.data, "--detach", *self.options]
        for option, name in ports.items():
            command += [option, str(self.ready.get(name, 0))]
        administrator = {"PORTAL_ADMIN_EMAIL": EMAIL, "PORTAL_ADMIN_PASSWORD": self.password or ""}
        environment = dict(os.environ, **administrator, **self.more)
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=1800, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"scripts/run failed:\n{done.stdout}{done.stderr}{self.logs()}")
        self.said = done.stdout + done.stderr
        self.ready = self.read_ready()

    def stop(self):
        subprocess.run([ROOT / "scripts/stop", "--data", self.data], check=True, capture_output=True, timeout=90)

    def read_ready(self):
        return json.loads((self.data / "ready.json").read_text())

    def logs(self):
        """The end of every log, for a failure's report."""
        files = sorted((self.data / "logs").glob("*.log"))
        return "".join(f"\n--- {file.name}\n{file.read_text(errors='replace')[-2000:]}" for file in files)

    @property
    def url(self):
        return self.ready["url"]

    @property
    def dicom(self):
        return ("127.0.0.1", self.ready["dicomPort"])

    def sign_in(self, email=EMAIL, password=PASSWORD):
        """A session of `requests` that sends the token as Bearer."""
        session = requests.Session()
        answer = session.post(f"{self.url}/api/session", json={"email": email, "password": password}, timeout=30)
        assert answer.status_code == 200, answer.text
        session.cookies.clear()
        session.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return session

    def process(self, name):
        """The process id of a part, as it is now."""
        return self.read_ready()["pids"][name]

    def workers(self):
        """The processes that the dispatcher started."""
        return children(self.process("dispatcher"))

    def kill(self, pid):
        os.kill(pid, signal.SIGKILL)

    def await_health(self, seconds=30):
        """Waits until every part answers again after a wound."""
        wait_for(self.is_healthy, seconds)

    def is_healthy(self):
        try:
            return requests.get(f"{self.url}/api/health", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def program(self, name):
        return str(programs() / name)

    def environment(self, **more):
        """What the parts have in their environment, for programs that a test runs beside them."""
        return dict(
            os.environ,
            DATABASE_URL=self.ready["databaseURL"],
            PORTAL_DATA=str(self.data),
            PORTAL_AE_TITLE=AE_TITLE,
            PORTAL_DICOM_PORT=str(self.ready["dicomPort"]),
            **more,
        )

    def sql(self, statement):
        """What a statement on the portal's database gives, a text for each row."""
        command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement, self.ready["databaseURL"]]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.splitlines()

    def functions(self):
        """The function list, as `handler list --json` prints it."""
        listed = subprocess.run([self.program("handler"), "list", "--json"], capture_output=True, check=True)
        return json.loads(listed.stdout)["functions"]


def children(pid):
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def resident_bytes(pid):
    """The memory that a process holds now; 0 when it is gone."""
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def wait_for(condition, seconds):
    """Waits until `condition()` is true and returns what it gave; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        given = condition()
        if given:
            return given
        assert time.monotonic() < deadline, f"still not so after {seconds} s: {condition}"
        time.sleep(0.05)
