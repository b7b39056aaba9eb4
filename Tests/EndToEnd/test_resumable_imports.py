"""Imports that are sent file by file go on where they were, whatever dies meanwhile."""

import concurrent.futures
import http.client
import json
import os
import signal
import time

import pytest
from pydicom.uid import generate_uid

import samples
from importing import Import, code, incoming, pooled
from people import bearer, token_of
from portal import children, resident_bytes, wait_for
from test_memory import Watch


def folder(count=3, **choices):
    """A patient's folder: a sidecar and slices of one study."""
    number = f"RES-{generate_uid()[-12:]}"
    images = samples.made_study(count, patient_id=number, name="Ångström^Zoé", **choices)
    files = {f"Patient-{number}/1-{place:02d}.dcm": samples.file_bytes(image) for place, image in enumerate(images)}
    return {f"Patient-{number}/Patient-{number}.json": samples.sidecar(number)} | files, images


def count_in_index(portal, images):
    study = images[0].StudyInstanceUID
    counted = f"SELECT coalesce(sum(instance_count), 0) FROM portal.studies WHERE uid = '{study}'"
    return int(portal.sql(counted)[0])


def test_a_folder_is_sent_file_by_file_and_stored(portal, api):
    files, images = folder()
    sent = Import(portal, api, files, name="Dossier")
    assert sent.begun.headers["Location"] == f"/api/imports/{sent.id}"
    shown = sent.show()
    assert shown["state"] == "receiving" and shown["filesTotal"] == 4 and shown["bytesReceived"] == 0
    assert shown["bytesTotal"] == sum(map(len, files.values()))
    sent.send()
    assert sent.show()["filesReceived"] == 4
    objects = set(sent.objects())
    report = sent.run()
    assert [file["outcome"] for file in report["files"]] == ["skipped", "stored", "stored", "stored"]
    assert report["patients"][0]["action"] == "created"
    assert count_in_index(portal, images) == 3
    shown = sent.show()
    assert shown["filesReceived"] == 4 and shown["bytesReceived"] == shown["bytesTotal"] == shown["bytesDone"]
    wait_for(lambda: not objects & incoming(portal), 10)
    assert sent.commit().json() == {"id": sent.id, "state": "done"}


def test_pieces_go_on_at_the_offset_and_nowhere_else(portal, api):
    content = samples.made_bytes(side=128)
    sent = Import(portal, api, {"a.dcm": content})
    assert sent.put(0, content[:1000]).headers["Upload-Offset"] == "1000"
    assert sent.offset(0) == 1000
    for wrong in (0, 999, 1001, len(content)):
        answer = sent.put(0, content[wrong:], wrong)
        assert answer.status_code == 409 and code(answer) == "import.offset"
        assert answer.json()["error"]["details"]["offset"] == "1000"
    assert code(sent.put(0, content[1000:] + b"x", 1000)) == "import.size"
    assert code(sent.put(0, b"", "x")) == "import.offsetHeader"
    assert sent.offset(0) == 1000
    listed = api.get(sent.address(f"/{sent.id}/files"), timeout=30).json()
    assert listed["items"] == [{"n": 0, "path": "a.dcm", "size": len(content), "received": 1000, "known": False}]
    assert code(sent.commit()) == "import.incomplete"
    assert sent.put(0, content[1000:], 1000).status_code == 204
    assert sent.put(0, b"", len(content)).status_code == 204
    assert sent.run()["counts"]["stored"] == 1


def test_what_came_before_a_connection_broke_is_kept(portal, api):
    content = samples.made_bytes(side=1024)
    sent = Import(portal, api, {"a.dcm": content})
    half = len(content) // 2
    connection = http.client.HTTPConnection("127.0.0.1", portal.ready["port"], timeout=30)
    connection.putrequest("PUT", f"/api/imports/{sent.id}/files/0")
    for name, value in {"Authorization": api.headers["Authorization"], "Content-Length": str(len(content))}.items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(content[:half])
    time.sleep(0.5)
    connection.close()
    wait_for(lambda: sent.put(0, b"", 1).json()["error"]["code"] != "import.busy", 20)
    sent.go_on()
    report = sent.run()
    assert report["counts"]["stored"] == 1
    original = api.get(f"{portal.url}/api/instances/{report['files'][0]['sopInstanceUID']}/original", timeout=30)
    assert original.content == content


