"""From the cells of a row to facts of a product: units and VAT in words. What cannot be read is a fault."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from reglo.core.findings import Text
from reglo.core.mentions import Nature
from reglo.formats.data.faults import Fault, shown
from reglo.formats.data.wordings import NATURES, UNITS, VAT_SITUATIONS, plain
from reglo.formats.units import unit_name
from reglo.imports.faults import a_fault
from reglo.imports.kinds import Value
from reglo.products.vat import SITUATIONS
from reglo.rules.codes import codes

_ONE = Decimal(1)
_LOWEST_RATE = Decimal("0.5")  #: per cent; a spreadsheet keeps a cell of 20 % as 0.2, and no rate is lower
_NAMES = {"goods": Nature.GOODS, "services": Nature.SERVICES, "mixed": Nature.MIXED}


def facts_in(values: Mapping[str, Value], faults: list[Fault]) -> dict[str, Any]:
    """The facts that a row gives, price and cost apart."""
    facts: dict[str, Any] = {key: str(value) for key, value in values.items() if key not in ("price", "cost")}
    if "unit" in facts:
        facts["unit"] = _unit(facts["unit"])
    if "vat" in facts:
        facts["vat"] = _vat(facts["vat"])
    if "nature" in facts:
        nature = _nature(facts["nature"])
        if nature is None:
            faults.append(_no_nature(facts["nature"]))
        facts["nature"] = nature
    return facts


#: Behind a code that is to be read as such, since people mean another unit by the same letters.
MARK_OF_CODE = " (UN/ECE)"


def _unit(said: str) -> str:
    """The code of a unit that is named; what names none goes through and is judged with the rest."""
    if said.endswith(MARK_OF_CODE):
        return said.removesuffix(MARK_OF_CODE)
    word = plain(said)
    return UNITS.get(word) or _units_by_name().get(word) or said


@cache
def _units_by_name() -> dict[str, str]:
    return {
        plain(unit_name(code, quantity, language)): code
        for code in sorted(codes("units"), reverse=True)
        for quantity in (_ONE, Decimal(2))
        for language in ("fr", "en")
        if unit_name(code, quantity, language) != code
    }


def _vat(said: str) -> str:
    """A rate ("20", "20,0 %", 0.2 of a spreadsheet) or a situation, as it is stored."""
    bare = said.replace("%", "").replace("\u00a0", " ").replace("\u202f", " ").strip().replace(",", ".")
    try:
        rate = Decimal(bare) if len(bare) <= 12 and set(bare) <= set("0123456789.") else None
    except ArithmeticError:
        rate = None
    if rate is not None:
        return f"{rate * 100 if 0 < rate < _LOWEST_RATE and '%' not in said else rate:f}"
    return VAT_SITUATIONS.get(plain(said)) or _situations_by_name().get(plain(said)) or plain(said)


@cache
def _situations_by_name() -> dict[str, str]:
    return {plain(name): code.value for code, text in SITUATIONS.items() for name in (text.fr, text.en)}


def _nature(said: str) -> Nature | None:
    word = plain(said)
    if said in {each.value for each in Nature}:
        return Nature(said)
    return _NAMES.get(NATURES.get(word, word)) or _NAMES.get(f"{word}s")


def _no_nature(said: str) -> Fault:
    return a_fault(
        "nature",
        Text(
            fr=f"« {shown(said)} » n'est ni un bien ni un service.", en=f'"{shown(said)}" is neither goods nor service.'
        ),
        Text(fr="Écrivez bien, service ou mixte.", en="Write goods, service or mixed."),
    )
