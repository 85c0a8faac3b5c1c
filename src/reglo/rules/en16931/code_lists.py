"""Codes come from their list: BR-CL.

On CII documents these rules are silent: there the Factur-X sheets have their own identifiers for the same demands,
which `reglo.rules.cii_syntax` follows. BR-CL-03 (the currency of each single amount) is an affair of `ubl_syntax`.
Data of our own may become either syntax, and so takes only the codes that both know.
"""

from collections.abc import Callable
from typing import Any

from lxml import etree

from reglo.core.business_terms import term
from reglo.core.document import Address, Identifier, Line, Note, Party, SupportingDocument
from reglo.core.findings import Text
from reglo.core.rule import Rule, value_read
from reglo.formats.reading import Syntax
from reglo.formats.xml import CAC, CBC
from reglo.rules.codes import CodeList, CommonCodes
from reglo.rules.en16931.facts import Entry, Facts
from reglo.rules.en16931.table import DATA, UBL, Check, Group, Subject, name_of, rule

_Code = Callable[[Subject], str | None]
_Lists = CodeList | tuple[tuple[frozenset[Syntax], CodeList], ...]

#: How UBL writes the SEPA creditor identifier (BT-90): as an identifier of the seller or the payee.
_SEPA = "SEPA"

_OBJECTS_OF_LINES = etree.XPath(
    "*/cac:DocumentReference[normalize-space(cbc:DocumentTypeCode)='130']/cbc:ID/@schemeID",
    namespaces={"cac": CAC, "cbc": CBC},
)
_COUNTRIES = CodeList("countries")
_SCHEMES = CodeList("identifier_schemes")
_VAT_CATEGORIES = CodeList("vat_categories")
_EXEMPTIONS = CodeList("exemption_reasons")
_UNITS = CodeList("units")
_REFERENCE_TYPES = CodeList("reference_types")
_ALLOWANCE_REASONS = CodeList("allowance_reasons")
_CHARGE_REASONS = CodeList("charge_reasons")
_CURRENCIES = ((UBL, CodeList("currencies")), (DATA, CommonCodes("currencies", "currencies_cii")))
_ADDRESS_SCHEMES = ((UBL, CodeList("address_schemes")), (DATA, CommonCodes("address_schemes", "address_schemes_cii")))
_DOCUMENT_TYPES = (
    (frozenset({Syntax.UBL_INVOICE}), CodeList("invoice_types")),
    (frozenset({Syntax.UBL_CREDIT_NOTE}), CodeList("credit_note_types")),
    (DATA, CodeList("invoice_types", "credit_note_types")),
)


def _rule(
    identifier: str, business_term: str, source: Text | str, good: str, bad: str, usual: Text | None = None
) -> Rule:
    """A rule that takes its codes from the list `source`; `usual`: those that most invoices need, with their sense."""
    name = name_of(business_term)
    listed = Text(fr=source, en=source) if isinstance(source, str) else source
    common = Text(fr="", en="") if usual is None else Text(fr=f", par exemple {usual.fr}", en=f", such as {usual.en}")
    return rule(
        identifier,
        business_term,
        statement=Text(
            fr=f"{name.fr} doit être un code de la liste {listed.fr}.",
            en=f"{name.en} must be a code of the list {listed.en}.",
        ),
        fix=Text(
            fr=f"Choisissez un code de la liste {listed.fr}{common.fr}.",
            en=f"Choose a code of the list {listed.en}{common.en}.",
        ),
        example=Text(fr=f"Bon : {good}. Mauvais : {bad}.", en=f"Good: {good}. Bad: {bad}."),
    )


def _checks(
    broken: Rule, group: Group, business_term: str, code: "_Code[Subject]", lists: _Lists
) -> tuple[Check[Subject], ...]:
    """The checks that `code`, found at `business_term`, stands in its list: one a syntax, where the lists differ."""
    known = term(business_term)
    return tuple(
        Check(
            rule=broken,
            group=group,
            breached=_is_not_in(codes, code),
            detail=lambda subject: value_read(code(subject) or ""),
            at=None if known is None else known.path,
            syntaxes=syntaxes,
        )
        for syntaxes, codes in (((UBL | DATA, lists),) if isinstance(lists, CodeList) else lists)
    )


def _is_not_in(codes: CodeList, code: "_Code[Subject]") -> Callable[[Subject], bool]:
    def breached(subject: Subject) -> bool:
        value = code(subject)
        return value is not None and value not in codes

    return breached


