"""`portal import` and `portal export` at the machine itself."""

import json
import os
import pty
import subprocess
import tarfile
import zipfile

import pytest
from pydicom.uid import generate_uid

import samples
from portal import wait_for
from test_export import export, manifest

DONE, SOME, NOTHING, USAGE = 0, 1, 2, 64


@pytest.fixture
def command(portal):
    def run(*arguments, **more):
        return subprocess.run(
            [portal.program("portal"), *map(str, arguments)], env=portal.environment(), capture_output=True, text=True,
            timeout=120, check=False, **more,
        )  # fmt: skip

    return run


@pytest.fixture
def folder(tmp_path):
    """A patient's folder in the layout of exports, with three images."""
    number = f"CLI-{generate_uid()[-12:]}"
    place = tmp_path / "in" / f"Patient-{number}"
    place.mkdir(parents=True)
    (place / f"{place.name}.json").write_bytes(samples.sidecar(number))
    for image in samples.made_study(3, patient_id=number):
        (place / f"1-{image.InstanceNumber:02d}.dcm").write_bytes(samples.file_bytes(image))
    return place


def patients(portal, api, folder):
    number = folder.name.removeprefix("Patient-")
    return api.get(f"{portal.url}/api/patients", params={"q": number}, timeout=30).json()["items"]


def test_a_folder_is_imported_where_it_is(portal, api, command, folder):
    tried = command("import", folder.parent, "--dry-run")
    assert tried.returncode == DONE and "would be stored 3" in tried.stdout, tried
    assert patients(portal, api, folder) == []
    done = command("import", folder.parent)
    assert done.returncode == DONE and "stored 3, identical 0" in done.stdout, done
    assert done.stderr == ""  # no terminal, no progress
    [patient] = patients(portal, api, folder)
    assert (patient["lastName"], patient["studies"]) == ("Ångström", 1)
    assert len(list(folder.iterdir())) == 4
    again = command("import", "--json", *folder.iterdir())
    assert again.returncode == DONE and json.loads(again.stdout)["counts"]["identical"] == 3, again


def test_an_archive_is_an_import_by_itself(portal, api, command, folder, tmp_path):
    (tmp_path / "a.zip").write_bytes(samples.archive({f"{folder.name}/{file.name}": file.read_bytes() for file in folder.iterdir()}))
    done = command("import", "--json", tmp_path / "a.zip", folder)
    first, second = map(json.loads, done.stdout.splitlines())
    assert done.returncode == DONE
    assert (first["counts"]["stored"], second["counts"]["identical"]) == (3, 3)
    listed = api.get(f"{portal.url}/api/imports", timeout=30).json()["items"]
    assert {first["id"], second["id"]} <= {one["id"] for one in listed}


def test_links_are_not_followed(command, folder):
    (folder / "1-09.dcm").symlink_to("/etc/passwd")
    assert "not DICOM 0, refused 0" in command("import", folder).stdout


def test_the_exit_status_says_how_it_went(command, folder, tmp_path):
    (folder / "1-10.dcm").write_bytes(bytes(128) + b"DICM and no more")
    some = command("import", folder)
    assert some.returncode == SOME and f"{folder.name}/1-10.dcm: " in some.stdout, some
    assert command("import", folder, "--on-existing", "fail").returncode == NOTHING
    broken = tmp_path / "broken.zip"
    broken.write_bytes(samples.archive({"a": b"a"})[:-10])
    assert command("import", broken).returncode == NOTHING
    assert command("import", broken, folder).returncode == SOME
    absent = command("import", tmp_path / "absent")
    assert (absent.returncode, absent.stderr) == (NOTHING, f"Error: There is nothing to read at {tmp_path}/absent.\n")
    alone = tmp_path / "note.txt"
    alone.write_text("no image")
    assert command("import", alone).returncode == NOTHING
    for wrong in (["import"], ["import", folder, "--on-existing", "x"], ["export", "-o", "x"], ["export", "--all"]):
        assert command(*wrong).returncode == USAGE, wrong


