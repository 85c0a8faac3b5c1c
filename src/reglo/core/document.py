"""The semantic invoice of EN 16931: what every other thing in Réglo is a projection of.

A document is a value: frozen, comparable, without behaviour. Nothing is mandatory here, because a document that
somebody else made may lack anything; what must be there is said by `reglo.rules`. What we make ourselves goes
through `reglo.core.totals.with_totals`, the only place that computes sums and VAT.

How absence is written, everywhere: `None` is "not in the document", `""` is "in the document, but empty", an empty
tuple is "none of them". Amounts are `Decimal` in the currency of the document (BT-5) unless said otherwise, and
percentages are as people say them: `Decimal("20")` is 20 %.

The number behind each field is its business term (BT) or business group (BG) in EN 16931-1; `EXT` marks the French
extension (EXTENDED-CTC-FR, XP Z12-012) that also Factur-X EXTENDED carries.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A value and the list it comes from."""

    value: str
    scheme: str | None = None  #: ICD (ISO 6523), EAS, UNTDID 1153 or 7143 code, according to the term
    scheme_version: str | None = None  #: only for item classifications (BT-158-2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address: BG-5, BG-8, BG-12, BG-15."""

    line_1: str | None = None  #: BT-35, BT-50, BT-64, BT-75
    line_2: str | None = None  #: BT-36, BT-51, BT-65, BT-76
    line_3: str | None = None  #: BT-162, BT-163, BT-164, BT-165
    city: str | None = None  #: BT-37, BT-52, BT-66, BT-77
    post_code: str | None = None  #: BT-38, BT-53, BT-67, BT-78
    subdivision: str | None = None  #: BT-39, BT-54, BT-68, BT-79
    country: str | None = None  #: BT-40, BT-55, BT-69, BT-80: ISO 3166-1 alpha-2


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ask: BG-6, BG-9."""

    name: str | None = None  #: BT-41, BT-56
    phone: str | None = None  #: BT-42, BT-57
    email: str | None = None  #: BT-43, BT-58


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or company with a role in the document: seller, buyer, payee, tax representative, agents."""

    name: str | None = None  #: BT-27, BT-44, BT-59, BT-62 (*raison sociale*)
    trading_name: str | None = None  #: BT-28, BT-45 (*nom commercial*)
    identifiers: tuple[Identifier, ...] = ()  #: BT-29, BT-46, BT-60; scheme ICD, 0009 is a SIRET
    legal_registration: Identifier | None = None  #: BT-30, BT-47, BT-61; scheme 0002 is a SIREN
    vat_identifier: str | None = None  #: BT-31, BT-48, BT-63 (*numéro de TVA intracommunautaire*)
    tax_registration: str | None = None  #: BT-32: any other tax number
    legal_information: str | None = None  #: BT-33: legal form, capital, RCS and town (*mentions d'identité*)
    electronic_address: Identifier | None = None  #: BT-34, BT-49; scheme EAS, 0225 on the French platforms
    address: Address | None = None  #: BG-5, BG-8, BG-12
    contact: Contact | None = None  #: BG-6, BG-9
    role_code: str | None = None  #: EXT: UNTDID 3035, for payer, agents and invoicer