def _party_checks(business_term: str, party: Callable[[Facts], Party | None], *also: str) -> tuple[Check[Facts], ...]:
    """BR-CL-10 on the identifiers of a party, which in UBL may also bear a scheme of `also`."""

    def unknown_in(codes: CodeList, *more: str) -> Callable[[Facts], str | None]:
        def first_unknown(facts: Facts) -> str | None:
            found = party(facts)
            schemes = [] if found is None else [each.scheme for each in found.identifiers if each.scheme is not None]
            return next((scheme for scheme in schemes if scheme not in codes and scheme not in more), None)

        return first_unknown

    nothing = CodeList()
    common = CommonCodes("identifier_schemes", "party_schemes_cii")
    return (
        *_checks(_BR_CL_10, Group.DOCUMENT, business_term, unknown_in(_SCHEMES, *also), ((UBL, nothing),)),
        *_checks(_BR_CL_10, Group.DOCUMENT, business_term, unknown_in(common), ((DATA, nothing),)),
    )


def _country(address: Address | None) -> str | None:
    return None if address is None else address.country


def _scheme(identifier: Identifier | None) -> str | None:
    return None if identifier is None else identifier.scheme


def _representative_country(facts: Facts) -> str | None:
    representative = facts.invoice.tax_representative
    return None if representative is None else _country(representative.address)


def _delivery_country(facts: Facts) -> str | None:
    return None if facts.invoice.delivery is None else _country(facts.invoice.delivery.address)


def _delivery_scheme(facts: Facts) -> str | None:
    return None if facts.invoice.delivery is None else _scheme(facts.invoice.delivery.location)


def _payee_scheme(facts: Facts) -> str | None:
    return None if facts.invoice.payee is None else _scheme(facts.invoice.payee.legal_registration)


def _note_subject(note: Note) -> str | None:
    """UBL writes the subject into the note, #PMT#…, and takes what has another length for mere text."""
    return note.subject if note.subject is not None and len(note.subject) == 3 else None


def _exemption_code(subject: Entry) -> str | None:
    code = subject.entry.exemption_code
    return None if code is None else code.upper()


def _line_exemption_code(line: Line) -> str | None:
    return None if line.exemption_code is None else line.exemption_code.upper()


def _base_unit(line: Line) -> str | None:
    return None if line.price is None else line.price.base_unit


def _origin(line: Line) -> str | None:
    return None if line.item is None else line.item.origin_country


def _item_scheme(line: Line) -> str | None:
    return None if line.item is None else _scheme(line.item.standard_identifier)


def _line_reference_scheme(facts: Facts) -> str | None:
    """The scheme of a line's object that is no UNTDID 1153 code; UBL asks only where the reference is of type 130."""
    schemes = {_scheme(line.invoiced_object) for line in facts.invoice.lines} - {None}
    if facts.root is None or all(scheme in _REFERENCE_TYPES for scheme in schemes if scheme is not None):
        return None
    marked = _OBJECTS_OF_LINES(facts.root)
    assert isinstance(marked, list)
    return next((str(scheme) for scheme in marked if str(scheme) not in _REFERENCE_TYPES), None)


def _attachment_type(document: SupportingDocument) -> str | None:
    return None if document.attachment is None else document.attachment.mime_code


