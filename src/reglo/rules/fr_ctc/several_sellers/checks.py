"""The rules on invoices of several sellers (S8, B8, M8), or of two who bill each other (S9, B9, M9).

Each sub-invoice is a group of lines under one line of kind GROUP, which carries its seller, its totals, its number
(BT-128 of scheme AFL) and its billing framework (scheme AVV). Also BR-FR-CO-05, which looks at lines as well.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from reglo.core.findings import Text
from reglo.core.rule import Rule
from reglo.formats.reading import Syntax
from reglo.rules.fr_ctc.facts import Facts
from reglo.rules.fr_ctc.several_sellers.lines import LineFacts
from reglo.rules.fr_ctc.several_sellers.rules import CII_GROUP_RULES, CREDIT_REFERENCES, UBL_GROUP_RULES
from reglo.rules.fr_ctc.shapes import SELF_BILLED_TYPES, number_of

SEVERAL_SELLERS = frozenset({"S8", "B8", "M8"})
TWO_SELLERS = frozenset({"S9", "B9", "M9"})

_CREDIT_TYPES = frozenset({"261", "381", "396", "502", "503"})
_CORRECTIVE_OF_SEVERAL = frozenset({"384", "472", "381", "396", "503"})
_CORRECTIVE_OF_TWO = frozenset({"261", "471", "473", "502"})
_CENT = Decimal("0.01")

GroupBreach = tuple[Rule, "etree._Element | str", Text | None]


def framework_of(facts: Facts) -> str:
    """The billing framework, as these rules compare it: without spaces around it."""
    return (facts.framework or "").strip()


def credit_refers_to_invoices(facts: Facts, lines: Callable[[], list[LineFacts]]) -> Iterator[GroupBreach]:
    """BR-FR-CO-05. The UBL sheet knows credit notes only as such.

    `lines` is called only where the header does not suffice.
    """
    if facts.type_code not in _CREDIT_TYPES or facts.syntax is Syntax.UBL_INVOICE or facts.dated_references:
        return
    if not all(line.refers_with_date for line in lines() if line.kind in (None, "DETAIL")):
        yield CREDIT_REFERENCES, "preceding_invoices", None


@dataclass(frozen=True, slots=True)
class _Sellers:
    """A document of several sellers, and the rules of its sheet by the names we give them."""

    facts: Facts
    lines: list[LineFacts]
    tops: list[LineFacts]
    by_identifier: dict[str, LineFacts]
    vat_by_reason: list[tuple[str, Decimal]]
    of_two: bool  #: two sellers who bill each other

    def children(self, group: LineFacts) -> Iterator[LineFacts]:
        return (line for line in self.lines if line.parent is not None and line.parent == group.identifier.strip())


_Named = tuple[str, LineFacts | None]


def check_groups(
    facts: Facts, lines: list[LineFacts], vat_by_reason: list[tuple[str, Decimal]]
) -> Iterator[GroupBreach]:
    """The breaches in a document whose framework is one of those above.

    vat_by_reason: exemption reason (BT-120) and tax (BT-117) of each VAT breakdown.
    """
    rules = UBL_GROUP_RULES if facts.is_ubl else CII_GROUP_RULES
    sellers = _Sellers(
        facts,
        lines,
        [line for line in lines if line.is_top_group],
        {line.identifier: line for line in reversed(lines)},
        vat_by_reason,
        framework_of(facts) in TWO_SELLERS,
    )
    for judge in _JUDGES:
        for name, line in judge(sellers):
            yield rules[name], "lines" if line is None else line.at, None


def _document(sellers: _Sellers) -> Iterator[_Named]:
    """MV-02, MV-13, BD-02, BD-13."""
    self_billed = (sellers.facts.type_code or "").strip() in SELF_BILLED_TYPES
    if sellers.of_two:
        if len(sellers.tops) != 2:
            yield "BD-02", None
        for name, party in (("BD-02-seller", sellers.facts.seller), ("BD-02-buyer", sellers.facts.buyer)):
            number = (party.legal_number or "").strip()
            if sum(1 for top in sellers.tops if number and top.seller_number == number) != 1:
                yield name, None
        if sellers.facts.type_code is not None and not self_billed:
            yield "BD-13", None
        return
    if not sellers.tops:
        yield "MV-02", None
    if sellers.facts.type_code is not None and (self_billed or not sellers.facts.type_code.strip()):
        yield "MV-13", None


def _kinds(sellers: _Sellers) -> Iterator[_Named]:
    """MV-01. The CII sheet looks only at a kind that is there."""
    for line in sellers.lines:
        missing = line.kind is None and sellers.facts.syntax is not Syntax.CII
        if missing or (line.kind is not None and not line.kind.strip()):
            yield "MV-01", line


def _sub_invoices(sellers: _Sellers) -> Iterator[_Named]:
    """MV-03."""
    for top in sellers.tops:
        if not top.seller_name:
            yield "MV-03-name", top
        if not top.seller_number:
            yield "MV-03-number", top
        if not top.seller_country:
            yield "MV-03-country", top
        if not (top.vat or "").strip():
            yield "MV-03-vat", top
        if sellers.facts.vat_currency is not None and not (top.vat_accounting or "").strip():
            yield "MV-03-vat-accounting", top
        yield from _objects(top, is_cii=sellers.facts.syntax is Syntax.CII)


def _objects(top: LineFacts, *, is_cii: bool) -> Iterator[_Named]:
    """MV-03 on the number and the framework. The CII sheet looks only at those that are there."""
    if "AFL" in top.untyped_objects or not all(top.sub_invoices) or not (top.sub_invoices or is_cii):
        yield "MV-03-AFL", top
    frameworks = top.sub_frameworks
    is_wrong = any(not each.strip() or each in SEVERAL_SELLERS for each in frameworks) or not (frameworks or is_cii)
    if "AVV" in top.untyped_objects or is_wrong:
        yield "MV-03-AVV", top


def _sums(sellers: _Sellers) -> Iterator[_Named]:
    """MV-05: a group is the sum of its lines, to a cent a line."""
    for top in sellers.tops:
        counted = [line for line in sellers.children(top) if line.kind not in (None, "INFORMATION")]
        below = [number_of(net) for line in counted for net in line.nets]
        net, amounts = number_of(top.net), [amount for amount in below if amount is not None]
        if net is None or _differ(net, amounts, cents=len(amounts)):
            yield "MV-05", top


def _differ(amount: Decimal, parts: list[Decimal], *, cents: int) -> bool:
    """Whether an amount is further than that from the sum of its parts.

    In binary numbers, as the sheets add up here: 20.01 and 20.00 are a little more than a cent apart.
    """
    return abs(float(amount) - sum(map(float, parts))) > float(_CENT * cents)


def _inheritance(sellers: _Sellers) -> Iterator[_Named]:
    """MV-06, MV-07: each line has the seller and the sub-invoice of the line above it."""
    for line in sellers.lines:
        above = None if line.parent is None else sellers.by_identifier.get(line.parent)
        inherits = line.parent is not None
        if not line.seller_number or (inherits and line.seller_number != (above.seller_number if above else "")):
            yield "MV-06", line
        if not line.sub_invoice or (inherits and line.sub_invoice != (above.sub_invoice if above else "")):
            yield "MV-07", line


def _reasons(sellers: _Sellers) -> Iterator[_Named]:
    """MV-08: the exemption reason of a line begins with its sub-invoice, between # signs."""
    for line in sellers.lines:
        if line.kind == "DETAIL" and not (
            line.sub_invoice and line.exemption_reason.startswith(f"#{line.sub_invoice}#")
        ):
            yield "MV-08", line


