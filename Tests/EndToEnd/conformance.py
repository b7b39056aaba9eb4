"""The server that the conformance suite asks: this portal, or Orthanc with CONFORMANCE_SERVER=orthanc."""

import base64
import io
import json
import os
import re
import socket
import subprocess
from dataclasses import dataclass
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import numpy
import pydicom
import pytest
import requests
from dicomweb_client.api import DICOMwebClient
from PIL import Image
from pydicom.datadict import keyword_for_tag

import samples
from portal import wait_for

JSON = "application/dicom+json"
XML = 'multipart/related; type="application/dicom+xml"'
DICOM = 'multipart/related; type="application/dicom"'
OCTETS = 'multipart/related; type="application/octet-stream"'
NATIVE_MODEL = "http://dicom.nema.org/PS3.19/models/NativeDICOM"  # PS3.19 §A.1


class Server:
    """Where a DICOMweb service answers, and requests to it."""

    def __init__(self, name, origin, session, portal=None):
        self.name, self.origin, self.session, self.portal = name, origin, session, portal

    def request(self, method, path, accept=None, headers=None, **choices):
        """`path` is below the service, or absolute when it begins with the service's or another root."""
        root = re.match(r"/(dicomweb|wado|api)\b|http:", path)
        address = path if path.startswith("http:") else self.origin + ("" if root else "/dicomweb") + path
        headers = {"Accept": accept, **(headers or {})} if accept is not None else headers
        return self.session.request(method, address, headers=headers, timeout=60, **choices)

    def get(self, path, accept=None, **choices):
        return self.request("GET", path, accept, **choices)

    def fetch(self, path, accept=None, **choices):
        """An answer that must be a 200."""
        answer = self.get(path, accept, **choices)
        assert answer.status_code == 200, said(answer)
        return answer

    def search(self, path, parameters=None):
        """The results of a search; `parameters` as a dictionary, or as text that is sent as it stands."""
        if isinstance(parameters, dict):
            parameters = urlencode(parameters, safe="*^,", quote_via=quote)
        return strict_json(self.fetch(f"{path}?{parameters}" if parameters else path, JSON))

    def post(self, body, kind, study=None, accept=JSON):
        path = f"/studies/{study}" if study else "/studies"
        return self.request("POST", path, accept, headers={"Content-Type": kind}, data=body)

    def store(self, files, study=None, **choices):
        body, headers = samples.stow_body(files)
        return self.post(body, headers["Content-Type"], study, **choices)

    def uri(self, image, drop=(), **parameters):
        """A request of the URI service (PS3.18 §9.1.2)."""
        study, series, instance = uids(image)
        asked = {"requestType": "WADO", "studyUID": study, "seriesUID": series, "objectUID": instance, **parameters}
        kept = {name: value for name, value in asked.items() if name not in drop}
        return self.get("/wado?" + urlencode(kept, safe="/,*"))

    def value(self, attribute):
        """The bytes of an attribute of DICOM JSON, wherever they are."""
        if "InlineBinary" in attribute:
            return base64.b64decode(attribute["InlineBinary"], validate=True)
        (part,) = parts(self.fetch(attribute["BulkDataURI"], OCTETS))
        return part.content

    def client(self):
        return DICOMwebClient(f"{self.origin}/dicomweb", session=self.session)


@dataclass
class Part:
    """A part of a multipart answer; the names of its fields are in lower case."""

    fields: dict
    content: bytes

    @property
    def kind(self):
        return self.fields["content-type"].split(";")[0].strip()

    @property
    def syntax(self):
        found = re.search(r'transfer-syntax="?([\d.]+)', self.fields["content-type"])
        return found and found[1]


