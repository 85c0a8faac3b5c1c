"""Rules that one VAT category has for itself: when and where goods cross a border, what goes with nothing else."""

from collections.abc import Callable, Iterator
from typing import Any

from reglo.core.document import Address
from reglo.core.findings import Text
from reglo.core.rule import Rule
from reglo.rules.en16931.facts import Facts, Sums
from reglo.rules.en16931.table import CII, DATA, UBL, Check, Group, rule
from reglo.rules.en16931.vat_categories import wording
from reglo.rules.en16931.vat_categories.families import S

_OUT_OF_SCOPE = "O"
_SPLIT_PAYMENT = "B"
_INTRA_COMMUNITY = "K"


def _has_entry(facts: Facts, code: str) -> bool:
    return code in facts.breakdown


def _delivery_has_no_date(facts: Facts) -> bool:
    delivery, period = facts.invoice.delivery, facts.invoice.period
    is_dated = delivery is not None and delivery.date is not None
    is_spanned = period is not None and (period.start is not None or period.end is not None)
    return _has_entry(facts, _INTRA_COMMUNITY) and not is_dated and not is_spanned


def _delivery_has_no_date_in_ubl(facts: Facts) -> bool:
    """UBL counts the code of the tax point (BT-8) as a period, since it stands in one."""
    return facts.invoice.tax_point_code is None and _delivery_has_no_date(facts)


def _delivery_country(facts: Facts) -> str | None:
    delivery = facts.invoice.delivery
    return None if delivery is None or delivery.address is None else delivery.address.country


def _delivery_has_no_country(facts: Facts) -> bool:
    return _has_entry(facts, _INTRA_COMMUNITY) and len(_delivery_country(facts) or "") < 2


def _delivery_has_no_country_in_cii(facts: Facts) -> bool:
    return _has_entry(facts, _INTRA_COMMUNITY) and _delivery_country(facts) is None


def _bears_another(sums: Sums) -> bool:
    """Whether anything bears a VAT category, and not O."""
    return any(category not in (None, _OUT_OF_SCOPE) for category in sums.numbers)


def _entries_bear_another(facts: Facts) -> bool:
    return any(category not in (None, _OUT_OF_SCOPE) for category in facts.breakdown)


def _entries_or_lines_bear_another(facts: Facts) -> bool:
    return _entries_bear_another(facts) or _bears_another(facts.lines)


def _allowances_or_charges_bear_another(facts: Facts) -> bool:
    return _bears_another(facts.allowances) or _bears_another(facts.charges)


def _addresses(facts: Facts) -> Iterator[Address]:
    invoice = facts.invoice
    for party in (invoice.seller, invoice.buyer, invoice.tax_representative, invoice.payee):
        if party is not None and party.address is not None:
            yield party.address
    if invoice.delivery is not None and invoice.delivery.address is not None:
        yield invoice.delivery.address


def _countries(facts: Facts) -> Iterator[str | None]:
    yield from (address.country for address in _addresses(facts))
    if facts.syntax in UBL:
        yield from (line.item.origin_country for line in facts.invoice.lines if line.item is not None)


def _uses(facts: Facts, code: str) -> bool:
    sums = (facts.lines, facts.allowances, facts.charges)
    return code in facts.breakdown or any(code in each.numbers for each in sums)


def _splits_payment_abroad(facts: Facts) -> bool:
    return _uses(facts, _SPLIT_PAYMENT) and any(country not in (None, "IT") for country in _countries(facts))


def _splits_payment_beside_standard(facts: Facts) -> bool:
    return _uses(facts, _SPLIT_PAYMENT) and _uses(facts, "S")


def _bears_standard_rate_of_another_tax(facts: Facts) -> bool:
    """The UBL sheet then finds no line whose seller it could judge, and yet a line to be judged."""
    is_marked = any(each.code == "S" and each.kind.endswith("line") for each in facts.foreign)
    return is_marked and "S" not in facts.lines.numbers


_BR_IC_11 = rule(
    "BR-IC-11",
    "BT-72",
    statement=Text(
        fr="Une facture qui a une entrée K (livraison intracommunautaire) dans la ventilation de TVA doit indiquer "
        "la date de livraison (BT-72) ou la période facturée (BG-14).",
        en="An invoice with an entry K (intra-community supply) in the VAT breakdown must state the delivery date "
        "(BT-72) or the invoicing period (BG-14).",
    ),
    fix=Text(fr="Renseignez la date de livraison.", en="Fill in the delivery date."),
    example=Text(
        fr="Bon : BT-72 = 2026-09-14. Mauvais : ni date ni période.", en="Good: BT-72 = 2026-09-14. Bad: neither."
    ),
)
_BR_IC_12 = rule(
    "BR-IC-12",
    "BT-80",
    statement=Text(
        fr="Une facture qui a une entrée K (livraison intracommunautaire) dans la ventilation de TVA doit indiquer "
        "le pays de livraison (BT-80).",
        en="An invoice with an entry K (intra-community supply) in the VAT breakdown must state the country of "
        "delivery (BT-80).",
    ),
    fix=Text(
        fr="Renseignez l'adresse de livraison avec son pays.", en="Fill in the delivery address with its country."
    ),
    example=Text(
        fr="Bon : BT-80 = DE. Mauvais : pas d'adresse de livraison.", en="Good: BT-80 = DE. Bad: no delivery address."
    ),
)


