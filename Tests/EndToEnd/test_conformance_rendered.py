"""Pictures for people: rendered resources and thumbnails (PS3.18 §8.3.5, §10.4.1.1.3, §10.4.1.1.4)."""

import io

import numpy
import pytest
from PIL import Image

from conformance import grey, path, picture, refused, said, series_path, study_path, uids
from conformance_archive import PDF, VIDEO

PNG = "image/png"


def linear(x, c, w):
    """PS3.3 §C.11.2.1.2.1."""
    if w == 1:
        return (x > c - 0.5) * 255.0
    return numpy.clip(((x - (c - 0.5)) / (w - 1) + 0.5) * 255, 0, 255)


def linear_exact(x, c, w):
    """PS3.3 §C.11.2.1.3.2."""
    return numpy.clip(((x - c) / w + 0.5) * 255, 0, 255)


def sigmoid(x, c, w):
    """PS3.3 §C.11.2.1.3.1."""
    return 255 / (1 + numpy.exp(numpy.clip(-4 * (x - c) / w, -50, 50)))


SHAPES = {"linear": linear, "linear-exact": linear_exact, "sigmoid": sigmoid}


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("image/jpeg", "JPEG"),
        ("image/png", "PNG"),
        ("image/gif", "GIF"),
        ("*/*", "JPEG"),
        ("", "JPEG"),
        ("image/*", "JPEG"),
        ("image/webp,image/png;q=0.8,image/jpeg;q=0.2", "PNG"),
        ("text/html,application/xhtml+xml,image/avif,*/*;q=0.8", "JPEG"),
    ],
)
def test_table_8_7_4_1_a_picture_is_jpeg_png_or_gif(server, archive, accept, form):
    """JPEG is the default; the size is the image's own."""
    answer = server.fetch(f"{path(archive.kinds['plain'])}/rendered", accept)
    shown = picture(answer)
    assert (shown.format, shown.size) == (form, (64, 64))
    assert answer.headers["Content-Type"] == f"image/{form.lower()}"


@pytest.mark.parametrize(
    "accept", ["text/html", "application/dicom", "image/webp", 'multipart/related; type="image/jpeg"', "image/jpeg;q=0"]
)
def test_table_10_4_3_1_another_type_is_a_406(server, archive, accept):
    """What is not made is refused with what is."""
    answer = server.get(f"{path(archive.kinds['plain'])}/rendered", accept)
    refused(answer, 406)
    assert "image/jpeg" in answer.text, "does not say what is offered"


def test_table_8_7_4_1_an_animated_gif_has_every_frame(server, archive):
    """A multi-frame instance moves in GIF; one of its frames does not."""
    image = archive.kinds["ultrasound"]
    moving = picture(server.fetch(f"{path(image)}/rendered", "image/gif"))
    assert (moving.n_frames, moving.size) == (4, (160, 120))
    shown = []
    for number in range(4):
        moving.seek(number)
        shown.append(moving.convert("RGB").tobytes())
    assert len(set(shown)) == 4
    assert picture(server.fetch(f"{path(image)}/frames/2/rendered", "image/gif")).n_frames == 1


SHOWN = ["plain", "implicit", "big endian", "deflated", "JPEG 2000", "RLE", "frames", "JPEG", "ultrasound", "enhanced"]


@pytest.mark.parametrize("name", [*SHOWN, "deep colour", "deep colour RLE"])
def test_10_4_1_1_3_every_kind_of_image_is_shown(server, archive, name):
    """Whatever the transfer syntax, the picture has the image's size and is not of one colour."""
    image = archive.kinds[name]
    shown = picture(server.fetch(f"{path(image)}/rendered", PNG))
    assert shown.size == (image.Columns, image.Rows)
    assert numpy.asarray(shown).std() > 5


def test_10_4_1_1_3_colours_are_those_of_the_file(server, archive):
    """Red is red."""
    image = archive.kinds["ultrasound"]
    shown = numpy.asarray(picture(server.fetch(f"{path(image)}/frames/3/rendered", PNG)).convert("RGB")).astype(int)
    assert abs(shown - image.pixel_array[2]).max() <= 1


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("center", "width"), [(600, 400), (512.5, 1), (1000, 2000), (3000, 100)])
def test_8_3_5_1_4_a_window_gives_the_grey_values_of_its_function(server, archive, shape, center, width):
    """Within one level of what PS3.3 §C.11.2.1 computes."""
    image = archive.kinds["plain"]
    shown = grey(server.fetch(f"{path(image)}/rendered?window={center},{width},{shape}", PNG))
    assert abs(shown - SHAPES[shape](image.pixel_array.astype(float), center, width)).max() <= 1