def _vat(sellers: _Sellers) -> Iterator[_Named]:
    """MV-09: the VAT of a group is the sum of the breakdown entries whose reason begins with its number."""
    for top in sellers.tops:
        prefix, vat = f"#{top.sub_invoice}#", number_of(top.vat)
        amounts = [amount for reason, amount in sellers.vat_by_reason if reason.startswith(prefix)]
        if vat is None or _differ(vat, amounts, cents=1):
            yield "MV-09", top


def _gross(sellers: _Sellers) -> Iterator[_Named]:
    """MV-10: the total with VAT of a group, where it is given."""
    for top in sellers.tops:
        if top.gross is None:
            continue
        below = sum(1 for line in sellers.children(top) if line.kind in ("DETAIL", "GROUP"))
        gross, net, vat = number_of(top.gross), number_of(top.net), number_of(top.vat)
        if gross is None or net is None or vat is None or abs(gross - net - vat) > _CENT * below:
            yield "MV-10", top


def _main_seller(sellers: _Sellers) -> Iterator[_Named]:
    """MV-11: of the groups of the main seller, exactly one has the number of the document."""
    seller, number = (sellers.facts.seller.legal_number or "").strip(), sellers.facts.number or ""
    own = [top for top in sellers.tops if seller and top.seller_number == seller]
    with_number = sum(1 for top in own if top.sub_invoice == number)
    for top in own:
        if with_number == 0 or (with_number > 1 and top.sub_invoice == number):
            yield "MV-11", top


def _numbers(sellers: _Sellers) -> Iterator[_Named]:
    """MV-12: the number of a sub-invoice stands nowhere before its group."""
    seen: set[str] = set()
    for line in sellers.lines:
        for number, is_sub_invoice in line.references:
            if line.is_top_group and is_sub_invoice and number in seen:
                yield "MV-12", None
                return
            seen.add(number)


def _previous(sellers: _Sellers) -> Iterator[_Named]:
    """MV-14, BD-14: each sub-invoice of a corrective document says which invoice it corrects."""
    corrective = _CORRECTIVE_OF_TWO if sellers.of_two else _CORRECTIVE_OF_SEVERAL
    if sellers.facts.type_code not in corrective:
        return
    family = "BD-14" if sellers.of_two else "MV-14"
    for top in sellers.tops:
        if not top.previous_number:
            yield f"{family}-number", top
        if not top.previous_date:
            yield f"{family}-date", top


_JUDGES: tuple[Callable[[_Sellers], Iterator[_Named]], ...] = (
    _kinds,
    _document,
    _sub_invoices,
    _sums,
    _inheritance,
    _reasons,
    _vat,
    _gross,
    _main_seller,
    _numbers,
    _previous,
)