@pytest.mark.parametrize("victim", ["dispatcher", "worker"])
def test_sending_goes_on_after_the_death_of(portal, api, victim):
    files, images = folder(6, side=512)
    sent = Import(portal, api, files)
    sent.send([0, 1])
    sent.put(2, sent.files[2][1][:100_000])
    for pid in [portal.process("dispatcher")] if victim == "dispatcher" else portal.workers():
        portal.kill(pid)
    portal.await_health()
    assert sent.offset(2) == 100_000
    # A crash may leave more in the file than was answered for: the recorded length counts.
    with open(portal.data / "store/incoming" / sent.objects()[2], "ab") as file:
        file.write(b"left by a crash")
    sent.go_on()
    assert sent.run()["counts"]["stored"] == 6
    for image, (_, content) in zip(images, sent.files[1:], strict=True):
        stored = api.get(f"{portal.url}/api/instances/{image.SOPInstanceUID}/original", timeout=30)
        assert stored.content == content


def test_the_job_goes_on_after_the_death_of_its_process(portal, api):
    files, images = folder(400)
    sent = Import(portal, api, files).send(at_once=8)
    assert sent.commit().status_code == 202
    for pid in standing_at(portal, images, 50):
        portal.kill(pid)
    assert sent.show()["state"] == "running"
    # Nobody waits a minute for the lease of the dead.
    portal.sql("UPDATE portal.jobs SET leased_until = NULL WHERE kind = 'import.run'")
    shown = sent.await_end(90)
    assert shown["state"] == "done"
    counts = shown["report"]["counts"]
    assert counts["stored"] + counts["identical"] == 400 and counts["identical"] >= 50, counts
    assert count_in_index(portal, images) == 400
    wait_for(lambda: not set(sent.objects()), 10)


def standing_at(portal, images, least):
    """Lets the job go on in short steps until so many are stored; returns its processes, which stand still."""
    for _ in range(1000):
        loops = job_loops(portal)
        for pid in loops:
            os.kill(pid, signal.SIGSTOP)
        if count_in_index(portal, images) >= least:
            return loops
        for pid in loops:
            os.kill(pid, signal.SIGCONT)
        time.sleep(0.05)
    raise AssertionError("the job does not go on")


def job_loops(portal):
    """The processes that take jobs."""

    def is_one(pid):
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return b"--jobs" in file.read()

    parents = [pid for pid in portal.read_ready()["pids"].values() if pid]
    return [pid for parent in parents for pid in [parent, *children(parent)] if is_one(pid)]


def test_a_restart_of_everything_forgets_nothing(portal, api):
    files, _ = folder(4)
    sent = Import(portal, api, files).send([0, 1])
    portal.stop()
    portal.start()
    assert sent.show()["filesReceived"] == 2
    sent.go_on()
    assert sent.run()["counts"]["stored"] == 4


def test_cancelling_removes_what_came(portal, api):
    files, images = folder()
    sent = Import(portal, api, files).send()
    objects = set(sent.objects())
    assert len(objects & incoming(portal)) == 4
    assert sent.post(f"/{sent.id}/cancel").status_code == 204
    assert not objects & incoming(portal) and not sent.objects()
    shown = sent.show()
    assert shown["state"] == "cancelled" and shown["filesReceived"] == 4
    assert code(sent.put(0, b"")) == "notFound"
    assert code(sent.commit()) == code(sent.post(f"/{sent.id}/known", {"files": []})) == "import.notReceiving"
    assert sent.post(f"/{sent.id}/cancel").status_code == 204
    assert count_in_index(portal, images) == 0


