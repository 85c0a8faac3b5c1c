"""What the rules on whole documents look at, as texts: from the XML as it stands, or from the model for our own data.

The sheets compare texts, not values: "B2B " is no treatment and " S1" no framework. So where there is XML the texts
come from it, and two documents that read alike may be judged differently, as the platforms will.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from reglo.core.document import Delivery, Identifier, Invoice, Party, Period, Totals
from reglo.formats.reading import Syntax


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """Who a party says to be."""

    identifiers: tuple[tuple[str | None, str], ...] = ()  #: scheme and value: BT-29, BT-46 and the like
    legal_numbers: tuple[tuple[str | None, str] | None, ...] = ()  #: one for each legal entity; None where it has none
    endpoint: str | None = None  #: BT-34, BT-49
    endpoint_scheme: str | None = None

    @property
    def siren(self) -> str | None:
        """The legal number of scheme 0002."""
        return next((number[1] for number in self.legal_numbers if number and number[0] == "0002"), None)

    @property
    def legal_number(self) -> str | None:
        """The legal number, of whatever scheme."""
        return next((number[1] for number in self.legal_numbers if number), None)

    def identified_by(self, scheme: str) -> str | None:
        """The first identifier of a scheme."""
        return next((value for found, value in self.identifiers if found == scheme), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A document, as far as its rules concern more than one field."""

    syntax: Syntax
    number: str | None = None  #: BT-1
    type_code: str | None = None  #: BT-3
    framework: str | None = None  #: BT-23
    issue_date: str | None = None  #: BT-2
    due_dates: tuple[str, ...] = ()  #: BT-9
    currency: str | None = None  #: BT-5
    vat_currency: str | None = None  #: BT-6
    vat_in_euro: str | None = None  #: BT-110 or BT-111, whichever is in euro
    contract: str | None = None  #: BT-12
    period_start: str | None = None  #: BT-73
    period_end: str | None = None  #: BT-74
    paid: str | None = None  #: BT-113
    gross: str | None = None  #: BT-112
    due: str | None = None  #: BT-115
    joined_notes: str = ""  #: UBL: the notes, joined by #, in which "#PMT#" begins a note of that subject
    bar_notes: str = ""  #: UBL: the notes that have a treatment, one after the other, and a # at the end
    notes: tuple[tuple[str | None, str], ...] = ()  #: subject and text, but in UBL
    has_place_for_notes: bool = True  #: CII without rsm:ExchangedDocument has none, and no note is missed
    references: int = 0  #: how many preceding invoices (BG-3)
    dated_references: int = 0  #: how many of them with number and date
    attachments: tuple[str, ...] = ()  #: BT-123 of each supporting document that has one
    seller: PartyFacts = field(default_factory=PartyFacts)
    buyer: PartyFacts = field(default_factory=PartyFacts)
    tax_representative_vat: str | None = None  #: BT-63

    @property
    def is_ubl(self) -> bool:
        """Whether the UBL sheet speaks of this document."""
        return self.syntax in (Syntax.UBL_INVOICE, Syntax.UBL_CREDIT_NOTE)

    @property
    def treatments(self) -> tuple[str, ...]:
        """How the platform is asked to treat the document: what the notes of subject BAR say."""
        if self.is_ubl:
            treatment = _segment(self.joined_notes, "BAR")
            return (treatment,) if treatment else ()
        return self.texts_of("BAR")

    def texts_of(self, subject: str) -> tuple[str, ...]:
        """The texts of the notes of one subject; in UBL the first alone."""
        if self.is_ubl:
            return (_segment(self.joined_notes, subject),)
        return tuple(text for found, text in self.notes if found == subject)

    def count_of(self, subject: str) -> int:
        """How many notes have a subject."""
        if self.is_ubl:
            return self.joined_notes.count(f"#{subject}#")
        return sum(1 for found, _ in self.notes if found == subject)


def _segment(joined: str, subject: str) -> str:
    return joined.partition(f"#{subject}#")[2].partition("#")[0]


def facts_of_invoice(invoice: Invoice) -> Facts:
    """The facts of a document that is no XML."""
    totals = invoice.totals or Totals()
    period = invoice.period or Period()
    representative = invoice.tax_representative
    return Facts(
        syntax=Syntax.DATA,
        number=invoice.number,
        type_code=invoice.type_code,
        framework=invoice.business_process,
        issue_date=_text(invoice.issue_date),
        due_dates=() if invoice.due_date is None else (invoice.due_date.isoformat(),),
        currency=invoice.currency,
        vat_currency=invoice.vat_currency,
        vat_in_euro=_vat_in_euro(invoice),
        contract=invoice.contract,
        paid=_text(totals.paid),
        gross=_text(totals.gross),
        due=_text(totals.due),
        period_start=_text(period.start),
        period_end=_text(period.end),
        notes=tuple((note.subject, note.text or "") for note in invoice.notes),
        references=len(invoice.preceding_invoices),
        dated_references=sum(1 for each in invoice.preceding_invoices if each.number and each.issue_date),
        attachments=tuple(each.description for each in invoice.supporting_documents if each.description is not None),
        seller=facts_of_party(invoice.seller),
        buyer=facts_of_party(invoice.buyer),
        tax_representative_vat=representative.vat_identifier if representative else None,
    )


def facts_of_party(party: Party | None) -> PartyFacts:
    """The facts of a party of the model."""
    if party is None:
        return PartyFacts()
    address = party.electronic_address
    return PartyFacts(
        identifiers=tuple(_pair(each) for each in party.identifiers),
        legal_numbers=(None if party.legal_registration is None else _pair(party.legal_registration),),
        endpoint=address.value if address else None,
        endpoint_scheme=address.scheme if address else None,
    )


def facts_of_delivery(delivery: Delivery) -> PartyFacts:
    """The facts of a place of delivery, which has identifiers as a party has."""
    return PartyFacts(identifiers=() if delivery.location is None else (_pair(delivery.location),))


def _pair(identifier: Identifier) -> tuple[str | None, str]:
    return identifier.scheme, identifier.value


def _text(value: object) -> str | None:
    if value is None:
        return None
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _vat_in_euro(invoice: Invoice) -> str | None:
    totals = invoice.totals or Totals()
    if invoice.currency == "EUR":
        return _text(totals.vat)
    return _text(totals.vat_accounting) if invoice.vat_currency == "EUR" else None
