"""Entries of the binding where UBL and the model do not correspond one to one."""

import base64
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from lxml import etree

from reglo.core.document import (
    Attachment,
    Attribute,
    BankAccount,
    DocumentReference,
    Identifier,
    Note,
    Period,
    SupportingDocument,
)
from reglo.formats.ubl.binding import Code, Identified, Leaf, Many, Table, Text, Values, cbc, fields_of, lift, lowered
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.output import Output
from reglo.formats.ubl.values import boolean_of, decimal_of, plain
from reglo.formats.xml import CBC

VAT = "VAT"
OTHER_TAX = "TAX"  #: the scheme of a tax number that is not for VAT (BT-32)
SEPA = "SEPA"
INVOICED_OBJECT = "130"  #: UNTDID 1001, as UBL marks BT-18 and BT-128
PROJECT = "50"  #: UNTDID 1001, as a UBL credit note marks BT-11
SUPPORTING = "916"  #: UNTDID 1001, as CII marks BG-24; some write it in UBL too
NOT_DEFINED = "1"  #: UNTDID 4461: a means of payment that the invoice does not name
DIRECT_DEBITS = ("49", "59")  #: UNTDID 4461
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

    def write(self, name: str, values: Values, out: Output) -> None:
        for note in values.get(self.field, ()):
            out.value(name, text_of(note))


def text_of(note: Note) -> str:
    """The UBL text that carries a note."""
    return (note.text or "") if note.subject is None else f"#{note.subject}#{note.text or ''}"


def note_of(text: str) -> Note:
    """The note that a UBL text is."""
    found = _subject_and_text(text)
    return Note(text=text) if found is None else Note(subject=found[1], text=found[2])


class PartyIdentification:
    """BT-29, BT-46, BT-60; of a seller or payee, with scheme SEPA, the creditor of a direct debit (BT-90)."""

    __slots__ = ("may_be_creditor", "repeatable")

    def __init__(self, *, may_be_creditor: bool) -> None:
        self.may_be_creditor = may_be_creditor
        self.repeatable = ("identifiers",)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        identifier = _IDENTIFICATION.read_values(element, context).get("identifier")
        if identifier is None:
            return
        if not self.may_be_creditor or (identifier.scheme or "").upper() != SEPA:
            values.setdefault("identifiers", []).append(identifier)
        elif values.setdefault("creditor", identifier.value) != identifier.value:
            context.repeated(element, "BT-90")

    def write(self, name: str, values: Values, out: Output) -> None:
        for identifier in values.get("identifiers", ()):
            _IDENTIFICATION.write(name, {"identifier": identifier}, out)
        if "creditor" in values:
            creditor = Identifier(value=values["creditor"], scheme=SEPA)
            _IDENTIFICATION.write(name, {"identifier": creditor}, out)


_IDENTIFICATION = Table(dict, cbc("ID", Identified("identifier")))


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

    def write(self, name: str, values: Values, out: Output) -> None:
        for field, scheme in (("vat_identifier", VAT), ("tax_registration", OTHER_TAX)):
            if field in values:
                self.table.write(name, {"company": values[field], "scheme": scheme}, out)


class TaxCategory:
    """The VAT category of a line, an allowance or a breakdown. A category of another tax is no term."""

    __slots__ = ("fields", "table", "term")

    def __init__(self, table: Table, term: str) -> None:
        self.table = table
        self.term = term
        self.fields = [entry.field for entry in table.entries.values() if isinstance(entry, Leaf)]

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        inner = self.table.read_values(element, context)
        if (inner.pop("scheme", None) or "").upper() != VAT:
            context.unread(element)
        elif inner.keys() & values.keys():
            context.repeated(element, self.term)
        else:
            values.update(inner)

    def write(self, name: str, values: Values, out: Output) -> None:
        found = {field: values[field] for field in self.fields if field in values}
        if found:
            self.table.write(name, {**found, "scheme": VAT}, out)