def test_cancelling_while_it_is_stored_stops_after_the_batch(portal, api):
    files, images = folder(1500)
    sent = Import(portal, api, files).send(at_once=8)
    assert sent.commit().status_code == 202
    wait_for(lambda: count_in_index(portal, images) > 0, 60)
    assert sent.post(f"/{sent.id}/cancel").status_code == 204
    assert sent.show()["state"] == "cancelled"
    wait_for(lambda: not sent.objects(), 30)
    stored = count_in_index(portal, images)
    assert 0 < stored < len(images)
    report = sent.show()["report"]
    assert report["problemCode"] == "import.cancelled" and report["counts"]["stored"] == stored


def test_known_files_need_not_be_sent(portal, api, people):
    files, _ = folder()
    Import(portal, api, files).send().run()
    again = Import(portal, api, files)
    assert again.known(0, 1, 2, 3) == [1, 2, 3]
    assert again.show()["filesKnown"] == 3
    report = again.send([0]).run()
    assert report["counts"]["identical"] == 3 and report["patients"][0]["action"] == "unchanged"
    assert report["studies"][0]["instances"] == 3
    # Nobody learns what is there for others.
    somebody = people.person(people.group("view", "import", "editPatients"))
    assert Import(portal, somebody.session, files).known(1, 2, 3) == []
    other = Import(portal, api, files)
    assert code(other.post(f"/{other.id}/known", {"files": [{"n": 0, "sha256": "x"}]})) == "import.sha256"


def test_what_has_not_come_is_left_out_when_that_is_wished(portal, api):
    files, images = folder()
    sent = Import(portal, api, files).send([0, 1, 2])
    sent.put(3, sent.files[3][1][:10])
    answer = sent.commit()
    assert code(answer) == "import.incomplete" and answer.json()["error"]["details"]["missing"] == "1"
    report = sent.run(partial="true")
    assert [file.get("code") for file in report["files"]][-1] == "file.missing"
    assert count_in_index(portal, images) == 2


def test_files_can_be_added_and_an_empty_one_is_one(portal, api):
    files, _ = folder()
    paths = list(files)
    sent = Import(portal, api, {path: files[path] for path in paths[:2]})
    more = [Import.announced(path, files[path]) for path in paths[2:]] + [{"path": "empty", "size": 0}]
    answer = sent.post(f"/{sent.id}/files", {"files": more})
    assert answer.json() == {"id": sent.id, "state": "receiving", "files": 5}
    sent.files = list(files.items())
    assert sent.send().run()["counts"] | {"files": 5, "stored": 3, "notDicom": 1} == sent.show()["counts"]


def test_a_single_archive_is_read_as_one(portal, api):
    files, images = folder()
    report = Import(portal, api, {"export.zip": samples.archive(files)}).send().run()
    assert report["counts"]["stored"] == 3 and report["patients"][0]["action"] == "created"
    assert count_in_index(portal, images) == 3
    two = Import(portal, api, {"a.zip": samples.archive(files), "b.txt": b"x"}).send().run()
    assert [file["code"] for file in two["files"]] == ["archive.nested", "file.notDicom"]


def test_a_broken_archive_fails_with_its_reason(portal, api):
    sent = Import(portal, api, {"export.zip": samples.archive({"a.dcm": samples.made_bytes()})[:-30]}).send()
    sent.commit()
    shown = sent.await_end()
    assert shown["state"] == "failed" and shown["report"]["problemCode"] == "import.archive"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"files": [{"path": "", "size": 1}]}, "import.path"),
        ({"files": [{"path": "a\0", "size": 1}]}, "import.path"),
        ({"files": [{"path": "a", "size": -1}]}, "import.fileSize"),
        ({"files": [{"path": "a", "size": 1 << 50}]}, "import.fileSize"),
        ({"files": [{"path": "a"}]}, "json.missing"),
        ({"files": [], "onExisting": "perhaps"}, "import.onExisting"),
        ({"files": [{"path": "a", "size": 1}] * 20_001}, "import.tooManyFiles"),
    ],
)
def test_what_cannot_be_announced_is_refused(portal, api, document, expected):
    answer = api.post(f"{portal.url}/api/imports", json=document, timeout=60)
    assert code(answer) == expected, answer.text


