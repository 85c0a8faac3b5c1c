"""What may be wrong with a page that a browser shows."""

from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.browser.server import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SPRITE = ROOT / "src" / "reglo" / "web" / "static" / "built" / "icons.svg"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_SHIFT = 0.02

_SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 50);
})"""

_TOO_WIDE = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return "";
  const everything = [...document.body.querySelectorAll("*")];
  const found = everything.filter((each) => each.getBoundingClientRect().right > most + 1);
  return found.slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join(" | ") || "the page";
}"""


@cache
def axe() -> str:
    """The script of axe-core."""
    return AXE.read_text(encoding="utf-8")


def accessibility_faults(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds on a page, by WCAG 2.2 AA and good practice; `rules` only, where they are given."""
    if not AXE.exists():
        pytest.skip("needs axe-core: make pages")
    page.evaluate(f"() => {{ if (!window.axe) {{ {axe()} }} }}")
    which = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
    options = {"runOnly": which, "resultTypes": ["violations"], "iframes": False}  # frames hold PDF, which never answer
    result = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{each['id']}: {node['html'][:160]} — {node['failureSummary']}"
        for each in result["violations"]
        for node in each["nodes"]
    ]


def layout_shift(page: Page) -> float:
    """How much of a page moved while it loaded (CLS)."""
    return float(page.evaluate(_SHIFT))


def too_wide(page: Page) -> str:
    """What makes a page scroll sideways; nothing where it does not."""
    return str(page.evaluate(_TOO_WIDE))


def missing_icons(page: Page) -> set[str]:
    """Icons that a page names and the sprite does not have: templates name them by a variable."""
    named = page.eval_on_selector_all("svg use", "uses => uses.map((use) => use.getAttribute('href').split('#')[1])")
    sprite = SPRITE.read_text(encoding="utf-8")
    return {name for name in named if f'id="{name}"' not in sprite}


@dataclass
class Watch:
    """What a page says and asks while it lives: errors on the console, requests to elsewhere."""

    page: Page
    host: str
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        self.page.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.heard.append(f"console: {message.text}")

    def _see(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.host:
            self.heard.append(f"request to {address.netloc}")

    def take(self) -> list[str]:
        """What was heard since the last time."""
        heard, self.heard = self.heard, []
        return heard