@pytest.mark.parametrize(("frame", "slope", "intercept"), [(1, 1, 0), (2, 2, -300)])
@pytest.mark.parametrize("shape", SHAPES)
def test_8_3_5_1_4_every_frame_is_rescaled_on_its_own(server, archive, frame, slope, intercept, shape):
    """The window is of the frame's own units, by its own functional groups."""
    image = archive.kinds["enhanced"]
    shown = grey(server.fetch(f"{path(image)}/frames/{frame}/rendered?window=300,400,{shape}", PNG))
    expected = SHAPES[shape](image.pixel_array[frame - 1].astype(float) * slope + intercept, 300, 400)
    assert abs(shown - expected).max() <= 1


@pytest.mark.parametrize(
    ("viewport", "size"),
    [
        ("32,32", (32, 32)),
        ("128,128", (128, 128)),
        ("100,50", (50, 50)),
        ("20,64", (20, 20)),
        ("32,32,,,,", (32, 32)),
        ("1,1", (1, 1)),
    ],
)
def test_8_3_5_1_3_a_viewport_scales_and_keeps_proportions(server, archive, viewport, size):
    """The image fills the viewport as far as its proportions let it."""
    assert picture(server.fetch(f"{path(archive.kinds['plain'])}/rendered?viewport={viewport}", PNG)).size == size


PARTS = {
    "32,32,16,16,32,32": lambda whole: whole[16:48, 16:48],
    "16,32,8,0,16,32": lambda whole: whole[0:32, 8:24],
    "32,32,16,16,-32,32": lambda whole: whole[16:48, 16:48][:, ::-1],
    "32,32,16,16,32,-32": lambda whole: whole[16:48, 16:48][::-1],
    "32,32,16,16,-32,-32": lambda whole: whole[16:48, 16:48][::-1, ::-1],
    "32,64,,,32,64": lambda whole: whole[:, :32],
    "64,32,0,32,,": lambda whole: whole[32:],
}


@pytest.mark.parametrize("viewport", PARTS)
def test_8_3_5_1_3_a_viewport_shows_a_part_and_mirrors_it(server, archive, viewport):
    """The source region is cut before it is scaled; a negative extent mirrors; what is omitted is the image's."""
    place = f"{path(archive.kinds['plain'])}/rendered?window=700,900,linear"
    expected = PARTS[viewport](grey(server.fetch(place, PNG)))
    shown = grey(server.fetch(f"{place}&viewport={viewport}", PNG))
    assert shown.shape == expected.shape and abs(shown - expected).max() <= 1


def test_8_3_5_1_2_quality_changes_the_size_of_a_jpeg(server, archive):
    """A lower quality makes a smaller file."""
    place = f"{path(archive.kinds['deep colour'])}/rendered"
    sizes = [len(server.fetch(f"{place}?quality={quality}", "image/jpeg").content) for quality in (1, 50, 100)]
    assert sizes[0] < sizes[1] < sizes[2]


@pytest.mark.parametrize("words", ["patient", "technique", "patient,technique", "technique,patient"])
def test_8_3_5_1_1_an_annotation_is_drawn_when_it_is_asked_for(server, archive, words):
    """The pixels change with it, and nothing is drawn without it."""
    place = f"{path(archive.studies['thorax'][0])}/rendered?viewport=512,512"
    plain, annotated = (grey(server.fetch(place + more, PNG)) for more in ("", f"&annotation={words}"))
    assert plain.shape == annotated.shape and (abs(plain - annotated) > 30).mean() > 0.001


@pytest.mark.parametrize(
    "query",
    [
        "window=100,200", "window=a,b,linear", "window=100,0,linear", "window=100,200,cubic", "window=100,-5,sigmoid",
        "window=nan,1,linear", "window=", "viewport=0,5", "viewport=10", "viewport=5,5,1", "viewport=-1,5",
        "viewport=99999,5", "viewport=a,b", "viewport=5,5,0,0,0,5", "quality=0", "quality=101", "quality=high",
        "annotation=everything", "annotation=patient,moon",
    ],
)  # fmt: skip
def test_8_3_5_what_cannot_be_done_is_a_400(server, archive, query):
    """A parameter out of its bounds is refused with a sentence."""
    refused(server.get(f"{path(archive.kinds['plain'])}/rendered?{query}", "image/jpeg"), 400)


@pytest.mark.parametrize("query", ["iccprofile=no", "iccprofile=yes", "charset=utf-8", "accept=image/png"])
def test_8_3_5_what_changes_nothing_here_is_taken(server, archive, query):
    """Parameters of the Standard are accepted where they have no effect."""
    picture(server.fetch(f"{path(archive.kinds['plain'])}/rendered?{query}", "image/jpeg"))


def test_10_4_1_1_3_the_first_frame_is_the_usual_one(server, archive):
    """Without a frame the first one is shown."""
    image = archive.kinds["frames"]
    usual, first, third = (
        grey(server.fetch(f"{path(image)}{place}/rendered", PNG)) for place in ("", "/frames/1", "/frames/3")
    )
    assert numpy.array_equal(usual, first) and not numpy.array_equal(usual, third)