class AllowanceOrCharge:
    """An allowance or a charge, as its indicator says (BG-20 and BG-21, BG-27 and BG-28)."""

    __slots__ = ("groups", "repeatable", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.groups = self.repeatable = ("allowances", "charges")

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        is_charge = charge_indicator(element, context)
        if is_charge is None:
            context.unread(element)
            return
        inner = self.table.read_values(element, context)
        del inner["indicator"]
        values.setdefault("charges" if is_charge else "allowances", []).append(self.table.make(**inner))

    def write(self, name: str, values: Values, out: Output) -> None:
        for field, indicator in (("allowances", "false"), ("charges", "true")):
            for each in values.get(field, ()):
                self.table.write(name, {**fields_of(each), "indicator": indicator}, out)


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

    def write(self, name: str, values: Values, out: Output) -> None:
        if "discount" in values or "gross" in values:
            self.table.write(name, {"discount": Decimal(0), **values, "indicator": "false"}, out)


class InvoicePeriod:
    """The period (BG-14), and the code of the date when VAT falls due (BT-8). A code alone makes no period."""

    __slots__ = ("groups", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.groups = ("period",)

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

    def write(self, name: str, values: Values, out: Output) -> None:
        code = lowered(values, {"tax_point_code": "tax_point_code"})
        self.table.write(name, fields_of(values.get("period")) | code, out)


class OrderReference:
    """The purchase order (BT-13) and the sales order (BT-14). UBL has no sales order without purchase order."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        self.table.read_into(element, values, context)
        if values.get("purchase_order") == NOT_AVAILABLE and "sales_order" in values:
            del values["purchase_order"]

    def write(self, name: str, values: Values, out: Output) -> None:
        if "sales_order" in values:
            values = {"purchase_order": NOT_AVAILABLE, **values}
        self.table.write(name, values, out)


class LineReference:
    """A line of a despatch or receiving advice, and which advice (EXT)."""

    __slots__ = ("field", "groups", "table")

    def __init__(self, field: str, table: Table) -> None:
        self.field = field
        self.groups = (field,)
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        if self.field in values:
            context.repeated(element, None)
            return
        inner = self.table.read_values(element, context)
        values[self.field] = DocumentReference(**_without_filler(inner, "line", beside="number"))

    def write(self, name: str, values: Values, out: Output) -> None:
        found = fields_of(values.get(self.field))
        if found:
            self.table.write(name, {"line": NOT_AVAILABLE, **found}, out)


class OrderLineReference:
    """The line of the order (BT-132), and, where orders differ by line, which order (EXT)."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        self.table.read_into(element, values, context)
        _without_filler(values, "order_line", beside="order")

    def write(self, name: str, values: Values, out: Output) -> None:
        if "order" in values:
            values = {"order_line": NOT_AVAILABLE, **values}
        self.table.write(name, values, out)


def _without_filler(values: Values, field: str, *, beside: str) -> Values:
    if values.get(field) == NOT_AVAILABLE and beside in values:
        del values[field]
    return values


class LineBillingReference:
    """Which invoice a line refers to (EXT-FR-FE-136); with the number of this very document, which line it is under.

    EXTENDED-CTC-FR says so that a line is a sub-line: EXT-FR-FE-162 is the line of the reference, EXT-FR-FE-163 its
    status.
    """

    __slots__ = ("groups", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.groups = ("preceding_invoice",)

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

    def write(self, name: str, values: Values, out: Output) -> None:
        place = lowered(values, {"line": "parent", "kind": "kind"})
        if place and out.number is not None:
            self.table.write(name, {"number": out.number, **place}, out)
        self.table.write(name, fields_of(values.get("preceding_invoice")), out)


def _put_once(found: Values, values: Values, element: etree._Element, context: Context) -> None:
    if found.keys() & values.keys():
        context.repeated(element, "EXT-FR-FE-162")
    else:
        values.update(found)


class Meaning(Protocol):
    """What a document reference of one type is."""

    def read(self, element: etree._Element, inner: Values, values: Values, context: Context) -> None:
        """Put into `values` what the reference `inner` says."""

    def references(self, values: Values) -> Iterator[Values]:
        """The references that say what is in `values`."""


class TypedReference:
    """A document reference that means one thing or another, by its type: an object (BT-18, BT-128), a project, a proof.

    meanings: by type code; None is for a reference without type, "other" for all others.
    """

    __slots__ = ("groups", "meanings", "repeatable", "table")

    def __init__(self, table: Table, meanings: Mapping[str | None, Meaning], repeatable: tuple[str, ...] = ()) -> None:
        self.table = table
        self.meanings = meanings
        self.groups = self.repeatable = repeatable

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        kind = element.findtext(_TYPE_CODE)
        meaning = self.meanings.get(None if kind is None else kind.strip(), self.meanings.get("other"))
        if meaning is None:
            context.unread(element)
        else:
            meaning.read(element, self.table.read_values(element, context), values, context)

    def write(self, name: str, values: Values, out: Output) -> None:
        for meaning in dict.fromkeys(self.meanings.values()):
            for reference in meaning.references(values):
                self.table.write(name, reference, out)


_TYPE_CODE = f"{{{CBC}}}DocumentTypeCode"


class SingleReference:
    """A reference that is one term: BT-18 and BT-128, an identifier with a scheme; BT-11 of a credit note, a text."""

    __slots__ = ("field", "has_scheme", "term", "type_code")

    def __init__(self, field: str, term: str, type_code: str, *, has_scheme: bool) -> None:
        self.field = field
        self.term = term
        self.type_code = type_code
        self.has_scheme = has_scheme

    def read(self, element: etree._Element, inner: Values, values: Values, context: Context) -> None:
        identifier: Identifier | None = inner.pop("identifier", None)
        inner.pop("type", None)
        if self.field in values:
            context.repeated(element, self.term)
        elif identifier is not None:
            values[self.field] = identifier if self.has_scheme else identifier.value
        if inner or (not self.has_scheme and identifier is not None and identifier.scheme is not None):
            context.unread(element)

    def references(self, values: Values) -> Iterator[Values]:
        value = values.get(self.field)
        if value is not None:
            identifier = value if self.has_scheme else Identifier(value=value)
            yield {"identifier": identifier, "type": self.type_code}


class SupportingReference:
    """A document that supports the claim (BG-24)."""

    __slots__ = ()

    def read(self, element: etree._Element, inner: Values, values: Values, context: Context) -> None:
        identifier: Identifier | None = inner.pop("identifier", None)
        kind = inner.pop("type", None)
        if kind not in (None, SUPPORTING) or (identifier is not None and identifier.scheme is not None):
            context.unread(element)
        document = SupportingDocument(reference=None if identifier is None else identifier.value, **inner)
        values.setdefault("supporting_documents", []).append(document)

    def references(self, values: Values) -> Iterator[Values]:
        for document in values.get("supporting_documents", ()):
            fields = fields_of(document)
            reference = fields.pop("reference", None)
            yield fields if reference is None else {**fields, "identifier": Identifier(value=reference)}


class BinaryFile(Leaf):
    """A file inside the document (BT-125), in base 64."""

    __slots__ = ()
    attributes: ClassVar[list[str]] = ["mimeCode", "filename"]

    def value(self, element: etree._Element, context: Context) -> object:
        text = "".join((element.text or "").split())
        try:
            content = base64.b64decode(text, validate=True)
        except ValueError:  # binascii.Error is one, and so is what a letter outside ASCII raises
            context.report("not-base64", element, self.term)
            return None
        return Attachment(content=content, mime_code=element.get("mimeCode"), filename=element.get("filename"))

    def write_value(self, name: str, value: Attachment, out: Output) -> None:
        content = base64.b64encode(value.content).decode()
        out.value(name, content, {"mimeCode": value.mime_code, "filename": value.filename})


class MeansCode(Code):
    """The code of a means of payment (BT-81), and its name (BT-82) in an attribute."""

    __slots__ = ()
    attributes: ClassVar[list[str]] = ["name"]

    @property
    def fills(self) -> tuple[str, ...]:
        return (self.field, "text")

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        if self.field not in values:
            values["text"] = element.get("name")
        super().read(element, values, context)

    def write(self, name: str, values: Values, out: Output) -> None:
        if self.field in values or "text" in values:
            out.value(name, values.get(self.field, ""), {"name": values.get("text")})


class Means(Many):
    """The means of payment (BG-16), and what UBL says in them: BT-83 in each; BT-9, BT-82 and the mandate in one."""

    __slots__ = ()

    def write(self, name: str, values: Values, out: Output) -> None:
        shared = lowered(values, self.lift)
        mandate = {field: shared.pop(field) for field in ("mandate", "payer") if field in shared}
        due = {field: shared.pop(field) for field in ("due_date",) if field in shared}
        means = [fields_of(each) for each in values.get("means", ())]
        if not means and (shared or mandate or due):
            means = [{"code": NOT_DEFINED}]
        said = {each.get("text") for each in means[:1]}
        for each in means[1:]:
            if each.get("text") in said:
                each.pop("text", None)
        debited = max(means, key=_likeness_to_direct_debit, default=None)
        for index, each in enumerate(means):
            once = (mandate if each is debited else {}) | ({} if index else due)
            self.table.write(name, each | shared | once, out)


def _likeness_to_direct_debit(means: Values) -> int:
    """How much these fields of a means of payment look like those of a direct debit, to which a mandate belongs."""
    return 2 * ("debited_account" in means) + (means.get("code") in DIRECT_DEBITS)


class CardNetwork(Code):
    """What the UBL schema demands of a card and no term says. Kept out, but reported where it tells something."""

    __slots__ = ()

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        super().read(element, values, context)
        if values.pop(self.field) not in ("", NOT_AVAILABLE):
            context.unread(element)

    def write(self, name: str, values: Values, out: Output) -> None:
        if "number" in values:
            out.value(name, NOT_AVAILABLE)


class AttributeName(Text):
    """The name of an attribute of an item (BT-160), which the UBL schema demands beside its code too."""

    __slots__ = ()

    def write(self, name: str, values: Values, out: Output) -> None:
        super().write(name, {self.field: NOT_AVAILABLE, **values} if "code" in values else values, out)


# Any: the fields of an attribute, checked by the dataclass.
def attribute_of(**fields: Any) -> Attribute:
    """An attribute of an item (BG-32)."""
    return Attribute(**_without_filler(fields, "name", beside="code"))


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

    def write(self, name: str, values: Values, out: Output) -> None:
        totals = values.get("totals", {})
        main: Values = {"breakdown": values.get("vat_breakdown", ())}
        if "vat" in totals:
            main["amount"] = (totals["vat"], out.currency)
        self.table.write(name, main, out)
        if "vat_accounting" in totals:
            self.table.write(name, {"amount": (totals["vat_accounting"], out.vat_currency)}, out)


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
    attributes: ClassVar[list[str]] = ["currencyID"]

    def value(self, element: etree._Element, context: Context) -> object:
        amount = decimal_of(element.text or "")
        if amount is None:
            context.report("not-a-number", element, "BT-110")
        return amount, element

    def write_value(self, name: str, value: tuple[Decimal, str | None], out: Output) -> None:
        amount, currency = value
        out.value(name, plain(amount), {"currencyID": currency})


class MonetaryTotal:
    """BG-22, but for its VAT, which stands in cac:TaxTotal."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        self.table.read_into(element, values.setdefault("totals", {}), context)

    def write(self, name: str, values: Values, out: Output) -> None:
        self.table.write(name, values.get("totals", {}), out)