def test_without_a_database_nothing_can_be_done(portal, folder):
    environment = dict(portal.environment(), DATABASE_URL="host=/nowhere")
    done = subprocess.run(
        [portal.program("portal"), "import", folder], env=environment, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == NOTHING


def test_names_of_an_archive_do_not_command_the_terminal(command, tmp_path):
    (tmp_path / "a.zip").write_bytes(samples.archive({"\x1b]0;title\x07.dcm": b"x"}))
    assert not set("\x1b\x07") & set(command("import", tmp_path / "a.zip").stdout)


def test_an_export_is_what_the_portal_gives(portal, api, command, folder, tmp_path):
    command("import", folder)
    [patient] = patients(portal, api, folder)
    target = tmp_path / "out.zip"
    done = command("export", "--patient", patient["patientId"], "-o", target)
    assert (done.returncode, done.stdout) == (DONE, "1 patients, 1 studies, 3 files\n"), done
    assert manifest(zipfile.ZipFile(target)) == manifest(export(portal, api, patients=[patient["id"]]))
    study = samples.uids((folder / "1-01.dcm").read_bytes())[0]
    assert command("export", "--study", study, "-o", target).returncode == DONE
    assert len(zipfile.ZipFile(target).namelist()) == 6
    last = portal.sql("SELECT action, actor IS NULL, details ->> 'instances' FROM portal.audit ORDER BY id DESC LIMIT 3")
    assert "export.made|t|3" in last


def test_everything_is_exported(portal, command, tmp_path):
    target = tmp_path / "all.zip"
    done = command("export", "--all", "-o", target)
    assert done.returncode == DONE, done
    files = portal.sql("SELECT count(*) FROM portal.instances i JOIN portal.series e ON e.id = i.series_id "
                       "JOIN portal.studies s ON s.id = e.study_id WHERE s.deleted IS NULL")[0]  # fmt: skip
    assert done.stdout.endswith(f" {files} files\n")
    assert sum(name.endswith(".dcm") for name in zipfile.ZipFile(target).namelist()) == int(files)


def test_an_export_that_fails_leaves_nothing(command, tmp_path):
    for wanted in (["--patient", "nobody"], ["--study", "1.2.3.999"]):
        failed = command("export", *wanted, "-o", tmp_path / "out.zip")
        assert failed.returncode == NOTHING and "There is no" in failed.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_shows_progress(portal, folder, tmp_path):
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [portal.program("portal"), "import", folder], env=portal.environment(), stdout=subprocess.PIPE, stderr=theirs,
        timeout=60, check=False,
    )  # fmt: skip
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        said = terminal.read(1 << 16)
    assert done.returncode == DONE and b"100 %" in said and b"%" not in done.stdout