@pytest.mark.parametrize("number", ["0", "4", "77"])
@pytest.mark.parametrize("ending", ["rendered", "thumbnail"])
def test_table_10_4_3_1_a_frame_that_is_not_there_is_a_404(server, archive, number, ending):
    """Frames are numbered from 1 to Number of Frames."""
    refused(server.get(f"{path(archive.kinds['RLE'])}/frames/{number}/{ending}", "image/jpeg"), 404)


@pytest.mark.parametrize("level", [study_path, series_path])
def test_10_4_1_1_3_a_study_and_a_series_show_their_first_image(server, archive, level):
    """It is the picture of that instance."""
    image = archive.studies["thorax"][0]
    shown = grey(server.fetch(f"{level(image)}/rendered?window=700,900,linear", PNG))
    assert numpy.array_equal(shown, grey(server.fetch(f"{path(image)}/rendered?window=700,900,linear", PNG)))


def test_10_4_1_1_3_a_document_is_a_pdf(server, archive):
    """Encapsulated PDF comes as application/pdf, also for a browser, without the byte that padded it."""
    place = f"{path(archive.kinds['PDF'])}/rendered"
    for accept in ("application/pdf", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8"):
        answer = server.fetch(place, accept)
        assert (answer.headers["Content-Type"], answer.content) == ("application/pdf", PDF)
    refused(server.get(place, PNG), 406)


def test_10_4_1_1_3_a_video_is_itself(server, archive):
    """The stream as it is stored, as video/mp4."""
    answer = server.fetch(f"{path(archive.kinds['video'])}/rendered", "video/mp4")
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.content.rstrip(b"\0") == VIDEO.rstrip(b"\0")


def test_table_10_4_3_1_what_has_no_picture_is_refused(server, archive):
    """A structured report is not shown as an image."""
    refused(server.get(f"{path(archive.kinds['report'])}/rendered", "image/jpeg"), 404, 406)


# --- thumbnails


@pytest.mark.parametrize(
    "place",
    [study_path, series_path, path, lambda image: f"{path(image)}/frames/1"],
    ids=["study", "series", "instance", "frame"],
)
def test_10_4_1_1_4_a_thumbnail_is_one_small_picture(server, archive, place):
    """It is there at every level, in a rendered type, and fits the viewport that is asked for."""
    image = archive.kinds["RLE"] if place != study_path else archive.studies["thorax"][0]
    answer = server.fetch(f"{place(image)}/thumbnail", "image/jpeg")
    assert max(picture(answer).size) <= 256
    small = picture(server.fetch(f"{place(image)}/thumbnail?viewport=20,20", PNG))
    assert max(small.size) == 20 and small.format == "PNG"


@pytest.mark.parametrize(
    "place", [series_path, path, lambda image: f"{path(image)}/frames/2"], ids=["series", "instance", "frame"]
)
@pytest.mark.parametrize("query", ["", "?viewport=256,256", "?viewport=256,256,0,0,40,40"])
def test_10_4_3_3_4_a_thumbnail_tells_no_patient(server, archive, place, query):
    """Where names may be burned in, it is too small to read them, whatever viewport is asked for."""
    shown = picture(server.fetch(f"{place(archive.kinds['ultrasound'])}/thumbnail{query}", PNG))
    assert max(shown.size) <= 64
    if query.endswith("40"):
        return
    assert numpy.asarray(shown).std() > 5


def test_10_4_3_3_4_a_thumbnail_of_a_study_tells_no_patient(server, archive):
    """Ultrasound that does not deny burned-in text counts as having some."""
    image = archive.studies["moscow"][0]
    for level in (study_path, series_path, path):
        assert max(picture(server.fetch(f"{level(image)}/thumbnail", PNG)).size) <= 64


def test_10_4_3_3_4_a_thumbnail_has_no_annotation(server, archive):
    """It cannot be asked to write the patient's name."""
    place = f"{path(archive.studies['thorax'][0])}/thumbnail"
    answer = server.get(f"{place}?annotation=patient", PNG)
    assert answer.status_code in (200, 400), said(answer)
    if answer.status_code == 200:
        assert numpy.array_equal(grey(answer), grey(server.fetch(place, PNG)))


# --- a real client


@pytest.mark.parametrize(("kind", "form"), [("image/jpeg", "JPEG"), ("image/png", "PNG"), ("image/gif", "GIF")])
def test_10_4_dicomweb_client_retrieves_pictures(server, archive, kind, form):
    """Rendered instances and frames through its own calls, with its parameters."""
    client, image = server.client(), archive.kinds["RLE"]
    content = client.retrieve_instance_rendered(*uids(image), media_types=(kind,), params={"viewport": "20,20"})
    assert Image.open(io.BytesIO(content)).format == form
    content = client.retrieve_instance_frames_rendered(*uids(image), [2], media_types=(kind,))
    assert Image.open(io.BytesIO(content)).size == (48, 40)
