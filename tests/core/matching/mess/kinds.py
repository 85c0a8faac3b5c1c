"""The kinds of mess: one function each, which draws what is paid and writes the line."""

import string
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from reglo.core.bank import BankLine
from reglo.core.matching import Allocation, OpenItem, Part
from tests.core.matching.mess.generator import Firm, Generator, Maker
from tests.core.matching.mess.labelled import Labelled
from tests.core.matching.mess.words import SURNAMES

_MONTHS = ["JANVIER", "FEVRIER", "MARS", "AVRIL", "MAI", "JUIN"]
_CENT = Decimal("0.01")


def _oldest_alike(firm: Firm, items: Sequence[OpenItem]) -> list[OpenItem]:
    """What is paid when nothing is named: of each amount, the oldest."""
    left = list(firm.open)
    found = list[OpenItem]()
    for item in items:
        oldest = next(each for each in left if each.amount == item.amount)
        left.remove(oldest)
        found.append(oldest)
    return found


def _paid(items: Sequence[OpenItem]) -> frozenset[Allocation]:
    return frozenset(Allocation(item=item.key, amount=item.amount, part=Part.PAID) for item in items)


def _sum(items: Sequence[OpenItem]) -> Decimal:
    return sum((item.amount for item in items), Decimal(0))


def _whole(kind: str, line: BankLine, items: Sequence[OpenItem]) -> Labelled:
    return Labelled(line=line, kind=kind, allocations=_paid(items))


def _unsaid(kind: str, line: BankLine, items: Sequence[OpenItem], firm: Firm) -> Labelled:
    """Items of which the line says no more than what they come to: told only where no other has the same amount."""
    keys, amounts = {item.key for item in items}, {item.amount for item in items}
    is_told = all(item.key in keys or item.amount not in amounts for item in firm.open)
    return Labelled(line=line, kind=kind, allocations=_paid(items), is_told=is_told)


def _with_difference(kind: str, line: BankLine, item: OpenItem, part: Part) -> Labelled:
    """What is missing of an item lies on a part."""
    told = [(line.amount, Part.PAID), (item.amount - line.amount, part)]
    return Labelled(
        line=line,
        kind=kind,
        allocations=frozenset(Allocation(item=item.key, amount=amount, part=each) for amount, each in told),
    )


def _reference(make: Generator, firm: Firm) -> Labelled | None:
    item = make.one(firm)
    if not item or not item.references:
        return None
    return _whole("reference", make.line(firm, item.amount, "", reference=item.references[0]), [item])


def _reference_in_text(make: Generator, firm: Firm) -> Labelled | None:
    item = make.one(firm)
    if not item or not item.references:
        return None
    said = item.references[0]
    said = make.dice.choice([said, said.lower(), " ".join(said[at : at + 4] for at in range(0, len(said), 4))])
    return _whole("reference in text", make.line(firm, item.amount, f"REF {said}"), [item])


def _number(make: Generator, firm: Firm) -> Labelled | None:
    item = make.one(firm)
    return item and _whole("number", make.line(firm, item.amount, f"{make.words()} {make.number(item)}"), [item])


def _typo(make: Generator, firm: Firm) -> Labelled | None:
    item = make.one(firm)
    if not item:
        return None
    said = make.slip(item.number)
    # A debtor may say which debt it pays, and is taken at its word: C. civ. 1342-10.
    meant = next((each for each in firm.open if each.number == said and each.amount == item.amount), item)
    return _whole("number with a slip", make.line(firm, item.amount, f"{make.words()} {said}"), [meant])


def _several(make: Generator, firm: Firm) -> Labelled | None:
    items = make.some(firm)
    if not items:
        return None
    numbers = [item.number for item in items]
    tails = [number[-5:].lstrip("0") for number in numbers]
    said = make.dice.choice(
        [
            " ".join(numbers), ", ".join(numbers), " ET ".join(numbers), "/".join(numbers), " + ".join(numbers),
            "/".join([numbers[0], *(number[-5:] for number in numbers[1:])]),
            ", ".join([numbers[0], *tails[1:]]),
            " ".join(make.number(item) for item in items),
        ]
    )  # fmt: skip
    return _whole("several numbers", make.line(firm, _sum(items), f"{make.words()} {said}"), items)


def _several_unnamed(make: Generator, firm: Firm) -> Labelled | None:
    items = _oldest_alike(firm, make.some(firm))
    return _unsaid("several, none named", make.line(firm, _sum(items), make.filler()), items, firm) if items else None


def _several_half_named(make: Generator, firm: Firm) -> Labelled | None:
    items = make.some(firm)
    if not items:
        return None
    others = replace(firm, open=[item for item in firm.open if item is not items[0]])
    items = [items[0], *_oldest_alike(others, items[1:])]
    return _unsaid(
        "several, one named", make.line(firm, _sum(items), f"{make.words()} {make.number(items[0])}"), items, firm
    )


def _unnamed(make: Generator, firm: Firm) -> Labelled | None:
    item = make.unnamed(firm)
    return item and _unsaid("no reference", make.line(firm, item.amount, make.filler()), [item], firm)


