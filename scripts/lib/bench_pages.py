"""How quick the pages are: searching 100,000 patients, from the function and from the key to the painted list, and the
first paint of every page on a processor that is four times slower.
"""

import argparse
import datetime
import json
import pathlib
import re
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

from bench_data import folded  # noqa: E402
from bench_people import Crowd  # noqa: E402
from bench_servers import Ours, say  # noqa: E402
from browsing import chromium, sign_in  # noqa: E402
from machine import commit, machine  # noqa: E402
from pages import paths, settle  # noqa: E402
from portal import Portal  # noqa: E402

RESULT = ROOT / "content/measurements/pages.json"
SLOWDOWN = 4

# From a key to the frame after the one in which the list changed.
FROM_KEY_TO_PAINT = """() => {
  const list = document.querySelector('patient-list [data-list]');
  window.painted = [];
  let began = 0;
  document.querySelector('#search').addEventListener('keydown', () => { began = performance.now(); });
  new MutationObserver(() => {
    const key = began;
    requestAnimationFrame(() => setTimeout(() => window.painted.push(performance.now() - key)));
  }).observe(list, { childList: true });
}"""
# The largest paint so far, and how much what was there has jumped.
WATCH = """
  window.seen = { paint: 0, shift: 0 };
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.seen.paint = one.startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.seen.shift += one.value; })
    .observe({ type: 'layout-shift', buffered: true });
"""


def typed(text):
    """What the search box asks while somebody types."""
    return [{"q": text[:end].strip()} for end in range(1, len(text) + 1)]


