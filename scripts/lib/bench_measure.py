"""How scripts/bench measures: rows in turn, servers in turn within a row.

One connection is this program's own, and every answer to it is checked. Several are wrk's: what it asks for is asked for and
checked once before. Its rates are answers in the time that it took, those of one connection are of the median's duration.
"""

import itertools
import pathlib
import statistics
import tempfile
import time
from collections import defaultdict

import samples
from bench_answers import INSTANCE, Wrong, found
from bench_servers import JSON, say
from bench_work import Request, Storing
from bench_wrk import Wrk

# So many of a row's answers are files of the nginx that is the ceiling; all of them are small beside what is read.
FILES = 60
MOST = 1000  # requests that wrk asks for in turn


class Sample:
    """What one server did in one row."""

    def __init__(self):
        self.rates, self.cpu, self.operations = [], 0, 0

    @property
    def rate(self):
        return statistics.median(self.rates)

    @property
    def spread(self):
        """Half of the difference between the slowest and the fastest round, as a part of the median."""
        return (max(self.rates) - min(self.rates)) / 2 / self.rate

    @property
    def cpu_milliseconds(self):
        return self.cpu / self.operations * 1000


class Bench:
    """The servers that take turns, for how many rounds, and for how many seconds each time."""

    def __init__(self, servers, ceiling, rounds, seconds):
        self.servers, self.ceiling, self.rounds, self.seconds = servers, ceiling, rounds, seconds
        self.started = {server.name: server.memory() for server in servers}
        self.peaks = dict(self.started)

    def measure(self, rows):
        """`{row: {server's name: Sample}}`, with the reason instead of a sample where a peer's answer is wrong."""
        results = {row.work: defaultdict(Sample) for row in rows}
        turns = {row.work: self.takers(row, results[row.work]) for row in rows}
        for turn in range(self.rounds):
            for row in rows:
                # Who goes first changes from round to round.
                for server, asked in turns[row.work][:: 1 if turn % 2 == 0 else -1]:
                    self.take_turn(server, asked, results[row.work][server.name])
            say(f"  round {turn + 1} of {self.rounds} done")
        return results

    def take_turn(self, server, row, sample):
        act = store if isinstance(row, Storing) else read
        rate, operations, cpu = act(server, row, self.seconds)
        sample.rates.append(rate)
        sample.cpu += cpu
        sample.operations += operations
        if server.name in self.peaks:
            self.peaks[server.name] = max(self.peaks[server.name], server.memory())

    def takers(self, row, results):
        """The servers that can do the row, after first answers that are not timed, with what is asked of each."""
        if isinstance(row, Storing):
            servers = [*self.servers, self.ceiling] if row.has_ceiling and self.ceiling else self.servers
            return [(server, row) for server in servers]
        able, kept = [], []
        for server in self.servers:
            if server.name not in row.of:
                continue
            server = server.direct() if row.direct else server
            try:
                contents = self.first_answers(server, row)
            except (Wrong, RuntimeError) as error:
                if server.name == "ours":
                    raise Wrong(f"{row.work}: {error}") from error
                say(f"  {server.name} is wrong in “{row.work}”: {str(error)[:200]}")
                results[server.name] = f"{error}"[:200]
                continue
            able.append((server, row))
            kept = kept or contents
        if row.has_ceiling and self.ceiling:
            places = [self.ceiling.serve(f"{row.work} {number}", content) for number, content in enumerate(kept)]
            files = [Request(place, lambda content: None, {}) for place in places]
            able.append((self.ceiling, row._replace(requests=files)))
        return able

    def first_answers(self, server, row):
        """Of the first requests, checked: of all that wrk asks for, and of as many as the ceiling has files."""
        several = isinstance(row.requests, list)
        connection, kept = server.connect(), []
        count = (None if row.connections > 1 else FILES if row.has_ceiling else 1) if several else 1
        for number, request in enumerate(itertools.islice(row.requests, count)):
            content = server.ask(connection, "GET", request.path, request.headers)
            request.check(content)
            kept += [content] if number < FILES else []
        return kept


def read(server, row, seconds):
    """Asks for so long; returns the rate, the number of requests, and the server's CPU seconds."""
    return (read_by_one if row.connections == 1 else read_by_several)(server, row, seconds)


def read_by_several(server, row, seconds):
    """By wrk, for a second at least; the rate is of all answers."""
    requests = list(itertools.islice(row.requests, MOST))
    with tempfile.TemporaryDirectory() as folder:
        headers = {**server.headers, **requests[0].headers}
        client = Wrk(server, [request.path for request in requests], headers, pathlib.Path(folder))
        before = server.cpu()
        run = client.run(row.connections, max(1, round(seconds)))
        cpu = server.cpu() - before
    if run.errors:
        raise Wrong(f"{row.work}: {run.errors} requests to {server.name} failed")
    return run.rate, run.answers, cpu


def read_by_one(server, row, seconds):
    """Checking is not timed; the rate is that at which requests of the median's duration follow each other."""
    # The memory that an answer is read into is used again, as new memory costs more than the reading.
    connection, buffer, durations, checked = server.connect(), bytearray(row.largest), [], None
    requests, before = itertools.cycle(row.requests), server.cpu()
    while sum(durations) < seconds:
        request = next(requests)
        began = time.perf_counter()
        size = server.ask(connection, "GET", request.path, request.headers, into=buffer)
        durations.append(time.perf_counter() - began)
        assert size < len(buffer), f"{row.work}: an answer has over {size} bytes"
        answer = (request.path, bytes(memoryview(buffer)[:size]))
        if server.name != "ceiling" and answer != checked:
            request.check(answer[1])
            checked = answer
    rate = 1 / statistics.median(durations)
    return rate * size / 1e6 if row.unit == "MB/s" else rate, len(durations), server.cpu() - before


def store(server, row, _):
    files = row.prepare()
    before = server.cpu()
    began = time.perf_counter()
    row.act(server, files)
    seconds, cpu = time.perf_counter() - began, server.cpu() - before
    amount = sum(map(len, files)) / 1e6 if row.unit == "MB/s" else len(files)
    if server.name == "ceiling":
        return amount / seconds, len(files), cpu
    identified = [samples.uids(content) for content in files]
    stored = server.ask(server.connect(), "GET", f"/studies/{identified[0][0]}/instances", JSON)
    found(len(files), {instance for _, _, instance in identified}, INSTANCE)(stored)
    return amount / seconds, len(files), cpu
