"""A customer on a phone, by keyboard alone: it promises, disputes with a picture, takes a plan, accepts a proposal."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.faults import Watch, accessibility_faults, too_wide
from tests.browser.server import Site
from tests.portal.pictures import PNG
from tests.site import TODAY


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A phone of a visitor; what goes wrong on the console fails the test."""
    context = browser.new_context(base_url=site.url, viewport=PHONE, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    watch = Watch(page, site.url.removeprefix("http://"))
    yield page
    assert not watch.take()
    context.close()


def look(page: Page) -> None:
    """No faults for a screen reader, in both themes, and nothing beside the screen."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of two
        assert not accessibility_faults(page)
    assert not too_wide(page)


def press(page: Page, name: str) -> None:
    """Go to a button or link by its name and press Enter."""
    target = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first
    target.focus()
    page.keyboard.press("Enter")


def start(page: Page, site: Site, path: str) -> None:
    page.goto(f"/p/{site.samples['p']}/{path}")


def test_a_promise_is_made_by_keyboard(phone: Page, site: Site) -> None:
    start(phone, site, "owed/")
    look(phone)
    press(phone, "Dire quand je paierai")
    phone.wait_for_url("**/promise/")
    day = phone.locator("#id_by_day")
    latest = day.get_attribute("max")
    assert latest is not None
    day.fill(min(latest, (TODAY + timedelta(days=20)).isoformat()))
    look(phone)
    press(phone, "Continuer")
    expect(phone.locator(".portal-said")).to_contain_text("Vous paierez")
    look(phone)
    press(phone, "Confirmer")
    phone.wait_for_url("**/owed/")
    expect(phone.locator(".toast")).to_contain_text("C'est noté")


def test_a_dispute_is_sent_with_a_picture(phone: Page, site: Site) -> None:
    start(phone, site, f"invoices/{site.samples['on']}/")
    press(phone, "Quelque chose ne va pas")
    phone.locator("#id_scope_1").focus()
    phone.keyboard.press("Space")
    phone.locator("#id_line").select_option(index=1)
    phone.locator("#id_reason").fill("Une heure de trop")
    look(phone)
    press(phone, "Continuer")
    phone.locator("#id_attached").set_input_files({"name": "bon.png", "mimeType": "image/png", "buffer": PNG})
    look(phone)
    press(phone, "Envoyer")
    phone.wait_for_url("**/disputes/*/")
    expect(phone.locator("body")).to_contain_text("bon.png")
    look(phone)


def test_a_plan_is_taken_and_shown(phone: Page, site: Site) -> None:
    start(phone, site, "plan/")
    boxes = phone.locator("input[name=items]")
    for place in range(1, boxes.count()):
        boxes.nth(place).focus()
        phone.keyboard.press("Space")
    phone.locator("#id_count").fill("2")
    look(phone)
    press(phone, "Voir les dates")
    expect(phone.locator(".portal-said")).to_contain_text("au plus tard le")
    press(phone, "Je prends cet échéancier")
    phone.wait_for_url("**/proposals/*/")
    expect(phone.locator("table").first).to_be_visible()
    look(phone)


def test_a_proposal_is_accepted_once_the_box_is_ticked(phone: Page, site: Site) -> None:
    start(phone, site, f"proposals/{site.samples['proposals']}/")
    look(phone)
    if phone.locator("#id_consent").count():
        press(phone, "J'accepte")
        expect(phone.locator(".invalid-feedback").first).to_be_visible()
        phone.locator("#id_consent").focus()
        phone.keyboard.press("Space")
        press(phone, "J'accepte")
        phone.wait_for_load_state()
        expect(phone.locator("[role=status], .alert").first).to_be_visible()
        look(phone)


def test_without_script_a_promise_is_made_all_the_same(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    start(page, site, "promise/")
    page.locator("#id_by_day").fill((TODAY + timedelta(days=15)).isoformat())
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Confirmer").click()
    expect(page.locator("h1")).to_contain_text("Ce qui est à payer")
    context.close()
