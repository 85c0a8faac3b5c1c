"""Whether a policy makes sense, said in words before it is used."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from reglo.core.collection.policy import Policy, Step
from reglo.core.collection.vocabulary import Channel, Tone
from reglo.core.errors import DomainError
from reglo.core.figures import is_usable
from reglo.core.findings import Finding, Severity, Text

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SPACE = "\N{NO-BREAK SPACE}"
_RESERVED = ("promise-broken", "plan-broken", "too-old")
_OURS = "Réglo"


class InvalidPolicy(DomainError):
    """A policy that may not be used."""

    code = "invalid-policy"


def check_policy(policy: Policy) -> tuple[Finding, ...]:
    """What is wrong with `policy`. With a fatal finding it may not be used. `where` is a path: "steps[2].offset"."""
    return (*_of_order(policy), *_of_steps(policy), *_of_formal_notice(policy), *_of_figures(policy))


def require_sound(policy: Policy) -> None:
    """Raise InvalidPolicy for the first fatal finding."""
    for finding in check_policy(policy):
        if finding.severity is Severity.FATAL:
            message = Text(
                fr=f"{finding.message.fr} {finding.fix.fr}",
                en=f"{finding.message.en} {finding.fix.en}",
            )
            raise InvalidPolicy(message, field=finding.where)


def _of_order(policy: Policy) -> Iterator[Finding]:
    if not policy.steps:
        yield _fatal(
            "steps",
            Text(fr="Ce scénario n'a pas d'étape.", en="This policy has no step."),
            Text(fr="Ajoutez-en une.", en="Add one."),
        )
    counted = Counter(step.key for step in policy.steps)
    for place, step in enumerate(policy.steps):
        if counted[step.key] > 1:
            yield _fatal(
                f"steps[{place}].key",
                Text(fr=f"Deux étapes s'appellent «{_SPACE}{step.key}{_SPACE}».", en=f"Two steps are “{step.key}”."),
                Text(fr="Donnez à chacune son nom.", en="Give each its own name."),
            )
    for place, (before, after) in enumerate(pairwise(policy.steps), 1):
        yield from _of_neighbours(place, before, after)


def _of_neighbours(place: int, before: Step, after: Step) -> Iterator[Finding]:
    if after.offset <= before.offset:
        yield _fatal(
            f"steps[{place}].offset",
            Text(
                fr=f"«{_SPACE}{after.key}{_SPACE}» ne vient pas après «{_SPACE}{before.key}{_SPACE}».",
                en=f"“{after.key}” does not come after “{before.key}”.",
            ),
            Text(fr="Rangez les étapes par jour, une par jour.", en="Put the steps in order of days, one a day."),
        )
    if after.tone.strength < before.tone.strength:
        yield _fatal(
            f"steps[{place}].tone",
            Text(
                fr=f"Le ton baisse de «{_SPACE}{before.key}{_SPACE}» à «{_SPACE}{after.key}{_SPACE}».",
                en=f"The tone goes down from “{before.key}” to “{after.key}”.",
            ),
            Text(
                fr="Gardez le même ton ou montez d'un degré.",
                en="Keep the tone or go one up.",
            ),
        )


@dataclass(frozen=True, slots=True)
class _StepRule:
    """Something that may be wrong with one step. message: {key} and {offset} are those of the step."""

    field: str
    is_broken: Callable[[Step], bool]
    message: Text
    fix: Text
    source: str = _OURS


_STEP_RULES = (
    _StepRule(
        "key",
        lambda step: not _KEY.fullmatch(step.key) or step.key in _RESERVED,
        Text(fr=f"«{_SPACE}{{key}}{_SPACE}» n'est pas un nom d'étape.", en="“{key}” is no name of a step."),
        Text(
            fr="Prenez des lettres minuscules sans accent, des chiffres et des tirets, et aucun nom réservé.",
            en="Use lower-case letters, digits and hyphens, and no reserved name.",
        ),
    ),
    _StepRule(
        "tone",
        lambda step: step.offset <= 0 and step.tone.speaks_of_lateness,
        Text(
            fr=f"«{_SPACE}{{key}}{_SPACE}» parle de retard avant que le client soit en retard.",
            en="“{key}” speaks of lateness before the customer is late.",
        ),
        Text(fr="Placez-la au moins un jour après l'échéance.", en="Put it at least one day after the due date."),
        source="C. com. art. L441-10 II",
    ),
    _StepRule(
        "offset",
        lambda step: not -90 <= step.offset <= 365,
        Text(fr="{offset} jours, c'est hors de portée.", en="{offset} days is out of reach."),
        Text(fr="Restez entre J-90 et J+365.", en="Stay between 90 days before and 365 after."),
    ),
    _StepRule(
        "stances",
        lambda step: not step.stances,
        Text(fr=f"«{_SPACE}{{key}}{_SPACE}» ne vaut pour aucun client.", en="“{key}” is for no customer."),
        Text(fr="Choisissez un profil ou supprimez l'étape.", en="Choose a profile or delete the step."),
    ),
)


def _of_steps(policy: Policy) -> Iterator[Finding]:
    for place, step in enumerate(policy.steps):
        for rule in _STEP_RULES:
            if rule.is_broken(step):
                message = Text(
                    fr=rule.message.fr.format(key=step.key, offset=step.offset),
                    en=rule.message.en.format(key=step.key, offset=step.offset),
                )
                yield _fatal(f"steps[{place}].{rule.field}", message, rule.fix, rule.source)


def _of_formal_notice(policy: Policy) -> Iterator[Finding]:
    after_due = [step for step in policy.steps if step.offset > 0]
    for place, step in enumerate(policy.steps):
        if step.tone is not Tone.FORMAL_NOTICE:
            continue
        if after_due and step is after_due[0]:
            yield _fatal(
                f"steps[{place}].tone",
                Text(
                    fr="La mise en demeure serait le premier mot après l'échéance.",
                    en="The formal notice would be the first word after the due date.",
                ),
                Text(fr="Placez une relance avant elle.", en="Put a dunning step before it."),
            )
        if step.channel is Channel.EMAIL:
            yield Finding(
                rule="collection-policy",
                severity=Severity.WARNING,
                message=Text(
                    fr="Une mise en demeure par e-mail se prouve mal.",
                    en="A formal notice by e-mail is hard to prove.",
                ),
                fix=Text(fr="Choisissez la lettre, en recommandé.", en="Choose the letter, by registered post."),
                source="C. civ. art. 1344",
                where=f"steps[{place}].channel",
            )


def _of_figures(policy: Policy) -> Iterator[Finding]:
    if not 1 <= policy.days_between <= 60:
        yield _range("days_between", 1, 60)
    if not 0 <= policy.promise_grace_days <= 30:
        yield _range("promise_grace_days", 0, 30)
    if not 30 <= policy.most_days_late <= 1826:  # five years: C. com. L110-4
        yield _range("most_days_late", 30, 1826)
    amounts = {f"steps[{place}].least_amount": step.least_amount for place, step in enumerate(policy.steps)}
    for where, amount in {"small_amount": policy.small_amount, **amounts}.items():
        if not (is_usable(amount) and amount >= 0):
            yield _fatal(
                where,
                Text(fr=f"{amount} n'est pas un montant.", en=f"{amount} is not an amount."),
                Text(fr="Mettez 0 ou plus.", en="Put 0 or more."),
            )
    if policy.times.opens >= policy.times.closes:
        yield _fatal(
            "times.closes",
            Text(fr="Rien ne part entre ces deux heures.", en="Nothing leaves between these two hours."),
            Text(fr="La fin doit suivre le début.", en="The end must follow the beginning."),
        )
    if not (policy.times.weekdays and policy.times.weekdays <= set(range(7))):
        yield _fatal(
            "times.weekdays",
            Text(fr="Il n'y a pas de jour d'envoi.", en="There is no day to send on."),
            Text(fr="Choisissez au moins un jour de la semaine.", en="Choose at least one day of the week."),
        )


def _range(where: str, least: int, most: int) -> Finding:
    return _fatal(
        where,
        Text(fr="Ce nombre de jours est hors de portée.", en="This number of days is out of reach."),
        Text(fr=f"Mettez de {least} à {most} jours.", en=f"Put {least} to {most} days."),
    )


def _fatal(where: str, message: Text, fix: Text, source: str = _OURS) -> Finding:
    return Finding(
        rule="collection-policy", severity=Severity.FATAL, message=message, fix=fix, source=source, where=where
    )
