"""The pages of the site, as content/pages.yaml lists them, and how to wait until one shows what it has."""

import re

from playwright.sync_api import expect

from portal import ROOT

LANGUAGES = ["fr", "en"]


def paths():
    """Every page's path under its language; the page of errors is none that one goes to."""
    listed = (ROOT / "content/pages.yaml").read_text(encoding="utf-8")
    return [path for path in re.findall(r'^- \{path: "?([^",]*)"?,', listed, re.MULTILINE) if not path.endswith(".html")]


def settle(page):
    """Waits until nothing on the page is still to come, its styles' transitions included."""
    expect(page.locator('[aria-busy="true"], main .skeleton')).to_have_count(0)
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)))")
