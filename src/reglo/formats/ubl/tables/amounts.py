"""Allowances and charges, VAT, totals."""

from collections.abc import Mapping

from reglo.core.document import Allowance, VatBreakdown
from reglo.formats.ubl.binding import Entry, Many, Table, cac, cbc
from reglo.formats.ubl.leaves import Amount, Code, Number, Text
from reglo.formats.ubl.quirks.amounts import AllowanceOrCharge, TaxAmount, TaxCategory
from reglo.formats.ubl.tables.parties import TAX_SCHEME


def tax_category(category: str, rate: str, terms: tuple[str, str], *extra: Mapping[str, Entry]) -> Table:
    """The table of a VAT category, that fills the fields `category` and `rate`."""
    return Table(dict, cbc("ID", Code(category, terms[0])), cbc("Percent", Number(rate, terms[1])), *extra, TAX_SCHEME)


EXEMPTION = (
    cbc("TaxExemptionReasonCode", Code("exemption_code", "BT-121")),
    cbc("TaxExemptionReason", Text("exemption_reason", "BT-120")),
)


def _allowance(terms: Mapping[str, str], *extra: Mapping[str, Entry]) -> AllowanceOrCharge:
    return AllowanceOrCharge(
        Table(
            Allowance,
            cbc("ChargeIndicator", Code("indicator")),
            cbc("AllowanceChargeReasonCode", Code("reason_code", terms["reason_code"])),
            cbc("AllowanceChargeReason", Text("reason", terms["reason"])),
            cbc("MultiplierFactorNumeric", Number("percent", terms["percent"])),
            cbc("Amount", Amount("amount", terms["amount"])),
            cbc("BaseAmount", Amount("base", terms["base"])),
            *extra,
        )
    )


_ALLOWANCE_TERMS = {
    "amount": "BT-92",
    "base": "BT-93",
    "percent": "BT-94",
    "reason": "BT-97",
    "reason_code": "BT-98",
}

_LINE_ALLOWANCE_TERMS = {
    "amount": "BT-136",
    "base": "BT-137",
    "percent": "BT-138",
    "reason": "BT-139",
    "reason_code": "BT-140",
}

ALLOWANCE = _allowance(
    _ALLOWANCE_TERMS,
    cac("TaxCategory", TaxCategory(tax_category("vat_category", "vat_rate", ("BT-95", "BT-96")), "BT-95")),
)

LINE_ALLOWANCE = _allowance(_LINE_ALLOWANCE_TERMS)

TOTALS = Table(
    dict,
    cbc("LineExtensionAmount", Amount("lines", "BT-106")),
    cbc("TaxExclusiveAmount", Amount("net", "BT-109")),
    cbc("TaxInclusiveAmount", Amount("gross", "BT-112")),
    cbc("AllowanceTotalAmount", Amount("allowances", "BT-107")),
    cbc("ChargeTotalAmount", Amount("charges", "BT-108")),
    cbc("PrepaidAmount", Amount("paid", "BT-113")),
    cbc("PayableRoundingAmount", Amount("rounding", "BT-114")),
    cbc("PayableAmount", Amount("due", "BT-115")),
)

_BREAKDOWN = Table(
    VatBreakdown,
    cbc("TaxableAmount", Amount("taxable", "BT-116")),
    cbc("TaxAmount", Amount("tax", "BT-117")),
    cac(
        "TaxCategory",
        TaxCategory(tax_category("category", "rate", ("BT-118", "BT-119"), *EXEMPTION), "BT-118"),
    ),
)

TAX_TOTAL = Table(
    dict, cbc("TaxAmount", TaxAmount("amount", "BT-110")), cac("TaxSubtotal", Many("breakdown", _BREAKDOWN))
)
