"""Decisions in words: what the page of a customer says."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from reglo.core.collection.model import Item, Message, Task, TaskKind
from reglo.core.collection.rests import Reason, Rest
from reglo.core.collection.vocabulary import Channel, Tone
from reglo.core.findings import Text
from reglo.core.terms.figures import amount_text, ordinal_text

_SPACE = "\N{NO-BREAK SPACE}"

_WEEKDAYS = (
    ("lundi", "Monday"), ("mardi", "Tuesday"), ("mercredi", "Wednesday"), ("jeudi", "Thursday"),
    ("vendredi", "Friday"), ("samedi", "Saturday"), ("dimanche", "Sunday"),
)  # fmt: skip
_MONTHS = (
    ("janvier", "January"), ("février", "February"), ("mars", "March"), ("avril", "April"), ("mai", "May"),
    ("juin", "June"), ("juillet", "July"), ("août", "August"), ("septembre", "September"), ("octobre", "October"),
    ("novembre", "November"), ("décembre", "December"),
)  # fmt: skip

_ACTS = {
    Tone.GENTLE: Text(fr="Rappel avant échéance", en="Gentle reminder"),
    Tone.PRACTICAL: Text(fr="Rappel pratique", en="Practical reminder"),
    Tone.FRIENDLY: Text(fr="Relance amicale", en="Friendly follow-up"),
    Tone.FIRM: Text(fr="Relance ferme", en="Firm follow-up"),
    Tone.LAST: Text(fr="Dernière relance", en="Last follow-up"),
    Tone.FORMAL_NOTICE: Text(fr="Mise en demeure", en="Formal notice"),
}
_BY = {
    Channel.EMAIL: Text(fr="par e-mail", en="by e-mail"),
    Channel.LETTER: Text(fr="par courrier", en="by post"),
    Channel.CALL: Text(fr="par téléphone", en="by telephone"),
}

_TASKS = {
    TaskKind.CALL: Text(fr="À appeler", en="To call"),
    TaskKind.FORMAL_NOTICE: Text(fr="Mise en demeure à décider", en="Formal notice to decide on"),
    TaskKind.FIRM_STEP: Text(
        fr="Client en difficulté, suite à décider", en="Customer in difficulty, next step to decide"
    ),
    TaskKind.TOO_OLD: Text(
        fr="Créance très ancienne jamais relancée, suite à décider", en="Very old and never chased, to decide"
    ),
    TaskKind.UNREACHABLE: Text(fr="Adresse manquante ou refusée, à corriger", en="Address missing or refused, to mend"),
    TaskKind.PLAN_LATE: Text(
        fr="Échéancier en retard, à voir avec le client", en="Plan late, to see with the customer"
    ),
    TaskKind.DECLARE_CLAIM: Text(
        fr="Procédure collective, créance à déclarer dans les deux mois de l'avis au BODACC (C. com. R622-24)",
        en="Insolvency proceedings, claim to declare within two months of the BODACC notice (C. com. R622-24)",
    ),
}

#: Why nothing is done today, with {day} and {number} filled in where they are known.
_WAITS = {
    Reason.INSOLVENT: Text(
        fr="le client est en procédure collective (C. com. L622-7)",
        en="the customer is in insolvency proceedings (C. com. L622-7)",
    ),
    Reason.PAUSED: Text(fr="relances suspendues jusqu'au {day}", en="paused until {day}"),
    Reason.CREDIT: Text(fr="il n'y a que des avoirs", en="there are only credits"),
    Reason.PAID: Text(fr="ce client ne doit rien", en="this customer owes nothing"),
    Reason.PENDING_MATCH: Text(
        fr="un paiement à rapprocher règle peut-être {number}",
        en="a payment that is not matched yet may be for {number}",
    ),
    Reason.DISPUTED: Text(fr="{number} est en litige", en="{number} is disputed"),
    Reason.PROMISED: Text(fr="paiement de {number} promis pour le {day}", en="payment of {number} promised for {day}"),
    Reason.IN_PLAN: Text(fr="{number} est dans un échéancier", en="{number} is in an instalment plan"),
    Reason.UNANSWERED: Text(
        fr="une demande ou une proposition attend une réponse pour {number}",
        en="a request or a proposal waits for an answer about {number}",
    ),
    Reason.COVERED: Text(fr="un avoir ou une avance couvre {number}", en="a credit note or an advance covers {number}"),
    Reason.CLOCK: Text(
        fr="le dernier message porte une date à venir, l'horloge est à vérifier",
        en="the last message is dated in the future, check the clock",
    ),
    Reason.TOO_SOON: Text(fr="le dernier message est trop récent", en="the last message is too recent"),
    Reason.DAY_OFF: Text(fr="ce n'est pas un jour d'envoi", en="messages do not leave on this day"),
    Reason.OTHER_DAY: Text(fr="le jour préféré du client vient bientôt", en="the customer's preferred day comes soon"),
    Reason.SMALL: Text(
        fr="le montant est trop petit pour un message à lui seul", en="the amount is too small for a message alone"
    ),
    Reason.WITH_A_PERSON: Text(fr="la suite est entre les mains d'une personne", en="a person has it in hand"),
    Reason.NOT_YET: Text(fr="aucune étape n'est encore à faire", en="no step is to be done yet"),
    Reason.NO_STEP_LEFT: Text(
        fr="toutes les étapes sont faites, la suite est à décider",
        en="all steps are done, what follows is to be decided",
    ),
}


def day_in_words(day: date) -> Text:
    """«vendredi 27 novembre 2026», "Friday 27 November 2026"."""
    weekday, month = _WEEKDAYS[day.weekday()], _MONTHS[day.month - 1]
    return Text(
        fr=f"{weekday[0]} {ordinal_text(day.day).fr} {month[0]} {day.year}",
        en=f"{weekday[1]} {day.day} {month[1]} {day.year}",
    )


def act_in_words(tone: Tone) -> Text:
    """What a message of `tone` is called: «Relance ferme»."""
    return _ACTS[tone]


def why_act(message: Message | None, tasks: Sequence[Task]) -> Text:
    """What is done today, a sentence for the message and one for each task."""
    sentences = [] if message is None else [_why_message(message)]
    sentences += [task.why for task in tasks]
    return Text(fr=" ".join(each.fr for each in sentences), en=" ".join(each.en for each in sentences))


def why_task(kind: TaskKind, items: Sequence[Item]) -> Text:
    """What a person is asked to do, and about what."""
    head, about = _TASKS[kind], _about(items)
    return Text(fr=f"{head.fr}{_SPACE}: {about.fr}.", en=f"{head.en}: {about.en}.")


def why_wait(reason: Reason | None, rests: Sequence[Rest], next_on: date | None) -> Text:
    """Why nothing is done today, and when next."""
    reason = reason or Reason.PAID
    first = min(
        (each for each in rests if each.reason is reason), key=lambda each: each.until or date.max, default=None
    )
    said, number = _WAITS[reason], first.number if first else ""
    day = day_in_words(first.until) if first and first.until else Text(fr="", en="")
    french, english = said.fr.format(day=day.fr, number=number), said.en.format(day=day.en, number=number)
    if next_on is None:
        return Text(fr=f"Rien aujourd'hui{_SPACE}: {french}.", en=f"Nothing today: {english}.")
    then = day_in_words(next_on)
    return Text(
        fr=f"Rien aujourd'hui{_SPACE}: {french}. Pas avant le {then.fr}.",
        en=f"Nothing today: {english}. Not before {then.en}.",
    )


def _why_message(message: Message) -> Text:
    act, by, about = _ACTS[message.tone], _BY[message.channel], _about(message.items)
    return Text(
        fr=f"{act.fr} {by.fr} aujourd'hui{_SPACE}: {about.fr}.",
        en=f"{act.en} {by.en} today: {about.en}.",
    )


def _about(items: Sequence[Item]) -> Text:
    """How many, how much, how late: «2 factures, 1 234,50 €, jusqu'à 10 jours de retard»."""
    count, total, late = len(items), _totals(items), max((each.days_late for each in items), default=0)
    what = Text(fr=f"{count}{_SPACE}factures", en=f"{count} invoices")
    if count == 1:
        what = Text(fr=items[0].number, en=items[0].number)
    return Text(
        fr=f"{what.fr}, {total.fr}, {_lateness(count, late).fr}",
        en=f"{what.en}, {total.en}, {_lateness(count, late).en}",
    )


def _lateness(count: int, days: int) -> Text:
    if days <= 0:
        due = {0: Text(fr="aujourd'hui", en="today"), -1: Text(fr="demain", en="tomorrow")}
        when = due.get(days, Text(fr=f"dans {-days} jours", en=f"in {-days} days"))
        return Text(fr=f"à échéance {when.fr}", en=f"due {when.en}")
    number = Text(fr=f"{days} jours", en=f"{days} days") if days > 1 else Text(fr="1 jour", en="1 day")
    if count > 1:
        return Text(fr=f"jusqu'à {number.fr} de retard", en=f"up to {number.en} late")
    return Text(fr=f"{number.fr} de retard", en=f"{number.en} late")


def _totals(items: Iterable[Item]) -> Text:
    totals: dict[str, Decimal] = {}
    for each in items:
        totals[each.currency] = totals.get(each.currency, Decimal(0)) + each.amount
    told = [amount_text(total, currency) for currency, total in sorted(totals.items())]
    return Text(fr=" et ".join(each.fr for each in told), en=" and ".join(each.en for each in told))
