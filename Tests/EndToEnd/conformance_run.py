"""Runs the conformance suite against one server and counts: what scripts/conformance starts.

conformance_run.py ours
conformance_run.py orthanc FILE     writes what failed, and what was said
"""

import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).parent
# What is new in every run.
PASSING = [
    (re.compile(r"\b1\.2\.826\.0\.1\.(3680043\.8\.498\.|\.\.)\d+"), "UID"),
    (re.compile(r"127\.0\.0\.1:\d+"), "server"),
]
PASSING += [(re.compile(r" at 0x[0-9a-f]+"), ""), (re.compile(r"-[0-9a-f]{8}-[0-9a-f-]{27}\b"), "-UUID")]


class Count:
    """Gathers outcomes while pytest runs; failing to set up counts as failing."""

    def __init__(self):
        self.passed, self.skipped, self.failed = 0, 0, []

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.failed.append({"test": name_of(report), "section": section(report), "said": said(report)})
        elif report.when == "call":
            self.passed += report.passed
            self.skipped += report.skipped
        elif report.when == "setup":
            self.skipped += report.skipped

    @property
    def of(self):
        return self.passed + len(self.failed)


def name_of(report):
    return without_passing(report.nodeid.split("::", 1)[1])


def section(report):
    """Where the behaviour stands, read from the test's name: `PS3.18 §8.3.4.4`, `RFC 9110 §14.2`, `Weasis`."""
    words = report.nodeid.split("::", 1)[1].split("[")[0].removeprefix("test_")
    found = re.match(r"(?:(ps3|rfc)_(\d+)_)?(table_)?((?:[a-z]_)?\d+(?:_\d+)*)_", words)
    if not found:
        first, second = words.split("_")[:2]
        return {"sup": f"Supplement {second}", "ohif": "OHIF", "openapi": "OpenAPI", "a": "browsers"}.get(
            first, first.capitalize()
        )
    numbers = found[4].upper().replace("_", ".")
    where = f"Table {'-'.join(numbers.rsplit('.', 1))}" if found[3] else f"§{numbers}"
    standard = f"RFC {found[2]}" if found[1] == "rfc" else f"PS3.{found[2] or 18}"
    return f"{standard} {where}"


def said(report):
    """The first line of why it failed."""
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash else str(report.longrepr)
    line = text.removeprefix("AssertionError: ").strip().split("\n")[0]
    return without_passing(" ".join(line.split()))[:160]


def without_passing(text):
    for pattern, word in PASSING:
        text = pattern.sub(word, text)
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def run(server):
    os.environ["CONFORMANCE_SERVER"] = server
    count = Count()
    files = sorted(map(str, HERE.glob("test_conformance_*.py")))
    options = ["-q", "--no-header", "--no-summary", "--tb=no", "-p", "no:warnings", "--rootdir", str(HERE)]
    code = pytest.main([*options, *files], plugins=[count])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) or not count.passed:
        sys.exit(f"the suite did not run: {count.failed[0]['said'] if count.failed else code!r}")
    return count


def orthanc_version():
    told = subprocess.run(["/usr/sbin/Orthanc", "--version"], capture_output=True, text=True, check=True).stdout
    listed = ["dpkg-query", "-W", "-f", "${Version}", "orthanc-dicomweb"]
    plugin = subprocess.run(listed, capture_output=True, text=True, check=True).stdout
    version = pathlib.PurePath(told.splitlines()[0]).name
    return f"{version}, DICOMweb plugin {plugin}, as Debian packages them"


def main():
    server, *target = sys.argv[1:]
    count = run(server)
    if not target:
        for failure in count.failed:
            print(f"    {failure['test']}: {failure['section']}: {failure['said']}")
    if count.skipped:
        print(f"{count.skipped} skipped: they belong to the other server")
    print(f"{server}: {count.passed} of {count.of}")
    if not target:
        sys.exit(bool(count.failed))
    if not count.failed:
        sys.exit("nothing failed: the suite does not bite")
    pathlib.Path(target[0]).write_text(written(orthanc_version(), count), encoding="utf-8")


def written(server, count):
    """The result as JSON, a line for each failure."""
    head = json.dumps({"server": server, "passed": count.passed, "of": count.of}, ensure_ascii=False)
    failures = ",\n".join("    " + json.dumps(failure, ensure_ascii=False) for failure in count.failed)
    return f'{head[:-1]}, "failed": [\n{failures}\n]}}\n'


if __name__ == "__main__":
    main()