def country_of(party: Party | None) -> str | None:
    """The country of a party's address, if it has one: BT-40, BT-55, BT-69."""
    return party.address.country if party and party.address else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark on the document, with what it is about: BG-1."""

    text: str | None = None  #: BT-22
    subject: str | None = None  #: BT-21: UNTDID 4451, such as PMT, PMD, AAB, TXD, ABL, REG, BAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A span of days, both included: BG-14, BG-26."""

    start: datetime.date | None = None  #: BT-73, BT-134
    end: datetime.date | None = None  #: BT-74, BT-135


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReference:
    """Another document, by number and date: BG-3, and in the French extension several orders, contracts, deliveries."""

    number: str | None = None  #: BT-25, EXT-FR-FE-136
    issue_date: datetime.date | None = None  #: BT-26, EXT-FR-FE-138
    type_code: str | None = None  #: EXT-FR-FE-02, EXT-FR-FE-137: UNTDID 1001
    line: str | None = None  #: EXT: line of that document


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Where and when goods or services were delivered: BG-13; on a line, the French extension."""

    name: str | None = None  #: BT-70
    location: Identifier | None = None  #: BT-71; scheme ICD
    date: datetime.date | None = None  #: BT-72, EXT-FR-FE-158
    address: Address | None = None  #: BG-15


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """An account to pay into: BG-17."""

    identifier: str | None = None  #: BT-84: IBAN, or the national number where there is no IBAN
    is_iban: bool = True  #: how CII carries BT-84 (ram:IBANID or ram:ProprietaryID); UBL does not say
    name: str | None = None  #: BT-85
    bic: str | None = None  #: BT-86


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCard:
    """A card already used: BG-18."""

    number: str | None = None  #: BT-87: the last 4 to 6 digits
    holder: str | None = None  #: BT-88


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMeans:
    """One way to pay: the repeatable part of BG-16."""

    code: str | None = None  #: BT-81: UNTDID 4461
    text: str | None = None  #: BT-82
    account: BankAccount | None = None  #: BG-17; several accounts are several means
    card: PaymentCard | None = None  #: BG-18
    debited_account: str | None = None  #: BT-91: the buyer's account, for a direct debit


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """How to pay: BG-16, and BG-19 for direct debits."""

    means: tuple[PaymentMeans, ...] = ()
    remittance_information: str | None = None  #: BT-83: what the payer repeats, such as an RF reference
    mandate: str | None = None  #: BT-89 (*référence unique de mandat*)
    creditor: str | None = None  #: BT-90 (*identifiant créancier SEPA*)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """An allowance or a charge (*remise*, *frais*): BG-20, BG-21, BG-27, BG-28. The amount is positive in both."""

    amount: Decimal | None = None  #: BT-92, BT-99, BT-136, BT-141: without VAT
    base: Decimal | None = None  #: BT-93, BT-100, BT-137, BT-142
    percent: Decimal | None = None  #: BT-94, BT-101, BT-138, BT-143
    vat_category: str | None = None  #: BT-95, BT-102: UNTDID 5305; not on a line
    vat_rate: Decimal | None = None  #: BT-96, BT-103: percent; not on a line
    reason: str | None = None  #: BT-97, BT-104, BT-139, BT-144
    reason_code: str | None = None  #: BT-98, BT-140: UNTDID 5189; BT-105, BT-145: UNTDID 7161


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums of the document: BG-22."""

    lines: Decimal | None = None  #: BT-106: sum of line net amounts
    allowances: Decimal | None = None  #: BT-107
    charges: Decimal | None = None  #: BT-108
    net: Decimal | None = None  #: BT-109: total without VAT (*total HT*)
    vat: Decimal | None = None  #: BT-110: total VAT
    vat_accounting: Decimal | None = None  #: BT-111: total VAT in the VAT accounting currency (BT-6)
    gross: Decimal | None = None  #: BT-112: total with VAT (*total TTC*)
    paid: Decimal | None = None  #: BT-113: already paid (*acomptes*)
    rounding: Decimal | None = None  #: BT-114
    due: Decimal | None = None  #: BT-115: amount due for payment (*net à payer*)


@dataclass(frozen=True, slots=True, kw_only=True)
class VatBreakdown:
    """VAT of one category and rate: BG-23."""

    taxable: Decimal | None = None  #: BT-116
    tax: Decimal | None = None  #: BT-117
    category: str | None = None  #: BT-118: UNTDID 5305
    rate: Decimal | None = None  #: BT-119: percent
    exemption_reason: str | None = None  #: BT-120
    exemption_code: str | None = None  #: BT-121: VATEX list


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file carried inside the document: BT-125."""

    content: bytes
    mime_code: str | None = None
    filename: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportingDocument:
    """A document that supports the claim (time sheet, delivery note…): BG-24."""

    reference: str | None = None  #: BT-122
    description: str | None = None  #: BT-123; the French rules want one of their own list of qualifications here
    url: str | None = None  #: BT-124
    attachment: Attachment | None = None  #: BT-125


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A property of an item: BG-32."""

    name: str | None = None  #: BT-160
    value: str | None = None  #: BT-161
    code: str | None = None  #: EXT-FR-FE-159: UNTDID 6313


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Price of the item without VAT: BG-29."""

    net: Decimal | None = None  #: BT-146
    discount: Decimal | None = None  #: BT-147: gross − net
    gross: Decimal | None = None  #: BT-148
    base_quantity: Decimal | None = None  #: BT-149: the price is for that many units; 1 if absent
    base_unit: str | None = None  #: BT-150: UN/ECE recommendation 20 and 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is sold: BG-31."""

    name: str | None = None  #: BT-153
    description: str | None = None  #: BT-154
    seller_identifier: str | None = None  #: BT-155
    buyer_identifier: str | None = None  #: BT-156
    standard_identifier: Identifier | None = None  #: BT-157; scheme ICD, 0160 is a GTIN
    classifications: tuple[Identifier, ...] = ()  #: BT-158; scheme UNTDID 7143
    origin_country: str | None = None  #: BT-159: ISO 3166-1 alpha-2
    attributes: tuple[Attribute, ...] = ()  #: BG-32


