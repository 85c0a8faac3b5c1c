"""Running matching over the lines that wait: what is certain is posted, what is likely proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from reglo.banking.errors import AlreadyDecided, CannotSettle
from reglo.banking.lines import bank_line_of
from reglo.banking.models import Candidate, CandidateItem, LineState, MatchingState, Payment, StatementLine
from reglo.banking.queries.matching import matching_index, settled_item
from reglo.banking.services.clues import read_clues
from reglo.banking.services.lines import open_line, post_match
from reglo.banking.services.pending import PendingItems
from reglo.banking.stored import read_match, read_parts, stored_match, stored_reasons
from reglo.core.matching import Certainty, Decision, Match, MatchingIndex, SettledItem, match_line
from reglo.journal.services import REGLO
from reglo.ledger.models import LedgerHead, OpenItem
from reglo.ledger.services import CannotAllocate, MoreThanOpen
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

_OPEN = (LineState.WAITING, LineState.PROPOSED)
_AT_ONCE = 200
_LOST_RACES = (AlreadyDecided, CannotSettle, CannotAllocate, MoreThanOpen, OpenItem.DoesNotExist)


@dataclass(slots=True)
class MatchingOutcome:
    """What a run did."""

    posted: int = 0
    proposed: int = 0
    waiting: int = 0


def run_matching(*, organisation: Organisation, now: datetime) -> MatchingOutcome:
    """Match every line that waits. What is certain is posted, each in a transaction of its own.

    What other lines may pay on which nobody decided yet is pending: parts and differences of it are never certain.
    A run that dies is begun again and finds posted what was posted. Somebody may decide about lines meanwhile: then
    theirs holds.
    """
    before = _sequence(organisation)
    _refresh_clues(organisation, now=now)
    index = matching_index(organisation, today=today_of(organisation, now))
    pending = PendingItems(organisation)
    outcome = MatchingOutcome()
    undecided: list[tuple[StatementLine, Decision]] = []
    lines = StatementLine.objects.of(organisation).filter(state__in=_OPEN).prefetch_related("candidates")
    for line in lines.order_by("booked", "pk").iterator(chunk_size=2000):
        pending.forget(line.pk)
        decision = match_line(bank_line_of(line), index, pending=pending.items)
        if _is_posted(line, decision, index, organisation, now):
            outcome.posted += 1
            continue
        pending.add(line.pk, decision)
        undecided.append((line, decision))
        if len(undecided) == _AT_ONCE:
            _propose(undecided, outcome)
            undecided.clear()
    _propose(undecided, outcome)
    _remember(organisation, before, now=now)
    return outcome


def _is_posted(
    line: StatementLine, decision: Decision, index: MatchingIndex, organisation: Organisation, now: datetime
) -> bool:
    """Post what is certain. What somebody else took meanwhile waits for the next run, which sees it."""
    match = decision.certain
    if match is None or line.is_left_to_people:
        return False
    try:
        with transaction.atomic(durable=True):
            held = open_line(organisation, line.pk, line.version)
            made = post_match(held, read_match(stored_match(match, line.currency)), by=REGLO, now=now)
    except _LOST_RACES:
        return False
    for payment in made:
        if payment.amount_minor > 0:
            index.remember(_settled(payment, index))
    index.apply(match)
    return True


def _settled(payment: Payment, index: MatchingIndex) -> SettledItem:
    items = [index.item(part.item) for part in read_parts(payment.parts)]
    numbers = list(dict.fromkeys(item.number for item in items if item is not None))
    return settled_item(payment.pk, payment.customer_id, payment.amount_minor, payment.currency, payment.on, numbers)


def _propose(undecided: Sequence[tuple[StatementLine, Decision]], outcome: MatchingOutcome) -> None:
    """Write the candidates of some lines, where they are others than before."""
    for _, decision in undecided:
        is_likely = bool(decision.matches) and decision.matches[0].certainty >= Certainty.LIKELY
        outcome.proposed += is_likely
        outcome.waiting += not is_likely
    news = {line.pk: decision for line, decision in undecided if _is_news(line, decision)}
    if not news:
        return
    versions = {line.pk: line.version for line, _ in undecided}
    with transaction.atomic(durable=True):
        held = StatementLine.objects.select_for_update().filter(pk__in=news, state__in=_OPEN).order_by("pk")
        lines = [line for line in held if line.version == versions[line.pk]]
        _write([(line, news[line.pk]) for line in lines])


def _is_news(line: StatementLine, decision: Decision) -> bool:
    stored = sorted(line.candidates.all(), key=lambda each: each.rank)
    before = [(each.certainty, each.match) for each in stored]
    after = [(each.certainty, stored_match(each, line.currency)) for each in decision.matches]
    return before != after or line.why != stored_reasons(decision.reasons)


def _write(found: Sequence[tuple[StatementLine, Decision]]) -> None:
    lines = [line for line, _ in found]
    Candidate.objects.filter(line__in=lines).delete()
    candidates = [
        _candidate(line, rank, match) for line, decision in found for rank, match in enumerate(decision.matches)
    ]
    Candidate.objects.bulk_create(candidates)
    CandidateItem.objects.bulk_create([item for each in candidates if each.rank == 0 for item in _items(each)])
    for line, decision in found:
        is_likely = bool(decision.matches) and decision.matches[0].certainty >= Certainty.LIKELY
        line.state = LineState.PROPOSED if is_likely else LineState.WAITING
        line.why = stored_reasons(decision.reasons)
        line.version += 1
    StatementLine.objects.bulk_update(lines, ["state", "why", "version"])


def _candidate(line: StatementLine, rank: int, match: Match) -> Candidate:
    return Candidate(
        organisation_id=line.organisation_id,
        line=line,
        rank=rank,
        certainty=match.certainty,
        score=match.score,
        match=stored_match(match, line.currency),
    )


def _items(candidate: Candidate) -> list[CandidateItem]:
    """What the best candidate would settle, where it is likely."""
    if candidate.certainty < Certainty.LIKELY:
        return []
    sums: dict[int, int] = {}
    for part in read_match(candidate.match).parts:
        sums[part.item] = sums.get(part.item, 0) + part.amount
    return [
        CandidateItem(organisation_id=candidate.organisation_id, candidate=candidate, item_id=item, amount_minor=amount)
        for item, amount in sums.items()
    ]


def _sequence(organisation: Organisation) -> int:
    return LedgerHead.objects.filter(organisation=organisation).values_list("sequence", flat=True).first() or 0


def _refresh_clues(organisation: Organisation, *, now: datetime) -> None:
    with transaction.atomic(durable=True):
        state, _ = MatchingState.objects.select_for_update().get_or_create(
            organisation=organisation, defaults={"ran_at": now}
        )
        state.last_invoice = read_clues(organisation, after=state.last_invoice)
        state.save(update_fields=["last_invoice"])


def _remember(organisation: Organisation, sequence: int, *, now: datetime) -> None:
    """What the ledger was when this run began: what came meanwhile, its own postings too, lets the sweep look again."""
    MatchingState.objects.filter(organisation=organisation).update(ledger_sequence=sequence, ran_at=now)