def test_the_quota_holds_for_all_imports_that_are_being_received(portal, api):
    large = {"files": [{"path": "a", "size": 60 << 30}]}
    begun = [api.post(f"{portal.url}/api/imports", json=large, timeout=30) for _ in range(5)]
    assert {answer.status_code for answer in begun} == {201, 507}
    assert code(begun[-1]) == "import.quota"
    for answer in begun:
        if answer.status_code == 201:
            api.post(f"{portal.url}{answer.headers['Location']}/cancel", timeout=30)


def test_another_persons_import_is_not_there(portal, api, people):
    files, _ = folder()
    owner = people.person(people.group("view", "import", "editPatients"))
    other = people.person(people.group("view", "import", "editPatients", "administer"))
    sent = Import(portal, owner.session, files).send([0])
    stranger = Import.__new__(Import)
    stranger.__dict__ = dict(sent.__dict__, session=other.session)
    answers = [
        stranger.put(1, sent.files[1][1]), stranger.commit(), stranger.post(f"/{sent.id}/cancel"),
        stranger.post(f"/{sent.id}/known", {"files": []}), stranger.post(f"/{sent.id}/files", {"files": []}),
        other.session.get(sent.address(f"/{sent.id}/files"), timeout=30),
        other.session.head(sent.address(f"/{sent.id}/files/0"), timeout=30),
        other.session.get(sent.address(f"/{sent.id}"), timeout=30),
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {404}
    # The administrator looks and cancels, and sends nothing into it.
    assert api.get(sent.address(f"/{sent.id}"), timeout=30).json()["state"] == "receiving"
    stranger.session = api
    assert stranger.put(1, sent.files[1][1]).status_code == stranger.commit().status_code == 404
    assert stranger.post(f"/{sent.id}/cancel").status_code == 204


def test_two_thousand_files_at_once_do_not_grow_memory(portal, api, still_alive):
    files, images = folder(2000, side=16)
    sent = Import(portal, api, files)
    with Watch(portal) as watch:
        before = watch.now()
        sent.send(at_once=16)
        grown = watch.peak - before
    assert sent.show()["filesReceived"] == 2001
    assert grown < 100 << 20, f"{grown >> 20} MiB"
    loops = {pid: resident_bytes(pid) for pid in job_loops(portal)}
    assert sent.run(seconds=180)["counts"]["stored"] == 2000
    assert count_in_index(portal, images) == 2000
    assert all(resident_bytes(pid) - held < 150 << 20 for pid, held in loops.items())


def test_two_senders_of_one_file_take_turns(portal, api):
    content = samples.made_bytes(side=512)
    sent = Import(portal, api, {"a.dcm": content})
    session = pooled(bearer(token_of(api)), 8)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: sent.put(0, content, session=session), range(8)))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [204] + [409] * 7
    assert {code(answer) for answer in answers if answer.status_code == 409} <= {"import.busy", "import.offset"}
    assert sent.run()["counts"]["stored"] == 1


def test_the_upkeep_keeps_what_is_being_received_and_takes_what_was_given_up(portal, api):
    kept, given_up = (Import(portal, api, {"a.dcm": samples.made_bytes()}).send() for _ in range(2))
    objects = [kept.objects()[0], given_up.objects()[0]]
    for name in objects:
        path = portal.data / "store/incoming" / name
        then = time.time() - 8 * 86400
        os.utime(path, (then, then))
    portal.sql(f"UPDATE portal.imports SET started_at = now() - interval '8 days' WHERE id = '{given_up.id}'")
    portal.sql(
        f"UPDATE portal.import_files SET received_at = now() - interval '8 days' WHERE import = '{given_up.id}'"
    )
    portal.sql("UPDATE portal.jobs SET run_after = now() WHERE kind = 'store.scrub'; NOTIFY portal_jobs")
    wait_for(lambda: given_up.show()["state"] == "cancelled", 30)
    wait_for(lambda: objects[1] not in incoming(portal), 10)
    assert objects[0] in incoming(portal) and kept.show()["state"] == "receiving"
    assert kept.run()["counts"]["stored"] == 1


