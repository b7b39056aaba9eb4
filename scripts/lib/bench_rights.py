"""What rights cost: lists of accounts that see a part beside an administrator's, and frames with the rule and without it.

50 accounts in 20 groups see parts of 20,000 studies. Each one's list is compared, study by study, with the set that its
grants make; then the searches of an account that sees 1 % take turns with an administrator's. Frames come from two portals
with the same series, of which one was built without the rule: see scripts/lib/rule-off.
"""

import argparse
import contextlib
import datetime
import json
import os
import pathlib
import random
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

import bench_answers as answers  # noqa: E402
from bench_data import folded  # noqa: E402
from bench_measure import Bench  # noqa: E402
from bench_servers import JSON, ours, say  # noqa: E402
from bench_table import rounded  # noqa: E402
from bench_work import FRAME, Filling, Reading, Request  # noqa: E402
from machine import commit, machine  # noqa: E402

RESULT = ROOT / "content/measurements/rights.json"
GROUPS, ACCOUNTS = 20, 50
PASSWORD = "long enough, and only for a bench"


class People:
    """The groups with the patients that they are granted, and the accounts in them."""

    def __init__(self, portal, patients, ids):
        """`patients`: numbers of patients; `ids`: the API's id of each."""
        self.portal, self.ids, chance = portal, ids, random.Random(20)
        shares = [0.01] + [chance.choice([0.0, 0.001, 0.01, 0.05, 0.2]) for _ in range(GROUPS - 1)]
        self.granted = [set(chance.sample(patients, round(len(patients) * share))) for share in shares]
        self.memberships = [{0}] + [set(chance.sample(range(GROUPS), chance.randint(1, 4))) for _ in range(ACCOUNTS - 1)]

    def visible(self, account):
        """The numbers of the patients that an account sees: brute force."""
        return set().union(*[self.granted[group] for group in self.memberships[account]])

    def make(self, server):
        """Makes groups, grants and accounts through the API; gives a copy of the server for each account."""
        self.names = [self.post("/groups", {"name": f"group {n}", "permissions": ["view"]})["id"] for n in range(GROUPS)]
        for name, patients in zip(self.names, self.granted, strict=True):
            for patient in sorted(patients):
                self.ask("PUT", f"/groups/{name}/grants/{self.ids[patient]}", expected=204)
        say("  grants are made")
        return [self.sign_in(server, account) for account in range(ACCOUNTS)]

    def sign_in(self, server, account):
        email, groups = f"account{account}@example.org", [self.names[group] for group in self.memberships[account]]
        self.post("/users", {"email": email, "name": email, "password": PASSWORD, "groups": groups})
        session = self.portal.sign_in(email, PASSWORD)
        return server.signed_in(email, {"Authorization": session.headers["Authorization"]})

    def post(self, path, document):
        return self.ask("POST", path, document, 201).json()

    def ask(self, method, path, document=None, expected=200):
        answer = self.portal.administrator.request(method, f"{self.portal.url}/api{path}", json=document, timeout=300)
        assert answer.status_code == expected, f"{method} {path} answered {answer.status_code}: {answer.text[:200]}"
        return answer


def patient_ids(portal):
    """The API's ids by the trade's."""
    found, after = {}, None
    while True:
        query = {"limit": 200, "sort": "name", **({"after": after} if after else {})}
        page = portal.administrator.get(f"{portal.url}/api/patients", params=query, timeout=60).json()
        found |= {patient["patientId"]: patient["id"] for patient in page["items"]}
        after = page["next"]
        if not after:
            return found


