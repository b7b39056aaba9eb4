"""What scripts/bench stores and asks for: the rows of its table."""

import itertools
import pathlib
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from typing import NamedTuple

import bench_answers as answers
import samples
from bench_data import MultiFrame, Population, Slices, folded, new_uid
from bench_servers import JSON, in_parallel, say

BOTH = ("ours", "orthanc")
FRAME = {"Accept": 'multipart/related; type="application/octet-stream"; transfer-syntax=*'}
ONE_FRAME = {"Accept": "application/octet-stream; transfer-syntax=*"}
FILES = {"Accept": 'multipart/related; type="application/dicom"; transfer-syntax=*'}
GZIP = {**JSON, "Accept-Encoding": "gzip"}
JPEG = {"Accept": "image/jpeg"}
FIRST, NAMED = "QIDO first 25 studies", "QIDO PatientName=SMITH*"
AT_ONCE = 50  # instances in one STOW request
UPLOADS = 4  # connections that fill a server


class Request(NamedTuple):
    path: str
    check: Callable[[bytes], None]
    headers: dict = JSON


class Reading(NamedTuple):
    """A row that asks for its requests, again and again."""

    work: str
    requests: Iterable[Request]
    unit: str = "requests/s"
    connections: int = 1
    of: tuple = BOTH
    has_ceiling: bool = False
    largest: int = 16 << 20  # bytes; answers are smaller
    direct: bool = False  # asked of the portal's dispatcher, without nginx


class Storing(NamedTuple):
    """A row that stores what `prepare` makes, which is not timed."""

    work: str
    prepare: Callable[[], list]
    act: Callable
    unit: str = "instances/s"
    has_ceiling: bool = True


class Filling:
    """What both servers hold before anything is measured."""

    def __init__(self, quick, studies):
        self.slices = Slices(512)
        self.loop = MultiFrame(20 if quick else 100)
        self.population = Population(studies)
        self.study, self.series, self.scout = new_uid(), new_uid(), new_uid()
        self.instances = [new_uid() for _ in range(60 if quick else 500)]
        self.scout_instances = [new_uid() for _ in range(20)]

    def add_studies(self, server, first, end):
        """Stores the small studies from `first` to `end`, by several connections."""
        batches = iter([(start, min(start + AT_ONCE, end)) for start in range(first, end, AT_ONCE)])

        def upload(_):
            connection = server.connect()
            for start, stop in batches:
                stow(server, connection, list(self.population.files(start, stop)))
                if stop % 5000 == 0:
                    say(f"  {server.name}: {stop:,} of {end:,} studies")

        in_parallel(UPLOADS, upload)

    def add_what_is_read(self, server):
        """A study of a CT series and a short one, and the loop."""
        for series, instances in ((self.series, self.instances), (self.scout, self.scout_instances)):
            for start in range(0, len(instances), AT_ONCE):
                numbered = enumerate(instances[start : start + AT_ONCE], start + 1)
                self.add(server, [self.slices.file(self.study, series, instance, n) for n, instance in numbered])
        self.add(server, [self.loop.file()])

    def add(self, server, files):
        """On a connection of its own: Orthanc closes one that rests while files are made."""
        stow(server, server.connect(), files)


def stow(server, connection, files):
    body, headers = samples.stow_body(files)
    server.ask(connection, "POST", "/studies", headers, body)


