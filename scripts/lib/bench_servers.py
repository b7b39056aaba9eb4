"""The servers that scripts/bench measures, and nginx as the limit of what its client can take."""

import collections
import concurrent.futures
import contextlib
import copy
import json
import os
import pathlib
import subprocess
import sys

from bench_client import Connection
from portal import AE_TITLE, Portal, children, wait_for

JSON = {"Accept": "application/dicom+json"}


class Server:
    """One of them, with what a client needs to know."""

    def __init__(self, name, port, pids, dicom=None, headers=None, root="/dicomweb"):
        """`pids` gives the processes that were started, by name; their children belong to them."""
        self.name, self.port, self.pids, self.dicom = name, port, pids, dicom
        self.headers, self.root = headers or {}, root

    def signed_in(self, name, headers):
        """The same server for another caller."""
        other = copy.copy(self)
        other.name, other.headers = name, headers
        return other

    def direct(self):
        """The same server without what stands in front of it."""
        return self

    def connect(self):
        return Connection(self.port)

    def ask(self, connection, method, path, headers, body=None, into=None):
        """The content of the answer; with a buffer to read it `into`, its length, which is less than the buffer's."""
        status, content, size = connection.ask(method, self.root + path, {**self.headers, **headers}, body, into)
        if status != 200:
            raise RuntimeError(f"{self.name}: {method} {path} answered {status}: {bytes(content[:min(size, 300)])!r}")
        return bytes(memoryview(content)[:size]) if into is None else size

    def cpu(self):
        """Seconds of processor time that its processes, with all their children, have used so far."""
        return sum(self.cpu_by_program().values())

    def cpu_by_program(self):
        """The same by the programs' names."""
        seconds = collections.Counter()
        for pid in self.processes():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                head, tail = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)
                seconds[head.split("(", 1)[1]] += sum(map(int, tail.split()[11:15])) / os.sysconf("SC_CLK_TCK")
        return seconds

    def settle(self):
        """Does at once what happens by itself within a minute after storing, so that no row has it in its middle."""

    def memory(self):
        """MiB that its processes hold, without PostgreSQL; how much more each of them ever held is added.

        Memory that processes share is counted once: Pss in proc(5).
        """
        kilobytes = 0
        for pid in self.processes(without="postgres"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                folder = pathlib.Path(f"/proc/{pid}")
                lines = (folder / "status").read_text() + (folder / "smaps_rollup").read_text()
                held = {line.split()[0]: int(line.split()[1]) for line in lines.splitlines() if line.endswith(" kB")}
                kilobytes += held["Pss:"] + held["VmHWM:"] - held["VmRSS:"]
        return round(kilobytes / 1024)

    def processes(self, without=None):
        waiting, found = [pid for name, pid in self.pids().items() if name != without], []
        while waiting:
            found.append(waiting.pop())
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                waiting += children(found[-1])
        return found


class Ours(Server):
    """The portal. Its PostgreSQL counts new rows once a minute; with no counts it chooses poor plans."""

    def __init__(self, portal):
        super().__init__("ours", portal.ready["port"], self.parts, dicom=(AE_TITLE, portal.ready["dicomPort"]))
        self.portal, self.headers = portal, {"Authorization": portal.sign_in().headers["Authorization"]}

    def direct(self):
        other = copy.copy(self)
        other.port = self.portal.ready["dispatcherPort"]
        return other

    def parts(self):
        return {name: pid for name, pid in self.portal.read_ready()["pids"].items() if name != "run"}

    def settle(self):
        for statement in ("SELECT portal.fold_counters()", "VACUUM (ANALYZE)"):
            command = ["psql", "-X", "-q", "-o", "/dev/null", "-c", statement, self.portal.ready["databaseURL"]]
            subprocess.run(command, check=True, capture_output=True)


class Ceiling(Server):
    """nginx with files of what the portal answered, and reading what is stored away: faster than this no server can seem to
    the same client."""

    def __init__(self, port, pid, folder):
        super().__init__("ceiling", port, lambda: {"nginx": pid}, root="")
        self.folder = folder

    def serve(self, name, content):
        """Makes it a file, and returns its path."""
        name = "".join(letter for letter in name if letter.isalnum())
        (self.folder / name).write_bytes(content)
        return f"/{name}"


@contextlib.contextmanager
def ours(folder):
    portal = Portal(folder / "portal")
    portal.start()
    try:
        yield Ours(portal)
    finally:
        portal.stop()


@contextlib.contextmanager
def orthanc(folder):
    home = folder / "orthanc"
    home.mkdir()
    port, dicom_port = 18000 + os.getpid() % 1000, 19000 + os.getpid() % 1000
    settings = {
        "StorageDirectory": str(home), "IndexDirectory": str(home), "HttpPort": port, "DicomPort": dicom_port,
        "DicomAet": "ORTHANC", "RemoteAccessAllowed": False, "AuthenticationEnabled": False,
        "DicomAlwaysAllowStore": True, "Plugins": ["/usr/share/orthanc/plugins"],
        "DicomWeb": {"Enable": True, "Root": "/dicomweb/"},
    }  # fmt: skip
    (home / "orthanc.json").write_text(json.dumps(settings))
    with started(["Orthanc", str(home / "orthanc.json")], home) as process:
        server = Server("orthanc", port, lambda: {"Orthanc": process.pid}, dicom=("ORTHANC", dicom_port))
        wait_for(lambda: is_up(server, "/studies?limit=1"), 30)
        yield server


@contextlib.contextmanager
def ceiling(folder):
    home = folder / "nginx"
    (home / "files").mkdir(parents=True)
    (home / "files/up").write_bytes(b"")
    port = 17000 + os.getpid() % 1000
    files = f"listen 127.0.0.1:{port}; root {home}/files; client_max_body_size 0; location = /studies {{ return 200; }}"
    with nginx(home, "tcp_nopush on; keepalive_requests 1000000;", files) as process:
        server = Ceiling(port, process.pid, home / "files")
        wait_for(lambda: is_up(server, "/up"), 30)
        yield server


@contextlib.contextmanager
def nginx(home, http, server):
    """nginx as one process, with these settings of its `http` and its only `server`."""
    (home / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {home}/pid; error_log {home}/error.log; events {{}}\n"
        f"http {{ access_log off; sendfile on; client_body_temp_path {home}/body; proxy_temp_path {home}/proxy;\n"
        f"{http}\nserver {{ {server} }} }}\n"
    )
    with started(["nginx", "-p", str(home), "-c", str(home / "nginx.conf")], home) as process:
        yield process


@contextlib.contextmanager
def started(command, home):
    with open(home / "log", "wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            yield process
        finally:
            process.terminate()


def is_up(server, path):
    try:
        server.ask(server.connect(), "GET", path, JSON)
        return True
    except (OSError, RuntimeError):
        return False


def in_parallel(clients, work):
    """What `work(number)` returns for each client, all at the same time."""
    with concurrent.futures.ThreadPoolExecutor(clients) as pool:
        return list(pool.map(work, range(clients)))


def keep_to_one_processor():
    """Keeps this program and the clients that it starts to one processor, as the kernel else moves them among the
    servers' now and then, and each moving halves or doubles a row."""
    every = os.sched_getaffinity(0)
    if len(every) > 1:
        os.sched_setaffinity(0, {max(every)})


def say(text):
    """Tells the progress."""
    print(text, file=sys.stderr, flush=True)
