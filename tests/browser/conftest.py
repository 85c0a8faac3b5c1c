"""What browser tests share: a running site, Chromium, a page in which somebody has logged in."""

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.browser.server import ROOT, Site, make_data, running_site
from tests.delivery.mail_server import MailServer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
BUILT = ROOT / "src" / "reglo" / "web" / "static-built" / "staticfiles.json"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
expect.set_options(timeout=20_000)  # milliseconds, on a busy machine
WIDE = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is here, and skip it with the reason where it cannot run."""
    here = Path(__file__).parent
    reason = "needs Chromium" if not CHROMIUM else "needs the built pages: make pages" if not BUILT.exists() else ""
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data of a small firm, made once for all the processes that run tests."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    folder = shared / "site"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "samples.json").exists():
            shutil.rmtree(folder, ignore_errors=True)
            make_data(folder)
    return folder


@pytest.fixture(scope="session")
def site(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site of this test process alone."""
    with running_site(data, tmp_path_factory.mktemp("running") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. It closes with the module: while Playwright lives, Django refuses its database to other tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A window of a visitor who has not logged in, in English."""
    context = browser.new_context(base_url=site.url, viewport=WIDE, locale="en-GB", reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def page(visit: BrowserContext, site: Site) -> Page:
    """A page in which the owner of the small firm has logged in."""
    visit.add_cookies([{"name": "sessionid", "value": site.samples["session"], "url": site.url}])
    return visit.new_page()


@pytest.fixture
def post() -> Iterator[MailServer]:
    """A mail server that keeps what it takes."""
    with MailServer() as server:
        yield server