class LineKind(StrEnum):
    """What a line is among sub-lines: EXT-FR-FE-163."""

    DETAIL = "DETAIL"  #: counts in the totals, as does a line that says nothing
    GROUP = "GROUP"  #: a sub-total of the lines below it
    INFORMATION = "INFORMATION"  #: counts nowhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the document: BG-25. Sub-lines follow their parent and name it."""

    identifier: str | None = None  #: BT-126
    parent: str | None = None  #: EXT-FR-FE-162: identifier of the line above
    kind: str | None = None  #: EXT-FR-FE-163: a LineKind, as read
    notes: tuple[Note, ...] = ()  #: BT-127: one in EN 16931, several with subjects in the French extension
    invoiced_object: Identifier | None = None  #: BT-128; scheme UNTDID 1153
    quantity: Decimal | None = None  #: BT-129
    unit: str | None = None  #: BT-130: UN/ECE recommendation 20 and 21
    net_amount: Decimal | None = None  #: BT-131
    order_line: str | None = None  #: BT-132: line of the purchase order
    buyer_accounting_reference: str | None = None  #: BT-133
    period: Period | None = None  #: BG-26
    allowances: tuple[Allowance, ...] = ()  #: BG-27
    charges: tuple[Allowance, ...] = ()  #: BG-28
    price: Price | None = None  #: BG-29
    vat_category: str | None = None  #: BT-151: UNTDID 5305
    vat_rate: Decimal | None = None  #: BT-152: percent
    item: Item | None = None  #: BG-31
    order: DocumentReference | None = None  #: EXT: the purchase order of this line, where there are several
    despatch_advice: DocumentReference | None = None  #: EXT: the delivery note of this line
    receiving_advice: DocumentReference | None = None  #: EXT
    preceding_invoice: DocumentReference | None = None  #: EXT-FR-FE-136: the deposit or invoice this line refers to
    delivery: Delivery | None = None  #: EXT-FR-FE-158 and around: delivery of this line
    exemption_reason: str | None = None  #: EXT: why this line bears no tax, where reasons differ by line
    exemption_code: str | None = None  #: EXT: VATEX


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice, credit note, deposit or corrective invoice: the root of EN 16931."""

    number: str | None = None  #: BT-1
    issue_date: datetime.date | None = None  #: BT-2
    type_code: str | None = None  #: BT-3: UNTDID 1001 (380 invoice, 381 credit note, 384 corrective, 386 deposit…)
    currency: str | None = None  #: BT-5: ISO 4217
    vat_currency: str | None = None  #: BT-6: ISO 4217
    tax_point_date: datetime.date | None = None  #: BT-7
    tax_point_code: str | None = None  #: BT-8: UNTDID 2005, a *subset*: 3 issue, 35 delivery, 432 payment
    due_date: datetime.date | None = None  #: BT-9
    buyer_reference: str | None = None  #: BT-10 (*code service* of a public buyer)
    project: str | None = None  #: BT-11
    contract: str | None = None  #: BT-12 (*numéro de marché*)
    purchase_order: str | None = None  #: BT-13 (*bon de commande*, *numéro d'engagement*)
    sales_order: str | None = None  #: BT-14
    receiving_advice: str | None = None  #: BT-15
    despatch_advice: str | None = None  #: BT-16
    tender: str | None = None  #: BT-17
    invoiced_object: Identifier | None = None  #: BT-18; scheme UNTDID 1153
    buyer_accounting_reference: str | None = None  #: BT-19
    payment_terms: str | None = None  #: BT-20
    notes: tuple[Note, ...] = ()  #: BG-1
    business_process: str | None = None  #: BT-23 (*cadre de facturation*: B1, S1, M1…)
    specification: str | None = None  #: BT-24: the profile that the document claims
    preceding_invoices: tuple[DocumentReference, ...] = ()  #: BG-3
    seller: Party | None = None  #: BG-4
    buyer: Party | None = None  #: BG-7
    payee: Party | None = None  #: BG-10, where it is not the seller
    tax_representative: Party | None = None  #: BG-11, of the seller
    buyer_agent: Party | None = None  #: EXT-FR-FE-BG-01
    payer: Party | None = None  #: EXT-FR-FE-BG-02, where it is not the buyer
    seller_agent: Party | None = None  #: EXT-FR-FE-BG-03
    invoicer: Party | None = None  #: EXT-FR-FE-BG-05 (*facturant*)
    invoicee: Party | None = None  #: EXT-FR-FE-BG-04 (*adressé à*)
    delivery: Delivery | None = None  #: BG-13
    period: Period | None = None  #: BG-14
    payment: Payment | None = None  #: BG-16
    allowances: tuple[Allowance, ...] = ()  #: BG-20
    charges: tuple[Allowance, ...] = ()  #: BG-21
    totals: Totals | None = None  #: BG-22
    vat_breakdown: tuple[VatBreakdown, ...] = ()  #: BG-23
    supporting_documents: tuple[SupportingDocument, ...] = ()  #: BG-24
    lines: tuple[Line, ...] = ()  #: BG-25
