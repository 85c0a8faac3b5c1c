"""When the ten demands of a VAT category are broken, and by which syntax. The categories differ by data alone."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from reglo.core.document import Allowance, Line
from reglo.core.findings import Text
from reglo.formats.reading import Syntax
from reglo.rules.en16931.facts import Entry, Facts, Sums
from reglo.rules.en16931.rounding import ZERO, to_cents
from reglo.rules.en16931.table import CII, DATA, UBL, Check, Group, figure_stated
from reglo.rules.en16931.vat_breakdown import is_off_by_one_or_more, tax_figures
from reglo.rules.en16931.vat_categories import wording
from reglo.rules.en16931.vat_categories.families import FAMILIES, Entries, Family, Parties, Rate

_OfFacts = Callable[[Facts], bool]
_OfEntry = Callable[[Entry], bool]


def _uses(facts: Facts, code: str) -> int:
    """How many lines, allowances and charges bear a category."""
    return facts.lines.numbers.get(code, 0) + _uses_beside_lines(facts, code)


def _uses_beside_lines(facts: Facts, code: str) -> int:
    return facts.allowances.numbers.get(code, 0) + facts.charges.numbers.get(code, 0)


def _presence_checks(family: Family) -> Iterator[Check[Facts]]:
    """01. Strictly, entries stand there if and only if they are used; each syntax lets something else pass."""
    demand, code, once = wording.presence(family), family.code, family.entries is Entries.ONE

    def in_data(facts: Facts) -> bool:
        entries = facts.breakdown.get(code, 0)
        return (entries > 0) != (_uses(facts, code) > 0) or (once and entries > 1)

    def in_ubl(facts: Facts) -> bool:
        """One entry that nothing uses passes."""
        entries = facts.breakdown.get(code, 0)
        return entries != 1 and (entries > 1 or _uses(facts, code) > 0)

    def in_ubl_by_rate(facts: Facts) -> bool:
        """Categories of another tax count too."""
        marked = [each.kind for each in facts.foreign if each.code == code]
        entries = facts.breakdown.get(code, 0) + marked.count("entry")
        return (entries > 0) != (_uses(facts, code) + len(marked) - marked.count("entry") > 0)

    def in_cii_once(facts: Facts) -> bool:
        """Out of scope, an entry that is missing passes."""
        is_missing = facts.breakdown.get(code, 0) == 0
        return in_data(facts) and not (is_missing and family.parties is Parties.NO_VAT_NUMBER)

    def in_cii_by_rate(facts: Facts) -> bool:
        """The sheet counts uses and entries together, and wants two."""
        entries = facts.breakdown.get(code, 0)
        numbers = (facts.lines.numbers.get(code, 0), _uses_beside_lines(facts, code))
        return any(number > 0 and number + entries < 2 for number in numbers)

    def check(breached: _OfFacts, syntaxes: frozenset[Syntax]) -> Check[Facts]:
        return Check(rule=demand, group=Group.DOCUMENT, breached=breached, syntaxes=syntaxes)

    yield check(in_ubl if once else in_ubl_by_rate, UBL)
    yield check(in_cii_once if once else in_cii_by_rate, CII)
    yield check(in_data, DATA)


def _seller_is_taxed(facts: Facts) -> bool:
    return facts.seller.tax_registration is not None or _seller_has_vat(facts)


def _seller_has_vat(facts: Facts) -> bool:
    representative = facts.invoice.tax_representative
    if facts.seller.vat_identifier is not None:
        return True
    return representative is not None and representative.vat_identifier is not None


def _buyer_has_vat(facts: Facts) -> bool:
    return facts.buyer.vat_identifier is not None


def _buyer_is_known(facts: Facts) -> bool:
    return facts.buyer.legal_registration is not None or _buyer_has_vat(facts)


_PARTIES_HOLD: dict[Parties, _OfFacts] = {
    Parties.SELLER_TAXED: _seller_is_taxed,
    Parties.SELLER_AND_BUYER_KNOWN: lambda facts: _seller_is_taxed(facts) and _buyer_is_known(facts),
    Parties.SELLER_VAT: _seller_has_vat,
    Parties.SELLER_AND_BUYER_VAT: lambda facts: _seller_has_vat(facts) and _buyer_has_vat(facts),
    Parties.NO_VAT_NUMBER: lambda facts: not _seller_has_vat(facts) and not _buyer_has_vat(facts),
}

#: Rule number, what bears the category, its sums.
_USES: tuple[tuple[str, str, Callable[[Facts], Sums]], ...] = (
    ("02", "line", lambda facts: facts.lines),
    ("03", "allowance", lambda facts: facts.allowances),
    ("04", "charge", lambda facts: facts.charges),
)


def _party_checks(family: Family) -> Iterator[Check[Facts]]:
    """02 to 04."""
    hold = _PARTIES_HOLD[family.parties]
    for number, used, sums in _USES:
        yield Check(
            rule=wording.parties(family, number, wording.WHERE_USED[used]),
            group=Group.DOCUMENT,
            breached=_broken_where_used(family.code, sums, hold),
        )


def _broken_where_used(code: str, sums: Callable[[Facts], Sums], hold: _OfFacts) -> _OfFacts:
    def breached(facts: Facts) -> bool:
        used = sums(facts)
        # Only of category O do the sheets look no further than the document itself.
        elsewhere = used.mentions.get(code, 0) if code == "O" else 0
        return used.numbers.get(code, 0) > elsewhere and not hold(facts)

    return breached


_RATE_IS_WRONG: dict[Rate, Callable[[Decimal | None], bool]] = {
    Rate.POSITIVE: lambda rate: rate is None or rate <= 0,
    Rate.POSITIVE_BUT_IN_UBL: lambda rate: rate is None or rate <= 0,
    Rate.FROM_ZERO: lambda rate: rate is None or rate < 0,
    Rate.ZERO: lambda rate: rate is None or rate != 0,
    Rate.NONE: lambda rate: rate is not None,
}


def _rate_checks(family: Family) -> Iterator[Check[Any]]:
    """05 to 07."""
    in_ubl = Rate.FROM_ZERO if family.rate is Rate.POSITIVE_BUT_IN_UBL else family.rate
    for syntaxes, rate in ((UBL, in_ubl), (CII | DATA, family.rate)):
        is_wrong = _wrong_rate(family.code, _RATE_IS_WRONG[rate])
        yield Check(rule=_LINE_RATE[family.key], group=Group.LINE, breached=is_wrong, syntaxes=syntaxes)
        yield Check(rule=_ALLOWANCE_RATE[family.key], group=Group.ALLOWANCE, breached=is_wrong, syntaxes=syntaxes)
        yield Check(rule=_CHARGE_RATE[family.key], group=Group.CHARGE, breached=is_wrong, syntaxes=syntaxes)


def _wrong_rate(code: str, is_wrong: Callable[[Decimal | None], bool]) -> Callable[[Line | Allowance], bool]:
    return lambda subject: subject.vat_category == code and is_wrong(subject.vat_rate)


_LINE_RATE = {each.key: wording.rate(each, "05", wording.WHERE_USED["line"], "BT-152") for each in FAMILIES}
_ALLOWANCE_RATE = {each.key: wording.rate(each, "06", wording.WHERE_USED["allowance"], "BT-96") for each in FAMILIES}
_CHARGE_RATE = {each.key: wording.rate(each, "07", wording.WHERE_USED["charge"], "BT-103") for each in FAMILIES}


def _expected(family: Family, subject: Entry) -> Decimal:
    """What BT-116 should be, unrounded."""
    if family.entries is Entries.ONE:
        return subject.facts.taxable(family.code)
    return subject.facts.taxable_at(family.code, subject.entry.rate)


def _differs(family: Family, subject: Entry) -> bool:
    return subject.entry.taxable is None or subject.entry.taxable != to_cents(_expected(family, subject))


def _differs_by_one(family: Family, subject: Entry) -> bool:
    """By a unit of currency or more. The sheet takes the unit off a double, so that 30.97 is near 29.97."""
    if subject.entry.taxable is None:
        return True
    stated = float(subject.entry.taxable)
    return not Decimal(stated - 1) < _expected(family, subject) < Decimal(stated + 1)


def _taxable_checks(family: Family) -> Iterator[Check[Entry]]:
    """08: to the cent, but for a unit of currency that one syntax or the other allows."""
    demand = wording.taxable(family)
    by_rate = family.entries is Entries.ONE_A_RATE

    def exact(subject: Entry) -> bool:
        return _differs(family, subject)

    def exact_in_ubl(subject: Entry) -> bool:
        """Without rounding; and an invoice without lines breaks the rule."""
        return not subject.facts.invoice.lines or subject.entry.taxable != _expected(family, subject)

    def near_in_ubl(subject: Entry) -> bool:
        """An entry without a rate is not judged."""
        if subject.entry.rate is None:
            return False
        facts = subject.facts
        is_used = facts.uses(family.code, subject.entry.rate) if family.code == "S" else bool(facts.invoice.lines)
        return not is_used or _differs_by_one(family, subject)

    def near_in_cii(subject: Entry) -> bool:
        """One unit too much is allowed, one too little is not; the sheet reckons in doubles."""
        if subject.entry.taxable is None:
            return True
        stated, expected = float(subject.entry.taxable), float(to_cents(_expected(family, subject)))
        return not stated - 1 <= expected < stated + 1

    def exact_in_cii(subject: Entry) -> bool:
        return not (by_rate and subject.entry.rate is None) and _differs(family, subject)

    def check(breached: _OfEntry, syntaxes: frozenset[Syntax]) -> Check[Entry]:
        return Check(
            rule=demand,
            group=Group.BREAKDOWN,
            breached=lambda subject: subject.entry.category == family.code and breached(subject),
            detail=lambda subject: _taxable_figures(family, subject),
            syntaxes=syntaxes,
            reads=frozenset({"BT-131", "BT-92", "BT-99"}),
        )

    yield check(near_in_ubl if by_rate else exact_in_ubl, UBL)
    if family.code not in ("L", "M"):  # Factur-X looks for their rate where it never stands, and judges nothing
        yield check(exact_in_cii if family.code in ("S", "O") else near_in_cii, CII)
    yield check(exact, DATA)


def _taxable_figures(family: Family, subject: Entry) -> Text:
    expected = f"{to_cents(_expected(family, subject)):f}"
    stated = figure_stated("BT-116", subject.entry.taxable)
    return Text(fr=f"{stated.fr}, la somme donne {expected}.", en=f"{stated.en}, the sum is {expected}.")


def _tax_checks(family: Family) -> Iterator[Check[Entry]]:
    """09."""
    demand, code = wording.tax(family), family.code
    if family.entries is Entries.ONE:
        yield Check(
            rule=demand,
            group=Group.BREAKDOWN,
            breached=lambda of: of.entry.category == code and (of.entry.tax is None or of.entry.tax != ZERO),
        )
        return
    yield Check(
        rule=demand,
        group=Group.BREAKDOWN,
        breached=lambda of: of.entry.category == code and is_off_by_one_or_more(of.entry),
        detail=tax_figures,
        syntaxes=UBL | DATA | (CII if code == "S" else frozenset()),
        reads=frozenset({"BT-116", "BT-119"}),
    )


def _reason_check(family: Family) -> Check[Entry]:
    """10."""

    def breached(subject: Entry) -> bool:
        entry = subject.entry
        has_reason = entry.exemption_reason is not None or entry.exemption_code is not None
        return entry.category == family.code and has_reason != family.needs_reason

    return Check(rule=wording.reason(family), group=Group.BREAKDOWN, breached=breached)


def _checks(family: Family) -> Iterator[Check[Any]]:
    yield from _presence_checks(family)
    yield from _party_checks(family)
    yield from _rate_checks(family)
    yield from _taxable_checks(family)
    yield from _tax_checks(family)
    yield _reason_check(family)


CHECKS: tuple[Check[Any], ...] = tuple(check for family in FAMILIES for check in _checks(family))
