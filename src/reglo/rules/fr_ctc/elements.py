"""The rules on elements that lack a part, or have one too many: where a text alone cannot tell."""

from collections.abc import Callable, Iterator

from lxml import etree

from reglo.core.findings import Text
from reglo.core.rule import Rule, value_read
from reglo.formats.xml import clark
from reglo.rules.fr_ctc import shapes
from reglo.rules.fr_ctc.facts import PartyFacts
from reglo.rules.fr_ctc.party_rules import RoleRules
from reglo.rules.fr_ctc.texts.places import clark_path
from reglo.rules.fr_ctc.texts.scan import Broken, Judge
from reglo.rules.fr_ctc.wording import rule_of

_ATTRIBUTE_FIX = Text(
    fr="Complétez la caractéristique de l'article, ou retirez-la.", en="Complete the item attribute, or remove it."
)

ATTRIBUTE_HAS_NAME = rule_of(
    "BR-FR-27_BG-32",
    term="BG-32",
    statement=Text(
        fr="Une caractéristique d'article a un nom (BT-160) ou un code (EXT-FR-FE-159).",
        en="An item attribute has a name (BT-160) or a code (EXT-FR-FE-159).",
    ),
    fix=_ATTRIBUTE_FIX,
    example=Text(fr="Bon : Couleur, bleu. Mauvais : bleu, sans nom.", en="Good: Colour, blue. Bad: blue, nameless."),
)
ATTRIBUTE_HAS_VALUE = rule_of(
    "BR-FR-28-Value",
    term="BT-161",
    statement=Text(
        fr="Une caractéristique d'article a soit une valeur (BT-161), soit une mesure avec son unité.",
        en="An item attribute has either a value (BT-161) or a measure with its unit.",
    ),
    fix=_ATTRIBUTE_FIX,
    example=Text(fr="Bon : Couleur, bleu. Mauvais : Couleur seule.", en="Good: Colour, blue. Bad: Colour alone."),
)


def attribute_judge(name: str, code: str) -> Judge:
    """BR-FR-27: judge an element that has children `name` and `code`."""
    tags = (clark(name), clark(code))

    def judge(attribute: etree._Element) -> Iterator[Broken]:
        if all(attribute.find(tag) is None for tag in tags):
            yield ATTRIBUTE_HAS_NAME, None

    return judge


def attribute_value_judge(value: str, measure: str) -> Judge:
    """BR-FR-28: judge an element that has children `value` and `measure`."""
    value_tag, measure_tag = clark(value), clark(measure)

    def judge(attribute: etree._Element) -> Iterator[Broken]:
        measures = attribute.findall(measure_tag)
        has_value = attribute.find(value_tag) is not None
        is_good = not measures if has_value else any(measure.get("unitCode") for measure in measures)
        if not is_good:
            yield ATTRIBUTE_HAS_VALUE, None

    return judge


def missing_judge(child: str, rule: Rule) -> Judge:
    """Judge an element that must have a child at the path `child`: the sheets hold an absent code to be a wrong one."""
    path = clark_path(child)

    def judge(element: etree._Element) -> Iterator[Broken]:
        if element.find(path) is None:
            yield rule, Text(fr="Ce champ manque.", en="This field is missing.")

    return judge


_LINE_KIND = clark_path("ram:AssociatedDocumentLineDocument/ram:LineStatusReasonCode")


def is_tax_of_group(tax: etree._Element) -> bool:
    """Whether the tax of a CII line is that of a group or an information line, which need no category (BR-FR-15)."""
    line = next(tax.iterancestors(clark("ram:IncludedSupplyChainTradeLineItem")))
    return line.findtext(_LINE_KIND) in ("GROUP", "INFORMATION")


def party_judge(rules: RoleRules, facts_of: Callable[[etree._Element], PartyFacts], *, is_ubl: bool) -> Judge:
    """Judge the element of a party."""
    return lambda element: rules.judge(facts_of(element), is_ubl=is_ubl)


class ObjectRules:
    """BR-FR-29 on the document, BR-FR-30 on a line: at most one AFL and one AVV, and neither empty."""

    def __init__(self, family: str, term: str) -> None:
        self.single = rule_of(
            f"{family}_{term}",
            term=term,
            statement=Text(
                fr="Un seul objet facturé au plus a le schéma AFL, et un seul le schéma AVV.",
                en="At most one invoiced object has the scheme AFL, and at most one the scheme AVV.",
            ),
            fix=Text(fr="Gardez un seul identifiant de chaque schéma.", en="Keep one identifier of each scheme."),
            example=Text(fr="Mauvais : deux identifiants AFL.", en="Bad: two identifiers AFL."),
        )
        self.filled = {scheme: _filled(f"{family}_{scheme}", scheme, term) for scheme in ("AFL", "AVV")}

    def rules(self) -> Iterator[Rule]:
        """All three."""
        yield self.single
        yield from self.filled.values()

    def judge_ubl(self, reference: etree._Element) -> Iterator[Broken]:
        """Judge a document reference of UBL."""
        identifiers = reference.findall(clark("cbc:ID"))
        schemes = [each.get("schemeID") for each in identifiers]
        yield from self._judge([(scheme, each.text or "") for scheme, each in zip(schemes, identifiers, strict=True)])

    def judge_cii(self, holder: etree._Element) -> Iterator[Broken]:
        """Judge the element of CII that holds references."""
        yield from self._judge(
            [
                (reference.findtext(clark("ram:ReferenceTypeCode")), reference.findtext(clark("ram:IssuerAssignedID")))
                for reference in holder.findall(clark("ram:AdditionalReferencedDocument"))
            ]
        )

    def _judge(self, objects: list[tuple[str | None, str | None]]) -> Iterator[Broken]:
        schemes = [scheme for scheme, _ in objects]
        if schemes.count("AFL") > 1 or schemes.count("AVV") > 1:
            yield self.single, None
        for scheme, value in objects:
            rule = self.filled.get(scheme or "")
            if rule and value is not None and not shapes.is_filled(value):
                yield rule, value_read(value)


def _filled(identifier: str, scheme: str, term: str) -> Rule:
    return rule_of(
        identifier,
        term=term,
        statement=Text(
            fr=f"Un objet facturé de schéma {scheme} a une valeur.",
            en=f"An invoiced object of scheme {scheme} has a value.",
        ),
        fix=Text(fr="Saisissez la valeur ou retirez l'objet.", en="Enter the value or remove the object."),
        example=Text(fr=f"Mauvais : schéma {scheme}, sans valeur.", en=f"Bad: scheme {scheme}, without a value."),
    )


DOCUMENT_OBJECTS = ObjectRules("BR-FR-29", "BT-18")
LINE_OBJECTS = ObjectRules("BR-FR-30", "BT-128")
