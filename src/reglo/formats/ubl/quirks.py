"""Entries of the binding where UBL and the model do not correspond one to one."""

import base64
import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from reglo.core.document import (
    Attachment,
    BankAccount,
    DocumentReference,
    Identifier,
    Note,
    Period,
    SupportingDocument,
)
from reglo.formats.ubl.binding import Code, Leaf, Table, Values, lift
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.values import boolean_of, decimal_of
from reglo.formats.xml import CBC

VAT = "VAT"
SEPA = "SEPA"
INVOICED_OBJECT = "130"  #: UNTDID 1001, as UBL marks BT-18 and BT-128
PROJECT = "50"  #: UNTDID 1001, as a UBL credit note marks BT-11
SUPPORTING = "916"  #: UNTDID 1001, as CII marks BG-24; some write it in UBL too
NOT_AVAILABLE = "NA"  #: stands for a value that the UBL schema demands and the invoice has not (Peppol)

_subject_and_text = re.compile(r"#([^#]{3})#(.*)", re.DOTALL).fullmatch
_iban_like = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z ]{8,}").fullmatch


class SubjectNote(Leaf):
    """A note (BG-1): a subject code, where there is one, stands before the text as «#AAI#»."""

    __slots__ = ("repeatable",)

    def __init__(self, field: str, term: str) -> None:
        super().__init__(field, term)
        self.repeatable = (field,)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        values.setdefault(self.field, []).append(note_of(element.text or ""))
        if element.attrib or len(element):
            context.leftovers(element, self.attributes)


def note_of(text: str) -> Note:
    """The note that a UBL text is."""
    found = _subject_and_text(text)
    return Note(text=text) if found is None else Note(subject=found[1], text=found[2])


class PartyIdentifier(Leaf):
    """BT-29, BT-46, BT-60."""

    __slots__ = ("repeatable",)
    attributes = frozenset({"schemeID"})

    def __init__(self, term: str | None) -> None:
        super().__init__("identifiers", term)
        self.repeatable = ("identifiers",)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        identifier = Identifier(value=element.text or "", scheme=_scheme(element))
        values.setdefault("identifiers", []).append(identifier)
        context.leftovers(element, self.attributes)


class CreditorOrPartyIdentifier(PartyIdentifier):
    """An identifier of a seller or payee; with scheme SEPA, the creditor of a direct debit (BT-90)."""

    __slots__ = ()

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        if (_scheme(element) or "").upper() != SEPA:
            super().read(element, values, context)
        elif values.setdefault("creditor", element.text or "") != (element.text or ""):
            context.repeated(element, "BT-90")


def _scheme(element: etree._Element) -> str | None:
    scheme = element.get("schemeID")
    return None if scheme is None else scheme.strip()


class TaxRegistration:
    """A tax number: BT-31, BT-48, BT-63 where its scheme is VAT, else BT-32."""

    __slots__ = ("table", "vat_term")

    def __init__(self, table: Table, vat_term: str | None) -> None:
        self.table = table
        self.vat_term = vat_term

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        inner = self.table.read_values(element, context)
        is_vat = (inner.get("scheme") or "").upper() == VAT
        field, term = ("vat_identifier", self.vat_term) if is_vat else ("tax_registration", "BT-32")
        if "company" not in inner:
            return
        if field in values:
            context.repeated(element, term)
        else:
            values[field] = inner["company"]


class TaxCategory:
    """The VAT category of a line, an allowance or a breakdown. A category of another tax is no term."""

    __slots__ = ("table", "term")

    def __init__(self, table: Table, term: str) -> None:
        self.table = table
        self.term = term

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        inner = self.table.read_values(element, context)
        if (inner.pop("scheme", None) or "").upper() != VAT:
            context.unread(element)
        elif inner.keys() & values.keys():
            context.repeated(element, self.term)
        else:
            values.update(inner)