def searches(filling, count):
    """The rows of QIDO-RS with `count` small studies stored."""
    known = filling.population.studies[:count]
    ordinary = {study.uid for study in known} | {filling.study, filling.loop.study}
    place = f"/studies/{filling.study}/series"

    def page(work, offset):
        path = f"/studies?limit=25&offset={offset}&includefield=00081030,00080060"
        return Reading(work, [Request(path, answers.found(25, ordinary))], has_ceiling=offset == 0)

    def matching(work, query, fits, of=BOTH):
        uids = {study.uid for study in known if fits(study)}
        return Reading(work, [Request(f"/studies?limit=25&{query}", answers.found(25, uids))], of=of)

    def exact(work, key, attribute):
        requests = []
        for wanted in known[5 :: max(1, count // 10)]:
            value = getattr(wanted, attribute)
            uids = {study.uid for study in known if getattr(study, attribute) == value}
            requests.append(Request(f"/studies?{key}={value}", answers.found(len(uids), uids)))
        return Reading(work, requests)

    def named(*words):
        return lambda study: all(word in folded(study.name) for word in words)

    fuzzy = "fuzzymatching=true&PatientName="
    jean_dubois = named("jean", "dubois")
    list_of_ohif = "/studies?limit=101&offset=0&fuzzymatching=true&includefield=00081030%2C00080060"
    two_series = answers.found(2, {filling.series, filling.scout}, answers.SERIES)
    slices = answers.found(len(filling.instances), set(filling.instances), answers.INSTANCE)
    return [
        page(FIRST, 0),
        page("QIDO 25 from offset 1,000", min(1000, count // 2)),
        page("QIDO 25 from the middle", count // 2),
        Reading("QIDO OHIF's list", [Request(list_of_ohif, answers.found(101, ordinary))]),
        matching(NAMED, "PatientName=SMITH*", named("smith")),
        matching("QIDO PatientName=*reng*", "PatientName=*reng*", named("reng")),
        matching("QIDO fuzzy, two words", f"{fuzzy}jean+dubois", jean_dubois, ["ours"]),
        matching("QIDO fuzzy, a wrong letter", f"{fuzzy}jean+duboys", jean_dubois, ["ours"]),
        exact("QIDO PatientID", "PatientID", "patient_id"),
        exact("QIDO AccessionNumber", "AccessionNumber", "accession"),
        exact("QIDO StudyInstanceUID", "StudyInstanceUID", "uid"),
        matching("QIDO StudyDate, a month", "StudyDate=20140301-20140331", lambda s: s.day.startswith("201403")),
        matching("QIDO ModalitiesInStudy=MR", "ModalitiesInStudy=MR", lambda s: s.modality == "MR"),
        matching("QIDO StudyDescription=*genou*", "StudyDescription=*genou*", lambda s: "genou" in s.description),
        matching("QIDO any other attribute", "00081080=DIAGNOSIS-017", lambda s: s.diagnosis == "DIAGNOSIS-017"),
        Reading("QIDO series of a study", [Request(place, two_series)]),
        Reading("QIDO instances of a series", [Request(f"{place}/{filling.series}/instances", slices)]),
    ]


def just_stored(filling, count):
    """Two of these, for the minute after storing."""
    rows = [row for row in searches(filling, count) if row.work in (FIRST, NAMED)]
    return [row._replace(work=f"{row.work}, just stored") for row in rows]


def retrievals(filling):
    """The rows of WADO-RS."""
    slices, loop, numbers = filling.slices, filling.loop, range(1, len(filling.instances) + 1)
    study = f"/studies/{filling.study}"
    series = f"{study}/series/{filling.series}"
    images = [f"{series}/instances/{instance}" for instance in filling.instances]
    looped = f"/studies/{loop.study}/series/{loop.series}/instances/{loop.instance}"
    gradient = slices.gradient.astype("f")

    def metadata(work, place, instances, headers=JSON):
        return Reading(work, [Request(f"{place}/metadata", answers.metadata(instances), headers)], has_ceiling=True)

    def frames(work, headers, connections, of=BOTH, direct=False):
        requests = [
            Request(f"{image}/frames/1", answers.frame(slices.pixels(number)), headers)
            for number, image in zip(numbers, images, strict=True)
        ]
        return Reading(work, requests, connections=connections, of=of, has_ceiling=True, direct=direct)

    def rendered(number, center, width, query=""):
        image = images[number % len(images)]
        return Request(f"{image}/rendered{query}", answers.picture(gradient, center, width), JPEG)

    def fresh_windows():
        for number in itertools.count():
            center, width = 1500 + number % 1000, 2000 + number // 1000
            yield rendered(number, center, width, f"?window={center},{width},linear")

    loop_frames = [
        Request(f"{looped}/frames/{number}", answers.frame(loop.pixels(number)), FRAME)
        for number in range(1, loop.frames + 1)
    ]
    files = [
        Request(image, answers.files([slices.pixels(number)]), FILES)
        for number, image in zip(numbers, images, strict=True)
    ]
    whole = answers.files([slices.pixels(number) for number in numbers])
    small = Request(f"{series}/thumbnail", answers.thumbnail(512), JPEG)
    return [
        metadata("metadata of a series", series, filling.instances),
        metadata("metadata of a series, gzip", series, filling.instances, GZIP),
        metadata("metadata of a study, gzip", study, filling.instances + filling.scout_instances, GZIP),
        metadata("metadata of an instance", images[0], filling.instances[:1]),
        metadata("metadata of a multi-frame", looped, [loop.instance]),
        frames("frame, 1 connection", FRAME, 1),
        frames("frame, 6 connections", FRAME, 6),
        frames("frame alone, 1 connection", ONE_FRAME, 1, ["ours"]),
        frames("frame alone, 6 connections", ONE_FRAME, 6, ["ours"]),
        frames("frame without nginx, 1 connection", ONE_FRAME, 1, ["ours"], direct=True),
        frames("frame without nginx, 6 connections", ONE_FRAME, 6, ["ours"], direct=True),
        Reading("frame of a multi-frame", loop_frames, has_ceiling=True),
        Reading("instance", files, has_ceiling=True),
        Reading("instance, 6 connections", files, connections=6, has_ceiling=True),
        Reading(
            "whole series", [Request(series, whole, FILES)], unit="MB/s", has_ceiling=True, largest=len(images) << 20
        ),
        Reading("rendered, the same again", [rendered(0, 2048, 4096)], has_ceiling=True),
        Reading("rendered, a fresh window", fresh_windows()),
        Reading("thumbnail", [small], of=["ours"], has_ceiling=True),
    ]


def storings(quick, filling):
    """The rows of STOW-RS and C-STORE."""
    large, small, count = filling.slices, Slices(16), 20 if quick else 100

    def by_stow(at_once, connections=1):
        def act(server, files):
            batches = iter([files[start : start + at_once] for start in range(0, len(files), at_once)])

            def upload(_):
                connection = server.connect()
                for batch in batches:
                    stow(server, connection, batch)

            in_parallel(connections, upload)

        return act

    def by_storescu(server, files):
        with tempfile.TemporaryDirectory() as folder:
            for number, content in enumerate(files):
                (pathlib.Path(folder) / f"{number}.dcm").write_bytes(content)
            title, port = server.dicom
            command = ["storescu", "+sd", "-aec", title, "127.0.0.1", str(port), folder]
            subprocess.run(command, check=True, capture_output=True)

    return [
        Storing("STOW 512 KiB, 1 a request", lambda: large.fresh(count), by_stow(1)),
        Storing("STOW 512 KiB, 1 a request, 4 at once", lambda: large.fresh(count), by_stow(1, 4)),
        Storing("STOW 512 KiB, 20 a request", lambda: large.fresh(count), by_stow(20)),
        Storing("STOW small, 50 a request", lambda: small.fresh(count * 5), by_stow(50)),
        Storing("STOW a multi-frame", lambda: [filling.loop.fresh()], by_stow(1), unit="MB/s"),
        Storing("C-STORE 512 KiB, storescu", lambda: large.fresh(count), by_storescu, has_ceiling=False),
    ]
