"""Drafts: what a founder types becomes a complete invoice, and what is wrong is told by its key."""

from datetime import date
from decimal import Decimal

import pytest

from reglo.core.document import Invoice
from reglo.formats.data import InvalidData, read_json, read_toml, write_json
from reglo.formats.data.wordings import UNITS, coded
from reglo.formats.units import unit_name
from reglo.rules.codes import codes

SELLER = """
[seller]
name = "Atelier Lumière SAS"
siren = "732 829 320"
legal_form = "SAS"
capital = 10000
register_town = "Lyon"
address = { line_1 = "12 rue de la République", post_code = "69001", city = "Lyon" }

[payment]
iban = "FR76 3000 6000 0112 3456 7890 189"
"""
_HEAD = """
number = "F2026-0042"
issue_date = 2026-09-15
terms = "45 jours fin de mois"
nature = "prestation"
"""
_BUYER = """
[buyer]
name = "Boulangerie Martin SARL"
siren = "552100554"
address = { line_1 = "3 place du Marché", post_code = "44000", city = "Nantes" }
"""
_LINE = """
[[lines]]
description = "Refonte du site"
quantity = 3
unit = "jours"
price = 650.00
vat = 20
"""


def _draft(head: str = _HEAD, seller: str = SELLER, buyer: str = _BUYER, lines: str = _LINE) -> Invoice:
    return read_toml((head + seller + buyer + lines).encode()).invoice


def _faults(**parts: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidData) as caught:
        _draft(**parts)
    return [(fault.where.en, fault.sentence().en) for fault in caught.value.faults]


def test_what_a_founder_types_becomes_a_complete_invoice() -> None:
    invoice = _draft()
    assert invoice.due_date == date(2026, 10, 31)
    assert invoice.totals is not None
    assert invoice.totals.due == Decimal("2340.00")
    assert invoice.lines[0].unit == "DAY"
    assert invoice.seller is not None
    assert invoice.seller.vat_identifier == "FR44732829320"
    assert invoice.buyer is not None
    assert invoice.buyer.address is not None
    assert invoice.buyer.address.country == "FR"
    assert {note.subject for note in invoice.notes} >= {"PMT", "PMD", "AAB", "BAR"}


def test_a_completed_draft_is_data_from_then_on() -> None:
    invoice = _draft()
    assert read_json(write_json(invoice)).invoice == invoice


def test_the_same_draft_may_be_json() -> None:
    text = (
        '{"number": "F1", "issue_date": "2026-09-15", "nature": "services",'
        '"seller": {"name": "A", "siren": "732829320", "address": {"city": "Lyon"}},'
        '"buyer": {"name": "B", "siren": "552100554", "address": {"city": "Nantes"}},'
        '"lines": [{"name": "Conseil", "price": "100.10", "vat": 20}]}'
    )
    invoice = read_json(text.encode()).invoice
    assert invoice.totals is not None
    assert invoice.totals.gross == Decimal("120.12")


@pytest.mark.parametrize(
    ("typed", "type_code"), [("avoir", "381"), ("credit-note", "381"), ("381", "381"), ("Acompte", "386")]
)
def test_kinds_of_document_have_names_in_both_languages(typed: str, type_code: str) -> None:
    assert _draft(head=f'{_HEAD}kind = "{typed}"\n').type_code == type_code


@pytest.mark.parametrize(
    ("typed", "category"),
    [('"export"', "G"), ('"Autoliquidation"', "AE"), ('"franchise"', "E"), ('"5.5"', "S"), ("10", "S")],
)
def test_vat_is_a_rate_or_the_reason_why_there_is_none(typed: str, category: str) -> None:
    assert _draft(lines=_LINE.replace("vat = 20", f"vat = {typed}")).lines[0].vat_category == category


def test_a_country_is_not_guessed_where_the_vat_number_is_foreign() -> None:
    buyer = _BUYER.replace('siren = "552100554"', 'vat_number = "DE136695976"')
    party = _draft(buyer=buyer).buyer
    assert party is not None
    assert party.address is not None
    assert party.address.country is None


@pytest.mark.parametrize("country", ["FR", "BE"])
def test_goods_are_delivered_in_the_country_of_the_buyer_unless_said_otherwise(country: str) -> None:
    head = _HEAD + 'delivery = { date = 2026-09-14, address = { city = "Nantes" } }\n'
    invoice = _draft(head=head, buyer=_BUYER.replace('city = "Nantes"', f'city = "Nantes", country = "{country}"'))
    assert invoice.delivery is not None
    assert invoice.delivery.address is not None
    assert invoice.delivery.address.country == country


def test_reductions_need_no_reason_to_be_typed() -> None:
    line = _draft(lines=f"{_LINE}reductions = [{{ percent = 10 }}]").lines[0]
    assert line.allowances[0].reason == "Remise"
    assert line.net_amount == Decimal("1755.00")


def test_defaults_fill_in_what_the_file_leaves_out() -> None:
    defaults = {"seller": {"name": "Other", "siren": "732829320", "address": {"city": "Lyon"}}, "nature": "goods"}
    head = _HEAD.replace('nature = "prestation"\n', "")
    data = (head + '[seller]\nname = "Atelier"\n' + _BUYER + _LINE).encode()
    invoice = read_toml(data, defaults).invoice
    assert invoice.seller is not None
    assert invoice.seller.name == "Atelier"
    assert invoice.business_process == "B1"


