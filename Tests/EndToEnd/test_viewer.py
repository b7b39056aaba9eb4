"""What a reader does in OHIF, kind by kind: stacks, planes, documents, reports, segmentations, structure sets.

The files are those of the corpus where it has them. It has no series of many parallel slices, no PDF, no valid HTJ2K
and no report with its images: the planes are those of the portal's own synthetic head, the other three are made here.
"""

import io
import re
import subprocess

import numpy
import pydicom
import pytest
from PIL import Image
from playwright.sync_api import expect
from pydicom.pixels import pixel_array

import documents
import samples
from browsing import PICTURES, WEBGL, chromium, opened_page, shows_an_image, sign_in
from links import Link
from portal import Portal, programs, wait_for

needs_corpus = pytest.mark.skipif(not samples.has_corpus(), reason=f"there is no corpus at {samples.CORPUS}")

# The instance and frame that the viewport is at, and its stored pixel values as the viewer decoded them. OHIF applies
# the Modality LUT to some images while it decodes them; that is undone here.
SHOWN = """() => {
  const { viewport } = cornerstone.getEnabledElements()[0];
  const address = viewport.getCurrentImageId();
  const image = viewport.csImage;
  if (image?.imageId !== address) return null;
  const [, instance, frame] = address.match(/instances\\/([0-9.]+)\\/frames\\/(\\d+)/);
  const scaling = image.isPreScaled ? image.preScale.scalingParameters : { rescaleSlope: 1, rescaleIntercept: 0 };
  const pixels = [...image.getPixelData()].map(value => (value - scaling.rescaleIntercept) / scaling.rescaleSlope);
  return { instance, frame: Number(frame), count: viewport.getImageIds().length, pixels };
}"""
# The SOP Instance UIDs of the slices under a segmentation, and how many voxels of each are in its first segment.
LABELS = """() => {
  const { Labelmap } = cornerstoneTools.segmentation.state.getSegmentations()[0].representationData;
  return Labelmap.imageIds.map(id => {
    const image = cornerstone.cache.getImage(id);
    const [, instance] = image.referencedImageId.match(/instances\\/([0-9.]+)/);
    return [instance, [...image.getPixelData()].filter(value => value === 1).length];
  });
}"""
PLANES = """() => cornerstone.getEnabledElements().map(({ viewport }) =>
  [viewport.type, viewport.defaultOptions.orientation, viewport.getImageData()?.dimensions])"""
