"""Archives of the corpus: each entry becomes what its index says."""

import io
import tarfile

import pytest

import corpus
import samples
from portal import Portal

pytestmark = pytest.mark.skipif(not samples.has_corpus(), reason="the shared corpus is not here")

ABUSE = samples.CORPUS / "abuse"


def bring(portal, session, content, name="corpus.zip"):
    return session.post(
        f"{portal.url}/api/patients/import", params={"name": name}, data=content, timeout=300,
        headers={"Content-Type": "application/octet-stream"},
    )  # fmt: skip


def outcomes(answer):
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert report["counts"]["files"] == len(report["files"]) + report["filesOmitted"]
    return {file["path"]: (file["outcome"], file.get("code")) for file in report["files"]}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A portal that held nothing, and an administrator of it."""
    portal = Portal(tmp_path_factory.mktemp("corpus"))
    portal.start()
    yield portal, portal.sign_in()
    portal.stop()


def in_a_tar(files):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as archive:
        for path, content in files.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


@pytest.mark.parametrize("pack", [samples.archive, in_a_tar])
def test_the_whole_valid_corpus_in_one_archive(empty, pack):
    portal, session = empty
    valid = {entry["file"]: entry for entry in corpus.entries() if entry["class"] == "valid"}
    files = {path: corpus.path_of(entry).read_bytes() for path, entry in valid.items()}
    found = outcomes(bring(portal, session, pack(files)))
    assert found.keys() == valid.keys()
    is_first = pack is samples.archive
    owners = {}
    for path, entry in valid.items():
        owner = owners.setdefault(entry["sop_uid"], entry["sha256"])
        expected = ["stored"] if owner == entry["sha256"] and is_first else ["identical"]
        if owner != entry["sha256"]:
            expected = ["conflict", "identical"]  # identical: other bytes, the same elements
        assert found[path][0] in expected, (path, found[path])
    stored = {path for path, (outcome, _) in found.items() if outcome == "stored"}
    assert len(stored) == (len(owners) if is_first else 0)


# What may become of each entry of the abuse archives; `None`: the archive is refused whole.
EXPECTED = {
    "zipslip.zip": lambda found: found["ok/good.dcm"][0] == "stored" and all(
        outcome == "rejected" and code == "entry.name" for path, (outcome, code) in found.items() if path != "ok/good.dcm"
    ),
    "zip_symlink.zip": lambda found: "entry.link" in {code for _, code in found.values()},
    "zipbomb_1GiB.zip": lambda found: {outcome for outcome, _ in found.values()} <= {"stored", "identical", "rejected", "notDicom"},
    "zip_nested.zip": lambda found: "archive.nested" in {code for _, code in found.values()},
    "zip_lying_size.zip": lambda found: {outcome for outcome, _ in found.values()} <= {"rejected", "notDicom"},
    "zip_100k_entries.zip": lambda found: len(found) <= 20_000,
    "zip_mixed.zip": lambda found: all(code for outcome, code in found.values() if outcome in ("rejected", "notDicom")),
    "zip_truncated.zip": None,
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_an_abuse_archive_becomes_what_its_index_says(empty, name):
    portal, session = empty
    before = portal.sql("SELECT count(*) FROM portal.instances")
    answer = bring(portal, session, (ABUSE / name).read_bytes(), name)
    if EXPECTED[name] is None:
        assert answer.status_code == 400 and answer.json()["error"]["code"] == "import.archive", answer.text
        assert portal.sql("SELECT count(*) FROM portal.instances") == before
    else:
        assert EXPECTED[name](outcomes(answer)), answer.json()["files"][:20]
