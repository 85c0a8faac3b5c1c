"""Terms are negotiated: facts from the books, limits, a slider that answers, a letter, a draft agreement."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.faults import Watch, accessibility_faults, too_wide
from tests.browser.server import Site


def test_a_customer_is_negotiated_with_from_its_books_to_a_draft_agreement(page: Page, site: Site) -> None:
    watch = Watch(page, site.url.removeprefix("http://"))
    base = f"/o/{site.samples['o']}"
    page.goto(f"{base}/customers/{site.samples['customers']}/")
    page.goto(f"{base}/negotiation/new/?customer={site.samples['customers']}")
    page.get_by_role("button", name="Continuer vers les faits").click()
    expect(page.get_by_text("factures sur les douze derniers mois")).to_be_visible()
    give_the_facts(page)
    draw_the_line(page)
    page.get_by_role("button", name="À la table").click()
    move_a_slider(page)
    look(page)
    write_the_counter_proposal(page)
    look(page)
    page.get_by_role("button", name="Préparer l’accord").click()
    expect(page.get_by_text("L’accord est préparé")).to_be_visible()
    expect(page.get_by_text("à 50 jours").first).to_be_visible()
    assert not watch.take()


def give_the_facts(page: Page) -> None:
    """Volume, habit and terms are there already; only the margin is one's own secret."""
    assert page.get_by_label("Volume annuel, € hors taxes").input_value()
    page.get_by_label("Volume annuel, € hors taxes").fill("120 000")
    page.get_by_label("Marge, % du prix").fill("25,5")
    page.get_by_label("mon découvert").check()
    page.get_by_role("button", name="Continuer vers mes limites").click()


def draw_the_line(page: Page) -> None:
    """The walk-away line, written before anybody talks."""
    line = page.get_by_role("region", name="Ce que je ne veux pas : mon point de rupture")
    line.get_by_label("Gain par an, €").fill("-500")
    page.get_by_role("button", name="Continuer vers les leviers").click()


def move_a_slider(page: Page) -> None:
    """The answer follows the slider, without a button, and the line says that it is broken."""
    limits = page.locator("#line")
    expect(limits).to_contain_text("Point de rupture respecté")
    doubts = page.locator("#doubts")
    before = doubts.inner_text()
    days = page.get_by_role("slider", name="Jours")
    days.fill("85")
    expect(page.locator("#law-delay")).to_contain_text("L441-10")
    expect(limits).to_contain_text("Point de rupture franchi")
    days.fill("50")
    expect(page.get_by_label("Jours *", exact=False).first).to_have_value("50")
    expect(page.locator("#law-delay")).not_to_contain_text("L441-10")
    expect(page.locator("#answer")).to_contain_text(re.compile(r"Coûte .* par an, comme une baisse de prix"))
    expect(doubts).not_to_have_text(before)
    page.locator("#answer summary").first.click()
    expect(page.locator("#answer")).to_contain_text("50 jours après la facture au lieu de")


def write_the_counter_proposal(page: Page) -> None:
    """The offer of the sliders is noted as ours; the letter is edited and kept."""
    page.get_by_label("Changement de tous les prix, %").first.fill("1,5")
    page.get_by_role("button", name="Noter cette offre").click()
    letter = page.get_by_label("Texte")
    expect(letter).to_have_value(re.compile("Plus de temps pour payer"))
    letter.fill("À très bientôt.")  # the journal keeps it: words of ours would be found on the English pages
    page.get_by_role("button", name="Garder la lettre").click()
    expect(page.get_by_text("La lettre est gardée.")).to_be_visible()
    expect(page.get_by_role("link", name="PDF")).to_be_visible()


def look(page: Page) -> None:
    """Nothing is wrong for a screen reader, nothing beside the screen of a phone."""
    assert not accessibility_faults(page)
    page.set_viewport_size(PHONE)
    assert not too_wide(page)
    page.set_viewport_size(WIDE)
