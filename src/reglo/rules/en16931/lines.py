"""What each line says: number, quantity, price, amount, item, and its own allowances and charges."""

from decimal import Decimal
from typing import Any

from reglo.core.document import Attribute, Identifier, Line
from reglo.core.findings import Text
from reglo.rules.en16931.facts import Facts
from reglo.rules.en16931.presence import Empty, need
from reglo.rules.en16931.table import CII, DATA, UBL, Check, Group, name_of, rule


def _category(line: Line) -> str | None:
    return line.vat_category


def _a_line_bears_another_tax(facts: Facts) -> bool:
    return any(each.kind in ("line", "silent line") for each in facts.foreign)


def counted_line_bears_another_tax(facts: Facts) -> bool:
    """The same, for the extended profiles, where not every line counts."""
    return any(each.kind == "line" for each in facts.foreign)


def _item_name(line: Line) -> str | None:
    return None if line.item is None else line.item.name


def _net_price(line: Line) -> Decimal | None:
    return None if line.price is None else line.price.net


def _has_no_price_from_zero(line: Line) -> bool:
    net = _net_price(line)
    return net is None or net < 0


def _has_negative_gross_price(line: Line) -> bool:
    return line.price is not None and line.price.gross is not None and line.price.gross < 0


def _standard_identifier(line: Line) -> Identifier | None:
    return None if line.item is None else line.item.standard_identifier


def _item_scheme(line: Line) -> str | None:
    identifier = _standard_identifier(line)
    return "—" if identifier is None else identifier.scheme


def _has_no_classification_scheme(line: Line) -> bool:
    """CII is content with one classification that names its scheme."""
    classifications = () if line.item is None else line.item.classifications
    return bool(classifications) and not any(each.scheme for each in classifications)


def _has_half_an_attribute(attribute: Attribute) -> bool:
    return attribute.name is None or attribute.value is None


def _not_negative(business_term: str) -> Text:
    name = name_of(business_term)
    return Text(fr=f"{name.fr} ne doit pas être négatif.", en=f"{name.en} must not be negative.")


_USE_THE_QUANTITY = Text(
    fr="Mettez le signe sur la quantité : −1 × 100.00 au lieu de 1 × −100.00.",
    en="Put the sign on the quantity: −1 × 100.00 instead of 1 × −100.00.",
)
_PRICE_EXAMPLE = Text(fr="Bon : 100.00 ou 0. Mauvais : −100.00.", en="Good: 100.00 or 0. Bad: −100.00.")
_BR_27 = rule(
    "BR-27",
    "BT-146",
    statement=_not_negative("BT-146"),
    fix=_USE_THE_QUANTITY,
    example=_PRICE_EXAMPLE,
)
_BR_28 = rule(
    "BR-28",
    "BT-148",
    statement=_not_negative("BT-148"),
    fix=_USE_THE_QUANTITY,
    example=_PRICE_EXAMPLE,
)
_BR_54 = rule(
    "BR-54",
    "BG-32",
    statement=Text(
        fr="Chaque caractéristique d'un article (BG-32) doit avoir un nom (BT-160) et une valeur (BT-161).",
        en="Each attribute of an item (BG-32) must have a name (BT-160) and a value (BT-161).",
    ),
    fix=Text(fr="Complétez la caractéristique, ou retirez-la.", en="Complete the attribute, or remove it."),
    example=Text(
        fr="Bon : Couleur = Noir. Mauvais : Couleur, sans valeur.", en="Good: Colour = Black. Bad: Colour alone."
    ),
)
_BR_65 = rule(
    "BR-65",
    "BT-158-1",
    statement=Text(
        fr="La classification d'un article (BT-158) doit dire de quelle nomenclature elle vient (BT-158-1).",
        en="The classification of an item (BT-158) must say which scheme it comes from (BT-158-1).",
    ),
    fix=Text(fr="Ajoutez le code de la nomenclature.", en="Add the code of the scheme."),
    example=Text(
        fr="Bon : 65434568 dans la nomenclature TST. Mauvais : 65434568 seul.",
        en="Good: 65434568 in scheme TST. Bad: 65434568 alone.",
    ),
)

_BR_CO_04 = need("BR-CO-04", Group.LINE, "BT-151", _category, good="S", empty=Empty.ADMITTED)

CHECKS: tuple[Check[Any], ...] = (
    *need("BR-21", Group.LINE, "BT-126", lambda line: line.identifier, good="1"),
    *need("BR-22", Group.LINE, "BT-129", lambda line: line.quantity, good="2"),
    *need("BR-23", Group.LINE, "BT-130", lambda line: line.unit, good="HUR", empty=Empty.ADMITTED),
    *need("BR-24", Group.LINE, "BT-131", lambda line: line.net_amount, good="200.00"),
    *need("BR-25", Group.LINE, "BT-153", _item_name, good="Conseil"),
    *need("BR-26", Group.LINE, "BT-146", _net_price, good="100.00"),
    Check[Line](rule=_BR_27, group=Group.LINE, breached=_has_no_price_from_zero),
    Check[Line](rule=_BR_28, group=Group.LINE, breached=_has_negative_gross_price),
    *_BR_CO_04,
    Check[Facts](rule=_BR_CO_04[0].rule, group=Group.DOCUMENT, breached=_a_line_bears_another_tax, syntaxes=CII),
    *need(
        "BR-64",
        Group.LINE,
        "BT-157-1",
        _item_scheme,
        good="0160",
        empty=Empty.REFUSED_IN_CII,
        provided=Text(
            fr="dès lors qu'il y a un code article normalisé (BT-157)", en="where there is a standard number (BT-157)"
        ),
    ),
    Check[Identifier](
        rule=_BR_65, group=Group.CLASSIFICATION, breached=lambda each: each.scheme is None, syntaxes=UBL | DATA
    ),
    Check[Line](rule=_BR_65, group=Group.LINE, breached=_has_no_classification_scheme, syntaxes=CII),
    Check[Attribute](rule=_BR_54, group=Group.ATTRIBUTE, breached=_has_half_an_attribute),
)
