"""Identifiers that cannot be right: SIREN, SIRET, VAT numbers, IBAN."""

from collections.abc import Iterator
from dataclasses import replace

from reglo.core.document import Invoice, Party
from reglo.core.findings import Finding, Severity, Text
from reglo.core.mentions import Situation
from reglo.core.parties import IdentifierKind, VatRegime, compact, fault_of, siren_of
from reglo.core.rule import Rule

_SIREN = Rule(
    identifier="FR-LAW-SIREN",
    statement=Text(
        fr="Le numéro SIREN est exact : 9 chiffres, dont le dernier contrôle les autres.",
        en="The SIREN is right: 9 digits, the last of which checks the others.",
    ),
    fix=Text(fr="Reprenez-le sur l'extrait Kbis ou l'avis Insee.", en="Copy it from the Kbis extract."),
    source="C. com. R123-237 1°, R123-221",
    term="BT-30",
    example=Text(
        fr="732 829 320 est possible ; 732 829 321 ne l'est pas, sa clé serait 0.",
        en="732 829 320 is possible; 732 829 321 is not, its check digit would be 0.",
    ),
)
_SIRET = Rule(
    identifier="FR-LAW-SIRET",
    statement=Text(
        fr="Le numéro SIRET est exact : le SIREN puis 5 chiffres, dont le dernier contrôle les autres.",
        en="The SIRET is right: the SIREN, then 5 digits, the last of which checks the others.",
    ),
    fix=Text(fr="Reprenez-le sur l'avis de situation Insee.", en="Copy it from the Insee notice."),
    source="C. com. R123-221",
    term="BT-29",
    example=Text(
        fr="732 829 320 00074 est possible ; 732 829 320 00075 ne l'est pas.",
        en="732 829 320 00074 is possible; 732 829 320 00075 is not.",
    ),
)
_VAT = Rule(
    identifier="FR-LAW-VAT-NUMBER",
    statement=Text(
        fr="Le numéro de TVA est exact : code du pays, puis un numéro dont la clé est juste.",
        en="The VAT number is right: country code, then a number whose key holds.",
    ),
    fix=Text(fr="Vérifiez-le sur VIES.", en="Check it with VIES."),
    source="CGI ann. II art. 242 nonies A I 2°, 3°",
    term="BT-31",
    example=Text(
        fr="FR44 732829320 : la clé 44 est (12 + 3 × (732829320 mod 97)) mod 97 ; FR45 732829320 est faux.",
        en="FR44 732829320: the key 44 is (12 + 3 × (732829320 mod 97)) mod 97; FR45 732829320 is wrong.",
    ),
)
_VAT_OF_SIREN = Rule(
    identifier="FR-LAW-VAT-OF-SIREN",
    statement=Text(
        fr="Le numéro de TVA français d'une partie est celui de son SIREN.",
        en="The French VAT number of a party is that of its SIREN.",
    ),
    fix=Text(
        fr="Corrigez l'un des deux ; un membre d'un assujetti unique indique celui-ci comme représentant fiscal.",
        en="Correct one of them; a member of a VAT group names the group as tax representative.",
    ),
    source="CGI ann. II art. 242 nonies A I 2°",
    severity=Severity.WARNING,
    term="BT-31",
    example=Text(
        fr="SIREN 732829320 et FR44732829320 : juste. SIREN 732829320 et FR40303265045 : deux entreprises.",
        en="SIREN 732829320 and FR44732829320: right. SIREN 732829320 and FR40303265045: two companies.",
    ),
)
_IBAN = Rule(
    identifier="FR-LAW-IBAN",
    statement=Text(
        fr="L'IBAN est exact : ses deux chiffres de contrôle sont justes.",
        en="The IBAN is right: its two control digits hold.",
    ),
    fix=Text(fr="Recopiez-le depuis le RIB.", en="Copy it from the bank's document."),
    source="ISO 13616",
    severity=Severity.WARNING,
    term="BT-84",
    example=Text(
        fr="FR76 3000 6000 0112 3456 7890 189 est possible ; FR76 3000 6000 0112 3456 7890 198 ne l'est pas.",
        en="FR76 3000 6000 0112 3456 7890 189 is possible; FR76 3000 6000 0112 3456 7890 198 is not.",
    ),
)

