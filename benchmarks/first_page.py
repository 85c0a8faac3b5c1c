"""The first pages in a browser that keeps nothing yet: what they bring over the wire, and when something is painted."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Row

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

_PAGES = (("/", "start page"), ("/accounts/login/", "page to log in"))
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def first_page(quick: bool) -> Iterator[Row]:
    """Open each page in new windows of Chromium."""
    from playwright.sync_api import sync_playwright
    from tests.browser.conftest import CHROMIUM, FLAGS
    from tests.browser.server import running_command

    with (
        tempfile.TemporaryDirectory() as folder,
        running_command("serve", Path(folder)) as url,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for path, name in _PAGES:
            opened = [_opened(chromium, url + path) for _ in range(3 if quick else 11)]
            _, sizes = opened[-1]
            note = f"first paint; {sum(sizes) / 1000:.0f} kB in {len(sizes)} requests"
            yield Row(f"open the {name}", statistics.median(paint for paint, _ in opened), reach="≤ 200 kB", note=note)
        chromium.close()


def _opened(chromium: "Browser", url: str) -> tuple[float, list[int]]:
    """Seconds to the first paint in a new window, and the bytes of each answer."""
    sizes = list[int]()
    with chromium.new_context() as context:
        page = context.new_page()
        page.on("requestfinished", lambda request: sizes.append(_transferred(request)))
        page.goto(url, wait_until="networkidle")
        return float(page.evaluate(_PAINT)) / 1000, sizes


def _transferred(request: "Request") -> int:
    """Bytes of an answer over the wire, heads included."""
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