def parts(answer):
    """The parts of a multipart/related answer, read as strictly as RFC 2046 writes it."""
    kind = answer.headers["Content-Type"]
    assert kind.startswith("multipart/related"), kind
    assert re.search(r';\s*type="[^"]+"', kind), f"without a quoted type: {kind}"
    boundary = re.search(r';\s*boundary="?([^";]+)', kind)[1].encode()
    body = b"\r\n" + answer.content
    preamble, *pieces, epilogue = body.split(b"\r\n--" + boundary)
    assert epilogue.strip() == b"--", f"does not end with its boundary: {epilogue[:40]!r}"
    assert not preamble.strip() and pieces
    found = []
    for piece in pieces:
        head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode("ascii").split("\r\n"))
        found.append(Part({name.lower(): value for name, value in fields.items()}, content))
    return found


def said(answer):
    """What an answer that was not wanted says, in one line."""
    text = answer.text if "multipart" not in answer.headers.get("Content-Type", "") else "(multipart)"
    return f"{answer.status_code} {' '.join(text[:150].split())}"


def refused(answer, *statuses):
    """Asserts a refusal with one of these statuses that says why."""
    assert answer.status_code in statuses, said(answer)
    assert answer.request.method == "HEAD" or answer.content, "refused without a word"


def strict_json(answer):
    """JSON in UTF-8 without NaN or the like, which Python would read."""

    def impossible(word):
        raise AssertionError(f"{word} is no JSON")

    assert answer.headers["Content-Type"].split(";")[0] in (JSON, "application/json"), answer.headers["Content-Type"]
    return json.loads(answer.content.decode("utf-8"), parse_constant=impossible)


def values(result, tag):
    """The values of an attribute of DICOM JSON; none when it is empty or absent."""
    return result.get(tag, {}).get("Value", [])


def first(result, tag):
    return (values(result, tag) or [None])[0]


def uids(image):
    return image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID


def study_path(image):
    return f"/studies/{image.StudyInstanceUID}"


def series_path(image):
    return f"{study_path(image)}/series/{image.SeriesInstanceUID}"


def path(image):
    return f"{series_path(image)}/instances/{image.SOPInstanceUID}"


def read(content):
    return pydicom.dcmread(io.BytesIO(content))


def syntax_of(content):
    return str(read(content).file_meta.TransferSyntaxUID)


def picture(answer):
    """The picture of an answer, as Pillow opens it."""
    assert answer.status_code == 200, said(answer)
    return Image.open(io.BytesIO(answer.content))


def grey(answer):
    """The grey values of a picture that may be sent as colours."""
    return numpy.asarray(picture(answer).convert("L")).astype(int)


def native_model(xml):
    """A NativeDicomModel (PS3.19 §A.1) as DICOM JSON; whatever has no place in one fails."""
    root = ElementTree.fromstring(xml)
    assert root.tag == f"{{{NATIVE_MODEL}}}NativeDicomModel", root.tag
    return read_level(root)


def read_level(level):
    result = {}
    for attribute in level:
        assert attribute.tag.endswith("}DicomAttribute"), attribute.tag
        tag = attribute.attrib["tag"]
        known = keyword_for_tag(tag)
        assert not known or attribute.attrib.get("keyword") == known, f"{tag} is {known}"
        result[tag] = {"vr": attribute.attrib["vr"], **read_value(attribute)}
    return result


def read_value(attribute):
    children = [(child.tag.split("}")[1], child) for child in attribute]
    if not children:
        return {}
    kind, child = children[0]
    if kind == "BulkData":
        return {"BulkDataURI": child.attrib["uri"]}
    if kind == "InlineBinary":
        return {"InlineBinary": "".join(child.text.split())}
    readers = {"Value": lambda one: one.text, "Item": read_level, "PersonName": read_name}
    assert all(name == kind for name, _ in children), children
    numbered = {int(one.attrib["number"]): readers[kind](one) for _, one in children}
    return {"Value": [numbered.get(number + 1) for number in range(max(numbered))]}


