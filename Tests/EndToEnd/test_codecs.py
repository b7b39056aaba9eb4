"""Other decoders and renderers on what `portal convert` and `portal render` write."""

import json
import subprocess

import numpy
import pydicom
import pytest
from PIL import Image
from pydicom.pixels import pixel_array

import corpus
import samples
from portal import programs

LOSSLESS = ["rle", "jpeg-ls", "htj2k", "htj2k-rpcl"]
WITH_EMBEDDED_OVERLAYS = ["ovly_p01.dcm"]
LARGEST = 3_000_000  # bytes of a file; larger ones only take longer


def portal_command(*arguments):
    return subprocess.run([programs() / "portal", *map(str, arguments)], capture_output=True, text=True, check=False)


def images():
    """Valid files that pydicom decodes, by name; made ones without a corpus."""
    if not samples.has_corpus():
        return []
    return [
        pytest.param(corpus.path_of(entry), id=corpus.path_of(entry).name)
        for entry in corpus.entries()
        if entry["class"] == "valid" and entry["decode"].get("ok") and entry["size"] <= LARGEST
        and corpus.path_of(entry).name not in corpus.UNLIKE_PYDICOM
    ]


@pytest.mark.parametrize("path", images())
def test_lossless_syntaxes_hold_the_same_pixels_for_pydicom(path, tmp_path):
    """Written by us and decoded by pydicom's plugins, or refused because such pixels have no place in the syntax."""
    native = tmp_path / "native.dcm"
    assert portal_command("convert", path, native, "--to", "explicit").returncode == 0
    expected = pixel_array(native, raw=True)
    bits = pydicom.dcmread(native, stop_before_pixels=True).get("BitsAllocated", 0)
    for syntax in LOSSLESS:
        target = tmp_path / f"{syntax}.dcm"
        done = portal_command("convert", path, target, "--to", syntax)
        if bits == 1 or bits > (32 if syntax == "rle" else 16):
            assert done.returncode == 1 and "cannot be written" in done.stderr
            continue
        if path.name in WITH_EMBEDDED_OVERLAYS and syntax != "rle":
            assert done.returncode == 1 and "Overlays" in done.stderr
            continue
        assert done.returncode == 0, done.stderr
        assert numpy.array_equal(pixel_array(target, raw=True), expected), syntax


def test_made_images_come_back_through_dcmtk(tmp_path):
    """JPEG-LS and RLE of ours, decoded by DCMTK: the third decoder, and the one that modalities are built with."""
    source = tmp_path / "made.dcm"
    source.write_bytes(samples.made_bytes())
    expected = pixel_array(source, raw=True)
    for syntax, decoder in [("jpeg-ls", "dcmdjpls"), ("rle", "dcmdrle")]:
        compressed, native = tmp_path / f"{syntax}.dcm", tmp_path / f"{syntax}-native.dcm"
        assert portal_command("convert", source, compressed, "--to", syntax).returncode == 0
        subprocess.run([decoder, compressed, native], check=True)
        assert numpy.array_equal(pixel_array(native, raw=True), expected)