_ICD = "ISO/IEC 6523 (ICD)"
_TWO_LETTERS = Text(fr="ISO 3166-1 (deux lettres)", en="ISO 3166-1 (two letters)")
_TAX_POINTS = Text(
    fr="3 (facturation), 35 (livraison), 432 (paiement)", en="3 (invoicing), 35 (delivery), 432 (payment)"
)
_FILE_TYPES = "PDF, PNG, JPEG, CSV, XLSX, ODS"
_USUAL_TYPES = Text(
    fr="380 (facture), 381 (avoir), 386 (acompte), 384 (facture rectificative)",
    en="380 (invoice), 381 (credit note), 386 (deposit), 384 (corrective invoice)",
)
_USUAL_SUBJECTS = Text(
    fr="PMT (indemnité), PMD (pénalités), AAB (escompte)",
    en="PMT (indemnity), PMD (penalties), AAB (discount)",
)
_USUAL_NUMBERS = Text(
    fr="0002 (SIREN), 0009 (SIRET), 0088 (GLN)",
    en="0002 (SIREN), 0009 (SIRET), 0088 (GLN)",
)
_USUAL_MEANS = Text(
    fr="30 (virement), 58 (virement SEPA), 59 (prélèvement SEPA), 48 (carte)",
    en="30 (transfer), 58 (SEPA transfer), 59 (SEPA direct debit), 48 (card)",
)
_USUAL_CATEGORIES = Text(
    fr="S (taxé), E (exonéré), AE (autoliquidation), K (livraison intracommunautaire), G (export), O (hors champ)",
    en="S (taxed), E (exempt), AE (reverse charge), K (supply within the EU), G (export), O (out of scope)",
)
_USUAL_REASONS = Text(
    fr="VATEX-FR-FRANCHISE (franchise en base), VATEX-EU-AE (autoliquidation), VATEX-EU-IC, VATEX-EU-G",
    en="VATEX-FR-FRANCHISE (small business), VATEX-EU-AE (reverse charge), VATEX-EU-IC, VATEX-EU-G",
)
_USUAL_UNITS = Text(
    fr="C62 (unité), HUR (heure), DAY (jour), MON (mois), KGM (kilogramme)",
    en="C62 (unit), HUR (hour), DAY (day), MON (month), KGM (kilogram)",
)
_USUAL_NETWORKS = Text(
    fr="0225 (annuaire français), EM (courriel)",
    en="0225 (French directory), EM (e-mail)",
)
_BR_CL_01 = _rule("BR-CL-01", "BT-3", "UNTDID 1001", "380", "999", _USUAL_TYPES)
_BR_CL_04 = _rule("BR-CL-04", "BT-5", "ISO 4217", "EUR", "EURO")
_BR_CL_05 = _rule("BR-CL-05", "BT-6", "ISO 4217", "EUR", "EURO")
_BR_CL_06 = _rule("BR-CL-06", "BT-8", _TAX_POINTS, "432", "5")
_BR_CL_07 = _rule("BR-CL-07", "BT-18-1", "UNTDID 1153", "AVE", "XYZ")
_BR_CL_08 = _rule("BR-CL-08", "BT-21", "UNTDID 4451", "PMT", "XXY", _USUAL_SUBJECTS)
_BR_CL_10 = _rule("BR-CL-10", "BT-29-1", _ICD, "0009", "SIRET", _USUAL_NUMBERS)
_BR_CL_11 = _rule("BR-CL-11", "BT-30-1", _ICD, "0002", "SIREN", _USUAL_NUMBERS)
_BR_CL_13 = _rule("BR-CL-13", "BT-158-1", "UNTDID 7143", "TST", "CPV")
_BR_CL_14 = _rule("BR-CL-14", "BT-40", _TWO_LETTERS, "FR", "FRA")
_BR_CL_15 = _rule("BR-CL-15", "BT-159", _TWO_LETTERS, "FR", "FRA")
_BR_CL_16 = _rule("BR-CL-16", "BT-81", "UNTDID 4461", "30", "VIR", _USUAL_MEANS)
_BR_CL_17 = _rule("BR-CL-17", "BT-118", "UNTDID 5305", "S", "N", _USUAL_CATEGORIES)
_BR_CL_18 = _rule("BR-CL-18", "BT-151", "UNTDID 5305", "S", "N", _USUAL_CATEGORIES)
_BR_CL_19 = _rule("BR-CL-19", "BT-98", "UNTDID 5189", "95", "R1")
_BR_CL_20 = _rule("BR-CL-20", "BT-105", "UNTDID 7161", "FC", "PORT")
_BR_CL_21 = _rule("BR-CL-21", "BT-157-1", _ICD, "0160", "GTIN")
_BR_CL_22 = _rule("BR-CL-22", "BT-121", "VATEX", "VATEX-FR-FRANCHISE", "293B", _USUAL_REASONS)
_BR_CL_23 = _rule("BR-CL-23", "BT-130", Text(fr="UN/ECE 20 et 21", en="UN/ECE 20 and 21"), "HUR", "heure", _USUAL_UNITS)
_BR_CL_24 = _rule("BR-CL-24", "BT-125-1", _FILE_TYPES, "application/pdf", "application/msword")
_BR_CL_25 = _rule("BR-CL-25", "BT-34-1", "EAS", "0225", "MAIL", _USUAL_NETWORKS)
_BR_CL_26 = _rule("BR-CL-26", "BT-71-1", _ICD, "0088", "GLN", _USUAL_NUMBERS)