def _unnamed_new_account(make: Generator, firm: Firm) -> Labelled | None:
    item = make.unnamed(firm)
    if not item:
        return None
    firm = replace(
        firm, iban="FR76" + "".join(make.dice.choices(string.digits, k=20)), payer=make.as_a_bank_writes(firm.name)
    )
    return _unsaid("no reference, new account", make.line(firm, item.amount, make.filler()), [item], firm)


def _balance(make: Generator, firm: Firm) -> Labelled | None:
    if len(firm.open) < 2 or _sum(firm.open) <= 0:
        return None
    return _whole("whole balance", make.line(firm, _sum(firm.open), "SOLDE DE TOUT COMPTE"), firm.open)


def _month(make: Generator, firm: Firm) -> Labelled | None:
    months = {item.issued.month for item in firm.open}
    if not months:
        return None
    month = make.dice.choice(sorted(months))
    items = [item for item in firm.open if item.issued.month == month]
    if len(items) < 2 or _sum(items) <= 0:
        return None
    return _whole("all of a month", make.line(firm, _sum(items), f"FACTURES {_MONTHS[month - 1]} 2026"), items)


def _credit(make: Generator, firm: Firm) -> Labelled | None:
    notes = [item for item in firm.open if item.amount < 0]
    item = make.one(firm)
    if not notes or not item or _sum([item, notes[0]]) <= 0:
        return None
    items = [item, notes[0]]
    said = make.number(item) + (f" AVOIR {notes[0].number}" if make.dice.random() < 0.6 else "")
    return _whole("credit note netted", make.line(firm, _sum(items), f"{make.words()} {said}"), items)


def _discount(make: Generator, firm: Firm) -> Labelled | None:
    items = [item for item in firm.open if item.discounts]
    if not items:
        return None
    item = items[0]
    text = f"{make.words()} {make.number(item)}" if make.dice.random() < 0.7 else "ESCOMPTE 2%"
    line = make.line(firm, item.discounts[0].amount, text)
    return _with_difference("discount taken", line, item, Part.DISCOUNT)


def _fee(make: Generator, firm: Firm) -> Labelled | None:
    item = make.one(firm)
    if not item or firm.iban[:2] not in ("US", "MA") or item.amount < 200:
        return None
    fee = Decimal(make.dice.randrange(500, 2500)) / 100
    told: dict[str, object] = {"charges": fee} if make.dice.random() < 0.5 else {}
    line = make.line(firm, item.amount - fee, f"INV {make.number(item)}", **told)
    if not line.payer_iban:
        line = replace(line, payer_iban=firm.iban)
    return _with_difference("bank fee", line, item, Part.FEE)


def _rounding(make: Generator, firm: Firm) -> Labelled | None:
    item = make.one(firm)
    if not item or item.amount < 20:
        return None
    off = Decimal(make.dice.choice([-5, -2, -1, 1, 2, 3, 4])) / 100
    text = f"{make.words()} {make.number(item)}"
    if make.dice.random() < 0.3:
        item, text = _oldest_alike(firm, [item])[0], make.filler()
    return _with_difference("rounding", make.line(firm, item.amount - off, text), item, Part.ROUNDING)


def _partial(make: Generator, firm: Firm) -> Labelled | None:
    item = make.one(firm)
    if not item or item.amount < 100:
        return None
    amount = (item.amount * make.dice.choice([Decimal("0.3"), Decimal("0.5"), Decimal("0.4")])).quantize(
        _CENT, ROUND_DOWN
    )
    amount = make.dice.choice([amount, Decimal(int(amount / 10) * 10)])
    line = make.line(firm, amount, f"ACOMPTE {make.number(item)}")
    part = Allocation(item=item.key, amount=amount, part=Part.PAID)
    return Labelled(line=line, kind="part payment, named", allocations=frozenset({part}))


def _lump(make: Generator, firm: Firm) -> Labelled | None:
    """A round sum on account: it settles the oldest first, C. civ. 1342-10."""
    invoices = [item for item in firm.open if item.amount > 0]
    amount = Decimal(make.dice.choice([100, 200, 500, 1000, 1500]))
    if _sum(invoices) <= amount:
        return None
    allocations, left = set[Allocation](), amount
    for item in invoices:
        if left:
            allocations.add(Allocation(item=item.key, amount=min(left, item.amount), part=Part.PAID))
            left -= min(left, item.amount)
    line = make.line(firm, amount, make.filler())
    return Labelled(line=line, kind="sum on account", allocations=frozenset(allocations), is_told=False)


def _overpaid(make: Generator, firm: Firm) -> Labelled | None:
    item = make.one(firm)
    if not item:
        return None
    extra = Decimal(make.dice.randrange(100, 20000)) / 100
    line = make.line(firm, item.amount + extra, f"{make.words()} {make.number(item)}")
    return Labelled(line=line, kind="overpaid", allocations=_paid([item]), remaining=extra)


