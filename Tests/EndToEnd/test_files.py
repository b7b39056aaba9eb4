"""The static side of the front door: headers, path tricks, and nothing beyond the served folders."""

import http.client

import pytest
import requests


@pytest.fixture(scope="module")
def origin(portal):
    return portal.url


@pytest.mark.parametrize("path", ["/fr/", "/en/"])
def test_pages_have_a_strict_policy_and_are_compressed(origin, path):
    answer = requests.get(origin + path, timeout=30)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-cache" and answer.headers["ETag"]
    assert answer.headers.get("Content-Encoding") == "gzip"


def test_the_viewer_is_sent_compressed_and_hashed_files_never_expire(origin):
    page = requests.get(f"{origin}/viewer/viewer?StudyInstanceUIDs=1.2", timeout=30)
    assert page.status_code == 200 and "/viewer/app.bundle." in page.text
    bundle = next(part for part in page.text.split('"') if "/viewer/app.bundle." in part and part.endswith(".js"))
    answer = requests.get(origin + bundle, timeout=30)
    assert answer.headers["Content-Encoding"] == "gzip" and "immutable" in answer.headers["Cache-Control"]
    assert int(answer.headers["Content-Length"]) < 4_000_000


TRICKS = [
    "/viewer/..%2f..%2fetc/passwd", "/viewer/%2e%2e/fr/index.html", "//fr/", "/fr//index.html", "/viewer/%5c..%5c",
    "/../../etc/passwd", "/viewer/../../etc/passwd", "/.git/config", "/fr/.hidden", "/viewer/%00", "/_store/",
    "/_store/originals/", "/fr/..;/", "/viewer/none.js", "/fr/none", "/api", "/dicomweb",
]  # fmt: skip


@pytest.mark.parametrize("path", TRICKS)
def test_tricks_in_a_path_find_nothing(portal, path):
    connection = http.client.HTTPConnection("127.0.0.1", portal.ready["port"], timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status in (400, 404, 405)
    assert "root:" not in answer.read().decode(errors="replace")


def test_a_file_takes_no_body(origin):
    assert requests.post(f"{origin}/fr/", data=b"x", timeout=30).status_code == 405