def _out_of_scope_rule(number: str, fr: str, en: str) -> Rule:
    return rule(
        f"BR-O-{number}",
        "BG-23",
        statement=Text(
            fr=f"Une facture qui a une entrée O (hors du champ de la TVA) dans la ventilation ne doit avoir {fr} "
            "d'un autre code.",
            en=f"An invoice with an entry O (out of scope of VAT) in the breakdown must have no {en} of another "
            "category.",
        ),
        fix=Text(
            fr="Faites deux factures : une hors du champ de la TVA, une dans le champ.",
            en="Make two invoices: one out of scope of VAT, one within it.",
        ),
        example=Text(fr="Bon : O seul. Mauvais : O et S à 20 %.", en="Good: O alone. Bad: O and S at 20 %."),
    )


_BR_O_11 = _out_of_scope_rule("11", "aucune entrée", "entry")
_BR_O_12 = _out_of_scope_rule("12", "aucune ligne", "line")
_BR_O_13 = _out_of_scope_rule("13", "aucune remise", "allowance")
_BR_O_14 = _out_of_scope_rule("14", "aucuns frais", "charge")
_BR_B_01 = rule(
    "BR-B-01",
    "BT-151",
    statement=Text(
        fr="Le code de TVA B (paiement scindé) ne doit servir qu'entre parties établies en Italie.",
        en="The VAT category B (split payment) must serve only between parties established in Italy.",
    ),
    fix=Text(fr="Choisissez un autre code de TVA.", en="Choose another VAT category."),
    example=Text(
        fr="Bon : vendeur et acheteur en IT. Mauvais : vendeur en FR.", en="Good: both in IT. Bad: seller in FR."
    ),
)
_BR_B_02 = rule(
    "BR-B-02",
    "BT-151",
    statement=Text(
        fr="Une facture qui porte le code de TVA B (paiement scindé) ne doit pas porter le code S.",
        en="An invoice that bears the VAT category B (split payment) must not bear the category S.",
    ),
    fix=Text(fr="Faites deux factures.", en="Make two invoices."),
    example=Text(
        fr="Bon : B à 22 %. Mauvais : B à 22 % et S à 22 %.", en="Good: B at 22 %. Bad: B at 22 % and S at 22 %."
    ),
)


def _out_of_scope_checks() -> Iterator[Check[Facts]]:
    """Factur-X judges entries with lines, and allowances with charges; what is broken in either breaks two rules."""
    rows = (
        (_BR_O_11, _entries_bear_another, _entries_or_lines_bear_another),
        (_BR_O_12, lambda facts: _bears_another(facts.lines), _entries_or_lines_bear_another),
        (_BR_O_13, lambda facts: _bears_another(facts.allowances), _allowances_or_charges_bear_another),
        (_BR_O_14, lambda facts: _bears_another(facts.charges), _allowances_or_charges_bear_another),
    )
    for demand, alone, together in rows:
        for syntaxes, breached in ((UBL | DATA, alone), (CII, together)):
            yield Check(rule=demand, group=Group.DOCUMENT, breached=_beside_out_of_scope(breached), syntaxes=syntaxes)


def _beside_out_of_scope(breached: Callable[[Facts], bool]) -> Callable[[Facts], bool]:
    return lambda facts: _has_entry(facts, _OUT_OF_SCOPE) and breached(facts)


CHECKS: tuple[Check[Any], ...] = (
    Check[Facts](rule=_BR_IC_11, group=Group.DOCUMENT, breached=_delivery_has_no_date_in_ubl, syntaxes=UBL),
    Check[Facts](rule=_BR_IC_11, group=Group.DOCUMENT, breached=_delivery_has_no_date, syntaxes=CII | DATA),
    Check[Facts](rule=_BR_IC_12, group=Group.DOCUMENT, breached=_delivery_has_no_country, syntaxes=UBL | DATA),
    Check[Facts](rule=_BR_IC_12, group=Group.DOCUMENT, breached=_delivery_has_no_country_in_cii, syntaxes=CII),
    *_out_of_scope_checks(),
    Check[Facts](
        rule=wording.parties(S, "02", wording.WHERE_USED["line"]),
        group=Group.DOCUMENT,
        breached=_bears_standard_rate_of_another_tax,
        at="lines",
        syntaxes=UBL,
    ),
    Check[Facts](rule=_BR_B_01, group=Group.DOCUMENT, breached=_splits_payment_abroad),
    Check[Facts](rule=_BR_B_02, group=Group.DOCUMENT, breached=_splits_payment_beside_standard),
)