def test_jpeg_is_another_instance_that_names_the_first(tmp_path):
    source = tmp_path / "made.dcm"
    image = samples.made()
    image.PixelData = (image.pixel_array // 16).astype("u1").tobytes()
    image["PixelData"].VR = "OB"
    image.BitsAllocated, image.BitsStored, image.HighBit = 8, 8, 7
    image.save_as(source)
    target = tmp_path / "lossy.dcm"
    done = portal_command("convert", source, target, "--to", "jpeg", "--quality", 80)
    assert done.returncode == 0, done.stderr
    lossy = pydicom.dcmread(target)
    assert lossy.SOPInstanceUID != image.SOPInstanceUID
    assert lossy.file_meta.MediaStorageSOPInstanceUID == lossy.SOPInstanceUID
    assert lossy.SourceImageSequence[0].ReferencedSOPInstanceUID == image.SOPInstanceUID
    assert (lossy.LossyImageCompression, lossy.LossyImageCompressionMethod) == ("01", "ISO_10918_1")
    assert lossy.ImageType[0] == "DERIVED"
    assert abs(lossy.pixel_array.astype(int) - image.pixel_array).mean() < 4


def test_animations_are_read_by_pillow(tmp_path):
    source, target = tmp_path / "made.dcm", tmp_path / "made.gif"
    image = samples.made()
    frame = (image.pixel_array // 16).astype("u1")
    image.PixelData = frame.tobytes() + frame[::-1].tobytes()
    image["PixelData"].VR = "OB"
    image.BitsAllocated, image.BitsStored, image.HighBit, image.NumberOfFrames, image.FrameTime = 8, 8, 7, 2, 40
    image.save_as(source)
    for options in ([], ["--annotation", "patient,technique", "--size", "200x200"]):
        done = portal_command("render", source, target, *options)
        assert done.returncode == 0, done.stderr
        with Image.open(target) as shown:
            assert (shown.n_frames, shown.info["loop"], shown.info["duration"]) == (2, 0, 40)
            for number in (1, 2):
                still = tmp_path / "still.png"
                assert portal_command("render", source, still, "--frame", number, *options).returncode == 0
                shown.seek(number - 1)
                assert numpy.array_equal(numpy.asarray(shown.convert("L")), numpy.asarray(Image.open(still)))


def test_a_broken_output_leaves_nothing(tmp_path):
    source = tmp_path / "made.dcm"
    source.write_bytes(samples.made_bytes())
    done = portal_command("convert", source, tmp_path / "absent" / "out.dcm")
    assert done.returncode == 1 and "cannot be written" in done.stderr
    source.write_bytes(samples.made_bytes()[:-100])
    assert portal_command("convert", source, tmp_path / "out.dcm", "--to", "htj2k").returncode == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made.dcm"]


# DCMTK and we differ, and why.
UNLIKE_DCMTK = {
    "gdcm-US-ALOKA-16.dcm": "DCMTK does not read segmented palettes",
    "gdcm-US-ALOKA-16_big.dcm": "DCMTK does not read segmented palettes",
    "parametric_map_double_float.dcm": "dcmj2pnm does not know floating point pixels",
}
# What dcmj2pnm decodes; it is given others decoded, as it is the rendering that is compared.
DECODED_BY_DCMTK = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.5")
DECODED_BY_DCMTK += tuple(f"1.2.840.10008.1.2.4.{number}" for number in (50, 51, 53, 55, 57, 70))


def rendered_files():
    """Up to five files for each photometric interpretation, depth and sign."""
    if not samples.has_corpus():
        return []
    kinds = {}
    for entry in corpus.entries():
        path = corpus.path_of(entry)
        usable = entry["class"] == "valid" and entry["decode"].get("ok") and entry["size"] <= LARGEST
        if not usable or path.name in corpus.UNLIKE_PYDICOM or path.name in UNLIKE_DCMTK:
            continue
        if not has_square_pixels(pydicom.dcmread(path, stop_before_pixels=True)):
            continue  # we make them square, DCMTK only when it scales
        kind = tuple(entry.get(key) for key in ("photometric", "bits_allocated", "pixel_representation"))
        kinds.setdefault(kind, []).append(path)
    return [pytest.param(path, id=path.name) for paths in kinds.values() for path in paths[:5]]


def has_square_pixels(header):
    pairs = [header.get(name) for name in ("PixelAspectRatio", "PixelSpacing", "ImagerPixelSpacing")]
    return all(abs(float(pair[0]) - float(pair[1])) <= 0.01 * float(pair[1]) for pair in pairs if pair)



@pytest.mark.parametrize("path", rendered_files())
def test_pictures_are_those_of_dcmtk(path, tmp_path):
    header = pydicom.dcmread(path, stop_before_pixels=True, force=True)
    facts = json.loads(portal_command("inspect", "--frames", "--json", path).stdout)["frames"][0]
    slope, intercept = float(header.get("RescaleSlope") or 1), float(header.get("RescaleIntercept") or 0)
    low, high = (facts["minimum"] * slope + intercept, facts["maximum"] * slope + intercept)
    window = (round((low + high) / 2), max(2, round(high - low)))
    is_grey = header.PhotometricInterpretation.startswith("MONOCHROME")
    theirs, ours, given = tmp_path / "theirs.pnm", tmp_path / "ours.png", path
    if header.file_meta.TransferSyntaxUID not in DECODED_BY_DCMTK:
        given = tmp_path / "decoded.dcm"
        assert portal_command("convert", path, given, "--to", "explicit").returncode == 0
    flags = ["+Ww", str(window[0]), str(window[1])] if is_grey else []
    subprocess.run(["dcmj2pnm", "-O", "-a", *flags, "+op", given, theirs], check=True, capture_output=True)
    done = portal_command("render", path, ours, *([f"--window={window[0]},{window[1]}"] if is_grey else []))
    assert done.returncode == 0, done.stderr
    left, right = numpy.asarray(Image.open(ours)).astype(int), numpy.asarray(Image.open(theirs)).astype(int)
    assert abs(left - right).max() <= 2, f"{(abs(left - right) > 2).mean():.1%} of {left.size} values differ"