def told(dataset):
    """A data set of JSON or XML as both can say it: values as text, without Specific Character Set."""
    result = {}
    for tag, attribute in dataset.items():
        found = attribute.get("Value", [])
        if attribute["vr"] == "SQ":
            found = [told(item or {}) for item in found]
        elif attribute["vr"] in ("DS", "FL", "FD"):
            found = [numpy.float64(str(value).replace("Infinity", "inf")).tobytes() for value in found]
        elif attribute["vr"] != "PN":
            found = [value if value is None else str(value) for value in found]
        result[tag] = (attribute["vr"], found, attribute.get("BulkDataURI"), attribute.get("InlineBinary"))
    return {tag: value for tag, value in result.items() if tag != "00080005"}


NAME_PARTS = ["FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix"]


def read_name(name):
    groups = {}
    for group in name:
        spoken = {part.tag.split("}")[1]: part.text or "" for part in group}
        groups[group.tag.split("}")[1]] = "^".join(spoken.pop(part, "") for part in NAME_PARTS).rstrip("^")
        assert not spoken, f"no part of a name: {spoken}"
    return groups


def as_native_model(dataset):
    """DICOM JSON as a NativeDicomModel, for a client that stores XML."""
    root = ElementTree.Element("NativeDicomModel", xmlns=NATIVE_MODEL)
    write_level(root, dataset)
    return b'<?xml version="1.0" encoding="UTF-8"?>' + ElementTree.tostring(root, encoding="utf-8")


def write_level(level, dataset):
    for tag, attribute in dataset.items():
        known = keyword_for_tag(tag)
        names = {"tag": tag, "vr": attribute["vr"], **({"keyword": known} if known else {})}
        written = ElementTree.SubElement(level, "DicomAttribute", names)
        if "BulkDataURI" in attribute:
            ElementTree.SubElement(written, "BulkData", uri=attribute["BulkDataURI"])
        if "InlineBinary" in attribute:
            ElementTree.SubElement(written, "InlineBinary").text = attribute["InlineBinary"]
        for number, value in enumerate(attribute.get("Value", []), 1):
            write_value(written, str(number), attribute["vr"], value)


def write_value(written, number, vr, value):
    if vr == "SQ":
        write_level(ElementTree.SubElement(written, "Item", number=number), value)
    elif vr == "PN":
        name = ElementTree.SubElement(written, "PersonName", number=number)
        for group, text in value.items():
            spoken = ElementTree.SubElement(name, group)
            for part, one in zip(NAME_PARTS, text.split("^"), strict=False):
                ElementTree.SubElement(spoken, part).text = one
    elif value is not None:
        ElementTree.SubElement(written, "Value", number=number).text = str(value)


def chosen():
    """The name of the server that the suite runs against."""
    return os.environ.get("CONFORMANCE_SERVER", "ours")


def only_ours(server):
    if server.portal is None:
        pytest.skip("what is asked belongs to this portal, not to DICOMweb")


class Orthanc(Server):
    """Orthanc with its DICOMweb plugin as Debian packages it, on free ports and with an empty store."""

    def __init__(self, folder):
        self.folder, port = folder, free_port()
        super().__init__("orthanc", f"http://127.0.0.1:{port}", requests.Session())
        settings = {
            "StorageDirectory": str(folder),
            "IndexDirectory": str(folder),
            "HttpPort": port,
            "DicomPort": free_port(),
            "RemoteAccessAllowed": False,
            "AuthenticationEnabled": False,
            "DefaultEncoding": "Utf8",
            "Plugins": ["/usr/share/orthanc/plugins"],
            "DicomWeb": {"Enable": True, "Root": "/dicomweb/", "EnableWado": True},
        }
        (folder / "orthanc.json").write_text(json.dumps(settings))
        self.start()

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(["/usr/sbin/Orthanc", self.folder / "orthanc.json"], stdout=log, stderr=log)
        wait_for(self.is_up, 30)

    def is_up(self):
        try:
            return self.get("/studies?limit=1", JSON).status_code == 200
        except requests.RequestException:
            return False

    def revive(self):
        """Starts it again when the last test was its death, so that the next one does not fail for that alone."""
        if not self.is_up():
            self.process.wait(30)
            self.start()

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]