_HEADER: tuple[Check[Any], ...] = (
    *_checks(_BR_CL_01, Group.DOCUMENT, "BT-3", lambda facts: facts.invoice.type_code, _DOCUMENT_TYPES),
    *_checks(_BR_CL_04, Group.DOCUMENT, "BT-5", lambda facts: facts.invoice.currency, _CURRENCIES),
    *_checks(_BR_CL_05, Group.DOCUMENT, "BT-6", lambda facts: facts.invoice.vat_currency, _CURRENCIES),
    *_checks(_BR_CL_06, Group.DOCUMENT, "BT-8", lambda facts: facts.invoice.tax_point_code, CodeList("tax_points")),
    *_checks(
        _BR_CL_07, Group.DOCUMENT, "BT-18-1", lambda facts: _scheme(facts.invoice.invoiced_object), _REFERENCE_TYPES
    ),
    *_checks(_BR_CL_08, Group.NOTE, "BT-21", _note_subject, ((UBL, CodeList("note_subjects")),)),
    *_checks(_BR_CL_08, Group.NOTE, "BT-21", lambda note: note.subject, ((DATA, CodeList("note_subjects")),)),
    *_checks(_BR_CL_16, Group.MEANS, "BT-81", lambda means: means.code, CodeList("payment_means")),
    *_checks(_BR_CL_24, Group.SUPPORTING, "BT-125-1", _attachment_type, CodeList("attachment_types")),
)
_PARTIES: tuple[Check[Any], ...] = (
    *_party_checks("BT-29", lambda facts: facts.invoice.seller, _SEPA),
    *_party_checks("BT-46", lambda facts: facts.invoice.buyer),
    *_party_checks("BT-60", lambda facts: facts.invoice.payee, _SEPA),
    *_checks(_BR_CL_11, Group.DOCUMENT, "BT-30-1", lambda facts: _scheme(facts.seller.legal_registration), _SCHEMES),
    *_checks(_BR_CL_11, Group.DOCUMENT, "BT-47-1", lambda facts: _scheme(facts.buyer.legal_registration), _SCHEMES),
    *_checks(_BR_CL_11, Group.DOCUMENT, "BT-61-1", _payee_scheme, _SCHEMES),
    *_checks(_BR_CL_14, Group.DOCUMENT, "BT-40", lambda facts: _country(facts.seller.address), _COUNTRIES),
    *_checks(_BR_CL_14, Group.DOCUMENT, "BT-55", lambda facts: _country(facts.buyer.address), _COUNTRIES),
    *_checks(_BR_CL_14, Group.DOCUMENT, "BT-69", _representative_country, _COUNTRIES),
    *_checks(_BR_CL_14, Group.DOCUMENT, "BT-80", _delivery_country, _COUNTRIES),
    *_checks(
        _BR_CL_25, Group.DOCUMENT, "BT-34-1", lambda facts: _scheme(facts.seller.electronic_address), _ADDRESS_SCHEMES
    ),
    *_checks(
        _BR_CL_25, Group.DOCUMENT, "BT-49-1", lambda facts: _scheme(facts.buyer.electronic_address), _ADDRESS_SCHEMES
    ),
    *_checks(_BR_CL_26, Group.DOCUMENT, "BT-71-1", _delivery_scheme, _SCHEMES),
)
_AMOUNTS: tuple[Check[Any], ...] = (
    *_checks(_BR_CL_17, Group.BREAKDOWN, "BT-118", lambda of: of.entry.category, _VAT_CATEGORIES),
    *_checks(_BR_CL_17, Group.ALLOWANCE, "BT-95", lambda each: each.vat_category, _VAT_CATEGORIES),
    *_checks(_BR_CL_17, Group.CHARGE, "BT-102", lambda each: each.vat_category, _VAT_CATEGORIES),
    *_checks(_BR_CL_22, Group.BREAKDOWN, "BT-121", _exemption_code, _EXEMPTIONS),
    *_checks(_BR_CL_19, Group.ALLOWANCE, "BT-98", lambda each: each.reason_code, _ALLOWANCE_REASONS),
    *_checks(_BR_CL_19, Group.LINE_ALLOWANCE, "BT-140", lambda each: each.reason_code, _ALLOWANCE_REASONS),
    *_checks(_BR_CL_20, Group.CHARGE, "BT-105", lambda each: each.reason_code, _CHARGE_REASONS),
    *_checks(_BR_CL_20, Group.LINE_CHARGE, "BT-145", lambda each: each.reason_code, _CHARGE_REASONS),
)
_LINES: tuple[Check[Any], ...] = (
    *_checks(_BR_CL_23, Group.LINE, "BT-130", lambda line: line.unit, _UNITS),
    *_checks(_BR_CL_23, Group.LINE, "BT-150", _base_unit, _UNITS),
    *_checks(_BR_CL_18, Group.LINE, "BT-151", lambda line: line.vat_category, _VAT_CATEGORIES),
    *_checks(
        _BR_CL_07, Group.LINE, "BT-128-1", lambda line: _scheme(line.invoiced_object), ((DATA, _REFERENCE_TYPES),)
    ),
    *_checks(_BR_CL_07, Group.DOCUMENT, "BT-128-1", _line_reference_scheme, ((UBL, _REFERENCE_TYPES),)),
    *_checks(_BR_CL_22, Group.LINE, "BT-121", _line_exemption_code, _EXEMPTIONS),
    *_checks(_BR_CL_15, Group.LINE, "BT-159", _origin, _COUNTRIES),
    *_checks(_BR_CL_21, Group.LINE, "BT-157-1", _item_scheme, _SCHEMES),
    *_checks(_BR_CL_13, Group.CLASSIFICATION, "BT-158-1", lambda each: each.scheme, CodeList("item_classifications")),
)

CHECKS: tuple[Check[Any], ...] = (*_HEADER, *_PARTIES, *_AMOUNTS, *_LINES)
