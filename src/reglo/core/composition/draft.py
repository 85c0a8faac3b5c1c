"""What a founder types."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from reglo.core.composition.vat_situations import VatSituation
from reglo.core.document import Address, Contact, DocumentReference, Identifier, Period, SupportingDocument
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.mentions import IssuerSize, Nature
from reglo.core.parties import LegalIdentity
from reglo.core.terms import BuyerKind, PaymentTerms


class IncompleteDraft(DomainError):
    """Something without which no document can be made."""

    code = "incomplete-draft"


class FaultyDraft(DomainError):
    """Several things without which no document can be made, told together."""

    code = "faulty-draft"

    def __init__(self, faults: Sequence[DomainError]) -> None:
        super().__init__(
            Text(
                fr="\n".join(f"{each.field}\N{NO-BREAK SPACE}: {each.message.fr}" for each in faults),
                en="\n".join(f"{each.field}: {each.message.en}" for each in faults),
            )
        )
        self.faults = tuple(faults)


class DocumentKind(StrEnum):
    """What is made; its value is the type code of UNTDID 1001 (BT-3)."""

    INVOICE = "380"  #: also the final invoice (*facture de solde*), which names its deposits
    CREDIT_NOTE = "381"  #: *avoir*, with positive amounts
    CORRECTIVE = "384"  #: *facture rectificative*, in place of the one that it names
    DEPOSIT = "386"  #: *facture d'acompte*


class PaymentMethod(StrEnum):
    """How to pay; its value is the code of UNTDID 4461 (BT-81)."""

    TRANSFER = "30"  #: *virement*; a SEPA transfer (58) in euros with an IBAN
    CHEQUE = "20"
    CARD = "48"
    CASH = "10"
    DIRECT_DEBIT = "59"  #: *prélèvement SEPA*


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """The business that invoices."""

    name: str
    identity: LegalIdentity
    address: Address
    vat_number: str | None = None  #: derived from the SIREN where it is not given, but in the franchise
    trading_name: str | None = None
    contact: Contact | None = None
    electronic_address: str | None = None  #: on the French platforms (scheme 0225); the SIREN where not given
    size: IssuerSize | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """The customer. A business in France has a SIREN, one abroad has a VAT number or a registration."""

    name: str
    address: Address
    kind: BuyerKind = BuyerKind.BUSINESS
    siren: str | None = None
    siret: str | None = None  #: of the service that receives the invoice; its head is the SIREN
    vat_number: str | None = None
    registration: Identifier | None = None  #: abroad
    trading_name: str | None = None
    contact: Contact | None = None
    electronic_address: Identifier | None = None  #: derived from SIREN, VAT number or e-mail where it is not given


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """An allowance (*remise*): a percentage or an amount without tax."""

    reason: str
    percent: Decimal | None = None
    amount: Decimal | None = None
    vat: "Decimal | VatSituation | None" = None  #: on the whole document: needed where lines are taxed differently


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """What is sold, for how much. Exactly one of `price` and `price_with_vat`."""

    name: str
    quantity: Decimal = Decimal(1)
    unit: str = "C62"  #: UN/ECE recommendation 20: C62 one, H87 piece, LS lump sum, HUR hour, DAY day
    price: Decimal | None = None  #: of one unit, without tax
    price_with_vat: Decimal | None = None  #: of one unit, with tax, as consumers are told
    vat: Decimal | VatSituation | None = None  #: rate in percent, or why there is none; None in the franchise
    nature: Nature | None = None  #: goods or services
    description: str | None = None
    reference: str | None = None  #: the seller's
    reductions: tuple[Reduction, ...] = ()
    period: Period | None = None
    group: str | None = None  #: what it is a part of (*lot*): lines in a row with one group get a sub-total
    order_line: str | None = None
    order: DocumentReference | None = None  #: where the lines answer different orders
    despatch_advice: DocumentReference | None = None  #: where the lines were delivered with different notes
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidDeposit:
    """A deposit invoice that was billed and paid (*acompte*)."""

    number: str
    issue_date: datetime.date
    amount: Decimal  #: with tax


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySite:
    """Where and when the goods went or the service ended."""

    date: datetime.date | None = None
    name: str | None = None
    address: Address | None = None  #: where it differs from the buyer's


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDetails:
    """How the seller wants to be paid."""

    method: PaymentMethod = PaymentMethod.TRANSFER
    iban: str | None = None
    bic: str | None = None
    account_name: str | None = None
    mandate: str | None = None  #: of a direct debit
    creditor: str | None = None  #: SEPA creditor identifier, of a direct debit
    debited_iban: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An invoice as typed."""

    number: str
    issue_date: datetime.date
    seller: Seller
    buyer: Buyer
    lines: tuple[DraftLine, ...]
    kind: DocumentKind = DocumentKind.INVOICE
    terms: PaymentTerms = field(default_factory=PaymentTerms)  #: 30 days net
    due_date: datetime.date | None = None  #: where it is not what the terms give
    payment: PaymentDetails = field(default_factory=PaymentDetails)
    nature: Nature | None = None  #: of the whole, where the lines do not say
    delivery: DeliverySite | None = None
    period: Period | None = None
    reductions: tuple[Reduction, ...] = ()
    deposits: tuple[PaidDeposit, ...] = ()
    paid_on: datetime.date | None = None  #: paid in full already (*facture acquittée*)
    rounding: Decimal | None = None  #: added to the total, where it must agree with another document
    preceding_invoices: tuple[DocumentReference, ...] = ()  #: what a credit note or a correction is about
    purchase_order: str | None = None  #: also *numéro d'engagement*
    contract: str | None = None
    project: str | None = None
    buyer_reference: str | None = None  #: *code service* of a public body
    sales_order: str | None = None
    despatch_advice: str | None = None
    currency: str = "EUR"
    euro_rate: Decimal | None = None  #: EUR for one unit of the currency, where that is not the euro
    notes: tuple[str, ...] = ()
    supporting_documents: tuple[SupportingDocument, ...] = ()
    language: str = "fr"  #: "en" writes terms and notes in French and English
