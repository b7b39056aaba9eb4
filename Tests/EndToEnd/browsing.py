"""A person in a browser: Chromium, the sign-in page, and what the viewer's canvases show."""

import contextlib
import re

from playwright.sync_api import sync_playwright

from portal import EMAIL, PASSWORD

PLAIN = ["--no-sandbox", "--disable-gpu"]
# Only the viewer needs WebGL. Without a graphics card it draws in software, and so does every page then, slowly.
WEBGL = [
    "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
    "--no-sandbox",
]  # fmt: skip

# Of each large visible canvas, the largest first: the number of distinct grey levels, whether a pixel has a colour, and
# a sum that other pixels change. The viewer's hidden thumbnail canvas does not count.
PICTURES = """() => {
  const shown = [...document.querySelectorAll('canvas')].filter(canvas => {
    const box = canvas.getBoundingClientRect();
    return box.width > 200 && box.height > 200 && canvas.checkVisibility({ checkVisibilityCSS: true });
  });
  return shown.sort((a, b) => b.width * b.height - a.width * a.height).map(canvas => {
    if (!canvas.width || !canvas.height) return { levels: 0, coloured: false, sum: 0 };
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
    copy.drawImage(canvas, 0, 0);
    const bytes = copy.getImageData(0, 0, canvas.width, canvas.height).data;
    const levels = new Set();
    let coloured = false, sum = 0;
    for (let i = 0; i < bytes.length; i += 4 * 13) {
      levels.add(bytes[i]);
      coloured ||= bytes[i] !== bytes[i + 1];
      sum = (sum * 31 + bytes[i]) % 4294967291;
    }
    return { levels: levels.size, coloured, sum };
  });
}"""


@contextlib.contextmanager
def chromium(flags=PLAIN):
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        yield running
        running.close()


@contextlib.contextmanager
def opened_page(portal, browser, refused=500):
    """A page of a new person; it notes leaving the origin, errors in the console and answers of `refused` and above."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    wrong = opened.noted = []
    inside = (portal.url, "blob:", "data:", "about:", "chrome:", "chrome-extension:")  # the last: Chromium's PDF reader
    context.on("request", lambda one: None if one.url.startswith(inside) else wrong.append(f"left: {one.url}"))
    context.on("response", lambda one: wrong.append(f"{one.status} {one.url}") if one.status >= refused else None)
    context.on("console", lambda one: wrong.append(f"console: {one.text}") if is_error(one) else None)
    opened.on("pageerror", lambda one: wrong.append(f"thrown: {one}"))
    yield opened
    context.close()


def is_error(message):
    # The browser itself notes each 401 that the sign-in page expects, and each thumbnail that a damaged image lacks.
    lacks_picture = "status of 422" in message.text and message.location["url"].endswith("/thumbnail")
    return message.type == "error" and "status of 401" not in message.text and not lacks_picture


def sign_in(page, portal, language="fr"):
    page.goto(f"{portal.url}/{language}/")
    page.locator("#email").fill(EMAIL)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(re.compile(rf"/{language}/patients/"))


def shows_an_image(page):
    """Whether the largest visible canvas has more grey levels than lines and letters have."""
    pictures = page.evaluate(PICTURES)
    return bool(pictures) and pictures[0]["levels"] > 16
