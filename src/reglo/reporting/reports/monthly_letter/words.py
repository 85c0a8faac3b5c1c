"""The letter itself: sentences, each whole."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reglo.accounts.language import page_language
from reglo.core.money import round_half_up
from reglo.formats.pdf import figures
from reglo.reporting.report import Asked
from reglo.reporting.reports.monthly_letter.facts import MonthFacts

_MUCH_LATE = Decimal("0.25")  #: of what is owed: then the largest debt is worth a call


def letter_of(facts: MonthFacts, asked: Asked) -> Iterator[str]:
    """The paragraphs of the letter, in the language that is active."""
    yield " ".join([_billed(facts, asked), _came_in(facts, asked)])
    yield " ".join([_owed(facts, asked), *_latest(facts, asked)])
    if said := list(_said(facts)):
        yield " ".join(said)
    yield _advice(facts, asked)


def money(value: Decimal, asked: Asked) -> str:
    """An amount with its currency, in the language that is active."""
    return figures.money(value, asked.currency, page_language())


def _billed(facts: MonthFacts, asked: Asked) -> str:
    now, before = facts.now.billed, facts.before.billed
    values = {"amount": money(now, asked), "before": money(before, asked), "percent": _change(now, before)}
    if now <= 0 and before <= 0:
        return _("Nothing was billed, nor in the period before.")
    if now <= 0:
        return _("Nothing was billed, after %(before)s in the period before.") % values
    if before <= 0:
        return _("You billed %(amount)s with tax, after nothing in the period before.") % values
    if now >= before:
        return _("You billed %(amount)s with tax, %(percent)s more than in the period before.") % values
    return _("You billed %(amount)s with tax, %(percent)s less than in the period before.") % values


def _change(now: Decimal, before: Decimal) -> str:
    share = abs(now - before) / before * 100 if before > 0 else Decimal(0)
    return figures.percent(round_half_up(share, 0), page_language())


def _came_in(facts: MonthFacts, asked: Asked) -> str:
    values = {"amount": money(facts.now.came_in, asked), "before": money(facts.before.came_in, asked)}
    if facts.now.came_in <= 0:
        return _("No money came in from customers; in the period before it was %(before)s.") % values
    return _("%(amount)s came in from customers, after %(before)s in the period before.") % values


def _owed(facts: MonthFacts, asked: Asked) -> str:
    if not facts.owed:
        return _("At the end, nobody owed you anything.")
    values = {"owed": money(facts.owed, asked), "late": money(facts.late, asked), "count": facts.late_customers}
    if not facts.late:
        return _("At the end, customers owed you %(owed)s, and nothing of it was late.") % values
    return (
        ngettext(
            "At the end, customers owed you %(owed)s, of which %(late)s was late, with %(count)s customer.",
            "At the end, customers owed you %(owed)s, of which %(late)s was late, with %(count)s customers.",
            facts.late_customers,
        )
        % values
    )


def _latest(facts: MonthFacts, asked: Asked) -> Iterator[str]:
    for each in facts.latest:
        values = {"name": each.name, "owed": money(each.owed, asked), "days": each.days}
        yield (
            ngettext(
                "%(name)s: %(owed)s, %(days)s day late.", "%(name)s: %(owed)s, up to %(days)s days late.", each.days
            )
            % values
        )


def _said(facts: MonthFacts) -> Iterator[str]:
    if facts.messages:
        sent = ngettext("Réglo sent %(count)s reminder.", "Réglo sent %(count)s reminders.", facts.messages)
        yield sent % {"count": facts.messages}
    if facts.broken_promises:
        broken = ngettext("%(count)s promise was not kept.", "%(count)s promises were not kept.", facts.broken_promises)
        yield broken % {"count": facts.broken_promises}
    if facts.disputes:
        waiting = ngettext("%(count)s dispute is open today.", "%(count)s disputes are open today.", facts.disputes)
        yield waiting % {"count": facts.disputes}


def _advice(facts: MonthFacts, asked: Asked) -> str:
    """The one thing that is most worth doing."""
    if facts.disputes:
        return _("Most worth doing: answer the open disputes. While one waits, what it is about is not paid.")
    if facts.latest and facts.late > facts.owed * _MUCH_LATE:
        first = facts.latest[0]
        values = {"name": first.name, "owed": money(first.owed, asked)}
        return _("Most worth doing: call %(name)s. %(owed)s hangs on one conversation.") % values
    if facts.broken_promises:
        return _("Most worth doing: ask those whose promise was not kept what is in the way, and offer instalments.")
    if facts.late:
        return _("Most worth doing: nothing special. The reminders are under way.")
    return _("Most worth doing: nothing. Customers pay as agreed; thank them.")
