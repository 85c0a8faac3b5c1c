"""What the editor answers to what is typed: an examination in the words and figures of the page's language."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from reglo.billing.content import Examination, Missing
from reglo.billing.forms.choices import SITUATIONS
from reglo.billing.forms.shown import field_id, sentence_of
from reglo.core.composition import VAT_TREATMENTS
from reglo.core.document import Invoice, LineKind, VatBreakdown
from reglo.core.errors import DomainError
from reglo.core.findings import Severity
from reglo.core.terms import discounts
from reglo.customers.models import Customer
from reglo.formats.pdf import figures
from reglo.organisations.models import Organisation

MOST_SHOWN = 40  #: things that are missing: who has more mends the first ones first

_COLOURS = {Severity.FATAL: "red", Severity.WARNING: "yellow", Severity.INFORMATION: "blue"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMissing:
    """One thing that is missing, with the way to its field."""

    message: str
    fix: str
    source: str
    rule: str
    colour: str
    is_fatal: bool
    field_id: str  #: "" where it stands on another page
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVat:
    """VAT of one rate."""

    label: str
    taxable: str
    tax: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownInstalment:
    """What is due when."""

    day: date
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDiscount:
    """What paying early saves."""

    percent: str
    last_day: date
    to_pay: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that the editor shows of an examination."""

    missing: tuple[ShownMissing, ...]
    fatal_count: int
    more_missing: int  #: how many are not shown
    is_legal: bool
    vat: tuple[ShownVat, ...]
    net: str
    allowances: str
    vat_total: str
    gross: str
    paid: str
    due: str
    instalments: tuple[ShownInstalment, ...]
    discounts: tuple[ShownDiscount, ...]
    terms: str
    agreement_version: int | None
    differs: bool
    amounts: str  #: JSON: {"lines": ["100,00", …], "groups": [["Lot 1", "300,00"], …]}


def answer_of(
    examination: Examination,
    *,
    content: Mapping[str, Any],
    organisation: Organisation,
    customer: Customer | None,
    language: str,
) -> Answer:
    """An examination as the page shows it."""
    invoice = examination.document
    currency = (invoice.currency if invoice else None) or "EUR"

    def money(amount: Decimal | None) -> str:
        return "" if amount is None else figures.money(amount, currency, language)

    totals = examination.totals
    fatal = sum(each.is_fatal for each in examination.missing)
    return Answer(
        missing=tuple(
            _missing(each, content, organisation, customer, language) for each in examination.missing[:MOST_SHOWN]
        ),
        fatal_count=fatal,
        more_missing=max(0, len(examination.missing) - MOST_SHOWN),
        is_legal=examination.is_legal,
        vat=tuple(_vat(each, currency, language) for each in invoice.vat_breakdown) if invoice else (),
        net=money(totals.net if totals else None),
        allowances=money(totals.allowances if totals else None),
        vat_total=money(totals.vat if totals else None),
        gross=money(totals.gross if totals else None),
        paid=money(totals.paid if totals else None),
        due=money(totals.due if totals else None),
        instalments=tuple(ShownInstalment(day=each.date, amount=money(each.amount)) for each in examination.due_dates),
        discounts=tuple(_discounts(examination, currency, language)),
        terms=sentence_of(examination.terms, language) if examination.terms else "",
        agreement_version=examination.agreement.version if examination.agreement else None,
        differs=examination.differs_from_agreement,
        amounts=_amounts(examination, currency, language),
    )


def _missing(
    missing: Missing, content: Mapping[str, Any], organisation: Organisation, customer: Customer | None, language: str
) -> ShownMissing:
    url = _elsewhere(missing.field, organisation, customer)
    own_id = "" if url else field_id(missing.field, content)
    return ShownMissing(
        message=missing.message.in_language(language),
        fix=missing.fix.in_language(language),
        source=missing.source,
        rule=missing.rule,
        colour=_COLOURS[missing.severity],
        is_fatal=missing.is_fatal,
        field_id=own_id,
        url=url or f"#{own_id}",
    )


def _elsewhere(field: str, organisation: Organisation, customer: Customer | None) -> str:
    """The page on which a field of the customer or of the organisation is mended; "" for one of the editor."""
    owner, _, name = field.partition(".")
    if owner == "customer" and name and customer is not None:
        address = reverse("customers:edit", kwargs={"slug": organisation.slug, "pk": customer.pk})
        return f"{address}#id_{name}"
    if owner == "organisation":
        return f"{reverse('organisations:identity', kwargs={'slug': organisation.slug})}#id_{name}"
    return ""


def _vat(entry: VatBreakdown, currency: str, language: str) -> ShownVat:
    return ShownVat(
        label=figures.percent(entry.rate, language) if entry.rate else _reason(entry),
        taxable=figures.money(entry.taxable or Decimal(0), currency, language),
        tax=figures.money(entry.tax or Decimal(0), currency, language),
    )


def _reason(entry: VatBreakdown) -> str:
    """Why there is no tax: by the name that the editor offers, where one reason says it."""
    for situation, treatment in VAT_TREATMENTS.items():
        if entry.exemption_reason == treatment.reason and entry.category == treatment.category:
            return str(SITUATIONS[situation])
    return entry.exemption_reason or ""


def _discounts(examination: Examination, currency: str, language: str) -> Iterator[ShownDiscount]:
    invoice, totals = examination.document, examination.totals
    if invoice is None or totals is None or totals.gross is None or invoice.issue_date is None or not examination.terms:
        return
    try:
        offers = discounts(
            examination.terms,
            invoice_date=invoice.issue_date,
            delivery_date=invoice.delivery.date if invoice.delivery else None,
            gross=totals.gross,
            currency=currency,
        )
    except DomainError:  # a date beyond the calendar is among what is missing
        return
    for each in offers:
        yield ShownDiscount(
            percent=figures.percent(each.percent, language),
            last_day=each.last_day,
            to_pay=figures.money(each.to_pay or Decimal(0), currency, language),
        )


def _amounts(examination: Examination, currency: str, language: str) -> str:
    def amount(value: Decimal | None) -> str:
        return "" if value is None else figures.amount(value, currency, language)

    return json.dumps(
        {
            "lines": [amount(each) for each in examination.line_amounts],
            "groups": [[name, amount(net)] for name, net in _groups(examination.document)],
        },
        ensure_ascii=False,
    )


def _groups(invoice: Invoice | None) -> Iterator[tuple[str, Decimal | None]]:
    """Name and sub-total of each group, in order."""
    for line in invoice.lines if invoice else ():
        if line.kind == LineKind.GROUP:
            yield (line.item.name if line.item else "") or "", line.net_amount
