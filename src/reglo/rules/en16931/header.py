"""What stands at the head of a document: its number, dates, kind, currency, references and periods."""

from typing import Any

from reglo.core.document import DocumentReference, Line, Period, SupportingDocument
from reglo.core.findings import Text
from reglo.rules.en16931.facts import Facts
from reglo.rules.en16931.presence import Empty, need
from reglo.rules.en16931.table import CII, DATA, UBL, Check, Group, rule


def _ends_before_it_starts(period: Period | None) -> bool:
    return period is not None and period.start is not None and period.end is not None and period.end < period.start


def _is_empty(period: Period | None) -> bool:
    return period is not None and period.start is None and period.end is None


def _has_an_empty_reference(facts: Facts) -> bool:
    """In CII, what supports the claim, what is invoiced (BT-18, BT-128) and the tender (BT-17) are one element."""
    invoice = facts.invoice
    if invoice.tender == "" or (invoice.invoiced_object is not None and not invoice.invoiced_object.value):
        return True
    return any(_line_object_is_empty(line) for line in invoice.lines)


def _line_object_is_empty(line: Line) -> bool:
    return line.invoiced_object is not None and not line.invoiced_object.value


def _object_has_no_identifier(facts: Facts) -> bool:
    invoiced = facts.invoice.invoiced_object
    return invoiced is not None and not invoiced.value


def _supporting_reference(document: SupportingDocument) -> str | None:
    return document.reference


def _preceding_number(reference: DocumentReference) -> str | None:
    return reference.number


_PRESENCE: tuple[Check[Any], ...] = (
    *need("BR-01", Group.DOCUMENT, "BT-24", lambda facts: facts.invoice.specification, good="urn:cen.eu:en16931:2017"),
    *need("BR-02", Group.DOCUMENT, "BT-1", lambda facts: facts.invoice.number, good="F2026-0042"),
    *need("BR-03", Group.DOCUMENT, "BT-2", lambda facts: facts.invoice.issue_date, good="2026-09-15"),
    *need("BR-04", Group.DOCUMENT, "BT-3", lambda facts: facts.invoice.type_code, good="380"),
    *need("BR-05", Group.DOCUMENT, "BT-5", lambda facts: facts.invoice.currency, good="EUR"),
    *need(
        "BR-16",
        Group.DOCUMENT,
        "BG-25",
        lambda facts: facts.invoice.lines or None,
        good=Text(fr="une ligne de 1 × 100.00", en="a line of 1 × 100.00"),
    ),
    *need("BR-52", Group.SUPPORTING, "BT-122", _supporting_reference, good="BL-2026-118"),
    *need("BR-55", Group.PRECEDING, "BT-25", _preceding_number, good="F2026-0017", empty=Empty.REFUSED_IN_CII),
)

_BR_52 = _PRESENCE[-3].rule

