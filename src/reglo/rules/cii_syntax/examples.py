"""An example for each kind of demand: what meets it, and what does not."""

from reglo.core.findings import Text
from reglo.rules.cii_syntax.table import Demand, codes_of

#: What may stand in an attribute, so that an example shows a value.
_ATTRIBUTES = {
    "currencyID": "EUR",
    "filename": "devis.pdf",
    "format": "102",
    "mimeCode": "application/pdf",
    "schemeID": "0002",
    "unitCode": "HUR",
}
#: Codes that a French invoice is likely to bear: the example takes the first that its list has.
_LIKELY = ("380", "EUR", "S", "FR", "HUR", "0002", "0225", "30", "102", "PMT", "VATEX-FR-FRANCHISE", "application/pdf")
#: Texts that look like codes and are in few lists.
_UNLIKELY = ("XYZ", "999", "?")


def of_kind(demand: Demand, element: str) -> Text:
    """An example for a demand on `element`."""
    if demand.kind == "count":
        return _of_count(demand.argument, element)
    if demand.kind == "code":
        return _of_code(demand.argument.split(" ")[1])
    name = demand.argument
    bare, full = f"<{element}>", f'<{element} {name}="{_ATTRIBUTES.get(name, "…")}">'
    good, bad = (full, bare) if demand.kind == "attribute" else (bare, full)
    return Text(fr=f"Bon : {good}. Mauvais : {bad}.", en=f"Good: {good}. Bad: {bad}.")


def _of_count(argument: str, element: str) -> Text:
    name, comparison, times = argument.split(" ")
    number = int(times)
    if number == 0:
        return Text(fr=f"Mauvais : {name} dans {element}.", en=f"Bad: {name} in {element}.")
    good, bad = _number(number), {"<=": _number(number + 1), ">=": _NONE}.get(comparison, _none_or(number + 1))
    return Text(
        fr=f"Bon : {good.fr} {name} dans {element}. Mauvais : {bad.fr}.",
        en=f"Good: {good.en} {name} in {element}. Bad: {bad.en}.",
    )


_NONE = Text(fr="aucun", en="none")
_NUMBERS = {1: Text(fr="un", en="one"), 2: Text(fr="deux", en="two"), 3: Text(fr="trois", en="three")}


def _number(number: int) -> Text:
    return _NUMBERS.get(number, Text(fr=str(number), en=str(number)))


def _none_or(number: int) -> Text:
    several = _number(number)
    return Text(fr=f"aucun, ou {several.fr}", en=f"none, or {several.en}")


def _of_code(name: str) -> Text:
    codes = codes_of(name)
    good = next((code for code in _LIKELY if code in codes), min(codes))
    bad = next(text for text in _UNLIKELY if text not in codes)
    return Text(fr=f"Bon : {good}. Mauvais : {bad}.", en=f"Good: {good}. Bad: {bad}.")
