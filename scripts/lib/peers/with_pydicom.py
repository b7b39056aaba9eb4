"""pydicom's side of the comparison of DICOM libraries: reading, JSON and decoding inside one running process.

The portal's own library, DCMTK, GDCM and pydicom each have a harness with this one command line:

    HARNESS TASK SECONDS FILE...

    header   read the data set up to Pixel Data, which stays unread
    json     read the header, and write its DICOM JSON as text in memory
    decode   open the file and decode all its frames into native pixels in memory, without a change of colour space

One pass over the files warms up and sorts out those that the library cannot do; the others are done again and again
until SECONDS have passed, always to the end of a pass. Then one line of JSON tells what the timed passes did:

    {"operations": 1200, "seconds": 2.004, "failed": ["files/odd.dcm"]}

"operations" counts files that succeeded, "failed" names those left out, as they were given. After `decode` there is
also "frames", the decoded ones. A library that has no such task prints {"unsupported": true}.
"""

import json
import logging
import sys
import time
import warnings

from pydicom import dcmread
from pydicom.pixels import pixel_array


def header(path):
    # Values and nested sequences of known length stay bytes until they are asked for: that is how pydicom works.
    return dcmread(path, stop_before_pixels=True)


def to_json(path):
    return header(path).to_json(bulk_data_element_handler=lambda element: "bulk")


def decode(path):
    # From a path, pydicom does not inflate deflated data sets: it finds no pixels in them.
    return pixel_array(path, raw=True)


def frames_in(path):
    return int(header(path).get("NumberOfFrames") or 1)


TASKS = {"header": header, "json": to_json, "decode": decode}


def main():
    _, name, seconds, *files = sys.argv
    task = TASKS[name]
    logging.disable()
    warnings.simplefilter("ignore")

    good, failed = [], []
    for path in files:
        try:
            task(path)
            good.append((path, frames_in(path)))
        except Exception:  # whatever it is, pydicom cannot do this file
            failed.append(path)

    operations = frames = 0
    elapsed = 0.0
    begun = time.perf_counter()
    while good and elapsed < float(seconds):
        for path, count in good:
            task(path)
            operations += 1
            frames += count
        elapsed = time.perf_counter() - begun

    result = {"operations": operations, "seconds": round(elapsed, 6), "failed": failed}
    if name == "decode":
        result["frames"] = frames
    print(json.dumps(result))


if __name__ == "__main__":
    main()