def check_lists(accounts, people, studies):
    """Every account's whole list, page by page, is the set that its grants make."""
    for number, account in enumerate(accounts):
        patients = people.visible(number)
        wanted = {study.uid for index, study in enumerate(studies) if index // 2 in patients}
        found, offset = [], 0
        while True:
            content = account.ask(account.connect(), "GET", f"/studies?limit=1000&offset={offset}", JSON)
            page = [result[answers.STUDY]["Value"][0] for result in json.loads(content)]
            found += page
            offset += len(page)
            if len(page) < 1000:
                break
        assert len(found) == len(set(found)) and set(found) == wanted, f"account {number} sees {len(found)} studies"
    say(f"  the lists of {len(accounts)} accounts are the sets that their grants make")


def searches(studies, name):
    """The rows for one account: `studies` are all that it sees."""
    uids = {study.uid for study in studies}
    some = studies[len(studies) // 2]

    def row(work, query, wanted, limit=25):
        return Reading(f"{work}, {name}", [Request(f"/studies?limit={limit}&{query}", answers.found(limit, wanted))], of=[name])

    def fitting(fits):
        return {study.uid for study in studies if fits(study)}

    return [
        row("QIDO first 25 studies", "includefield=00081030", uids),
        row("QIDO OHIF's list", "fuzzymatching=true&includefield=00081030%2C00080060", uids, 101),
        row("QIDO 25 from offset 100", "offset=100", uids),
        row("QIDO PatientName=SMITH*", "PatientName=SMITH*", fitting(lambda s: "smith" in folded(s.name))),
        row("QIDO PatientID", f"PatientID={some.patient_id}", fitting(lambda s: s.patient_id == some.patient_id)),
        row("QIDO ModalitiesInStudy=MR", "ModalitiesInStudy=MR", fitting(lambda s: s.modality == "MR")),
        row("QIDO StudyDate, a year", "StudyDate=20140101-20141231", fitting(lambda s: s.day.startswith("2014"))),
    ]


def compare_lists(portal, filling, options):
    studies = filling.population.studies
    filling.add_studies(portal, 0, len(studies))
    portal.portal.administrator = portal.portal.sign_in()
    ids = patient_ids(portal.portal)
    numbers = range(len(studies) // 2)
    people = People(portal.portal, numbers, {number: ids[f"PAT{number:07}"] for number in numbers})
    accounts = people.make(portal)
    portal.settle()
    check_lists(accounts, people, studies)
    part, everything = accounts[0], portal.signed_in("administrator", portal.headers)
    seen = [study for index, study in enumerate(studies) if index // 2 in people.visible(0)]
    pairs = list(zip(searches(studies, everything.name), searches(seen, part.name), strict=True))
    bench = Bench([everything, part], None, options.rounds, options.seconds)
    results = bench.measure([row for pair in pairs for row in pair])
    return [
        told(
            all_of_it.work.removesuffix(f", {everything.name}"), "requests/s",
            sees_all=results[all_of_it.work][everything.name], sees_1_percent=results[a_part.work][part.name],
        )
        for all_of_it, a_part in pairs
    ]  # fmt: skip


def told(work, unit, **samples):
    (first, base), (second, other) = samples.items()
    return {
        "work": work, "unit": unit, first: rounded(base.rate), second: rounded(other.rate),
        "slower": round(base.rate / other.rate, 2),
    }  # fmt: skip


def compare_frames(folder, filling, options):
    """Frames through nginx, signed in: of the portal as it is, and of one that was built without the rule."""
    with contextlib.ExitStack() as running:
        free = running.enter_context(without_the_rule(folder / "off", options.rule_off))
        (folder / "on").mkdir()
        bound = running.enter_context(ours(folder / "on"))
        free.name, bound.name = "rule off", "rule on"
        for server in (free, bound):
            filling.add_what_is_read(server)
            server.settle()
        bench = Bench([free, bound], None, options.rounds * 2, options.seconds)
        place = f"/studies/{filling.study}/series/{filling.series}/instances"
        found = []
        for connections in (1, 6):
            requests = [
                Request(f"{place}/{instance}/frames/1", answers.frame(filling.slices.pixels(number)), FRAME)
                for number, instance in enumerate(filling.instances, 1)
            ]
            work = f"frame, {connections} connection{'s' * (connections > 1)}"
            row = Reading(work, requests, connections=connections, of=["rule off", "rule on"])
            results = bench.measure([row])[work]
            found.append(told(work, "requests/s", rule_off=results["rule off"], rule_on=results["rule on"]))
        return found


@contextlib.contextmanager
def without_the_rule(folder, programs):
    """A portal of programs that were built without the rule."""
    folder.mkdir()
    before = os.environ["PORTAL_BIN"]
    os.environ["PORTAL_BIN"] = programs
    try:
        with ours(folder) as server:
            os.environ["PORTAL_BIN"] = before
            yield server
    finally:
        os.environ["PORTAL_BIN"] = before


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rule-off", metavar="DIR", help="programs without the rule, as scripts/lib/rule-off makes them")
    parser.add_argument("--studies", type=int, default=20_000)
    parser.add_argument("--no-write", action="store_true", help="print only")
    options = parser.parse_args()
    options.rounds, options.seconds = 7, 0.5
    began, rows = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="preview-dicom-bench.") as folder:
        filling = Filling(False, options.studies)
        with ours(pathlib.Path(folder)) as portal:
            rows += compare_lists(portal, filling, options)
        if options.rule_off:
            rows += compare_frames(pathlib.Path(folder), filling, options)
    for row in rows:
        print("  ".join(f"{key} {value}" for key, value in row.items()))
    say(f"{time.monotonic() - began:.0f} s in all")
    if not options.no_write:
        about = {"machine": machine(), "date": f"{datetime.date.today()}", "commit": commit(), "studies": options.studies}
        RESULT.write_text(json.dumps({**about, "rows": rows}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
