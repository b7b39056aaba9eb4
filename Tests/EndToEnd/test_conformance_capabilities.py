"""What the service says of itself: Retrieve Capabilities (PS3.18 §8.9, Annex H) and the OpenAPI document."""

import re
from xml.etree import ElementTree

import pytest
import requests

from conformance import JSON, only_ours, refused, said

WADL = "application/vnd.sun.wadl+xml"
NAMESPACE = "{http://wadl.dev.java.net/2009/02}"
PLACES = [
    ("OPTIONS", "/dicomweb"),
    ("OPTIONS", "/dicomweb/"),
    ("OPTIONS", "/dicomweb/studies"),
    ("GET", "/dicomweb/capabilities"),
]


@pytest.mark.parametrize(("method", "place"), PLACES)
@pytest.mark.parametrize("accept", ["", "*/*", WADL, f"{WADL}, application/json;q=0.5"])
def test_8_9_3_capabilities_are_a_wadl(server, method, place, accept):
    """The default is WADL, which names the resources and their methods."""
    answer = server.request(method, place, accept)
    assert answer.status_code == 200, said(answer)
    assert answer.headers["Content-Type"].split(";")[0] == WADL
    application = ElementTree.fromstring(answer.content)
    assert application.tag == f"{NAMESPACE}application"
    paths = "".join(one.attrib["path"] for one in application.iter(f"{NAMESPACE}resource"))
    assert "studies" in paths
    assert {"GET", "POST"} <= {one.attrib["name"] for one in application.iter(f"{NAMESPACE}method")}


def test_8_9_3_a_wadl_names_every_transaction(server):
    """Search, retrieve and store are there with the media types of their answers."""
    text = server.request("OPTIONS", "/dicomweb", WADL).text
    for word in ("series", "instances", "frames", "metadata", "rendered", "thumbnail", "bulkdata"):
        assert word in text, word
    for kind in ("application/dicom+json", "application/dicom+xml", "application/dicom", "image/jpeg"):
        assert kind in text, kind


@pytest.mark.parametrize(("method", "place"), PLACES)
def test_8_9_3_capabilities_are_json_on_request(server, method, place):
    """The same as JSON."""
    answer = server.request(method, place, "application/json")
    assert answer.status_code == 200, said(answer)
    assert answer.headers["Content-Type"].split(";")[0] == "application/json"
    assert "studies" in answer.text and isinstance(answer.json(), dict)


@pytest.mark.parametrize("place", ["/dicomweb", "/dicomweb/studies"])
def test_8_9_3_options_says_what_is_allowed(server, place):
    """RFC 9110 §9.3.7: Allow lists the methods of the resource."""
    answer = server.request("OPTIONS", place, "*/*")
    assert answer.status_code == 200, said(answer)
    allowed = {one.strip() for one in answer.headers["Allow"].split(",")}
    assert "OPTIONS" in allowed and (place == "/dicomweb" or {"GET", "POST"} <= allowed)


@pytest.mark.parametrize("accept", [WADL, "application/json"])
def test_8_9_3_there_is_one_description(server, accept):
    """OPTIONS and GET of the service tell the same."""
    answers = [server.request(method, place, accept) for method, place in PLACES if "studies" not in place]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


def test_8_9_3_another_form_is_a_406(server):
    """Neither XML of that kind nor JSON."""
    refused(server.request("OPTIONS", "/dicomweb", "text/html"), 406)


# --- OpenAPI


@pytest.fixture(scope="module")
def openapi(server):
    only_ours(server)
    answer = server.get("/api/openapi.json", "application/json")
    assert answer.status_code == 200, said(answer)
    return answer.json()


def test_openapi_has_every_route(server, openapi):
    """Each function of `handler list --json` is an operation, and nothing else is."""
    routes = {function["route"] for function in server.portal.functions()}
    written = {
        f"{method.upper()} {place}" for place, item in openapi["paths"].items()
        for method in item if method in ("get", "put", "post", "delete", "patch", "head", "options")
    }  # fmt: skip
    assert written == routes


def test_openapi_is_of_its_version(openapi):
    """OpenAPI 3.1: version, title and paths are there."""
    assert re.fullmatch(r"3\.1\.\d+", openapi["openapi"])
    assert openapi["info"]["title"] and openapi["info"]["version"]


def test_openapi_describes_every_operation(openapi):
    """Each has a name of its own, its answers, and its path parameters."""
    names = []
    for place, item in openapi["paths"].items():
        for method, operation in item.items():
            if method == "parameters":
                continue
            names.append(operation["operationId"])
            assert operation["responses"], operation["operationId"]
            given = item.get("parameters", []) + operation.get("parameters", [])
            wanted = set(re.findall(r"\{([^}]+)\}", place))
            assert {one["name"] for one in given if one["in"] == "path"} == wanted, operation["operationId"]
    assert len(names) == len(set(names)) > 50


def test_openapi_is_for_sessions(server):
    """A stranger gets a 401."""
    only_ours(server)
    assert requests.get(f"{server.origin}/api/openapi.json", timeout=30).status_code == 401


def test_8_11_the_service_is_for_sessions(server):
    """Without credentials every DICOMweb request is a 401 that says how to sign in."""
    only_ours(server)
    for method, place in [
        *PLACES,
        ("GET", "/dicomweb/studies"),
        ("POST", "/dicomweb/studies"),
        ("GET", "/wado?requestType=WADO"),
    ]:
        answer = requests.request(method, server.origin + place, headers={"Accept": JSON}, timeout=30)
        assert answer.status_code == 401, f"{method} {place}: {said(answer)}"
        assert "WWW-Authenticate" in answer.headers
