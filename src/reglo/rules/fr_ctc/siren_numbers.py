"""BR-FR-32: a number that says to be a SIREN is one, whoever it stands for and wherever."""

from collections.abc import Iterator, Mapping

from lxml import etree

from reglo.core.document import Invoice, Party
from reglo.core.findings import Text
from reglo.core.rule import Rule, value_read
from reglo.formats.reading import Syntax
from reglo.formats.xml import clark
from reglo.rules.fr_ctc import shapes
from reglo.rules.fr_ctc.party_rules import PARTIES
from reglo.rules.fr_ctc.texts.scan import Breach
from reglo.rules.fr_ctc.wording import rule_of

_SIREN, _VAT_GROUP = "0002", "0231"


def _rule(identifier: str, *schemes: str) -> Rule:
    return rule_of(
        identifier,
        term="BT-30",
        statement=Text(
            fr=f"Un numéro de schéma {' ou '.join(schemes)} est un SIREN : neuf chiffres.",
            en=f"A number of scheme {' or '.join(schemes)} is a SIREN: nine digits.",
        ),
        fix=Text(
            fr="Corrigez le numéro ou son schéma (0009 pour un SIRET).",
            en="Correct the number or its scheme (0009 for a SIRET).",
        ),
        example=Text(
            fr="Bon : 732829320. Mauvais : 732 829 320 ; FR44732829320.",
            en="Good: 732829320. Bad: 732 829 320; FR44732829320.",
        ),
    )


LEGAL_NUMBER = _rule("BR-FR-32-LEGALID", _SIREN)
UBL_IDENTIFIER = _rule("BR-FR-32-ID", _SIREN, _VAT_GROUP)
CII_IDENTIFIER = _rule("BR-FR-32-GLOBALID", _SIREN, _VAT_GROUP)

#: Where numbers stand: the element, the child that holds them if there is one, the schemes that are SIRENs, the rule.
_Place = tuple[str, str | None, tuple[str, ...], Rule]
_UBL: tuple[_Place, ...] = (
    (clark("cac:PartyLegalEntity"), clark("cbc:CompanyID"), (_SIREN,), LEGAL_NUMBER),
    (clark("cac:PartyIdentification"), clark("cbc:ID"), (_SIREN, _VAT_GROUP), UBL_IDENTIFIER),
)
_CII: tuple[_Place, ...] = (
    (clark("ram:SpecifiedLegalOrganization"), clark("ram:ID"), (_SIREN,), LEGAL_NUMBER),
    (clark("ram:GlobalID"), None, (_SIREN, _VAT_GROUP), CII_IDENTIFIER),
)
_PLACES: Mapping[Syntax, tuple[_Place, ...]] = {
    Syntax.CII: _CII,
    Syntax.UBL_INVOICE: _UBL,
    Syntax.UBL_CREDIT_NOTE: _UBL,
}


def breaches_in_xml(root: etree._Element, syntax: Syntax) -> Iterator[Breach]:
    """Every number in the document that says to be a SIREN and is none."""
    for tag, child, schemes, rule in _PLACES[syntax]:
        for holder in root.iter(tag):
            for number in (holder,) if child is None else holder.iterfind(child):
                if number.get("schemeID") in schemes and not shapes.is_siren(number.text or ""):
                    yield rule, number, value_read(number.text or "")


def breaches_in_invoice(invoice: Invoice) -> Iterator[tuple[Rule, str, Text]]:
    """The same in the model, each with its place."""
    for path in (*(role.path for role in PARTIES), "tax_representative"):
        party: Party | None = getattr(invoice, path)
        if party is None:
            continue
        legal = party.legal_registration
        if legal and legal.scheme == _SIREN and not shapes.is_siren(legal.value):
            yield LEGAL_NUMBER, f"{path}.legal_registration", value_read(legal.value)
        for position, each in enumerate(party.identifiers):
            if each.scheme in (_SIREN, _VAT_GROUP) and not shapes.is_siren(each.value):
                yield CII_IDENTIFIER, f"{path}.identifiers[{position}]", value_read(each.value)
