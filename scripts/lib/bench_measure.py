"""How scripts/bench measures: rows in turn, servers in turn within a row, every answer checked."""

import itertools
import statistics
import time
from collections import defaultdict

import samples
from bench_answers import INSTANCE, Wrong, found
from bench_servers import JSON, in_parallel, say
from bench_work import Storing


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
                for server in turns[row.work][:: 1 if turn % 2 == 0 else -1]:
                    self.take_turn(server, row, results[row.work][server.name])
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
        """The servers that can do the row, after a first answer that is not timed."""
        if isinstance(row, Storing):
            return [*self.servers, self.ceiling] if row.has_ceiling and self.ceiling else self.servers
        able, first = [], b""
        for server in self.servers:
            if server.name not in row.of:
                continue
            request = next(iter(row.requests))
            server = server.direct() if row.direct else server
            try:
                content = server.ask(server.connect(), "GET", request.path, request.headers)
                request.check(content)
            except (Wrong, RuntimeError) as error:
                if server.name == "ours":
                    raise Wrong(f"{row.work}: {error}") from error
                say(f"  {server.name} is wrong in “{row.work}”: {str(error)[:200]}")
                results[server.name] = f"{error}"[:200]
                continue
            able.append(server)
            first = first or content
        if row.has_ceiling and self.ceiling:
            self.ceiling.serve(row.work, first)
            able.append(self.ceiling)
        return able


def read(server, row, seconds):
    """Asks by all connections for so long. Checking is not timed.

    Returns the rate at which requests of the median's duration follow each other, the number of requests, and the
    server's CPU seconds.
    """
    requests, before = itertools.cycle(row.requests), server.cpu()

    def client(_):
        # The memory that an answer is read into is used again, as new memory costs more than the reading.
        connection, buffer, durations, checked = server.connect(), bytearray(row.largest), [], None
        while sum(durations) < seconds:
            request = next(requests)
            path = server.place_of(row.work, request.path)
            began = time.perf_counter()
            size = server.ask(connection, "GET", path, request.headers, into=buffer)
            durations.append(time.perf_counter() - began)
            assert size < len(buffer), f"{row.work}: an answer has over {size} bytes"
            answer = (request.path, bytes(memoryview(buffer)[:size]))
            if server.name != "ceiling" and answer != checked:
                request.check(answer[1])
                checked = answer
        return durations, size

    done = in_parallel(row.connections, client)
    durations = [duration for client, _ in done for duration in client]
    rate = row.connections / statistics.median(durations)
    return rate * done[0][1] / 1e6 if row.unit == "MB/s" else rate, len(durations), server.cpu() - before


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
