"""The demands on structure: how often an element may stand at a place, and what must stand beside it.

Most are rows of `AT_MOST_ONCE`: the element that is looked at, and a path below it that leads to one element at most.
The others are functions. A demand marked "standard" is not made of an EXTENDED-CTC-FR document.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lxml import etree

from reglo.formats.xml import CAC, CBC, UBL_CREDIT_NOTE, UBL_INVOICE, clark, clark_steps
from reglo.rules.codes import CodeList

#: In AT_MOST_ONCE: the document itself, whatever its kind.
ROOT = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMostOnce:
    """Below each element `at`, `path` leads to one element at most."""

    rule: str
    at: str
    path: str
    term: str | None = None
    standard: bool = False  #: not made of an EXTENDED-CTC-FR document


_PARTY_OF_SELLER = "cac:AccountingSupplierParty/cac:Party"
_PARTY_OF_BUYER = "cac:AccountingCustomerParty/cac:Party"
LINE = "line"  #: in AT_MOST_ONCE: each of LINES
LINES = ("cac:InvoiceLine", "cac:CreditNoteLine")


def _once(rule: str, at: str, path: str, term: str | None = None, *, standard: bool = False) -> AtMostOnce:
    return AtMostOnce(rule=rule, at=at, path=path, term=term, standard=standard)


AT_MOST_ONCE = (
    _once("UBL-SR-01", ROOT, "cac:ContractDocumentReference/cbc:ID", "BT-12"),
    _once("UBL-SR-02", ROOT, "cac:ReceiptDocumentReference/cbc:ID", "BT-15"),
    _once("UBL-SR-03", ROOT, "cac:DespatchDocumentReference/cbc:ID", "BT-16"),
    _once("UBL-SR-05", ROOT, "cac:PaymentTerms/cbc:Note", "BT-20"),
    _once("UBL-SR-08", ROOT, "cac:InvoicePeriod", "BG-14"),
    _once("UBL-SR-09", ROOT, f"{_PARTY_OF_SELLER}/cac:PartyLegalEntity/cbc:RegistrationName", "BT-27"),
    _once("UBL-SR-10", ROOT, f"{_PARTY_OF_SELLER}/cac:PartyName/cbc:Name", "BT-28"),
    _once("UBL-SR-11", ROOT, f"{_PARTY_OF_SELLER}/cac:PartyLegalEntity/cbc:CompanyID", "BT-30"),
    _once("UBL-SR-14", ROOT, f"{_PARTY_OF_SELLER}/cac:PartyLegalEntity/cbc:CompanyLegalForm", "BT-33"),
    _once("UBL-SR-15", ROOT, f"{_PARTY_OF_BUYER}/cac:PartyLegalEntity/cbc:RegistrationName", "BT-44"),
    _once("UBL-SR-16", ROOT, f"{_PARTY_OF_BUYER}/cac:PartyIdentification/cbc:ID", "BT-46", standard=True),
    _once("UBL-SR-17", ROOT, f"{_PARTY_OF_BUYER}/cac:PartyLegalEntity/cbc:CompanyID", "BT-47"),
    _once("UBL-SR-24", ROOT, "cac:Delivery", "BG-13"),
    _once("UBL-SR-39", ROOT, "cac:ProjectReference/cbc:ID", "BT-11"),
    _once("UBL-SR-40", ROOT, f"{_PARTY_OF_BUYER}/cac:PartyName/cbc:Name", "BT-45"),
    _once("UBL-SR-45", ROOT, "cac:PaymentMeans/cbc:PaymentDueDate", "BT-9"),
    _once("UBL-SR-49", ROOT, "cac:InvoicePeriod/cbc:DescriptionCode", "BT-8"),
    _once("UBL-SR-54", ROOT, "cac:PaymentMeans/cac:CardAccount", "BG-18"),
    _once("UBL-SR-55", ROOT, "cac:PaymentMeans/cac:PaymentMandate", "BG-19"),
    _once("UBL-SR-56", ROOT, "cac:OriginatorDocumentReference/cbc:ID", "BT-17"),
    _once("UBL-SR-51", "cac:PostalAddress", "cac:AddressLine"),
    _once("UBL-SR-51", "cac:Address", "cac:AddressLine"),
    _once("UBL-SR-33", "cac:AdditionalDocumentReference", "cbc:DocumentDescription", "BT-123"),
    _once("UBL-SR-25", "cac:Delivery", "cac:DeliveryParty/cac:PartyName/cbc:Name", "BT-70"),
    _once("UBL-SR-34", LINE, "cbc:Note", "BT-127", standard=True),
    _once("UBL-SR-35", LINE, "cac:OrderLineReference/cbc:LineID", "BT-132"),
    _once("UBL-SR-36", LINE, "cac:InvoicePeriod", "BG-26"),
    _once("UBL-SR-37", LINE, "cac:Price/cac:AllowanceCharge/cbc:Amount", "BT-147", standard=True),
    _once("UBL-SR-50", LINE, "cac:Item/cbc:Description", "BT-154"),
    _once("UBL-SR-52", LINE, "cac:DocumentReference", "BT-128", standard=True),
    _once("UBL-SR-26", "cac:PaymentMeans", "cbc:PaymentID", "BT-83"),
    _once("UBL-SR-27", "cac:PaymentMeans", "cbc:PaymentMeansCode", "BT-81"),
    _once("UBL-SR-28", "cac:PaymentMeans", "cac:PaymentMandate/cbc:ID", "BT-89"),
    _once("UBL-SR-22", "cac:TaxRepresentativeParty", "cac:PartyName/cbc:Name", "BT-62"),
    _once("UBL-SR-23", "cac:TaxRepresentativeParty", "cac:PartyTaxScheme/cbc:CompanyID", "BT-63"),
    _once("UBL-SR-32", "cac:TaxSubtotal", "cac:TaxCategory/cbc:TaxExemptionReason", "BT-120"),
)

#: What a function looks at, and what it gives: the identifiers of the rules that the element breaks.
Judge = Callable[[etree._Element], Iterator[str]]


def elements_at(element: etree._Element, path: tuple[str, ...]) -> list[etree._Element]:
    """Every element to which `path` leads from `element`."""
    reached = [element]
    for tag in path:
        reached = [child for each in reached for child in each.iterchildren(tag)]
    return reached


def texts_at(element: etree._Element, path: tuple[str, ...]) -> list[str]:
    """The texts of the elements to which `path` leads."""
    return [each.text or "" for each in elements_at(element, path)]


_ID = (f"{{{CBC}}}ID",)
_TYPE_CODE = (f"{{{CBC}}}DocumentTypeCode",)
_SELLER_TAXES = clark_steps(f"{_PARTY_OF_SELLER}/cac:PartyTaxScheme")
_BUYER_TAXES = clark_steps(f"{_PARTY_OF_BUYER}/cac:PartyTaxScheme")
_SCHEME = clark_steps("cac:TaxScheme")
_MEANS_CODES = clark_steps("cac:PaymentMeans/cbc:PaymentMeansCode")
_COMPANY = clark_steps("cbc:CompanyID")
_PARTY_IDENTIFICATION = clark("cac:PartyIdentification")


def _tax_numbers(root: etree._Element, path: tuple[str, ...]) -> tuple[int, int]:
    """How many tax numbers a party has of VAT, and how many of another tax."""
    of_vat, of_others = 0, 0
    for registration in elements_at(root, path):
        numbers = len(elements_at(registration, _COMPANY))
        are_vat = {text.upper() == "VAT" for text in map(_first_id, elements_at(registration, _SCHEME))}
        of_vat += numbers if True in are_vat else 0
        of_others += numbers if False in are_vat else 0
    return of_vat, of_others


def _first_id(element: etree._Element) -> str:
    identifier = next(element.iterchildren(*_ID), None)
    return "" if identifier is None else identifier.text or ""


def _document(root: etree._Element) -> Iterator[str]:
    """UBL-SR-12, -13, -18, -29, -44, -46, -47: counts that depend on a scheme, or of different values."""
    of_vat, of_others = _tax_numbers(root, _SELLER_TAXES)
    if of_vat > 1:
        yield "UBL-SR-12"
    if of_others > 1:
        yield "UBL-SR-13"
    if _tax_numbers(root, _BUYER_TAXES)[0] > 1:
        yield "UBL-SR-18"
    identifiers = [each for one in root.iter(_PARTY_IDENTIFICATION) for each in one.iterchildren(*_ID)]
    if [each.get("schemeID", "").upper() for each in identifiers].count("SEPA") > 1:
        yield "UBL-SR-29"
    if len([each for each in elements_at(root, _MEANS_CODES) if each.get("name") is not None]) > 1:
        yield "UBL-SR-46"
    if len({each.text or "" for each in root.iter(f"{{{CBC}}}PaymentID")}) > 1:
        yield "UBL-SR-44"
    if len({each.text or "" for each in root.iter(f"{{{CBC}}}PaymentMeansCode")}) > 1:
        yield "UBL-SR-47"


def _objects(root: etree._Element) -> Iterator[str]:
    """UBL-SR-04: one object that is invoiced."""
    objects = [each for each in root.iterchildren(*_ADDITIONAL) if "130" in texts_at(each, _TYPE_CODE)]
    if sum(len(texts_at(each, _ID)) for each in objects) > 1:
        yield "UBL-SR-04"


_ADDITIONAL = clark_steps("cac:AdditionalDocumentReference")


def _party(party: etree._Element) -> Iterator[str]:
    """UBL-SR-42, on the party of the seller."""
    parent = party.getparent()
    if parent is None or parent.tag != f"{{{CAC}}}AccountingSupplierParty":
        return
    if len(elements_at(party, _TAX_SCHEMES)) > 2:
        yield "UBL-SR-42"


_TAX_SCHEMES = clark_steps("cac:PartyTaxScheme")


def _additional_reference(reference: etree._Element) -> Iterator[str]:
    """UBL-SR-43, UBL-CR-666 and -673: what only a reference to an object has, and what it has not."""
    kinds = texts_at(reference, _TYPE_CODE)
    has_scheme = any(each.get("schemeID") is not None for each in elements_at(reference, _ID))
    is_project = reference.getroottree().getroot().tag.endswith("}CreditNote") and "50" in kinds
    if "130" not in kinds and not is_project and (has_scheme or kinds):
        yield "UBL-SR-43"
    if "130" in kinds:
        if reference.find(f"{{{CAC}}}Attachment") is not None:
            yield "UBL-CR-666"
        if reference.find(f"{{{CBC}}}DocumentDescription") is not None:
            yield "UBL-CR-673"


def _file(binary: etree._Element) -> Iterator[str]:
    """UBL-DT-06, -07: what a file is, and its name."""
    if binary.get("mimeCode") is None:
        yield "UBL-DT-06"
    if binary.get("filename") is None:
        yield "UBL-DT-07"


def _allowance(allowance: etree._Element) -> Iterator[str]:
    """UBL-SR-30, -31: one reason of an allowance, of a charge."""
    if len(allowance.findall(_REASON)) <= 1:
        return
    indicators = {text.strip() for text in texts_at(allowance, _INDICATOR)}
    if indicators & {"false", "0"}:
        yield "UBL-SR-30"
    elif indicators & {"true", "1"}:
        yield "UBL-SR-31"


_REASON = clark("cbc:AllowanceChargeReason")
_INDICATOR = clark_steps("cbc:ChargeIndicator")


def _tax_registration(registration: etree._Element) -> Iterator[str]:
    """UBL-SR-53: a number and its scheme."""
    schemes = (*_SCHEME, *_ID)
    if not texts_at(registration, schemes) or not texts_at(registration, _COMPANY):
        yield "UBL-SR-53"


def _billing_reference(reference: etree._Element) -> Iterator[str]:
    """UBL-SR-06, -07: one invoice, with its number."""
    if len(elements_at(reference, _INVOICE)) > 1:
        yield "UBL-SR-06"
    if not texts_at(reference, (*_INVOICE, *_ID)):
        yield "UBL-SR-07"


def _billing_reference_of_document(reference: etree._Element) -> Iterator[str]:
    """The same, not asked of lines."""
    parent = reference.getparent()
    if parent is None or parent.tag in _ROOTS:
        yield from _billing_reference(reference)


_INVOICE = clark_steps("cac:InvoiceDocumentReference")
_ROOTS = (f"{{{UBL_INVOICE}}}Invoice", f"{{{UBL_CREDIT_NOTE}}}CreditNote")


def _note(note: etree._Element) -> Iterator[str]:
    """BR-CL-08 where the code stands within the text; at its head it is a subject, of which the model has a rule."""
    parent = note.getparent()
    before, _, after = (note.text or "").partition("#")
    code, end, _ = after.partition("#")
    if parent is not None and parent.tag in _ROOTS and before and end and len(code) == 3 and code not in _SUBJECTS:
        yield "BR-CL-08"


_SUBJECTS = CodeList("note_subjects")


def _line(line: etree._Element) -> Iterator[str]:
    """UBL-SR-48: one VAT category."""
    if _categories(line) != 1:
        yield "UBL-SR-48"


def _line_of_extension(line: etree._Element) -> Iterator[str]:
    """UBL-FREXT-SR-48: one VAT category; none is allowed where the line does not count."""
    categories = _categories(line)
    if categories > 1 or (categories == 0 and _counts(line)):
        yield "UBL-FREXT-SR-48"


def _categories(line: etree._Element) -> int:
    return len(elements_at(line, _CATEGORIES))


_CATEGORIES = clark_steps("cac:Item/cac:ClassifiedTaxCategory")
_REFERENCE = clark_steps("cac:BillingReference")
_STATUS = clark_steps("cac:InvoiceDocumentReference/cbc:DocumentStatusCode")


def _counts(line: etree._Element) -> bool:
    """Whether a line enters the totals: it refers to no document, or to its own as DETAIL."""
    references = elements_at(line, _REFERENCE)
    if not any(texts_at(each, (*_INVOICE, *_ID)) for each in references):
        return True
    number = line.getroottree().getroot().findtext(_ID[0])
    own = (each for each in references if number in texts_at(each, (*_INVOICE, *_ID)))
    return any("DETAIL" in texts_at(each, _STATUS) for each in own)


def _payee(payee: etree._Element) -> Iterator[str]:
    """UBL-SR-19, -21: a payee is named once, otherwise than the seller, and registered once."""
    is_other = _is_not_seller(payee)
    if not is_other or len(texts_at(payee, _NAME)) > 1:
        yield "UBL-SR-19"
    if not is_other or len(texts_at(payee, _LEGAL)) > 1:
        yield "UBL-SR-21"


def _payee_identifiers(payee: etree._Element) -> Iterator[str]:
    """UBL-SR-20: a payee other than the seller has one identifier, that as creditor (SEPA) apart."""
    schemes = [each.get("schemeID", "").upper() for each in elements_at(payee, _IDENTIFICATION)]
    if not _is_not_seller(payee) or len(schemes) - schemes.count("SEPA") > 1:
        yield "UBL-SR-20"


def _is_not_seller(payee: etree._Element) -> bool:
    parent = payee.getparent()
    sellers = [] if parent is None else texts_at(parent, _SELLER_NAME)
    return any(name != seller for name in texts_at(payee, _NAME) for seller in sellers)


_NAME = clark_steps("cac:PartyName/cbc:Name")
_SELLER_NAME = clark_steps(f"{_PARTY_OF_SELLER}/cac:PartyLegalEntity/cbc:RegistrationName")
_IDENTIFICATION = clark_steps("cac:PartyIdentification/cbc:ID")
_LEGAL = clark_steps("cac:PartyLegalEntity/cbc:CompanyID")

_BOTH, _STANDARD, _EXTENSION = (False, True), (False,), (True,)  #: whether of an EXTENDED-CTC-FR document, of another

_JUDGES: tuple[tuple[str, Judge, tuple[bool, ...]], ...] = (
    (ROOT, _document, _BOTH),
    (ROOT, _objects, _STANDARD),
    ("cac:Party", _party, _BOTH),
    ("cac:AdditionalDocumentReference", _additional_reference, _BOTH),
    ("cbc:EmbeddedDocumentBinaryObject", _file, _BOTH),
    ("cac:AllowanceCharge", _allowance, _BOTH),
    ("cac:PartyTaxScheme", _tax_registration, _BOTH),
    ("cac:BillingReference", _billing_reference, _STANDARD),
    ("cac:BillingReference", _billing_reference_of_document, _EXTENSION),
    ("cbc:Note", _note, _BOTH),
    (LINE, _line, _STANDARD),
    (LINE, _line_of_extension, _EXTENSION),
    ("cac:PayeeParty", _payee, _BOTH),
    ("cac:PayeeParty", _payee_identifiers, _STANDARD),
)


@cache
def _judges(*, extension: bool) -> Mapping[str, Sequence[Judge]]:
    """The functions that look at an element, by its tag."""
    judges: dict[str, list[Judge]] = {}
    for at, judge, documents in _JUDGES:
        if extension in documents:
            for tag in tags_of(at):
                judges.setdefault(tag, []).append(judge)
    return judges


def tags_of(at: str) -> tuple[str, ...]:
    """The tags of the elements that a demand looks at."""
    if at == ROOT:
        return (ROOT,)
    return tuple(map(clark, LINES if at == LINE else (at,)))


def breaches_of_structure(root: etree._Element, *, extension: bool) -> Iterator[tuple[str, etree._Element]]:
    """Each rule of the functions that an element breaks, with the element."""
    judges = _judges(extension=extension)
    for judge in judges[ROOT]:
        yield from ((rule, root) for rule in judge(root))
    for element in root.iterdescendants(*(tag for tag in judges if tag != ROOT)):
        for judge in judges[element.tag]:
            for rule in judge(element):
                yield rule, element
