"""Sending and answering in a real browser: the message beside the form, the total that follows the options."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.faults import Watch
from tests.browser.server import Site


@pytest.fixture
def watched(page: Page, site: Site) -> Iterator[Page]:
    """A page of the owner; what goes wrong on the console fails the test."""
    watch = Watch(page, site.url.removeprefix("http://"))
    yield page
    assert not watch.take()


def test_the_message_beside_the_form_follows_what_is_typed_and_leaves_no_steps(watched: Page, site: Site) -> None:
    watched.goto(f"/o/{site.samples['o']}/messages/templates/invoice/fr/")
    frame = watched.frame_locator("iframe[name=preview]")
    expect(frame.locator("body")).to_contain_text("Bonjour Claire Petit")
    steps = watched.evaluate("history.length")
    for words in ("Bonsoir {contact}", "Bonsoir {contact}, voici {numero}"):
        watched.locator("#id_body").fill(words)
        expect(frame.locator("body")).to_contain_text(words.replace("{contact}", "Claire Petit").split(",")[0])
    expect(frame.locator("body")).to_contain_text("voici F2026-0042")
    assert watched.evaluate("history.length") == steps
    watched.locator("#id_body").fill("{rien}")
    expect(frame.locator("body")).to_contain_text("{rien}")


def test_the_total_and_the_sentence_follow_the_options(visit: BrowserContext, site: Site) -> None:
    page = visit.new_page()
    watch = Watch(page, site.url.removeprefix("http://"))
    page.goto(f"/p/{site.samples['p']}/quotes/{site.samples['quotes']}/")
    sentence = page.locator("#consent-sentence")
    before = sentence.inner_text()
    page.locator("input[name=taken]").first.check()
    expect(sentence).not_to_have_text(before)
    total = page.locator("input[name=shown]").input_value()
    assert total in sentence.inner_text()
    assert not watch.take()


def test_a_browser_may_post_from_the_portal_and_its_key_stays_out_of_the_referrer(
    visit: BrowserContext, site: Site
) -> None:
    page = visit.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.headers.get("referer", "")))
    page.goto(f"/p/{site.samples['p']}/question/")
    page.locator("#id_text").fill("À quelle heure ?")
    page.locator("form.card button").click()
    expect(page.locator(".toast")).to_be_visible()
    assert site.samples["p"] not in "".join(asked)
