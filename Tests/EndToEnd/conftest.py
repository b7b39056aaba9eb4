"""One portal for all tests; those that wound it bring it back before they end."""

import pytest

import conformance
import samples
from conformance_archive import Archive
from people import People
from portal import Portal


def pytest_report_header():
    if samples.has_corpus():
        return f"corpus: {samples.CORPUS}"
    return f"NO CORPUS at {samples.CORPUS}: the tests run on files that they make (DICOM_CORPUS names another place)"


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    running = Portal(tmp_path_factory.mktemp("portal"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def api(portal):
    """A signed-in administrator, as a session of `requests`."""
    return portal.sign_in()


@pytest.fixture(scope="session")
def people(portal, api):
    """Makes accounts, groups and grants."""
    return People(portal, api)


@pytest.fixture(scope="session")
def stored_study(portal, api):
    """A CT study of five slices that is there for whoever only reads, as data sets."""
    images = samples.made_study(5, patient_id="E2E-READ", name="Lecture^Simple")
    body, headers = samples.stow_body([samples.file_bytes(image) for image in images])
    answer = api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    return images


@pytest.fixture
def still_alive(portal):
    """Fails the test when a part or a worker of the portal died during it."""
    before = portal.read_ready()["pids"]
    yield
    assert portal.read_ready()["pids"] == before, f"a part was started again\n{portal.logs()}"
    assert portal.is_healthy()


@pytest.fixture(scope="session")
def server(request, tmp_path_factory):
    """What the conformance suite asks: this portal, or the server that CONFORMANCE_SERVER names."""
    if conformance.chosen() == "orthanc":
        peer = conformance.Orthanc(tmp_path_factory.mktemp("orthanc"))
        yield peer
        peer.stop()
    else:
        portal = request.getfixturevalue("portal")
        yield conformance.Server("ours", portal.url, request.getfixturevalue("api"), portal)


@pytest.fixture(autouse=True)
def revived(request):
    """A peer that a test killed is there again for the next one."""
    yield
    if "server" in request.fixturenames and conformance.chosen() != "ours":
        request.getfixturevalue("server").revive()


@pytest.fixture(scope="session")
def archive(server):
    """What the conformance suite reads, stored; whether all of it was is a question of the suite."""
    made = Archive()
    made.stored = server.store(made.all_files())
    return made