RED = (200, 30, 40)
CONTOURS = "svg.svg-layer path, svg.svg-layer polyline"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal of this module's own: its studies hide no other test's, and it opens what nobody else has stored."""
    running = Portal(tmp_path_factory.mktemp("viewed"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def api(portal):
    return portal.sign_in()


@pytest.fixture(scope="module")
def signed_in(portal):
    with chromium(WEBGL) as browser, opened_page(portal, browser, refused=400) as page:
        sign_in(page, portal, "en")
        yield page


@pytest.fixture
def page(signed_in):
    """The one page of all tests; an error in the console or an answer of 4xx or 5xx fails the test that meets it."""
    signed_in.set_viewport_size({"width": 1280, "height": 900})
    signed_in.noted.clear()
    yield signed_in
    assert not signed_in.noted, signed_in.noted


def corpus_bytes(*names):
    return [(samples.CORPUS / "files" / name).read_bytes() for name in names]


def stored(portal, api, files):
    """Stores the files of one study and returns its UID."""
    body, headers = samples.stow_body(files)
    answer = api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    return samples.uids(files[0])[0]


def open_study(portal, page, study):
    page.goto(f"{portal.url}/viewer/viewer?StudyInstanceUIDs={study}")


def wait_for_image(page):
    wait_for(lambda: shows_an_image(page), 60)
    return wait_for(lambda: page.evaluate(SHOWN), 20)


def picture(page):
    return page.evaluate(PICTURES)[0]["sum"]


def htj2k_files(tmp_path):
    """A made stack of three slices, written by `portal convert`."""
    files = []
    for image in samples.made_study(3, patient_id="VIEW-HTJ2K"):
        source, target = tmp_path / "native.dcm", tmp_path / "htj2k.dcm"
        source.write_bytes(samples.file_bytes(image))
        subprocess.run([programs() / "portal", "convert", source, target, "--to", "htj2k"], check=True)
        files.append(target.read_bytes())
    return files


# What each stack is made of, the number of its images, and how far a decoder may be from another one on the average.
STACKS = {
    "MR slices, big endian and JPEG-LS": ([f"neurolabusc+dcm_qa_ts/{number}.dcm" for number in (3, 7, 8)], 3, 0),
    "CT frames, RLE": (["cornerstonejs+dicomParser/CT0012.not_fragmented_bot_rle.dcm"], 2, 0),
    "MR frames, JPEG 2000": (["pydicom+pydicom-data/emri_small_jpeg_2k_lossless.dcm"], 10, 0),
    "CT slices, HTJ2K": (None, 3, 0),
    "US frames, JPEG": (["pydicom-wheel/examples_ybr_color.dcm"], 30, 2),
}


HTJ2K = "1.2.840.10008.1.2.4.201"
# How many bytes of a frame the viewer's code reads first.
FIRST_PIECE = """async path => {
  const answer = await fetch(path, { headers: { Accept: 'application/octet-stream' } });
  return (await answer.body.getReader().read()).value.length;
}"""


def test_a_stack_is_read_over_a_slow_link(portal, api):
    """A frame comes in many pieces then, of which none is an image: now and then OHIF showed the first, and nothing more.

    The first frames tell the viewer how slow the link is; it has the rest compressed.
    """
    files = [samples.file_bytes(image) for image in samples.made_study(12, patient_id="VIEW-SLOW", side=512)]
    study, series, instance = samples.uids(files[0])
    stored(portal, api, files)
    with Link(portal.ready["port"], megabits=8) as link, chromium(WEBGL) as browser:
        with opened_page(link, browser, refused=400) as page:
            sign_in(page, link, "en")
            kinds = []
            page.on("response", lambda one: kinds.append(one.headers["content-type"]) if "/frames/" in one.url else None)
            open_study(link, page, study)
            assert wait_for_image(page)["count"] == len(files)
            wait_for(lambda: page.evaluate("true") and len(kinds) >= len(files), 60)  # asking lets events in
            assert HTJ2K not in kinds[0] and HTJ2K in kinds[-1], kinds
            path = f"/dicomweb/studies/{study}/series/{series}/instances/{instance}/frames/1"
            assert page.evaluate(FIRST_PIECE, path) == 512 * 512 * 2
            assert not page.noted, page.noted


@pytest.mark.parametrize("kind", STACKS)
def test_a_stack_is_scrolled_and_its_pixels_are_those_of_pydicom(portal, api, page, tmp_path, kind):
    """Both images are the stored ones, in their order."""
    names, count, tolerance = STACKS[kind]
    if names and not samples.has_corpus():
        pytest.skip(f"there is no corpus at {samples.CORPUS}")
    files = corpus_bytes(*names) if names else htj2k_files(tmp_path)
    sources = {samples.uids(content)[2]: content for content in files}
    open_study(portal, page, stored(portal, api, files))
    first = wait_for_image(page)
    before = picture(page)
    page.locator("[data-cy=viewport-pane]").hover()
    page.mouse.wheel(0, 100)
    second = wait_for(lambda: another_image(page, first), 20)
    for shown in (first, second):
        expected = pixel_array(io.BytesIO(sources[shown["instance"]]), index=shown["frame"] - 1)
        assert shown["count"] == count
        assert abs(numpy.subtract(shown["pixels"], expected.ravel(), dtype=float)).mean() <= tolerance
    # The three slices of the corpus are one image in several syntaxes.
    wait_for(lambda: (picture(page) == before) == (first["pixels"] == second["pixels"]), 20)


def test_a_multi_frame_image_is_played(portal, api, page):
    """The cine player moves on by itself; scripts/install-viewer mends what stops it in OHIF 3.10.0-beta.5."""
    if not samples.has_corpus():
        pytest.skip(f"there is no corpus at {samples.CORPUS}")
    (names, count, _) = STACKS["US frames, JPEG"]
    open_study(portal, page, stored(portal, api, corpus_bytes(*names)))
    first = wait_for_image(page)
    page.locator("div:has([data-cy=cine-player-left-arrow]) > svg").first.click()
    seen = {first["frame"]}
    wait_for(lambda: seen.add(page.evaluate(SHOWN)["frame"]) or len(seen) >= 4, 30)
    assert seen <= set(range(1, count + 1))


def another_image(page, first):
    shown = page.evaluate(SHOWN)
    return shown if shown and (shown["instance"], shown["frame"]) != (first["instance"], first["frame"]) else None


def test_a_volume_is_shown_in_three_planes(portal, api, page):
    subprocess.run([programs() / "portal", "demo"], env=portal.environment(), check=True, capture_output=True)
    query = {"PatientID": "DEMO-0005", "ModalitiesInStudy": "CT"}
    head = api.get(f"{portal.url}/dicomweb/studies", params=query, timeout=30).json()[0]
    open_study(portal, page, head["0020000D"]["Value"][0])
    wait_for_image(page)
    page.locator("[data-cy=Layout]").click()
    page.get_by_text("MPR", exact=True).click()
    wait_for(lambda: [one["levels"] > 16 for one in page.evaluate(PICTURES)] == [True] * 3, 60)
    assert len({one["sum"] for one in page.evaluate(PICTURES)}) == 3
    dimensions = [256, 256, head["00201208"]["Value"][0]]
    planes = [["orthographic", plane, dimensions] for plane in ("axial", "sagittal", "coronal")]
    assert page.evaluate(PLANES) == planes


def middle_colour(page):
    box = page.locator("object[type='application/pdf']").bounding_box()
    picture = Image.open(io.BytesIO(page.screenshot()))
    return picture.getpixel((int(box["x"] + box["width"] * 0.7), int(box["y"] + box["height"] / 2)))[:3]


def test_an_encapsulated_pdf_is_shown(portal, api, page):
    pdf, document = documents.pdf_of(RED)
    study = stored(portal, api, [samples.file_bytes(pdf)])
    with page.expect_response(lambda answer: answer.url.endswith("/rendered")) as given:
        open_study(portal, page, study)
    assert (given.value.status, given.value.headers["content-type"]) == (200, "application/pdf")
    address = page.locator("object[type='application/pdf']").get_attribute("data")
    sent = api.get(portal.url + address, headers={"Accept": "application/pdf"}, timeout=30)
    assert sent.content == document
    wait_for(lambda: max(map(abs, numpy.subtract(middle_colour(page), RED))) < 6, 30)


def texts(item):
    for child in item.get("ContentSequence", []):
        if child.ValueType == "TEXT":
            yield child.TextValue
        yield from texts(child)


@needs_corpus
@pytest.mark.parametrize("name", ["cornerstonejs+cornerstone3D/no-pixel-data.dcm", "dcm4che+dcm4che/report_dfl"])
def test_a_structured_report_is_read_as_text(portal, api, page, name):
    """A Basic Text SR, and an Enhanced SR whose file is deflated; neither is of a study with images."""
    files = corpus_bytes(name)
    open_study(portal, page, stored(portal, api, files))
    written = [" ".join(text.split()) for text in texts(pydicom.dcmread(io.BytesIO(files[0])))]
    assert len(written) > 3
    report = page.locator("[data-cy=viewport-pane]")
    wait_for(lambda: all(text in " ".join(report.inner_text().split()) for text in written), 30)


def test_a_measurement_report_lies_over_its_image(portal, api, page):
    """A made one: those of the corpus refer to images that it has not."""
    images = samples.made_study(3, patient_id="VIEW-SR")
    report = documents.length_report(images[1], ("27925004", "SCT", "Nodule"), 42)
    open_study(portal, page, stored(portal, api, [samples.file_bytes(one) for one in [*images, report]]))
    wait_for_image(page)
    page.get_by_text("Mesures").dblclick()
    expect(page.get_by_text("42.00 mm")).to_be_visible(timeout=30_000)
    assert wait_for(lambda: page.evaluate(SHOWN), 20)["instance"] == images[1].SOPInstanceUID


def load_segmentation(page, series):
    """Opens a SEG or RT Structure Set over the series that it refers to, and the panel that lists its segments."""
    wait_for_image(page)
    page.get_by_text(series).dblclick()
    page.get_by_role("button", name="Yes").click(timeout=60_000)
    page.locator("[data-cy=panelSegmentation-btn]").click()
    return page.locator("[data-cy=data-row]")


@needs_corpus
def test_a_segmentation_lies_over_its_ct(portal, api, page):
    """The corpus has one of the three slices that the SEG refers to."""
    ct, seg = corpus_bytes("QIICR+dcmqi/02.dcm", "pydicom+pydicom-data/liver.dcm")
    study = stored(portal, api, [ct])
    assert stored(portal, api, [seg]) == study
    open_study(portal, page, study)
    rows = load_segmentation(page, "Liver Segmentation")
    expect(rows).to_have_text([re.compile("Liver")], timeout=30_000)
    wait_for(lambda: page.evaluate(PICTURES)[0]["coloured"], 20)
    slices = {slice_of(group): frame for group, frame in zip(*frames_of(seg))}
    shown = samples.uids(ct)[2]
    assert page.evaluate(LABELS) == [[shown, int(slices[shown].sum())]]


def frames_of(content):
    read = pydicom.dcmread(io.BytesIO(content))
    return read.PerFrameFunctionalGroupsSequence, read.pixel_array


def slice_of(group):
    return group.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID


@needs_corpus
def test_an_rt_structure_set_lists_its_regions_over_its_ct(portal, api, page):
    """OHIF lists the regions that have contours, and with one of the 99 slices it draws the contours of all of them."""
    ct, structures = corpus_bytes("dicompyler+dicompyler-core/ct.0.dcm", "dicompyler+dicompyler-core/rtss.dcm")
    study = stored(portal, api, [ct])
    assert stored(portal, api, [structures]) == study
    page.set_viewport_size({"width": 800, "height": 500})  # hundreds of contours are drawn again with every change
    open_study(portal, page, study)
    rows = load_segmentation(page, "RT Structure Set")
    read = pydicom.dcmread(io.BytesIO(structures))
    names = {region.ROINumber: region.ROIName for region in read.StructureSetROISequence}
    drawn = [region for region in read.ROIContourSequence if region.get("ContourSequence")]
    listed = [re.compile(re.escape(names[region.ReferencedROINumber])) for region in drawn]
    expect(rows).to_have_text(listed, timeout=60_000)
    contours = sum(len(region.ContourSequence) for region in drawn)
    wait_for(lambda: page.locator(CONTOURS).count() == contours, 30)
