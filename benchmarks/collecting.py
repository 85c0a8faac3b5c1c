"""Collection: decide the day for 100,000 receivables; replay the ladder over a year of real invoices.

What is wrong with a message of the replay is told by a checker that knows the invoices themselves and none of the code
of the decision. Beside it, a plain fixed ladder: each invoice by itself, on the very day, to whoever is late by then.
"""

import csv
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from benchmarks.measure import Row, python
from reglo.core.collection import (
    DEFAULT_POLICY,
    CustomerFacts,
    Done,
    Receivable,
    Tone,
    decide_all,
    simulate,
)

_REAL = Path(__file__).parents[2] / "shared/corpora/late-payments/accounts-receivable-2012.csv"
_TODAY = date(2026, 11, 24)
_REACH = 20  # seconds


def decide_the_day(quick: bool) -> Iterator[Row]:
    """Each in a process of its own, for its memory; the alternative holds all that it reads and decides."""
    small, large = (2_000, 10_000) if quick else (20_000, 100_000)
    few, ours, listed = _told("stream", small), _told("stream", large), _told("list", large)
    note = f"{ours[1]} MiB, {few[1]} MiB with {small:,}; listed {listed[1]} MiB; {ours[2]} messages"
    yield Row(
        f"decide the day, {large:,} receivables",
        ours[0],
        listed[0],
        beside="all facts and decisions in lists",
        reach=f"<= {_REACH} s, flat",
        note=note,
    )


