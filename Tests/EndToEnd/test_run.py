"""`scripts/run` as people meet it."""

import subprocess
import time

from portal import ROOT, Portal


def run(*arguments):
    command = [ROOT / "scripts/run", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_a_second_start_on_the_same_folder_is_refused_with_a_sentence(portal):
    done = run("--data", portal.data, "--port", "0", "--dicom-port", "0", "--detach")
    assert done.returncode != 0 and "already running" in done.stderr + done.stdout


def test_a_port_in_use_is_named(portal, tmp_path):
    done = run("--data", tmp_path / "data", "--port", str(portal.ready["port"]), "--dicom-port", "0", "--detach")
    assert done.returncode != 0 and f"port {portal.ready['port']} is in use" in done.stderr + done.stdout


def test_two_portals_live_side_by_side_and_a_second_start_is_quick(portal, tmp_path):
    other = Portal(tmp_path / ("a long name for a folder " * 4).strip())
    other.start()
    try:
        assert other.is_healthy() and portal.is_healthy()
        other.stop()
        assert not (other.data / "ready.json").exists()
        began = time.monotonic()
        other.start()
        assert time.monotonic() - began < 5
        assert other.sign_in()
    finally:
        other.stop()
    assert portal.is_healthy()