def _holding(make: Generator, firm: Firm) -> Firm:
    """Somebody unknown who pays for the firm; sometimes the word that both share is a common surname."""
    name = make.dice.choice(
        [f"HOLDING {make.coined()}", f"GROUPE {make.dice.choice(SURNAMES)}", f"{make.coined()} INVEST"]
    )
    return replace(firm, payer=name.upper(), iban="FR76" + "".join(make.dice.choices(string.digits, k=20)))


def _holding_named(make: Generator, firm: Firm) -> Labelled | None:
    item = make.one(firm)
    if not item:
        return None
    text = f"{make.words()} {make.number(item)}"
    return _whole("paid by a holding, named", make.line(_holding(make, firm), item.amount, text), [item])


def _holding_unnamed(make: Generator, firm: Firm) -> Labelled | None:
    item = make.unnamed(firm)
    if not item:
        return None
    line = make.line(_holding(make, firm), item.amount, make.filler())
    return Labelled(line=line, kind="paid by a holding, not named", allocations=_paid([item]), is_told=False)


def _subscription(make: Generator, firm: Firm) -> Labelled | None:
    invoices = [item for item in firm.open if item.amount > 0]
    if len(invoices) < 2 or len({item.amount for item in invoices}) > 1:
        return None
    item = invoices[0]
    text = "ABONNEMENT"
    if make.dice.random() < 0.5:
        item = invoices[0] if make.dice.random() < 0.8 else make.dice.choice(invoices)
        month = item.issued.month
        item = next(each for each in invoices if each.issued.month == month)
        text = f"ABONNEMENT {_MONTHS[month - 1]}"
    return _unsaid("subscription, same amounts", make.line(firm, item.amount, text), [item], firm)


def _wrong_reference(make: Generator, firm: Firm) -> Labelled | None:
    """The customer copied the number of somebody else's invoice."""
    other, item = make.dice.choice(make.firms), make.unnamed(firm)
    if not item or other is firm or not other.open:
        return None
    line = make.line(firm, item.amount, f"{make.words()} {make.dice.choice(other.open).number}")
    return _whole("somebody else's number", line, [item])


def _old_number(make: Generator, firm: Firm) -> Labelled | None:
    """The customer pays its next invoice out of a template that still has the number of the last."""
    item = make.unnamed(firm)
    if not item or not firm.paid:
        return None
    line = make.line(firm, item.amount, f"{make.words()} {make.dice.choice(firm.paid).number}")
    return _whole("number of the last invoice", line, [item])


def _twice(make: Generator, firm: Firm) -> Labelled | None:
    if not firm.paid:
        return None
    old = make.dice.choice(firm.paid)
    line = make.line(firm, old.amount, f"{make.words()} {old.number}")
    return Labelled(line=line, kind="paid twice", remaining=old.amount, settled=(old.key,))


def _nothing(make: Generator, firm: Firm) -> Labelled | None:
    """Money that has nothing to do with invoices: a refund of tax, a loan, somebody else's."""
    stranger = replace(firm, payer=make.dice.choice(["DGFIP", "URSSAF", f"{make.coined()} ASSURANCES"]), iban="FR7699")
    return Labelled(line=make.line(stranger, make.amount(), "REMBOURSEMENT"), kind="no payment of an invoice")


MAKERS: dict[str, Maker] = {
    "reference": _reference,
    "reference in text": _reference_in_text,
    "number": _number,
    "number with a slip": _typo,
    "several numbers": _several,
    "several, none named": _several_unnamed,
    "several, one named": _several_half_named,
    "no reference": _unnamed,
    "no reference, new account": _unnamed_new_account,
    "whole balance": _balance,
    "all of a month": _month,
    "credit note netted": _credit,
    "discount taken": _discount,
    "bank fee": _fee,
    "rounding": _rounding,
    "part payment, named": _partial,
    "sum on account": _lump,
    "overpaid": _overpaid,
    "paid by a holding, named": _holding_named,
    "paid by a holding, not named": _holding_unnamed,
    "subscription, same amounts": _subscription,
    "somebody else's number": _wrong_reference,
    "number of the last invoice": _old_number,
    "paid twice": _twice,
    "no payment of an invoice": _nothing,
}

#: How often each kind is tried, of a hundred. Some need what a customer has not, and come out rarer.
KINDS: dict[str, float] = {
    "reference": 14, "reference in text": 8, "number": 20, "number with a slip": 4, "several numbers": 10,
    "several, none named": 4, "several, one named": 2, "no reference": 10, "no reference, new account": 3,
    "whole balance": 2, "all of a month": 2, "credit note netted": 6, "discount taken": 6, "bank fee": 8, "rounding": 3,
    "part payment, named": 3, "sum on account": 1, "overpaid": 1, "paid by a holding, named": 3,
    "paid by a holding, not named": 0.5, "subscription, same amounts": 6, "somebody else's number": 0.7,
    "number of the last invoice": 1, "paid twice": 1, "no payment of an invoice": 3,
}  # fmt: skip
