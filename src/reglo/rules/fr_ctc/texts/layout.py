"""The rules laid out over the two syntaxes, ready for the walk."""

from collections.abc import Mapping
from functools import cache

from reglo.core.rule import Rule
from reglo.formats.xml import clark
from reglo.rules.fr_ctc.elements import (
    DOCUMENT_OBJECTS,
    LINE_OBJECTS,
    attribute_judge,
    attribute_value_judge,
    is_tax_of_group,
    missing_judge,
    party_judge,
)
from reglo.rules.fr_ctc.facts_xml import delivery_of_ubl, party_of_cii, party_of_ubl
from reglo.rules.fr_ctc.party_rules import DELIVERY, LINE_DELIVERY, PARTIES, PARTY_RULES
from reglo.rules.fr_ctc.texts.families import PRICE, ROWS, SIGNED_PRICE
from reglo.rules.fr_ctc.texts.places import CII_FIELDS, UBL_FIELDS, UBL_ONLY_INVOICE_LINES, steps
from reglo.rules.fr_ctc.texts.scan import Judge, Layout, Required, is_never_spared
from reglo.rules.fr_ctc.wording import Family, rule_of_family

UBL_TEXT_RULES: Mapping[str, Rule] = {
    row.ubl: rule_of_family(row.ubl, row.family, row.terms) for row in ROWS if row.ubl is not None
}
CII_TEXT_RULES: Mapping[str, Rule] = {
    row.cii: rule_of_family(row.cii, row.family, row.terms) for row in ROWS if row.cii is not None
}


#: Names of elements that hold a number here, a code there, and a tax elsewhere.
_AMBIGUOUS = frozenset(map(clark, ("cbc:ID", "cbc:Name", "ram:ID", "ram:TypeCode", "ram:Description")))


@cache
def ubl_layout(*, signed_prices: bool) -> Layout:
    """Where a UBL invoice or credit note is looked at. `signed_prices`: whether prices may be negative."""
    layout = Layout(ambiguous=_AMBIGUOUS)
    for row in ROWS:
        if row.ubl is None:
            continue
        holds = _family(row.family, signed=signed_prices).ubl
        lines = ("cac:InvoiceLine",) if row.ubl in UBL_ONLY_INVOICE_LINES else ("cac:InvoiceLine", "cac:CreditNoteLine")
        for path in UBL_FIELDS.get(row.field, ()):
            for names in steps(path, lines=lines):
                layout.demand(names, holds, UBL_TEXT_RULES[row.ubl])
    layout.judge((), missing_judge("cbc:ProfileID", UBL_TEXT_RULES["BR-FR-08_BT-23"]))
    for role in PARTIES:
        _judge_party(layout, role.ubl, party_judge(PARTY_RULES[role.path], party_of_ubl, is_ubl=True))
    for role in (DELIVERY, LINE_DELIVERY):
        _judge_party(layout, role.ubl, party_judge(PARTY_RULES[role.path], delivery_of_ubl, is_ubl=True))
    _judge(layout, "cac:AdditionalDocumentReference", DOCUMENT_OBJECTS.judge_ubl)
    _judge(layout, "line/cac:DocumentReference", LINE_OBJECTS.judge_ubl)
    _judge(layout, "cac:Item/cac:AdditionalItemProperty", attribute_judge("cbc:Name", "cbc:NameCode"))
    _judge(layout, "line/cac:Item/cac:AdditionalItemProperty", attribute_value_judge("cbc:Value", "cbc:ValueQuantity"))
    return layout


_AGREEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement"
_SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
_LINE = "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem"
_LINE_SETTLEMENT = f"{_LINE}/ram:SpecifiedLineTradeSettlement"
_CHARACTERISTIC = f"{_LINE}/ram:SpecifiedTradeProduct/ram:ApplicableProductCharacteristic"


@cache
def cii_layout(*, signed_prices: bool) -> Layout:
    """Where a CII invoice is looked at. `signed_prices`: whether prices may be negative."""
    layout = Layout(ambiguous=_AMBIGUOUS)
    rules = CII_TEXT_RULES
    for row in ROWS:
        if row.cii is None:
            continue
        holds = _family(row.family, signed=signed_prices).cii
        for path in CII_FIELDS.get(row.field, ()):
            layout.demand(steps(path)[0], holds, rules[row.cii])
    _judge(
        layout,
        "rsm:ExchangedDocumentContext",
        missing_judge("ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID", rules["BR-FR-08_BT-23"]),
    )
    for path, identifier, spares in (
        (f"{_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge/ram:CategoryTradeTax", "BR-FR-15_BT-95_BT-102", None),
        (f"{_SETTLEMENT}/ram:ApplicableTradeTax", "BR-FR-15_BT-95_BT-118", None),
        (f"{_LINE_SETTLEMENT}/ram:ApplicableTradeTax", "BR-FR-15_BT-95_BT-151", is_tax_of_group),
    ):
        required = Required(rule=rules[identifier], spares=spares or is_never_spared)
        layout.require(steps(path)[0], clark("ram:CategoryCode"), required)
    for role in (*PARTIES, DELIVERY, LINE_DELIVERY):
        _judge_party(layout, role.cii, party_judge(PARTY_RULES[role.path], party_of_cii, is_ubl=False))
    _judge(layout, _AGREEMENT, DOCUMENT_OBJECTS.judge_cii)
    _judge(layout, _CHARACTERISTIC, attribute_judge("ram:Description", "ram:TypeCode"))
    _judge(layout, _CHARACTERISTIC, attribute_value_judge("ram:Value", "ram:ValueMeasure"))
    return layout


def _family(family: Family, *, signed: bool) -> Family:
    return SIGNED_PRICE if signed and family is PRICE else family


def _judge(layout: Layout, path: str, judge: Judge) -> None:
    for names in steps(path):
        layout.judge(names, judge)


def _judge_party(layout: Layout, path: str, judge: Judge) -> None:
    for names in steps(path):
        layout.judge_party(names, judge)
