"""The README, the function list and the tree say the same."""

import re
import subprocess

from portal import ROOT


def test_the_readme_has_the_route_table(portal):
    done = subprocess.run(
        [ROOT / "scripts/route-table", "--check", portal.program("handler")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_conformance_statement_has_the_programs_own_tables(portal):
    command = [ROOT / "scripts/conformance-statement", "--check", portal.program("handler")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_function_has_a_file_of_its_name(portal):
    files = {file.stem: file.read_text() for file in (ROOT / "handlers").rglob("*.swift")}
    declared = {
        name for text in files.values() for name in re.findall(r"^struct (\w+): Function\b", text, re.MULTILINE)
    }
    listed = {function["name"] for function in portal.functions()}
    assert listed == declared
    assert listed <= files.keys()
