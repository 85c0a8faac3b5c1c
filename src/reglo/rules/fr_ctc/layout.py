"""The rules laid out over the two syntaxes, ready for the walk."""

from collections.abc import Mapping
from functools import cache

from reglo.rules.fr_ctc.elements import (
    DOCUMENT_OBJECTS,
    LINE_OBJECTS,
    attribute_judge,
    attribute_value_judge,
    missing_judge,
    missing_line_category_judge,
    party_judge,
)
from reglo.rules.fr_ctc.facts_xml import delivery_of_ubl, party_of_cii, party_of_ubl
from reglo.rules.fr_ctc.families import PRICE, ROWS, SIGNED_PRICE
from reglo.rules.fr_ctc.places import CII_FIELDS, UBL_FIELDS, UBL_ONLY_INVOICE_LINES, steps
from reglo.rules.fr_ctc.roles import DELIVERY, LINE_DELIVERY, PARTIES, PARTY_RULES
from reglo.rules.fr_ctc.walk import Judge, Place
from reglo.rules.fr_ctc.wording import Family, rule_of_family
from reglo.rules.rule import Rule

UBL_TEXT_RULES: Mapping[str, Rule] = {
    row.ubl: rule_of_family(row.ubl, row.family, row.terms) for row in ROWS if row.ubl is not None
}
CII_TEXT_RULES: Mapping[str, Rule] = {
    row.cii: rule_of_family(row.cii, row.family, row.terms) for row in ROWS if row.cii is not None
}


@cache
def ubl_layout(*, signed_prices: bool) -> Place:
    """Where a UBL invoice or credit note is looked at. `signed_prices`: whether prices may be negative."""
    root = Place()
    for row in ROWS:
        if row.ubl is None:
            continue
        holds = _family(row.family, signed=signed_prices).ubl
        lines = ("cac:InvoiceLine",) if row.ubl in UBL_ONLY_INVOICE_LINES else ("cac:InvoiceLine", "cac:CreditNoteLine")
        for path in UBL_FIELDS.get(row.field, ()):
            for names in steps(path, lines=lines):
                root.at(names).texts.append((holds, UBL_TEXT_RULES[row.ubl]))
    root.judges.append(missing_judge("cbc:ProfileID", UBL_TEXT_RULES["BR-FR-08_BT-23"]))
    for role in PARTIES:
        _judge(root, role.ubl, party_judge(PARTY_RULES[role.path], party_of_ubl, is_ubl=True))
    for role in (DELIVERY, LINE_DELIVERY):
        _judge(root, role.ubl, party_judge(PARTY_RULES[role.path], delivery_of_ubl, is_ubl=True))
    _judge(root, "cac:AdditionalDocumentReference", DOCUMENT_OBJECTS.judge_ubl)
    _judge(root, "line/cac:DocumentReference", LINE_OBJECTS.judge_ubl)
    _judge(root, "cac:Item/cac:AdditionalItemProperty", attribute_judge("cbc:Name", "cbc:NameCode"))
    _judge(root, "line/cac:Item/cac:AdditionalItemProperty", attribute_value_judge("cbc:Value", "cbc:ValueQuantity"))
    return root


_AGREEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement"
_SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
_LINE = "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem"
_CHARACTERISTIC = f"{_LINE}/ram:SpecifiedTradeProduct/ram:ApplicableProductCharacteristic"


@cache
def cii_layout(*, signed_prices: bool) -> Place:
    """Where a CII invoice is looked at. `signed_prices`: whether prices may be negative."""
    root = Place()
    rules = CII_TEXT_RULES
    for row in ROWS:
        if row.cii is None:
            continue
        holds = _family(row.family, signed=signed_prices).cii
        for path in CII_FIELDS.get(row.field, ()):
            root.at(steps(path)[0]).texts.append((holds, rules[row.cii]))
    _judge(
        root,
        "rsm:ExchangedDocumentContext",
        missing_judge("ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID", rules["BR-FR-08_BT-23"]),
    )
    for path, identifier in (
        (f"{_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge/ram:CategoryTradeTax", "BR-FR-15_BT-95_BT-102"),
        (f"{_SETTLEMENT}/ram:ApplicableTradeTax", "BR-FR-15_BT-95_BT-118"),
    ):
        _judge(root, path, missing_judge("ram:CategoryCode", rules[identifier]))
    _judge(
        root,
        f"{_LINE}/ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax",
        missing_line_category_judge(rules["BR-FR-15_BT-95_BT-151"]),
    )
    for role in (*PARTIES, DELIVERY, LINE_DELIVERY):
        _judge(root, role.cii, party_judge(PARTY_RULES[role.path], party_of_cii, is_ubl=False))
    _judge(root, _AGREEMENT, DOCUMENT_OBJECTS.judge_cii)
    _judge(root, _CHARACTERISTIC, attribute_judge("ram:Description", "ram:TypeCode"))
    _judge(root, _CHARACTERISTIC, attribute_value_judge("ram:Value", "ram:ValueMeasure"))
    return root


def _family(family: Family, *, signed: bool) -> Family:
    return SIGNED_PRICE if signed and family is PRICE else family


def _judge(root: Place, path: str, judge: Judge) -> None:
    for names in steps(path):
        root.at(names).judges.append(judge)