class AllowanceOrCharge:
    """An allowance or a charge, as its indicator says (BG-20 and BG-21, BG-27 and BG-28)."""

    __slots__ = ("repeatable", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.repeatable = ("allowances", "charges")

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        is_charge = charge_indicator(element, context)
        if is_charge is None:
            context.unread(element)
            return
        inner = self.table.read_values(element, context)
        del inner["indicator"]
        values.setdefault("charges" if is_charge else "allowances", []).append(self.table.make(**inner))


def charge_indicator(element: etree._Element, context: Context) -> bool | None:
    """Whether a cac:AllowanceCharge is a charge, or None and a problem where it does not say."""
    indicator = element.find(_INDICATOR)
    if indicator is None:
        return None
    value = boolean_of(indicator.text or "")
    if value is None:
        context.report("not-a-boolean", indicator, None)
    return value


_INDICATOR = f"{{{CBC}}}ChargeIndicator"


class PriceDiscount:
    """The discount on a price (BT-147) and the price before it (BT-148). A charge on a price is no term."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        if charge_indicator(element, context) is True:
            context.unread(element)
            return
        if "discount" in values or "gross" in values:
            context.repeated(element, "BT-147")
            return
        self.table.read_into(element, values, context)
        values.pop("indicator", None)


class InvoicePeriod:
    """The period (BG-14), and the code of the date when VAT falls due (BT-8). A code alone makes no period."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        inner = self.table.read_values(element, context)
        only_code = set(inner) == {"tax_point_code"}
        lift(inner, values, {"tax_point_code": "tax_point_code"}, element, context)
        if only_code:
            return
        if "period" in values:
            context.repeated(element, "BG-14")
        else:
            values["period"] = Period(**inner)


class OrderReference:
    """The purchase order (BT-13) and the sales order (BT-14). UBL has no sales order without purchase order."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        self.table.read_into(element, values, context)
        if values.get("purchase_order") == NOT_AVAILABLE and "sales_order" in values:
            del values["purchase_order"]


class LineReference:
    """A line of a despatch or receiving advice, and which advice (EXT)."""

    __slots__ = ("field", "table")

    def __init__(self, field: str, table: Table) -> None:
        self.field = field
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        if self.field in values:
            context.repeated(element, None)
            return
        inner = self.table.read_values(element, context)
        values[self.field] = DocumentReference(**_without_filler(inner, "line", beside="number"))


class OrderLineReference:
    """The line of the order (BT-132), and, where orders differ by line, which order (EXT)."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        self.table.read_into(element, values, context)
        _without_filler(values, "order_line", beside="order")


def _without_filler(values: Values, field: str, *, beside: str) -> Values:
    if values.get(field) == NOT_AVAILABLE and beside in values:
        del values[field]
    return values


class LineBillingReference:
    """Which invoice a line refers to (EXT-FR-FE-136); with the number of this very document, which line it is under.

    EXTENDED-CTC-FR says so that a line is a sub-line: EXT-FR-FE-162 is the line of the reference, EXT-FR-FE-163 its
    status.
    """

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        inner = self.table.read_values(element, context)
        if inner.get("number") is not None and inner.get("number") == context.number:
            place = {"parent": inner.pop("line", None), "kind": inner.pop("kind", None)}
            found = {field: value for field, value in place.items() if value is not None}
            _put_once(found, values, element, context)
        elif "preceding_invoice" in values:
            context.repeated(element, "EXT-FR-FE-136")
        else:
            if inner.pop("kind", None) is not None:
                context.unread(element)
            values["preceding_invoice"] = DocumentReference(**inner)


def _put_once(found: Values, values: Values, element: etree._Element, context: Context) -> None:
    if found.keys() & values.keys():
        context.repeated(element, "EXT-FR-FE-162")
    else:
        values.update(found)


class TypedReference:
    """A document reference that means one thing or another, by its type: an object (BT-18, BT-128), a project, a proof.

    meanings: what to do with it, by type code; None is for a reference without type.
    """

    __slots__ = ("meanings", "repeatable", "table")

    def __init__(self, table: Table, meanings: dict[str | None, "Meaning"], repeatable: tuple[str, ...] = ()) -> None:
        self.table = table
        self.meanings = meanings
        self.repeatable = repeatable

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        kind = element.findtext(_TYPE_CODE)
        meaning = self.meanings.get(None if kind is None else kind.strip(), self.meanings.get("other"))
        if meaning is None:
            context.unread(element)
        else:
            meaning(element, self.table.read_values(element, context), values, context)


_TYPE_CODE = f"{{{CBC}}}DocumentTypeCode"
Meaning = Callable[[etree._Element, Values, Values, Context], None]


def as_invoiced_object(element: etree._Element, inner: Values, values: Values, context: Context) -> None:
    """BT-18, BT-128: an identifier with a scheme, and nothing else."""
    inner.pop("type", None)
    _only_identifier("invoiced_object", inner.pop("identifier", None), inner, element, values, context)


def as_project(element: etree._Element, inner: Values, values: Values, context: Context) -> None:
    """BT-11 of a credit note: an identifier, and nothing else."""
    inner.pop("type", None)
    identifier = inner.pop("identifier", None)
    _only_identifier("project", identifier and identifier.value, inner, element, values, context)


# Any: an Identifier for BT-18, a text for BT-11.
def _only_identifier(
    field: str, value: Any, rest: Values, element: etree._Element, values: Values, context: Context
) -> None:
    if field in values:
        context.repeated(element, "BT-18" if field == "invoiced_object" else "BT-11")
    elif value is not None:
        values[field] = value
    if rest:
        context.unread(element)


def as_supporting_document(element: etree._Element, inner: Values, values: Values, context: Context) -> None:
    """BG-24."""
    identifier: Identifier | None = inner.pop("identifier", None)
    kind = inner.pop("type", None)
    if kind not in (None, SUPPORTING) or (identifier is not None and identifier.scheme is not None):
        context.unread(element)
    document = SupportingDocument(reference=None if identifier is None else identifier.value, **inner)
    values.setdefault("supporting_documents", []).append(document)


class BinaryFile(Leaf):
    """A file inside the document (BT-125), in base 64."""

    __slots__ = ()
    attributes = frozenset({"mimeCode", "filename"})

    def value(self, element: etree._Element, context: Context) -> object:
        text = "".join((element.text or "").split())
        try:
            content = base64.b64decode(text, validate=True)
        except ValueError:  # binascii.Error is one, and so is what a letter outside ASCII raises
            context.report("not-base64", element, self.term)
            return None
        return Attachment(content=content, mime_code=element.get("mimeCode"), filename=element.get("filename"))


class MeansCode(Code):
    """The code of a means of payment (BT-81), and its name (BT-82) in an attribute."""

    __slots__ = ()
    attributes = frozenset({"name"})

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        if self.field not in values:
            values["text"] = element.get("name")
        super().read(element, values, context)


class CardNetwork(Code):
    """What the UBL schema demands of a card and no term says. Kept out, but reported where it tells something."""

    __slots__ = ()

    def value(self, element: etree._Element, context: Context) -> object:
        network = (element.text or "").strip()
        if network not in ("", NOT_AVAILABLE):
            context.unread(element)
        return network


# Any: the fields of an account, checked by the dataclass.
def account_of(**fields: Any) -> BankAccount:
    """An account to pay into. UBL does not say whether BT-84 is an IBAN: its shape does."""
    identifier = fields.get("identifier")
    return BankAccount(**fields, is_iban=identifier is None or _iban_like(identifier.strip()) is not None)


class TaxTotal:
    """Total VAT: BT-110 with its breakdown (BG-23), or, in the currency of accounting, BT-111."""

    __slots__ = ("repeatable", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.repeatable = ("vat_breakdown",)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        field = _total_field(element, context)
        if field is None:
            context.unread(element)
            return
        inner = self.table.read_values(element, context)
        totals = values.setdefault("totals", {})
        if "amount" in inner:
            amount, stands_at = inner["amount"]
            if field in totals:
                context.repeated(stands_at, _TOTAL_TERMS[field])
            else:
                totals[field] = amount
        if field == "vat":
            values.setdefault("vat_breakdown", []).extend(inner.get("breakdown", ()))
        elif "breakdown" in inner:
            context.unread(element)


_TOTAL_TERMS = {"vat": "BT-110", "vat_accounting": "BT-111"}


def _total_field(element: etree._Element, context: Context) -> str | None:
    """Which total a cac:TaxTotal is, by the currency of its amount; None for that of a third currency."""
    amount = element.find(_TAX_AMOUNT)
    currency = None if amount is None else amount.get("currencyID")
    currency = None if currency is None else currency.strip()
    if currency is None or context.currency is None or currency == context.currency:
        only_accounting = currency is not None and currency == context.vat_currency != context.currency
        return "vat_accounting" if only_accounting else "vat"
    return "vat_accounting" if currency == context.vat_currency else None


_TAX_AMOUNT = f"{{{CBC}}}TaxAmount"


class TaxAmount(Leaf):
    """The amount of a cac:TaxTotal, with where it stands: which term it is, its currency says."""

    __slots__ = ()
    attributes = frozenset({"currencyID"})

    def value(self, element: etree._Element, context: Context) -> object:
        amount = decimal_of(element.text or "")
        if amount is None:
            context.report("not-a-number", element, "BT-110")
        return amount, element


class MonetaryTotal:
    """BG-22, but for its VAT, which stands in cac:TaxTotal."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        self.table.read_into(element, values.setdefault("totals", {}), context)
