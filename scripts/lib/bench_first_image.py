"""What a reader waits for in OHIF: the first image of a study and the whole series, from this portal and from Orthanc.

The same viewer stands in front of both, behind nginx, and is reached through links of different widths. Each opening is
that of somebody who has read before: OHIF's own files are in the browser's cache, the study is not.
"""

import argparse
import contextlib
import datetime
import json
import os
import pathlib
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

from bench_data import Slices, new_uid  # noqa: E402
from links import Link  # noqa: E402
from bench_servers import nginx, orthanc, ours, say  # noqa: E402
from bench_work import AT_ONCE, stow  # noqa: E402
from browsing import WEBGL, chromium, shows_an_image  # noqa: E402
from machine import commit, machine  # noqa: E402
from portal import EMAIL, PASSWORD, wait_for  # noqa: E402

RESULT = ROOT / "content/measurements/first-image.json"
BUILT = ROOT / ".build"  # holds viewer/
SLICES = 100
LINKS = {"loopback": None, "50 Mbit/s": 50, "10 Mbit/s": 10}  # megabits a second
FRAMES = """() => performance.getEntriesByType('resource')
  .filter(one => /\\/frames\\//.test(one.name) && one.responseEnd > 0).length"""


@contextlib.contextmanager
def viewer_before(peer, folder):
    """nginx with the portal's own viewer before Orthanc, which asks for frames in the one form that Orthanc has."""
    home = folder / "peer-viewer"
    home.mkdir()
    config = (BUILT / "viewer/app-config.js").read_text(encoding="utf-8")
    single = "application/octet-stream; transfer-syntax=*"
    assert single in config, "the viewer asks for frames in another form by now"
    (home / "app-config.js").write_text(config.replace(single, f"multipart/related; type={single}"), encoding="utf-8")
    port = 16000 + os.getpid() % 1000
    http = (
        "include /etc/nginx/mime.types; gzip_static on; "
        "proxy_buffers 16 64k; proxy_buffer_size 64k;"
    )
    server = (
        f"listen 127.0.0.1:{port}; root {BUILT};\n"
        f"location = /viewer/app-config.js {{ alias {home}/app-config.js; gzip_static off; }}\n"
        f"location = /viewer-words.js {{ alias {ROOT}/site/viewer-words.js; }}\n"
        f"location /viewer/ {{ expires 1h; try_files $uri /viewer/index.html; }}\n"
        f"location /dicomweb/ {{ proxy_pass http://127.0.0.1:{peer.port}; proxy_http_version 1.1; proxy_set_header Host $http_host; }}"
    )
    with nginx(home, http, server):
        yield port


def fill(server):
    """A CT study of its own; returns its UID."""
    slices, study, series, connection = Slices(512, noise=20), new_uid(), new_uid(), server.connect()
    for start in range(1, SLICES + 1, AT_ONCE):
        stow(server, connection, [slices.file(study, series, new_uid(), number) for number in range(start, start + AT_ONCE)])
    return study


def opened(context, url, study):
    """Seconds from the click to the first image, and to the whole series."""
    with context.new_page() as page:
        began = time.monotonic()
        page.goto(f"{url}/viewer/viewer?StudyInstanceUIDs={study}", wait_until="commit")
        wait_for(lambda: shows_an_image(page), 120)
        first = time.monotonic() - began
        wait_for(lambda: page.evaluate(FRAMES) >= SLICES, 600)
        return first, time.monotonic() - began


def measured(options, folder):
    rows = []
    with ours(folder) as portal, orthanc(folder) as peer, viewer_before(peer, folder) as gate, chromium(WEBGL) as browser:
        servers = {"ours": (portal, portal.port), "orthanc": (peer, gate)}
        for link, megabits in LINKS.items():
            say(f"reading over {link}")
            rows.append(over(link, megabits, servers, browser, options.rounds))
            show(rows[-1])
    return rows


def over(link, megabits, servers, browser, rounds):
    """The row of one link; both servers take turns, each with a browser's cache of its own for each link."""
    seconds = {name: [] for name in servers}
    with contextlib.ExitStack() as running:
        ways = {}
        for name, (server, port) in servers.items():
            url = running.enter_context(Link(port, megabits)).url
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.add_init_script("performance.setResourceTimingBufferSize(10000)")
            running.callback(context.close)
            if name == "ours":
                signed_in(context, url)
            opened(context, url, fill(server))  # OHIF's own files come into the cache
            ways[name] = (server, context, url)
        for _ in range(rounds):
            for name, (server, context, url) in ways.items():
                study = fill(server)
                server.settle()
                seconds[name].append(opened(context, url, study))
    return row(link, seconds)


def signed_in(context, url):
    body, headers = json.dumps({"email": EMAIL, "password": PASSWORD}), {"Origin": url, "Content-Type": "application/json"}
    answer = context.request.post(f"{url}/api/session", data=body, headers=headers)
    assert answer.ok, answer.text()


def row(link, seconds):
    told = {"link": link}
    for name, each in seconds.items():
        for what, values in zip(("firstImage", "wholeSeries"), zip(*each, strict=True), strict=True):
            told[f"{name}{what[0].upper()}{what[1:]}Seconds"] = round(statistics.median(values), 2)
    return told


def show(row):
    parts = []
    for what in ("FirstImage", "WholeSeries"):
        mine, peer = row[f"ours{what}Seconds"], row[f"orthanc{what}Seconds"]
        parts.append(f"{what}: ours {mine:6.2f} s, Orthanc {peer:6.2f} s, {peer / mine:.2f}×")
    print(f"{row['link']:10}  " + "   ".join(parts), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-write", action="store_true", help="print only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="preview-dicom-bench.") as folder:
        rows = measured(options, pathlib.Path(folder))
    if not options.no_write:
        about = {"machine": machine(), "date": f"{datetime.date.today()}", "commit": commit()}
        shape = {"slices": SLICES, "rounds": options.rounds, "against": "Orthanc 1.10.1"}
        RESULT.write_text(json.dumps({**about, **shape, "rows": rows}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