def _told(how: str, receivables: int) -> tuple[float, int, int]:
    """Seconds, MiB at most and messages."""
    command = [python(), "-m", "benchmarks.collecting", how, str(receivables)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    return float(answer[0]), int(answer[1]), int(answer[2])


def replay_the_ladder(_quick: bool) -> Iterator[Row]:
    """The year day by day, each day with what was known on it."""
    if not _REAL.exists():
        yield Row("replay of the ladder", None, note="skipped: ../shared/corpora/late-payments is not here")
        return
    invoices = list(_real_invoices())
    start = time.perf_counter()
    ours = list(_by_reglo(invoices))
    seconds = time.perf_counter() - start
    fixed = list(_by_a_fixed_ladder(invoices))
    name = f"replay, {len(invoices):,} invoices"
    yield Row(f"{name}: ours", seconds, reach="0 wrongly sent", note=_table(ours, invoices))
    yield Row(f"{name}: fixed ladder", None, note=_table(fixed, invoices))
    wrong = sum(1 for sent in ours if _wrongs(sent, invoices))
    assert wrong == 0, f"{wrong} messages were wrongly sent"
    assert not _crowded(ours), f"more than one message to a customer on a day: {_crowded(ours)}"


@dataclass(frozen=True, slots=True)
class _Invoice:
    key: str
    customer: str
    issued: date
    due: date
    settled: date
    amount: Decimal
    disputed: bool  #: until it is settled


@dataclass(frozen=True, slots=True)
class _Sent:
    day: date
    customer: str
    asked: tuple[tuple[str, Decimal], ...]  #: invoice, amount
    tones: tuple[tuple[str, Tone], ...]  #: invoice, tone of its step


def _real_invoices() -> Iterator[_Invoice]:
    with _REAL.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield _Invoice(
                key=row["invoiceNumber"],
                customer=row["customerID"],
                issued=_american(row["InvoiceDate"]),
                due=_american(row["DueDate"]),
                settled=_american(row["SettledDate"]),
                amount=Decimal(row["InvoiceAmount"]),
                disputed=row["Disputed"] == "Yes",
            )


def _american(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


def _days(invoices: Iterable[_Invoice]) -> tuple[date, date]:
    return min(each.issued for each in invoices), max(each.settled for each in invoices)


def _by_reglo(invoices: list[_Invoice]) -> Iterator[_Sent]:
    of_customer: dict[str, list[_Invoice]] = {}
    for each in invoices:
        of_customer.setdefault(each.customer, []).append(each)

    def facts_on(day: date) -> Iterator[CustomerFacts]:
        for customer, theirs in of_customer.items():
            known = tuple(_as_known(each, day) for each in theirs if each.issued <= day)
            yield CustomerFacts(key=customer, receivables=known)

    first, last = _days(invoices)
    for decision in simulate(facts_on, DEFAULT_POLICY, first, last):
        if decision.message is not None:
            items = decision.message.items
            yield _Sent(
                decision.day,
                decision.customer,
                tuple((item.receivable, item.amount) for item in items),
                tuple((item.receivable, item.tone) for item in items if item.tone is not None),
            )


def _as_known(invoice: _Invoice, day: date) -> Receivable:
    is_open = day < invoice.settled
    return Receivable(
        key=invoice.key,
        number=invoice.key,
        issued=invoice.issued,
        due=invoice.due,
        open_amount=invoice.amount if is_open else Decimal(0),
        disputed=invoice.amount if invoice.disputed and is_open else Decimal(0),
        currency="USD",
    )


def _by_a_fixed_ladder(invoices: list[_Invoice]) -> Iterator[_Sent]:
    """What cron and a table of days do: a message for each unpaid invoice on the day of each step."""
    for each in invoices:
        for step in DEFAULT_POLICY.steps:
            day = each.due + timedelta(days=step.offset)
            if each.issued <= day < each.settled:
                yield _Sent(day, each.customer, ((each.key, each.amount),), ((each.key, step.tone),))


def _wrongs(sent: _Sent, invoices: list[_Invoice]) -> list[str]:
    """What is wrong with a message, from the invoices alone."""
    by_key = {each.key: each for each in invoices}
    found = []
    for key, amount in sent.asked:
        invoice = by_key[key]
        if sent.day >= invoice.settled:
            found.append("paid")
        if invoice.disputed:
            found.append("disputed")
        if invoice.customer != sent.customer or amount != invoice.amount or sent.day < invoice.issued:
            found.append("not what is owed")
    for key, tone in sent.tones:
        late = sent.day > by_key[key].due
        if late != (tone not in (Tone.GENTLE, Tone.PRACTICAL)):
            found.append("wrong about lateness")
    if sent.day.weekday() > 4:
        found.append("weekend")
    return found


def _crowded(sent: Iterable[_Sent]) -> int:
    """Messages beyond the first to a customer on a day."""
    return sum(count - 1 for count in Counter((each.day, each.customer) for each in sent).values())


def _table(sent: list[_Sent], invoices: list[_Invoice]) -> str:
    by_key = {each.key: each for each in invoices}
    wrong = Counter(reason for each in sent for reason in set(_wrongs(each, invoices)))
    wrongly = sum(1 for each in sent if _wrongs(each, invoices))
    told = ", ".join(f"{reason} {count}" for reason, count in sorted(wrong.items())) or "none"
    chased = {key for each in sent for key, _ in each.asked}
    late = {key for key, each in by_key.items() if each.settled > each.due and not each.disputed}
    return (
        f"{len(sent):,} messages, {wrongly} wrongly sent ({told}), "
        f"{_crowded(sent)} beyond one a customer and day, {len(late & chased)} of {len(late)} late ones chased"
    )


# What follows runs in the processes.


def _facts(receivables: int) -> Iterator[CustomerFacts]:
    """Customers with one to nineteen receivables, in every stage of the ladder."""
    made = number = 0
    while made < receivables:
        count = min(1 + number * 7 % 19, receivables - made)
        yield CustomerFacts(
            key=f"c-{number}",
            receivables=tuple(_receivable(made + place) for place in range(count)),
            last_message_on=_TODAY - timedelta(days=number % 40) if number % 3 else None,
        )
        made += count
        number += 1


def _receivable(number: int) -> Receivable:
    due = _TODAY - timedelta(days=number * 13 % 120 - 45)
    late = (_TODAY - due).days
    done = tuple(
        Done(step.key, due + timedelta(days=step.offset), step.tone)
        for step in DEFAULT_POLICY.steps
        if step.offset < late - 5
    )
    return Receivable(
        key=f"r-{number}",
        number=f"F-{number}",
        issued=due - timedelta(days=30),
        due=due,
        open_amount=Decimal(100 + number % 900),
        disputed=Decimal(50) if number % 17 == 0 else Decimal(0),
        promised_until=_TODAY + timedelta(days=3) if number % 23 == 0 else None,
        done=done,
    )


def _main(how: str, receivables: int) -> None:
    """Decide and print seconds, MiB at most, and messages."""
    start = time.perf_counter()
    if how == "list":
        facts = list(_facts(receivables))
        messages = sum(each.message is not None for each in list(decide_all(facts, DEFAULT_POLICY, _TODAY)))
    else:
        decided = decide_all(_facts(receivables), DEFAULT_POLICY, _TODAY)
        messages = sum(each.message is not None for each in decided)
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text()
    most = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024
    print(seconds, most, messages)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