@pytest.mark.parametrize(
    ("parts", "where", "sentence"),
    [
        ({"head": _HEAD.replace("number", "numero")}, "numero", 'Did you mean "number"?'),
        ({"head": _HEAD.replace("2026-09-15", '"15 sept."')}, "issue_date", "year-month-day"),
        ({"head": _HEAD.replace("45 jours fin de mois", "bientôt")}, "terms", "bientôt"),
        ({"head": _HEAD.replace('"45 jours fin de mois"', "30")}, "terms", "a text is wanted"),
        ({"head": _HEAD + 'kind = "devis"\n'}, "kind", "Choose among: invoice, credit-note"),
        ({"head": _HEAD.replace("prestation", "cadeau")}, "nature", "Choose among: goods, services, mixed"),
        ({"head": _HEAD.replace('nature = "prestation"', "")}, "nature", "goods, services or both"),
        ({"seller": SELLER.replace("732 829 320", "732829321")}, "seller.siren", ""),
        ({"seller": SELLER.replace('siren = "732 829 320"', "")}, "seller", '"siren" is missing'),
        ({"seller": SELLER.replace("FR76 3000", "FR76 3001")}, "payment.iban", ""),
        ({"seller": SELLER.replace("capital = 10000", 'capital = "10 000,00 €"')}, "seller.capital", '"10000.00"'),
        ({"seller": SELLER.replace("capital = 10000", "capital = -1")}, "seller.capital", "not negative"),
        ({"head": _HEAD + 'language = "de"\n'}, "language", "Choose among: fr, en"),
        ({"head": _HEAD.replace("2026-09-15", "9999-12-31")}, "issue_date", "9900"),
        ({"seller": 'seller = "moi"\n'}, "seller", "a table of keys is wanted"),
        ({"buyer": _BUYER.replace("44000", "1000")}, "buyer.address.post_code", '"01000"'),
        ({"buyer": ""}, "", '"buyer" is missing'),
        ({"lines": ""}, "", '"lines" is missing'),
        ({"lines": _LINE.replace("vat = 20", "")}, "lines[0].vat", "VAT rate"),
        ({"lines": _LINE.replace("vat = 20", 'vat = "gratuit"')}, "lines[0].vat", "Choose among"),
        ({"lines": _LINE.replace("650.00", '"650,00"')}, "lines[0].price", '"650.00"'),
        ({"lines": _LINE + "reductions = 5"}, "lines[0].reductions", "a list is wanted"),
    ],
)
def test_what_is_wrong_is_told_by_its_key(parts: dict[str, str], where: str, sentence: str) -> None:
    if parts.get("seller", "").startswith("seller ="):
        parts = {"head": _HEAD + parts["seller"], "seller": ""}
    told = _faults(**parts)
    assert where in [place for place, _ in told]
    assert sentence in " ".join(said for _, said in told)


def test_every_fault_of_a_draft_is_told_at_once() -> None:
    told = _faults(head=_HEAD.replace("2026-09-15", '"x"').replace("45 jours fin de mois", "bientôt"), buyer="")
    assert {place for place, _ in told} == {"terms", "issue_date", ""}


def test_every_fault_that_completing_a_draft_meets_is_told_at_once() -> None:
    told = _faults(
        seller=SELLER.replace("732 829 320", "732829321").replace("FR76 3000", "FR76 3001"),
        lines=_LINE.replace("vat = 20", ""),
    )
    assert {place for place, _ in told} == {"seller.siren", "payment.iban", "lines[0].vat"}


@pytest.mark.parametrize(
    ("one", "many", "language"),
    [
        ("unité", "unités", "fr"),
        ("pièce", "pièces", "fr"),
        ("forfait", "forfaits", "fr"),
        ("lot", "lots", "fr"),
        ("prestation", "prestations", "fr"),
        ("personne", "personnes", "fr"),
        ("heure", "heures", "fr"),
        ("jour", "jours", "fr"),
        ("mois", "mois", "fr"),
        ("unit", "units", "en"),
        ("piece", "pieces", "en"),
        ("lump\u00a0sum", "lump\u00a0sums", "en"),
        ("set", "sets", "en"),
    ],
)
def test_a_unit_is_printed_as_it_was_typed(one: str, many: str, language: str) -> None:
    code = coded(UNITS, one)
    assert coded(UNITS, many) == code
    assert unit_name(str(code), Decimal(1), language) == one
    assert unit_name(str(code), Decimal(2), language) == many


def test_every_unit_that_has_a_word_has_a_code_of_the_list_and_a_name_on_the_page() -> None:
    """BR-CL-23."""
    for code in UNITS.values():
        assert code in codes("units")
        assert unit_name(code, Decimal(1), "fr") != code


def test_a_lump_sum_is_no_unit_of_anything() -> None:
    invoice = _draft(lines=_LINE.replace('"jours"', '"Forfait"'))
    assert [line.unit for line in invoice.lines] == ["LS"]
