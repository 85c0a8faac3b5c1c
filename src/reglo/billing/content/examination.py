"""What a draft comes to, and what is still missing before it may be issued.

Nothing is computed here: the core composes, the rules judge; this page asks them all and says where each thing is
mended.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from reglo.billing.content.places import field_of, field_of_finding, places_of_lines, typed_lines
from reglo.billing.content.reading import Read, read_content
from reglo.billing.models import NumberSeries
from reglo.billing.numbering import date_findings
from reglo.core.composition import (
    DocumentKind,
    Draft,
    FaultyDraft,
    PaymentDetails,
    compose_invoice,
    known_situation,
)
from reglo.core.document import Invoice, Totals
from reglo.core.errors import DomainError
from reglo.core.findings import Finding, Severity, Text
from reglo.core.mentions import Nature
from reglo.core.terms import Instalment, PaymentTerms, Sector, check_terms, due_dates
from reglo.customers.models import Customer
from reglo.formats.data.faults import Fault
from reglo.formats.pdf.coverage import unprintable
from reglo.formats.reading import Reading, Syntax
from reglo.organisations.models import Organisation
from reglo.rules import fr_law
from reglo.rules.check import EN16931, FR_CTC, FR_LAW, applicable_rule_sets, check_document
from reglo.terms.models import TermsAgreement

_SEVERITIES = {Severity.FATAL: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}
_STAND_IN_SIREN = "000000000"  #: lets the rest be worked out while a party has none
_NOTHING = Text(fr="", en="")
_DELAY_RULES = frozenset({"FR-LAW-DELAY", "FR-LAW-PUBLIC-DELAY"})
_NOT_AGREED = "FR-TERMS-DEFAULT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that is missing or wrong, and the field where it is mended."""

    severity: Severity
    message: Text
    fix: Text
    source: str  #: article, clause; "" where it speaks for itself
    rule: str
    field: str  #: path in the content, or "customer.siren", "organisation.siret"; "" is the whole

    @property
    def is_fatal(self) -> bool:
        """Whether it forbids issuing."""
        return self.severity is Severity.FATAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What a draft comes to."""

    invoice: Invoice | None  #: None where something is in the way of making it
    missing: tuple[Missing, ...]  #: what forbids first
    document: Invoice | None  #: what can be worked out, though the rest be missing: to show, never to issue
    terms: PaymentTerms | None  #: of this document, as typed or as usual
    totals: Totals | None  #: of `document`
    line_amounts: tuple[Decimal | None, ...]  #: net, for each line as typed
    due_dates: tuple[Instalment, ...]
    agreement: TermsAgreement | None  #: the version that binds the customer
    differs_from_agreement: bool
    language: str

    @property
    def is_legal(self) -> bool:
        """Whether nothing forbids issuing."""
        return self.invoice is not None and not any(each.is_fatal for each in self.missing)


def examine(
    content: Mapping[str, Any],
    *,
    kind: DocumentKind | str,
    organisation: Organisation,
    customer: Customer | None,
    number: str,
    today: date,
    series: NumberSeries | None = None,
) -> Examination:
    """Work out a draft and hold it against the law, the standard and what was agreed.

    series: where its number will come from, whose dates it must follow.
    """
    read = read_content(content, kind=kind, organisation=organisation, customer=customer, number=number, today=today)
    made = _Made.of(read)
    missing = [*_of_reading(read.faults), *made.missing]
    if customer is None:
        missing.append(_NO_CUSTOMER)
    if read.draft is not None:
        dated = date_findings(read.draft.issue_date, today=today, series=series)
        missing.extend(_of_finding(each, ()) for each in dated)
    told = {each.field for each in missing}
    missing.extend(each for each in _found(read, made) if each.field not in told or not each.field)
    if customer is None:
        missing = [each for each in missing if not each.field.startswith("customer.")]
    return Examination(
        invoice=None if customer is None or read.faults or made.missing else made.invoice,
        missing=tuple(sorted(dict.fromkeys(missing), key=lambda each: _SEVERITIES[each.severity])),
        document=made.invoice,
        terms=read.draft.terms if read.draft else None,
        totals=made.invoice.totals if made.invoice else None,
        line_amounts=_line_amounts(content, made),
        due_dates=_due_dates(made),
        agreement=read.agreement,
        differs_from_agreement=read.differs,
        language=read.draft.language if read.draft else organisation.language,
    )


_NO_CUSTOMER = Missing(
    severity=Severity.FATAL,
    message=Text(fr="Le client n'est pas choisi.", en="No customer is chosen."),
    fix=Text(fr="Choisissez-le.", en="Choose one."),
    source="CGI ann. II art. 242 nonies A, 1°",
    rule="customer-missing",
    field="customer",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """The document, made whole or without what is in the way."""

    draft: Draft | None
    invoice: Invoice | None
    places: tuple[int, ...]  #: of the lines of the draft
    missing: tuple[Missing, ...] = ()  #: what was in the way

    @classmethod
    def of(cls, read: Read) -> "_Made":
        """Compose; what is in the way is told and left out, so that the rest shows at once."""
        draft, places, missing = read.draft, read.places, list[Missing]()
        while draft is not None and len(missing) < 1000:
            try:
                return cls(draft=draft, invoice=compose_invoice(draft), places=places, missing=tuple(missing))
            except DomainError as error:
                faults = error.faults if isinstance(error, FaultyDraft) else (error,)
                missing.extend(_of_error(each, places) for each in faults)
                draft, places = _repaired(draft, places, [each.field or "" for each in faults])
        return cls(draft=None, invoice=None, places=places, missing=tuple(missing))


def _repaired(draft: Draft, places: tuple[int, ...], fields: Sequence[str]) -> tuple[Draft | None, tuple[int, ...]]:
    """The draft without what is wrong at `fields`; None where nothing would be left."""
    wrong_lines = {number for number in range(len(places)) if _any_within(fields, f"lines[{number}]")}
    if len(wrong_lines) == len(places):
        return None, places
    lines = tuple(line for number, line in enumerate(draft.lines) if number not in wrong_lines)
    kept = tuple(place for number, place in enumerate(places) if number not in wrong_lines)
    changes: dict[str, Any] = {"lines": lines} if wrong_lines else {}
    for field in fields:
        changes |= _change_for(field, draft)
    if not changes:
        return None, places
    return replace(draft, **changes), kept


def _any_within(fields: Sequence[str], beginning: str) -> bool:
    return any(field == beginning or field.startswith(f"{beginning}.") for field in fields)


def _change_for(field: str, draft: Draft) -> dict[str, Any]:
    """What to put in the place of a wrong field of the draft."""
    head = field.replace("[", ".").partition(".")[0]
    identity = draft.seller.identity
    changes: dict[str, dict[str, Any]] = {
        "nature": {"nature": Nature.MIXED},
        "euro_rate": {"euro_rate": None},
        "reductions": {"reductions": ()},
        "deposits": {"deposits": ()},
        "payment": {"payment": PaymentDetails()},
    }
    if field in ("buyer.siren", "buyer.siret"):
        return {"buyer": replace(draft.buyer, siren=_STAND_IN_SIREN, siret=None)}
    if field == "buyer.vat_number":
        return {"buyer": replace(draft.buyer, vat_number=None)}
    if field == "seller.vat_number":
        return {"seller": replace(draft.seller, vat_number=None)}
    if field in ("seller.siren", "seller.siret"):
        siren = identity.siren if field == "seller.siret" else _STAND_IN_SIREN
        return {"seller": replace(draft.seller, identity=replace(identity, siren=siren, siret=None))}
    return changes.get(head, {})


def _found(read: Read, made: _Made) -> Iterator[Missing]:
    """What rules, law, fonts and the agreement have against a document."""
    if made.draft is None or made.invoice is None:
        return
    places = places_of_lines(made.invoice, made.places)
    terms = tuple(_terms_findings(made.draft, read.agreement))
    for each in _document_findings(made.draft, made.invoice):
        if each.rule not in _DELAY_RULES or not terms:
            yield _of_finding(each, places)
    yield from (replace(_of_finding(each, places), field="terms") for each in terms)
    if read.differs and read.agreement is not None:
        yield _differing(read.agreement)


def _document_findings(draft: Draft, invoice: Invoice) -> Iterator[Finding]:
    """As `reglo check` finds them, with what is known of the parties beside the document."""
    reading = Reading(invoice=invoice, syntax=Syntax.DATA)
    chosen = applicable_rule_sets(reading)
    yield from check_document(reading, [each for each in chosen if each in (EN16931, FR_CTC)]).findings
    if FR_LAW in chosen:
        yield from fr_law.check_invoice(invoice, known_situation(draft, invoice))
    yield from unprintable(invoice)


def _terms_findings(draft: Draft, agreement: TermsAgreement | None) -> Iterator[Finding]:
    """What the law has against the terms. What stands in the seller's conditions of sale counts as agreed (L441-10 I).

    That nobody signed them is worth a remark; abroad, the caps are.
    """
    if draft.kind is DocumentKind.CREDIT_NOTE or draft.paid_on is not None:
        return
    asked: dict[str, Any] = {
        "sector": Sector(agreement.sector) if agreement else Sector.GENERAL,
        "buyer_kind": draft.buyer.kind,
    }
    abroad = (draft.buyer.address.country or "FR") not in _HOME
    for each in check_terms(draft.terms, **asked):
        yield replace(each, severity=Severity.WARNING) if abroad and each.severity is Severity.FATAL else each
    if agreement is None and not abroad:
        for each in check_terms(draft.terms, **asked, agreed=False):
            if each.rule == _NOT_AGREED:
                yield replace(each, severity=Severity.INFORMATION)


_HOME = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM", "MC"})


def _differing(agreement: TermsAgreement) -> Missing:
    return Missing(
        severity=Severity.WARNING,
        message=Text(
            fr=f"Les conditions de paiement ne sont pas celles de l'accord de règlement n° {agreement.version}.",
            en=f"The payment terms are not those of the terms agreement no. {agreement.version}.",
        ),
        fix=Text(
            fr="Reprenez les conditions convenues, ou faites accepter les nouvelles avant d'émettre.",
            en="Take the terms as agreed, or have the new ones accepted before you issue.",
        ),
        source="C. civ. art. 1103",
        rule="REGLO-AGREEMENT",
        field="terms",
    )


def _of_reading(faults: Sequence[Fault]) -> Iterator[Missing]:
    for each in faults:
        yield Missing(
            severity=Severity.FATAL,
            message=_sentence(each.reason),
            fix=each.fix,
            source="",
            rule="invalid-data",
            field=each.where.en,
        )


def _sentence(text: Text) -> Text:
    """With a capital letter: the core lets the place stand before it."""
    return Text(fr=text.fr[:1].upper() + text.fr[1:], en=text.en[:1].upper() + text.en[1:])


def _of_error(error: DomainError, places: Sequence[int]) -> Missing:
    return Missing(
        severity=Severity.FATAL,
        message=error.message,
        fix=_NOTHING,
        source="",
        rule=error.code,
        field=field_of(error.field or "", places),
    )


def _of_finding(finding: Finding, places: Sequence[int]) -> Missing:
    return Missing(
        severity=finding.severity,
        message=finding.message,
        fix=finding.fix,
        source=finding.source,
        rule=finding.rule,
        field=field_of_finding(finding, places),
    )


def _line_amounts(content: Mapping[str, Any], made: _Made) -> tuple[Decimal | None, ...]:
    typed = content.get("lines")
    amounts: list[Decimal | None] = [None] * (len(typed) if isinstance(typed, list) else 0)
    if made.invoice is not None:
        for place, number in zip(made.places, typed_lines(made.invoice), strict=True):
            amounts[place] = made.invoice.lines[number].net_amount
    return tuple(amounts)


def _due_dates(made: _Made) -> tuple[Instalment, ...]:
    """What is due when. A date typed for the whole stands for what the terms say."""
    draft, invoice = made.draft, made.invoice
    if draft is None or invoice is None or draft.kind is DocumentKind.CREDIT_NOTE or draft.paid_on is not None:
        return ()
    totals = invoice.totals or Totals()
    if draft.due_date is not None or draft.kind is DocumentKind.DEPOSIT:
        return (Instalment(date=invoice.due_date, amount=totals.due),) if invoice.due_date else ()
    if totals.gross is None or totals.due == 0:
        return ()
    return due_dates(
        draft.terms,
        invoice_date=draft.issue_date,
        delivery_date=draft.delivery.date if draft.delivery else None,
        gross=totals.gross,
        paid=totals.paid or Decimal(0),
        currency=draft.currency,
    )
