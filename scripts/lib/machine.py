"""What a measurement was made on, and of."""

import os
import pathlib
import re
import subprocess


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return {"processors": os.cpu_count(), "model": model[1] if model else "unknown"}


def commit():
    command = ["git", "-C", pathlib.Path(__file__).parent, "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
