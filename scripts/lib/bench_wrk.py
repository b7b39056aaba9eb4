"""wrk as the client: many requests by turns, checked by their status alone."""

import json
import re
import subprocess
from typing import NamedTuple

# wrk tells its latencies in microseconds.
SCRIPT = """
local paths = {%s}
local number = math.random(#paths)
%s
function request() number = number %% #paths + 1; return wrk.format("GET", paths[number]) end
function done(summary, latency)
    local e = summary.errors
    print(string.format("told %%d %%d %%f %%f %%f %%f", summary.requests, e.connect + e.read + e.write + e.status + e.timeout,
        summary.duration / 1e6, latency:percentile(50), latency:percentile(99), latency.max))
end
"""


class Run(NamedTuple):
    """What came of it; `latencies`: milliseconds that half and 99 of 100 took, and the longest."""

    answers: int
    errors: int
    seconds: float
    latencies: tuple

    @property
    def rate(self):
        return self.answers / self.seconds


class Wrk:
    """What clients ask of one server, by turns."""

    def __init__(self, server, paths, headers, folder, pause=None):
        """`pause`: seconds between an answer and the next request, on the average; none when not told."""
        wanted = ",".join(f'"{server.root}{path}"' for path in paths)
        more = "".join(f'wrk.headers["{name}"] = {json.dumps(value)}\n' for name, value in headers.items())
        if pause:
            more += f"function delay() return math.random({pause * 500:.0f}, {pause * 1500:.0f}) end\n"
        self.server, self.script = server, folder / f"{server.name}-{server.port}-{abs(hash(more))}.lua"
        self.script.write_text(SCRIPT % (wanted, more))

    def run(self, connections, seconds):
        command = ["wrk", "-t", "1", "-c", f"{connections}", "-d", f"{seconds}s", "--timeout", "10s", "-s", self.script]
        address = f"http://127.0.0.1:{self.server.port}"
        done = subprocess.run([*command, address], capture_output=True, text=True, check=True)
        answers, errors, took, *latencies = map(float, re.search(r"told ([\d. ]+)", done.stdout)[1].split())
        return Run(int(answers), int(errors), took, tuple(round(latency / 1000, 2) for latency in latencies))
