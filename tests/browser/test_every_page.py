"""Every page that a member can open: readable for all, quiet, steady, and within the width of a phone."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.addresses import Address, NoSample, all_addresses
from tests.browser.conftest import PHONE, WIDE
from tests.browser.faults import MOST_SHIFT, Watch, accessibility_faults, layout_shift, missing_icons, too_wide
from tests.browser.languages import foreign_texts
from tests.browser.server import Site

SHARE = 6  # pages a test: enough tests for several processes
CONTRAST = ["color-contrast"]
ON_A_PHONE = ["color-contrast", "target-size", "scrollable-region-focusable", "heading-order", "region"]


def _shares(addresses: list[Address]) -> list[list[Address]]:
    return [addresses[start : start + SHARE] for start in range(0, len(addresses), SHARE)]


def _first(addresses: list[Address]) -> str:
    return addresses[0].name


ALL = all_addresses()
PUBLIC = [address for address in ALL if not address.is_for_members]


@pytest.mark.parametrize("addresses", _shares(ALL), ids=_first)
def test_pages_of_a_member_have_no_faults(page: Page, site: Site, addresses: list[Address]) -> None:
    assert_no_faults(page, site, addresses)


@pytest.mark.parametrize("addresses", _shares(PUBLIC), ids=_first)
def test_pages_of_a_visitor_have_no_faults(visit: BrowserContext, site: Site, addresses: list[Address]) -> None:
    assert_no_faults(visit.new_page(), site, addresses)


def test_pages_in_english_have_no_word_of_french(visit: BrowserContext, site: Site) -> None:
    visit.add_cookies([{"name": "sessionid", "value": site.samples["session/en"], "url": site.url}])
    page = visit.new_page()
    documents = {each.name: document_at(page, each.filled(site.samples)) for each in ALL}
    english = {name: each for name, each in documents.items() if each and language_of(each) == "en"}
    assert len(english) > 50
    found = [f"{name}: {text}" for name, each in english.items() for text in foreign_texts(each, "en")]
    assert not found, "\n".join(found)


def test_a_word_of_the_other_language_is_found() -> None:
    page = "<html lang=en><body><p>Envoyer l'invitation</p><p lang=fr>Envoyer l'invitation</p><b>Send</b></body></html>"
    assert foreign_texts(page, "en") == ["Envoyer l'invitation"]
    assert not foreign_texts(page, "fr")


def assert_no_faults(page: Page, site: Site, addresses: list[Address]) -> None:
    """Visit each address, and tell all that is wrong."""
    watch = Watch(page, site.url.removeprefix("http://"))
    found = [f"{each.name}: {fault}" for each in addresses for fault in faults_of(page, watch, each, site)]
    assert not found, "\n".join(found)


def faults_of(page: Page, watch: Watch, address: Address, site: Site) -> list[str]:
    """What is wrong with a page: wide and on a phone, light and dark."""
    try:
        path = address.filled(site.samples)
    except NoSample as missing:
        return [str(missing)]
    document = document_at(page, path)
    if not document:
        return []
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    answer = page.goto(path, wait_until="load")
    faults = [f"status {answer.status}"] if answer and answer.status >= 400 else []
    faults += shifts(page, "wide") + accessibility_faults(page)
    faults += [f"says in the other language: {each}" for each in foreign_texts(document, language_of(document))]
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    faults += [f"dark: {each}" for each in accessibility_faults(page, CONTRAST)]
    page.set_viewport_size(PHONE)
    page.goto(path, wait_until="load")
    faults += shifts(page, "phone") + [f"phone: {each}" for each in accessibility_faults(page, ON_A_PHONE)]
    if wide := too_wide(page):
        faults.append(f"scrolls sideways on a phone: {wide}")
    faults += [f"links to {link}" for link in dead_links(page)]
    faults += [f"there is no icon {name}" for name in missing_icons(page)]
    return faults + watch.take()


def document_at(page: Page, path: str) -> str:
    """What a GET of an address gives where it is a whole page; "" for redirects, refusals, files, parts of pages."""
    answer = page.request.get(path, max_redirects=0)
    has_no_second_factor = answer.status == 404 and path.startswith("/accounts/2fa/")
    if answer.status in (403, 405) or 300 <= answer.status < 400 or has_no_second_factor:
        return ""
    if "sandbox" in answer.headers.get("content-security-policy", ""):  # an e-mail, shown in a frame that runs nothing
        return ""
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return ""
    is_document = "<html" in answer.text() or answer.status >= 500
    return answer.text() if is_document else ""


def language_of(document: str) -> str:
    """The language that a page says it is in."""
    found = re.search(r'<html lang="(\w\w)', document)
    return found[1] if found else "en"


def shifts(page: Page, width: str) -> list[str]:
    """Whether a page moved while it loaded."""
    shift = layout_shift(page)
    return [f"{width}: moved by {shift:.3f} while it loaded"] if shift >= MOST_SHIFT else []


def dead_links(page: Page) -> list[str]:
    """Links that lead nowhere."""
    links = page.eval_on_selector_all("a[href]", "links => links.map((link) => link.getAttribute('href'))")
    return [link for link in links if link in ("", "#")]