def questions(crowd):
    """What is asked, by its name in the table."""
    some, other = crowd.people[len(crowd.people) // 2], crowd.people[len(crowd.people) // 3]
    visit = crowd.visits[len(crowd.visits) // 2]
    wrong = some.last[:-2] + "z" + some.last[-1]
    newest = max(visit.started for visit in crowd.visits).date()
    week = newest - datetime.timedelta(days=6)
    return {
        "first page": [{}],
        "name, key by key": typed(f"{some.last} {some.first}".lower()) + typed(f"{other.first} {other.last}".lower()),
        "one and two letters": [{"q": text} for text in ("d", "é", "x", "du", "zq", "a e i o u", "1", "19")],
        "birth date": [
            {"q": some.born.strftime(form)} for form in ("%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y%m%d", "%d%m%Y", "%d/%m")
        ],
        "id and accession number": typed(some.patient_id) + typed(visit.accession),
        "description": typed("irm cerebrale") + typed("tdm thor"),
        "wrong letter": [{"q": text} for text in (wrong, f"{wrong} {some.first}", "elodei", "martim")],
        "nobody": [{"q": text} for text in ("zzzz", "xxyyzz qqq", "99/99/9999")],
        "filters": [
            {"modality": "CT"}, {"modality": "PT"}, {"modality": "XA"}, {"from": str(week)}, {"from": "2030-01-01"},
            {"modality": "PT", "from": str(week)}, {"to": "2013-01-01"}, {"from": "2015-01-01", "to": "2015-01-03"},
            {"status": "reading"}, {"status": "reading", "modality": "PT", "q": "du"},
        ],
        "by name": [{"sort": "name"}, {"sort": "-name"}, {"sort": "name", "q": "irm"}, {"sort": "name", "q": "zq"}],
    }  # fmt: skip


class Asking:
    """Asks the function, and keeps how long it took."""

    def __init__(self, portal, rounds):
        self.portal, self.rounds, self.session = portal, rounds, portal.sign_in()

    def ask(self, query):
        fields = {"limit": 50, "sort": "-lastStudy", **({"nearest": "true"} if "q" in query else {}), **query}
        answer = self.session.get(f"{self.portal.url}/api/patients", params=fields, timeout=60)
        assert answer.status_code == 200, answer.text
        return float(re.search(r"function;dur=([\d.]+)", answer.headers["Server-Timing"])[1]), answer.json()

    def row(self, name, queries):
        """The median of all questions, and the slowest question, each by the median of its rounds."""
        times = {json.dumps(query): statistics.median(self.ask(query)[0] for _ in range(self.rounds)) for query in queries}
        slowest = max(times, key=times.get)
        return {
            "work": name, "questions": len(times), "median": round(statistics.median(times.values()), 1),
            "slowest": round(times[slowest], 1), "slowestQuestion": slowest,
        }  # fmt: skip

    def deep(self, pages):
        """The first page and one far behind it."""
        query, after = {}, None
        for _ in range(pages):
            _, found = self.ask(query)
            after = found["next"]
            query = {"after": after}
        return self.row(f"page {pages + 1:,}", [query])


def typing(page, portal, words):
    """Milliseconds from each key to the painted list."""
    page.goto(f"{portal.url}/fr/patients/")
    settle(page)
    page.evaluate(FROM_KEY_TO_PAINT)
    for word in words:
        for letter in word:
            before = page.evaluate("window.painted.length")
            page.locator("#search").press(letter if letter != " " else "Space")
            if letter != " ":
                page.wait_for_function("before => window.painted.length > before", arg=before, polling=20)
        before = page.evaluate("window.painted.length")
        page.locator("#search").fill("")
        page.wait_for_function("before => window.painted.length > before", arg=before, polling=20)
        page.evaluate("window.painted.pop()")
    return page.evaluate("window.painted")


def first_paint(browser, state, url):
    """The largest paint in milliseconds and the shift of the layout, for somebody who was never there."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, storage_state=state)
    context.add_init_script(WATCH)
    page = context.new_page()
    # A new window loads pages of Chromium's own; somebody's window has been open for a while.
    page.wait_for_timeout(1500)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.goto(url, wait_until="networkidle")
    settle(page)
    seen = page.evaluate("window.seen")
    context.close()
    return seen["paint"], seen["shift"]


def all_paints(browser, portal, state, people, rounds):
    queries = {"patient/": f"?id={people}", "patient/access/": f"?id={people}"}
    rows = []
    for path in paths():
        seen = [
            first_paint(browser, None if path == "" else state, f"{portal.url}/fr/{path}{queries.get(path, '')}")
            for _ in range(rounds)
        ]
        row = {
            "page": path or "sign-in", "largestPaint": round(statistics.median(paint for paint, _ in seen)),
            "shift": round(max(shift for _, shift in seen), 3),
        }  # fmt: skip
        rows.append(row)
        print(f"{row['page']:32} largest paint {row['largestPaint']:5} ms   shift {row['shift']:.3f}", flush=True)
    return rows


def measure(portal, options):
    crowd = Crowd(options.patients)
    crowd.settle_in(portal)
    Ours(portal).settle()
    say(f"  {options.patients:,} patients with {len(crowd.visits):,} studies are there")
    asking, functions = Asking(portal, options.rounds), []
    for name, queries in questions(crowd).items():
        functions.append(asking.row(name, queries))
    functions.append(asking.deep(min(1000, options.patients // 50 - 1)))
    for row in functions:
        print(f"{row['work']:24} median {row['median']:6} ms   slowest {row['slowest']:6} ms   {row['slowestQuestion']}")
    some = crowd.people[len(crowd.people) // 2]
    with chromium() as browser:
        context = browser.new_context(locale="fr-FR", viewport={"width": 1440, "height": 900})
        page = context.new_page()
        sign_in(page, portal)
        painted = typing(page, portal, [folded(some.last), folded(some.first), "03/04/1980", "martim", some.patient_id])
        painted.sort()
        keys = {
            "keys": len(painted), "median": round(statistics.median(painted)),
            "percentile95": round(painted[int(len(painted) * 0.95)]), "slowest": round(painted[-1]),
        }  # fmt: skip
        print("from key to painted list: " + ", ".join(f"{name} {value}" for name, value in keys.items()))
        one = asking.ask({})[1]["items"][0]["id"]
        paints = all_paints(browser, portal, context.storage_state(), one, max(1, options.rounds // 2))
    return {"functions": functions, "typing": keys, "paints": paints}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--patients", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--no-write", action="store_true", help="print only")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="preview-dicom-bench.") as folder:
        portal = Portal(pathlib.Path(folder) / "portal")
        portal.start()
        try:
            measured = measure(portal, options)
        finally:
            portal.stop()
    say(f"{time.monotonic() - began:.0f} s in all")
    if not options.no_write:
        about = {"machine": machine(), "date": f"{datetime.date.today()}", "commit": commit(), "patients": options.patients}
        RESULT.write_text(json.dumps({**about, **measured}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
