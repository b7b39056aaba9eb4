"""The full runs of scripts/bench, one after the other: what the page on performance plots."""

import json
import pathlib

HISTORY = pathlib.Path(__file__).resolve().parents[2] / "content/measurements/history.json"


def remember(about, rows):
    """Adds a run: when, where and of which version, and the ratio to the peer of each row that has one."""
    runs = json.loads(HISTORY.read_text(encoding="utf-8"))
    run = {name: about[name] for name in ("date", "commit", "machine")}
    runs.append({**run, "ratios": {row["work"]: row["ratio"] for row in rows if "ratio" in row}})
    HISTORY.write_text(json.dumps(runs, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