@pytest.mark.skipif(not samples.has_corpus(), reason=f"no corpus at {samples.CORPUS}")
def test_hostile_files_come_to_the_same_end_as_in_an_archive(portal, api):
    entries = sorted((samples.CORPUS / "abuse").glob("*.dcm"))
    files = {f"hostile/{entry.name}": entry.read_bytes() for entry in entries}
    archive = samples.archive(files)
    now = import_at_once(portal, api, archive).json()
    by_file = Import(portal, api, files).send().run(seconds=300)
    as_one = Import(portal, api, {"hostile.zip": archive}).send().run(seconds=300)
    assert ends(by_file) == ends(as_one) == {path: again(end) for path, end in ends(now).items()}
    assert len(ends(now)) == len(files)


ARCHIVES = sorted((samples.CORPUS / "abuse").glob("zip*.zip"))


@pytest.mark.skipif(not ARCHIVES, reason=f"no corpus at {samples.CORPUS}")
@pytest.mark.parametrize("path", ARCHIVES, ids=lambda path: path.name)
def test_a_hostile_archive_comes_to_the_same_end_as_at_once(portal, api, path):
    now = import_at_once(portal, api, path.read_bytes())
    sent = Import(portal, api, {path.name: path.read_bytes()}).send()
    assert sent.commit().status_code == 202
    shown = sent.await_end(300)
    if now.ok:
        assert ends(shown["report"]) == {name: again(end) for name, end in ends(now.json()).items()}
        assert shown["report"].get("problemCode") == now.json().get("problemCode")
    else:
        assert shown["state"] == "failed" and shown["report"]["problemCode"] == code(now)


def import_at_once(portal, api, archive):
    headers = {"Content-Type": "application/zip"}
    return api.post(f"{portal.url}/api/patients/import", data=archive, headers=headers, timeout=300)


def ends(report):
    return {file["path"]: (file["outcome"], file.get("code")) for file in report["files"]}


def again(end):
    """What becomes of a file that was stored when it comes once more."""
    return ("identical", end[1]) if end[0] == "stored" else end


def test_the_states_can_be_polled_cheaply(portal, api):
    sent = Import(portal, api, {"a.dcm": samples.made_bytes()})
    first = api.get(sent.address(f"/{sent.id}"), timeout=30)
    tag = {"If-None-Match": first.headers["ETag"]}
    assert api.get(sent.address(f"/{sent.id}"), headers=tag, timeout=30).status_code == 304
    sent.put(0, sent.files[0][1][:10])
    assert api.get(sent.address(f"/{sent.id}"), headers=tag, timeout=30).status_code == 200
    assert json.loads(first.text)["report"] is None


def test_what_has_come_is_rehearsed_and_then_imported(portal, api):
    image = samples.made(patient_id="REHEARSED")
    files = {"p/p.json": samples.sidecar("REHEARSED"), "p/1.dcm": samples.file_bytes(image), "p/2.txt": b"no image"}
    one = Import(portal, api, files)
    assert one.post("/none/plan").status_code == 404
    assert one.post(f"/{one.id}/plan").json()["error"]["code"] == "import.incomplete"
    one.send()
    planned = [one.post(f"/{one.id}/plan") for _ in range(2)][1].json()
    assert (planned["dryRun"], planned["counts"]["stored"], planned["counts"]["notDicom"]) == (True, 1, 1), planned
    assert [patient["action"] for patient in planned["patients"]] == ["created"]
    found = api.get(f"{portal.url}/dicomweb/studies", params={"StudyInstanceUID": image.StudyInstanceUID}, timeout=30)
    assert found.status_code == 204 or found.json() == []
    assert one.post(f"/{one.id}/plan?onExisting=perhaps").status_code == 400
    assert one.commit(onExisting="fail").status_code == 202
    assert one.await_end()["counts"] == planned["counts"]
    again = Import(portal, api, files).send()
    assert again.post(f"/{again.id}/plan?onExisting=fail").json()["error"]["code"] == "patient.exists"
    assert again.post(f"/{again.id}/plan").json()["counts"]["identical"] == 1
    assert again.post(f"/{again.id}/cancel").status_code < 300
    assert again.post(f"/{again.id}/plan").json()["error"]["code"] == "import.notReceiving"
