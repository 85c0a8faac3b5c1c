"""What was found instead: how many elements, which value."""

from lxml import etree

from reglo.core.findings import Text
from reglo.core.rule import value_read
from reglo.formats.xml import prefixed
from reglo.rules.cii_syntax.demands import count_of
from reglo.rules.cii_syntax.table import Demand


def detail(demand: Demand, element: etree._Element) -> Text | None:
    """The count or the value that does not meet `demand`, where that tells more than the rule does."""
    if demand.kind == "count":
        number = len(list(element.iterchildren(count_of(demand).tag)))
        return Text(fr=f"Trouvé : {number} fois.", en=f"Found: {number} times.")
    if demand.kind == "code":
        of = demand.argument.split(" ")[0]
        return value_read("".join(map(str, element.itertext())) if of == "." else element.get(of[1:]) or "")
    if demand.kind == "matches":
        return value_read(element.text or "")
    if demand.kind == "unused":
        name = prefixed(str(element.tag))
        return Text(fr=f"Élément : {name}.", en=f"Element: {name}.")
    return None