IDENTIFIER_RULES = (_SIREN, _SIRET, _VAT, _VAT_OF_SIREN, _IBAN)

#: Terms of the numbers by the party that bears them: legal registration, identifiers, VAT number.
_TERMS = {"seller": ("BT-30", "BT-29", "BT-31"), "buyer": ("BT-47", "BT-46", "BT-48")}


def check_identifiers(invoice: Invoice, situation: Situation) -> Iterator[Finding]:
    """A finding for each number that cannot be right."""
    for role, party in (("seller", invoice.seller), ("buyer", invoice.buyer)):
        if party is not None:
            yield from _numbers_of(role, party)
            yield from _vat_number_of(role, party, is_demanded=_is_demanded(role, invoice, situation))
    yield from _ibans(invoice)


def _numbers_of(role: str, party: Party) -> Iterator[Finding]:
    """SIREN and SIRET, wherever they stand."""
    kinds = {"0002": (_SIREN, IdentifierKind.SIREN), "0009": (_SIRET, IdentifierKind.SIRET)}
    legal_term, identifier_term, _ = _TERMS[role]
    registration = party.legal_registration
    if registration is not None and registration.scheme in kinds and registration.value.strip():
        rule, kind = kinds[registration.scheme]
        yield from _judged(rule, kind, registration.value, f"{role}.legal_registration", legal_term)
    for place, each in enumerate(party.identifiers):
        if each.scheme in kinds and each.value.strip():
            rule, kind = kinds[each.scheme]
            yield from _judged(rule, kind, each.value, f"{role}.identifiers[{place}]", identifier_term)


def _is_demanded(role: str, invoice: Invoice, situation: Situation) -> bool:
    """Whether the law wants this VAT number: the seller's if it charges tax, the buyer's if that owes the tax."""
    if role == "seller":
        return situation.vat_regime is not VatRegime.FRANCHISE
    return any(entry.category in ("AE", "K") for entry in invoice.vat_breakdown)


def _vat_number_of(role: str, party: Party, *, is_demanded: bool) -> Iterator[Finding]:
    number = party.vat_identifier
    if not number or not number.strip():
        return
    term = _TERMS[role][2]
    where = f"{role}.vat_identifier"
    severity = Severity.FATAL if is_demanded else Severity.WARNING
    faults = list(_judged(_VAT, IdentifierKind.VAT, number, where, term))
    yield from (replace(each, severity=severity) for each in faults)
    siren = _good_siren(party)
    if not faults and siren and compact(number).startswith("FR") and siren_of(compact(number)) != siren:
        detail = Text(fr=f"{number} n'est pas celui de {siren}.", en=f"{number} is not that of {siren}.")
        yield replace(_VAT_OF_SIREN.finding(where, detail), term=term)


def _good_siren(party: Party) -> str | None:
    """The SIREN of a party, if it can be right: a wrong one is told already."""
    registration = party.legal_registration
    if registration is None or registration.scheme != "0002":
        return None
    return None if fault_of(IdentifierKind.SIREN, registration.value) else siren_of(registration.value)


def _ibans(invoice: Invoice) -> Iterator[Finding]:
    for place, means in enumerate(invoice.payment.means if invoice.payment else ()):
        account = means.account
        if account is not None and account.identifier and _is_meant_as_iban(account.identifier, means.code):
            where = f"payment.means[{place}].account.identifier"
            yield from _judged(_IBAN, IdentifierKind.IBAN, account.identifier, where, "BT-84")


def _is_meant_as_iban(number: str, code: str | None) -> bool:
    """A SEPA transfer wants an IBAN; otherwise what begins like one (two letters, two digits) is one."""
    begins_like_one = number[:2].isalpha() and number[2:4].isdigit()
    return code == "58" or begins_like_one


def _judged(rule: Rule, kind: IdentifierKind, value: str, where: str, term: str) -> Iterator[Finding]:
    fault = fault_of(kind, value)
    if fault is None:
        return
    detail = Text(fr=f"« {value} » : {fault.reason.fr}.", en=f"“{value}”: {fault.reason.en}.")
    yield replace(rule.finding(where, detail), term=term, fix=fault.mend)