@pytest.fixture
def remote(portal, api, tmp_path):
    """The program far from the portal: it has an address and a token, and no database."""
    made = api.post(f"{portal.url}/api/tokens", json={"name": "far", "may": ["read", "store"], "days": 1}, timeout=30)
    environment = {"PATH": os.environ["PATH"], "PORTAL_TOKEN": made.json()["token"]}

    def start(*arguments, **more):
        return subprocess.Popen(
            [portal.program("portal"), *map(str, arguments), "--url", portal.url], env=environment | more, cwd=tmp_path,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(*arguments, **more):
        process = start(*arguments, **more)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    run.start = start
    return run


def newest_import(portal, api):
    """The newest import as the API shows it."""
    [listed] = api.get(f"{portal.url}/api/imports", params={"limit": 1}, timeout=30).json()["items"]
    return api.get(f"{portal.url}/api/imports/{listed['id']}", timeout=30).json()


def test_a_folder_goes_to_a_portal_elsewhere_and_not_twice(portal, api, remote, folder):
    tried = remote("import", folder.parent, "--dry-run")
    assert tried.returncode == DONE and "would be stored 3, identical 0" in tried.stdout, tried
    assert patients(portal, api, folder) == []
    done = remote("import", folder.parent)
    assert done.returncode == DONE and "stored 3, identical 0" in done.stdout and done.stderr == "", done
    [patient] = patients(portal, api, folder)
    assert (patient["lastName"], patient["studies"]) == ("Ångström", 1)
    assert newest_import(portal, api)["filesReceived"] == 4
    again = remote("import", folder.parent, "--json")
    report = json.loads(again.stdout)
    assert again.returncode == DONE and report["counts"]["identical"] == 3 and "files" in report, again
    shown = newest_import(portal, api)
    assert (shown["filesKnown"], shown["filesReceived"]) == (3, 1)
    assert "would be stored 0, identical 3" in remote("import", folder.parent, "--dry-run").stdout


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
def test_an_archive_goes_to_a_portal_elsewhere(portal, api, remote, folder, tmp_path, name):
    if name == "a.zip":
        (tmp_path / name).write_bytes(samples.archive({f"{folder.name}/{one.name}": one.read_bytes() for one in folder.iterdir()}))
    else:
        with tarfile.open(tmp_path / name, "w:gz" if name.endswith("gz") else "w") as packed:
            packed.add(folder, folder.name)
    tried = remote("import", tmp_path / name, "--dry-run")
    assert tried.returncode == DONE and "would be stored 3" in tried.stdout and patients(portal, api, folder) == [], tried
    done = remote("import", tmp_path / name)
    assert done.returncode == DONE and "stored 3, identical 0" in done.stdout, done
    assert len(patients(portal, api, folder)) == 1


def test_what_a_portal_elsewhere_refuses_is_said(portal, api, remote, folder, tmp_path):
    (folder / "1-10.dcm").write_bytes(bytes(128) + b"DICM and no more")
    some = remote("import", folder)
    assert some.returncode == SOME and f"{folder.name}/1-10.dcm: " in some.stdout, some
    assert remote("import", folder, "--on-existing", "fail").returncode == NOTHING
    strange = remote("import", folder, PORTAL_TOKEN="none")
    assert strange.returncode == NOTHING and "does not take the access token" in strange.stderr, strange
    body = {"name": "reader", "may": ["read"], "days": 1}
    reader = api.post(f"{portal.url}/api/tokens", json=body, timeout=30).json()["token"]
    refused = remote("import", folder, PORTAL_TOKEN=reader)
    assert refused.returncode == NOTHING and refused.stderr.strip().endswith("."), refused
    for url in ("ftp://127.0.0.1", "http://127.0.0.1:1", "nothing", f"{portal.url}/fr/"):
        away = subprocess.run(
            [portal.program("portal"), "import", folder, "--url", url, "--token", "x"], capture_output=True, timeout=60, check=False
        )
        assert away.returncode == NOTHING and away.stderr, url


def test_an_export_of_a_portal_elsewhere_is_what_it_gives(portal, api, remote, folder, tmp_path):
    remote("import", folder)
    [patient] = patients(portal, api, folder)
    target = tmp_path / "out.zip"
    done = remote("export", "--patient", patient["patientId"], "-o", target)
    assert (done.returncode, done.stdout) == (DONE, "1 patients, 1 studies, 3 files\n"), done
    assert manifest(zipfile.ZipFile(target)) == manifest(export(portal, api, patients=[patient["id"]]))
    target.unlink()
    for wanted in (["--patient", "nobody"], ["--study", "1.2.3.999"]):
        failed = remote("export", *wanted, "-o", target)
        assert failed.returncode == NOTHING and failed.stderr and not target.exists(), failed


@pytest.fixture
def heavy(tmp_path):
    """A folder of 40 images of 2 MiB."""
    place = tmp_path / f"heavy {generate_uid()[-8:]}"
    place.mkdir()
    for image in samples.made_study(40, patient_id="HEAVY", side=1024):
        (place / f"{image.InstanceNumber:02d}.dcm").write_bytes(samples.file_bytes(image))
    return place


def await_some(portal, api, name):
    """Waits until some of the newest import has come."""
    def some():
        shown = newest_import(portal, api)
        return shown["name"] == name and shown["bytesReceived"] > 8 << 20 and shown

    return wait_for(some, 60)


def test_a_portal_elsewhere_that_dies_is_waited_for(portal, api, remote, heavy):
    sending = remote.start("import", heavy)
    await_some(portal, api, heavy.name)
    portal.kill(portal.process("dispatcher"))
    out, err = sending.communicate(timeout=120)
    assert sending.returncode == DONE and "stored 40, identical 0" in out, (out, err)
    portal.await_health()


def test_a_command_that_was_broken_off_goes_on(portal, api, remote, heavy):
    broken = remote.start("import", heavy)
    before = await_some(portal, api, heavy.name)
    broken.kill()
    broken.communicate()
    done = remote("import", heavy)
    assert done.returncode == DONE and "stored 40, identical 0" in done.stdout, done
    assert newest_import(portal, api)["id"] == before["id"]


def test_a_command_that_goes_on_does_what_it_says_itself(portal, api, remote, folder, heavy):
    assert remote("import", folder).returncode == DONE
    for image in heavy.iterdir():
        image.rename(folder / f"heavy-{image.name}")
    broken = remote.start("import", folder)
    before = await_some(portal, api, folder.name)
    broken.kill()
    broken.communicate()
    refused = remote("import", folder, "--on-existing", "fail")
    assert refused.returncode == NOTHING and newest_import(portal, api)["id"] == before["id"], refused
