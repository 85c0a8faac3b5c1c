"""Hypothesis strategies for whole invoices: good ones, with every optional part there or not.

What they make breaks no rule of EN 16931 and has its totals computed, so that it can be written in every syntax and
shown to the official validators. Identifiers without a scheme come before those with one, as CII has them.

A strategy is made once wherever it can be: Hypothesis examines each new one, which takes longer than to draw from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from hypothesis import strategies as st

from reglo.core.document import (
    Address,
    Allowance,
    Attachment,
    Attribute,
    BankAccount,
    Contact,
    Delivery,
    DocumentReference,
    Identifier,
    Invoice,
    Item,
    Line,
    LineKind,
    Note,
    Party,
    Payment,
    PaymentCard,
    PaymentMeans,
    Period,
    Price,
    SupportingDocument,
    Totals,
)
from reglo.core.totals import with_totals

T = TypeVar("T")
Strategy = st.SearchStrategy

EN16931 = "urn:cen.eu:en16931:2017"
EXTENDED = "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended"

_LETTERS = "abcxyzABCXYZéèçœÆßñŁşαΩЖя中文字日本한글שלוםمرحبا€–’…🧾&<>\"'%/().,;:!?0123456789"
_CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


_once = lru_cache(maxsize=256)


@_once
def maybe(strategy: Strategy[T]) -> Strategy[T | None]:
    """None, or what `strategy` gives."""
    return st.none() | strategy


@_once
def several(strategy: Strategy[T], most: int = 2, least: int = 0) -> Strategy[tuple[T, ...]]:
    """A short tuple."""
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


texts = st.builds(
    lambda first, more, last: first + more + last,
    st.sampled_from("AZéŒ中🧾&<"),
    st.text(_LETTERS + " ", max_size=24),
    st.sampled_from('az.9文>"'),
)
#: Texts of several lines.
long_texts = st.lists(texts, min_size=1, max_size=3).map("\n".join)
codes = st.builds(lambda first, more: first + more, st.sampled_from(_CODE), st.text(_CODE + "-/", max_size=11))
amounts = st.decimals("0.01", "99999.99", places=2)
small_amounts = st.decimals("0.01", "9.99", places=2)
percents = st.decimals("0.01", "99.99", places=2)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
countries = st.sampled_from(["FR", "DE", "BE", "IT", "ES", "LU", "CH", "US"])
units = st.sampled_from(["C62", "HUR", "DAY", "KGM", "LTR", "MTR", "H87"])


@_once
def identifiers(*schemes: str) -> Strategy[Identifier]:
    """An identifier under one of `schemes`, or under none if none is given."""
    scheme = st.sampled_from(schemes) if schemes else st.none()
    return st.builds(Identifier, value=codes, scheme=scheme)


addresses = st.builds(
    Address,
    line_1=maybe(texts),
    line_2=maybe(texts),
    line_3=maybe(texts),
    city=maybe(texts),
    post_code=maybe(codes),
    subdivision=maybe(texts),
    country=countries,
)
contacts = st.builds(Contact, name=texts, phone=st.just("+33 1 23 45 67 89"), email=st.just("a.b@exemple.fr"))
legal_registrations = identifiers("0002", "0088") | identifiers()
schemed_or_plain = identifiers("0088", "0009") | identifiers()
electronic_addresses = identifiers("0225", "0088", "0009", "9957", "EM")
party_identifiers = st.builds(
    lambda plain, schemed: (*plain, *schemed),
    several(identifiers(), most=1),
    several(identifiers("0088", "0009", "0060"), most=2),
)


_ten_digits = st.integers(10**9, 10**10 - 1)
_eleven_digits = st.integers(10**10, 10**11 - 1)


@st.composite
def sellers(draw: st.DrawFn, *, taxed: bool) -> Party:
    """A seller; `taxed` says whether it has a VAT number, which it must, or must not have for category O."""
    return Party(
        name=draw(texts),
        trading_name=draw(maybe(texts)),
        identifiers=draw(party_identifiers),
        legal_registration=draw(legal_registrations),
        vat_identifier=f"FR{draw(_eleven_digits)}" if taxed else None,
        tax_registration=draw(maybe(codes)) if taxed else None,
        legal_information=draw(maybe(long_texts)),
        electronic_address=draw(maybe(electronic_addresses)),
        address=draw(addresses),
        contact=draw(maybe(contacts)),
    )


@st.composite
def buyers(draw: st.DrawFn, *, taxed: bool) -> Party:
    """A buyer: at most one identifier."""
    return Party(
        name=draw(texts),
        trading_name=draw(maybe(texts)),
        identifiers=draw(several(schemed_or_plain, most=1)),
        legal_registration=draw(maybe(legal_registrations)),
        vat_identifier=f"BE{draw(_ten_digits)}" if taxed else None,
        electronic_address=draw(maybe(electronic_addresses)),
        address=draw(addresses),
        contact=draw(maybe(contacts)),
    )


payees = st.builds(
    Party,
    name=texts.map("Bénéficiaire {}".format),
    identifiers=several(schemed_or_plain, most=1),
    legal_registration=maybe(identifiers("0002") | identifiers()),
)
tax_representatives = st.builds(
    Party,
    name=texts,
    vat_identifier=_eleven_digits.map("FR{}".format),
    address=addresses,
)
#: Parties of the French extension.
other_parties = st.builds(
    Party,
    name=texts,
    trading_name=maybe(texts),
    identifiers=several(identifiers("0088", "0009"), most=1),
    legal_registration=maybe(identifiers("0002")),
    electronic_address=maybe(electronic_addresses),
    address=addresses,
    contact=maybe(contacts),
    role_code=maybe(st.sampled_from(["DL", "II"])),
)


@st.composite
def _periods(draw: st.DrawFn) -> Period:
    start = draw(days)
    end = start + timedelta(days=draw(_lengths))
    return (Period(start=start), Period(end=end), Period(start=start, end=end))[draw(_thirds)]


_lengths = st.integers(0, 365)
_thirds = st.integers(0, 2)
#: A period with a start, an end, or both.
periods = _periods()


@dataclass(frozen=True)
class VatTreatment:
    """A VAT category with a rate and, where it needs one, a reason."""

    category: str
    rate: Decimal | None
    reason: str | None = None
    reason_code: str | None = None


_REASONED = {"E": "VATEX-FR-FRANCHISE", "AE": "VATEX-EU-AE", "K": "VATEX-EU-IC", "G": "VATEX-EU-G", "O": "VATEX-EU-O"}


@st.composite
def _treatments(draw: st.DrawFn) -> tuple[VatTreatment, ...]:
    if draw(_sixths) == 0:
        return (draw(_no_vat),)
    return tuple(draw(_mixed))


@_once
def _reasoned(category: str, rate: Decimal | None) -> Strategy[VatTreatment]:
    code = st.just(_REASONED[category])
    both = st.tuples(texts, code) | st.tuples(texts, st.none()) | st.tuples(st.none(), code)
    return both.map(lambda reason: VatTreatment(category, rate, *reason))


_sixths = st.integers(0, 5)
_no_vat = _reasoned("O", None)
_mixed = st.lists(
    st.sampled_from(["20", "10", "5.5", "2.1"]).map(lambda rate: VatTreatment("S", Decimal(rate)))
    | st.just(VatTreatment("Z", Decimal(0)))
    | st.sampled_from([VatTreatment("L", Decimal(7)), VatTreatment("M", Decimal(4)), VatTreatment("M", Decimal(0))])
    | st.sampled_from(["E", "AE", "K", "G"]).flatmap(lambda category: _reasoned(category, Decimal(0))),
    min_size=1,
    max_size=3,
    unique_by=lambda each: (each.category, each.rate),
)
#: The VAT treatments that one invoice uses: O stands alone, the others mix.
treatments = _treatments()


@st.composite
def _allowances(draw: st.DrawFn, codes_of: tuple[str, ...], vat: tuple[VatTreatment, ...]) -> Allowance:
    """An allowance or charge, by percent or by amount; with VAT where it stands at document level."""
    by_percent = draw(st.booleans())
    reason, reason_code = draw(_reasons(codes_of))
    treatment = vat[draw(st.integers(0, len(vat) - 1))] if vat else VatTreatment("", None)
    return Allowance(
        amount=None if by_percent else draw(small_amounts),
        percent=draw(percents) if by_percent else None,
        vat_category=treatment.category or None,
        vat_rate=treatment.rate,
        reason=reason,
        reason_code=reason_code,
    )


@_once
def _reasons(codes_of: tuple[str, ...]) -> Strategy[tuple[str | None, str | None]]:
    code = st.sampled_from(codes_of)
    return st.tuples(texts, maybe(code)) | st.tuples(st.none(), code)


@_once
def discounts(vat: tuple[VatTreatment, ...] = ()) -> Strategy[tuple[Allowance, ...]]:
    """Allowances (UNTDID 5189)."""
    return several(_allowances(("95", "64", "100"), vat))


@_once
def surcharges(vat: tuple[VatTreatment, ...] = ()) -> Strategy[tuple[Allowance, ...]]:
    """Charges (UNTDID 7161)."""
    return several(_allowances(("FC", "ABL", "ADR"), vat))


@st.composite
def _prices(draw: st.DrawFn) -> Price:
    net = draw(amounts)
    discount = draw(maybe(small_amounts))
    base = draw(maybe(_base_quantities))
    return Price(
        net=net,
        discount=discount,
        gross=None if discount is None else net + discount,
        base_quantity=base,
        base_unit=None,
    )


_base_quantities = st.sampled_from([Decimal(1), Decimal(10), Decimal(100)])
#: A net price, perhaps with the gross price and discount that it comes from.
prices = _prices()
attributes = st.builds(Attribute, name=texts, value=texts)
items = st.builds(
    Item,
    name=texts,
    description=maybe(long_texts),
    seller_identifier=maybe(codes),
    buyer_identifier=maybe(codes),
    standard_identifier=maybe(identifiers("0160", "0088")),
    classifications=several(
        st.builds(
            Identifier,
            value=codes,
            scheme=st.sampled_from(["HS", "STI", "TST"]),
            scheme_version=maybe(st.sampled_from(["19.05.01", "2"])),
        )
    ),
    origin_country=maybe(countries),
    attributes=several(attributes),
)


_quantities = st.decimals("-20", "1000", places=3).filter(bool)
_plain_notes = several(st.builds(Note, text=long_texts), most=1)


@st.composite
def lines(draw: st.DrawFn, identifier: str, vat: VatTreatment) -> Line:
    """A line of EN 16931."""
    price, unit = draw(prices), draw(units)
    if price.base_quantity is not None and draw(st.booleans()):
        price = Price(
            net=price.net,
            discount=price.discount,
            gross=price.gross,
            base_quantity=price.base_quantity,
            base_unit=unit,
        )
    return Line(
        identifier=identifier,
        notes=draw(_plain_notes),
        invoiced_object=draw(maybe(identifiers("ABZ", "AFL", "IV"))),
        quantity=draw(_quantities),
        unit=unit,
        order_line=draw(maybe(codes)),
        buyer_accounting_reference=draw(maybe(codes)),
        period=draw(maybe(periods)),
        allowances=draw(discounts()),
        charges=draw(surcharges()),
        price=price,
        vat_category=vat.category,
        vat_rate=vat.rate,
        item=draw(items),
    )


accounts = st.builds(
    BankAccount,
    identifier=st.sampled_from(["FR7630006000011234567890189", "DE89370400440532013000"]),
    name=maybe(texts),
    bic=maybe(st.sampled_from(["AGRIFRPP", "BNPAFRPPXXX"])),
) | st.builds(BankAccount, identifier=st.just("12-3456-78"), is_iban=st.just(False), name=maybe(texts))
cards = st.builds(PaymentCard, number=st.integers(1000, 999999).map(str), holder=maybe(texts))


@st.composite
def _transfers(draw: st.DrawFn) -> Payment:
    """A transfer to one of several accounts, with one text for all (CII-SR-468)."""
    text = draw(maybe(texts))
    return Payment(
        means=tuple(
            PaymentMeans(code="30", text=text, account=account) for account in draw(several(accounts, least=1))
        ),
        remittance_information=draw(maybe(codes)),
    )


card_payments = st.builds(
    Payment, means=st.builds(PaymentMeans, code=st.just("48"), text=maybe(texts), card=cards).map(lambda each: (each,))
)
direct_debits = st.builds(
    Payment,
    means=st.builds(
        PaymentMeans, code=st.just("59"), text=maybe(texts), debited_account=st.just("FR7630006000011234567890189")
    ).map(lambda each: (each,)),
    remittance_information=maybe(codes),
    mandate=codes,
    creditor=codes,
)
payments = _transfers() | card_payments | direct_debits

attachments = st.builds(
    Attachment,
    content=st.binary(min_size=1, max_size=40),
    mime_code=st.sampled_from(["application/pdf", "image/png", "text/csv"]),
    filename=codes.map("{}.bin".format),
)
supporting_documents = st.builds(
    SupportingDocument,
    reference=codes,
    description=maybe(texts),
    url=maybe(st.just("https://exemple.fr/a?b=c&d=e")),
    attachment=maybe(attachments),
)
references = st.builds(DocumentReference, number=codes, issue_date=maybe(days))


_locations = identifiers("0088") | identifiers()
_known_deliveries = st.builds(Delivery, name=maybe(texts), location=maybe(_locations), date=days, address=addresses)
_any_deliveries = st.builds(
    Delivery, name=maybe(texts), location=maybe(_locations), date=maybe(days), address=maybe(addresses)
)


@st.composite
def deliveries(draw: st.DrawFn, *, intra_community: bool) -> Delivery | None:
    """Where and when; both are asked for where goods go to another member state (BR-IC-11, BR-IC-12)."""
    delivery = draw(_known_deliveries if intra_community else _any_deliveries)
    return None if delivery == Delivery() or (not intra_community and draw(st.booleans())) else delivery


_tax_points = st.sampled_from([(None, None), (date(2026, 2, 28), None), (None, "3"), (None, "35"), (None, "432")])
_currencies = st.sampled_from([("EUR", None), ("USD", None), ("USD", "EUR")])
_type_codes = st.sampled_from(["380", "381", "384", "386"])
_processes = st.sampled_from(["B1", "S1", "M1"])
_notes = several(st.builds(Note, text=long_texts, subject=maybe(st.sampled_from(["AAI", "REG", "ABL"]))))


@st.composite
def invoices(draw: st.DrawFn, *, extended: bool = False) -> Invoice:
    """A good invoice of EN 16931; if `extended`, with terms of the French extension too."""
    vat = draw(treatments)
    taxed = vat[0].category != "O"
    tax_point_date, tax_point_code = draw(_tax_points)
    currency, vat_currency = draw(_currencies)
    draft = Invoice(
        number=draw(codes),
        issue_date=draw(days),
        type_code=draw(_type_codes),
        currency=currency,
        vat_currency=vat_currency,
        tax_point_date=tax_point_date,
        tax_point_code=tax_point_code,
        due_date=draw(days),
        buyer_reference=draw(maybe(codes)),
        project=draw(maybe(codes)),
        contract=draw(maybe(codes)),
        purchase_order=draw(maybe(codes)),
        sales_order=draw(maybe(codes)),
        receiving_advice=draw(maybe(codes)),
        despatch_advice=draw(maybe(codes)),
        tender=draw(maybe(codes)),
        invoiced_object=draw(maybe(identifiers("ABZ", "AFL"))),
        buyer_accounting_reference=draw(maybe(codes)),
        payment_terms=draw(maybe(long_texts)),
        notes=draw(_notes),
        business_process=draw(maybe(_processes)),
        specification=EXTENDED if extended else EN16931,
        preceding_invoices=draw(several(references)),
        seller=draw(sellers(taxed=taxed)),
        buyer=draw(buyers(taxed=taxed)),
        payee=draw(maybe(payees)),
        tax_representative=draw(maybe(tax_representatives)) if taxed else None,
        delivery=draw(deliveries(intra_community=any(each.category == "K" for each in vat))),
        period=draw(maybe(periods)),
        payment=draw(maybe(payments)),
        allowances=draw(discounts(vat)),
        charges=draw(surcharges(vat)),
        totals=Totals(
            vat_accounting=draw(amounts) if vat_currency else None,
            paid=draw(maybe(small_amounts)),
            rounding=draw(maybe(small_amounts)),
        ),
        supporting_documents=draw(several(supporting_documents)),
        lines=tuple(draw(lines(str(number), each)) for number, each in enumerate(vat, 1)),
    )
    if extended:
        draft = draw(with_extension(draft))
    return _with_reasons(with_totals(draft), vat)


@st.composite
def with_extension(draw: st.DrawFn, draft: Invoice) -> Invoice:
    """`draft` with terms of the French extension: more parties, references and reasons by line, sub-lines."""
    more = [draw(_with_reason(draw(_with_references(line)))) for line in draft.lines]
    if draw(st.booleans()):
        group = Line(identifier="G", kind=LineKind.GROUP, item=Item(name="Lot"))
        more = [group, *(replace(line, parent="G", kind=LineKind.DETAIL) for line in more)]
    return replace(
        draft,
        lines=tuple(more),
        buyer_agent=draw(maybe(other_parties)),
        payer=draw(maybe(other_parties)),
        seller_agent=draw(maybe(other_parties)),
        invoicer=draw(maybe(other_parties)),
        invoicee=draw(maybe(other_parties)),
        preceding_invoices=tuple(replace(each, type_code=draw(_deposit_code)) for each in draft.preceding_invoices),
    )


_deposit_code = maybe(st.just("386"))
line_references = st.builds(DocumentReference, number=codes, line=maybe(codes), issue_date=maybe(days))
_preceding_lines = st.builds(
    DocumentReference, number=codes, line=maybe(codes), issue_date=maybe(days), type_code=_deposit_code
)
_line_notes = several(st.builds(Note, text=long_texts, subject=maybe(st.sampled_from(["AAI", "REG"]))))
_line_deliveries = st.builds(Delivery, name=texts, location=maybe(_locations), date=maybe(days), address=addresses)


@st.composite
def _with_references(draw: st.DrawFn, line: Line) -> Line:
    return replace(
        line,
        notes=draw(_line_notes),
        order=draw(maybe(references)),
        despatch_advice=draw(maybe(line_references)),
        receiving_advice=draw(maybe(line_references)),
        preceding_invoice=draw(maybe(_preceding_lines)),
        delivery=draw(maybe(_line_deliveries)),
    )


@st.composite
def _with_reason(draw: st.DrawFn, line: Line) -> Line:
    """`line` with the reason why it bears no tax, where it bears none, and with codes on its attributes."""
    item = line.item or Item()
    attributes = tuple(replace(each, code=draw(maybe(codes))) for each in item.attributes)
    line = replace(line, item=replace(item, attributes=attributes))
    if line.vat_category not in _REASONED or not draw(st.booleans()):
        return line
    return replace(line, exemption_reason=draw(maybe(texts)), exemption_code=_REASONED[line.vat_category])


def _with_reasons(invoice: Invoice, vat: Sequence[VatTreatment]) -> Invoice:
    """The exemption reasons in the VAT breakdown."""
    reasons = {each.category: each for each in vat if each.category in _REASONED}
    return replace(
        invoice,
        vat_breakdown=tuple(
            replace(
                entry,
                exemption_reason=reasons[entry.category].reason,
                exemption_code=reasons[entry.category].reason_code,
            )
            if entry.category in reasons
            else entry
            for entry in invoice.vat_breakdown
        ),
    )