_BR_29 = rule(
    "BR-29",
    "BT-74",
    statement=Text(
        fr="La période de facturation ne doit pas finir (BT-74) avant de commencer (BT-73).",
        en="The invoicing period must not end (BT-74) before it starts (BT-73).",
    ),
    fix=Text(fr="Échangez ou corrigez les deux dates.", en="Swap or correct the two dates."),
    example=Text(
        fr="Bon : du 2026-09-01 au 2026-09-30. Mauvais : du 2026-09-30 au 2026-09-01.",
        en="Good: 2026-09-01 to 2026-09-30. Bad: 2026-09-30 to 2026-09-01.",
    ),
)
_BR_30 = rule(
    "BR-30",
    "BT-135",
    statement=Text(
        fr="La période d'une ligne ne doit pas finir (BT-135) avant de commencer (BT-134).",
        en="The period of a line must not end (BT-135) before it starts (BT-134).",
    ),
    fix=_BR_29.fix,
    example=Text(
        fr="Bon : du 2026-09-01 au 2026-09-30. Mauvais : du 2026-09-30 au 2026-09-01.",
        en="Good: 2026-09-01 to 2026-09-30. Bad: 2026-09-30 to 2026-09-01.",
    ),
)
_A_DATE_AT_LEAST = Text(
    fr="Donnez au moins une des deux dates, ou retirez la période.",
    en="Give at least one of the two dates, or remove the period.",
)
_PERIOD_EXAMPLE = Text(
    fr="Bon : à partir du 2026-09-01. Mauvais : une période sans aucune date.",
    en="Good: from 2026-09-01. Bad: a period without any date.",
)
_BR_CO_19 = rule(
    "BR-CO-19",
    "BG-14",
    statement=Text(
        fr="Une période de facturation (BG-14) doit avoir un début (BT-73), une fin (BT-74) ou les deux.",
        en="An invoicing period (BG-14) must have a start (BT-73), an end (BT-74) or both.",
    ),
    fix=_A_DATE_AT_LEAST,
    example=_PERIOD_EXAMPLE,
)
_BR_CO_20 = rule(
    "BR-CO-20",
    "BG-26",
    statement=Text(
        fr="La période d'une ligne (BG-26) doit avoir un début (BT-134), une fin (BT-135) ou les deux.",
        en="The period of a line (BG-26) must have a start (BT-134), an end (BT-135) or both.",
    ),
    fix=_A_DATE_AT_LEAST,
    example=_PERIOD_EXAMPLE,
)
_BR_CO_03 = rule(
    "BR-CO-03",
    "BT-7",
    statement=Text(
        fr="La date d'exigibilité de la TVA (BT-7) et le fait qui la rend exigible (BT-8) ne doivent pas figurer "
        "ensemble.",
        en="The VAT point date (BT-7) and the event that makes VAT due (BT-8) must not stand together.",
    ),
    fix=Text(
        fr="Gardez la date si vous la connaissez, sinon le code.", en="Keep the date if you know it, else the code."
    ),
    example=Text(
        fr="Bon : BT-7 = 2026-09-30 sans BT-8. Mauvais : BT-7 = 2026-09-30 et BT-8 = 432.",
        en="Good: BT-7 = 2026-09-30 without BT-8. Bad: BT-7 = 2026-09-30 and BT-8 = 432.",
    ),
)

CHECKS: tuple[Check[Any], ...] = (
    *_PRESENCE,
    Check[Facts](rule=_BR_52, group=Group.DOCUMENT, breached=_has_an_empty_reference, syntaxes=CII),
    Check[Facts](rule=_BR_52, group=Group.DOCUMENT, breached=_object_has_no_identifier, syntaxes=UBL | DATA),
    Check[Facts](
        rule=_BR_29, group=Group.DOCUMENT, breached=lambda facts: _ends_before_it_starts(facts.invoice.period)
    ),
    Check[Line](rule=_BR_30, group=Group.LINE, breached=lambda line: _ends_before_it_starts(line.period)),
    Check[Facts](
        rule=_BR_CO_03,
        group=Group.DOCUMENT,
        breached=lambda facts: facts.invoice.tax_point_date is not None and facts.invoice.tax_point_code is not None,
    ),
    Check[Facts](
        rule=_BR_CO_19,
        group=Group.DOCUMENT,
        breached=lambda facts: _is_empty(facts.invoice.period) and facts.invoice.tax_point_code is None,
        syntaxes=UBL,
        reads=frozenset({"BT-73", "BT-74"}),
    ),
    Check[Facts](
        rule=_BR_CO_19,
        group=Group.DOCUMENT,
        breached=lambda facts: _is_empty(facts.invoice.period),
        syntaxes=CII | DATA,
        reads=frozenset({"BT-73", "BT-74"}),
    ),
    Check[Line](
        rule=_BR_CO_20,
        group=Group.LINE,
        breached=lambda line: _is_empty(line.period),
        reads=frozenset({"BT-134", "BT-135"}),
    ),
)
