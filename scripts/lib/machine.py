"""What machine a measurement was made on."""

import os
import pathlib
import re


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return {"processors": os.cpu_count(), "model": model[1] if model else "unknown"}
