"""The {variables} of templates: a fixed list of names, replaced by plain values. No code, no attributes, no nesting."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.delivery.models import MessageKind

TABLE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a filled body where the table of what is due will be."""


class UnknownVariable(DomainError):
    """A template names a variable that there is not."""

    code = "unknown-variable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """Something that a template may name, in the language of whoever writes it."""

    name: Text
    meaning: Text
    sample: Text  #: shown in the preview of a template


_CONTACT = Variable(
    name=Text(fr="contact", en="contact"),
    meaning=Text(fr="la personne à qui vous écrivez", en="the person you write to"),
    sample=Text(fr="Claire Petit", en="Claire Petit"),
)
_CUSTOMER = Variable(
    name=Text(fr="client", en="customer"),
    meaning=Text(fr="le nom du client", en="the customer's name"),
    sample=Text(fr="Librairie du Port SARL", en="Librairie du Port SARL"),
)
_ORGANISATION = Variable(
    name=Text(fr="organisation", en="organisation"),
    meaning=Text(fr="votre entreprise", en="your business"),
    sample=Text(fr="Atelier Lumière", en="Atelier Lumière"),
)
_NUMBER = Variable(
    name=Text(fr="numero", en="number"),
    meaning=Text(fr="le numéro du document", en="the document's number"),
    sample=Text(fr="F2026-0042", en="F2026-0042"),
)
_AMOUNT = Variable(
    name=Text(fr="montant", en="amount"),
    meaning=Text(fr="le montant toutes taxes comprises", en="the amount with tax"),
    sample=Text(fr="1 440 €", en="€1,440"),
)
_DATE = Variable(
    name=Text(fr="date", en="date"),
    meaning=Text(fr="la date du document", en="the document's date"),
    sample=Text(fr="24 novembre 2026", en="24 November 2026"),
)
_DUE = Variable(
    name=Text(fr="echeance", en="due_date"),
    meaning=Text(fr="la date d'échéance", en="the due date"),
    sample=Text(fr="24 décembre 2026", en="24 December 2026"),
)
_TITLE = Variable(
    name=Text(fr="objet", en="title"),
    meaning=Text(fr="l'objet du devis", en="what the quote is about"),
    sample=Text(fr="Éclairage de la vitrine", en="Lighting of the shop window"),
)
_VALID_UNTIL = Variable(
    name=Text(fr="validite", en="valid_until"),
    meaning=Text(fr="le dernier jour de validité du devis", en="the last day of the offer"),
    sample=Text(fr="24 décembre 2026", en="24 December 2026"),
)
_DOCUMENT = Variable(
    name=Text(fr="document", en="document"),
    meaning=Text(
        fr="le document et son numéro : « facture F2026-0042 »", en="the document and its number: “invoice F2026-0042”"
    ),
    sample=Text(fr="facture F2026-0042", en="invoice F2026-0042"),
)
_TABLE = Variable(
    name=Text(fr="tableau", en="table"),
    meaning=Text(
        fr="le tableau de tout ce qui est dû, seul sur sa ligne", en="the table of all that is due, alone on its line"
    ),
    sample=Text(fr=TABLE, en=TABLE),
)
_DOCUMENTS = Variable(
    name=Text(fr="documents", en="documents"),
    meaning=Text(fr="la facture, ou leur nombre", en="the invoice, or how many"),
    sample=Text(fr="2 factures", en="2 invoices"),
)
_TOTAL = Variable(
    name=Text(fr="total", en="total"),
    meaning=Text(fr="tout ce qui est dû", en="all that is due"),
    sample=Text(fr="2 040 €", en="€2,040"),
)
_LATE = Variable(
    name=Text(fr="retard", en="late"),
    meaning=Text(fr="le plus long retard ; vide avant l'échéance", en="the longest delay; empty before the due date"),
    sample=Text(fr="12 jours", en="12 days"),
)
_PAYMENT = Variable(
    name=Text(fr="paiement", en="payment"),
    meaning=Text(fr="comment payer : IBAN et référence", en="how to pay: IBAN and reference"),
    sample=Text(
        fr="Par virement : IBAN FR76 3000 6000 0112 3456 7890 189, référence F2026-0042.",
        en="By transfer: IBAN FR76 3000 6000 0112 3456 7890 189, reference F2026-0042.",
    ),
)
_PENALTIES = Variable(
    name=Text(fr="penalites", en="penalties"),
    meaning=Text(
        fr="ce qui peut s'ajouter au principal ; vide pour un particulier",
        en="what may be added to the principal; empty for a consumer",
    ),
    sample=Text(
        fr="Des pénalités de retard et l'indemnité forfaitaire de 40 € pour frais de recouvrement peuvent s'ajouter "
        "à ces sommes (C. com. art. L441-10).",
        en="Late-payment interest and the fixed sum of €40 for recovery costs may be added to these sums "
        "(French commercial code, art. L441-10).",
    ),
)
_DAY = Variable(
    name=Text(fr="jour", en="day"),
    meaning=Text(fr="le jour promis", en="the day that was promised"),
    sample=Text(fr="20 novembre 2026", en="20 November 2026"),
)
_PROPOSAL = Variable(
    name=Text(fr="proposition", en="proposal"),
    meaning=Text(fr="ce qui est proposé, en toutes lettres", en="what is proposed, in words"),
    sample=Text(
        fr="Trois versements de 480 €, les 5 décembre, 5 janvier et 5 février.",
        en="Three payments of €480, on 5 December, 5 January and 5 February.",
    ),
)
_STILL_TO_PAY = Variable(
    name=Text(fr="reste", en="to_pay"),
    meaning=Text(fr="ce qui reste à payer ; vide s'il n'y a rien", en="what is left to pay; empty where nothing is"),
    sample=Text(fr="2 040 €", en="€2,040"),
)
_UNTIL = Variable(
    name=Text(fr="fin", en="until"),
    meaning=Text(fr="le dernier jour du relevé", en="the last day of the statement"),
    sample=Text(fr="30 novembre 2026", en="30 November 2026"),
)
_SUBJECT = Variable(
    name=Text(fr="sujet", en="subject"),
    meaning=Text(fr="ce dont il s'agit", en="what it is about"),
    sample=Text(fr="Notre réponse sur F2026-0042", en="Our answer about F2026-0042"),
)
_TEXT = Variable(
    name=Text(fr="texte", en="text"),
    meaning=Text(fr="ce que vous répondez", en="what you answer"),
    sample=Text(
        fr="Vous avez raison, la deuxième heure n'était pas prévue. Voici l'avoir.",
        en="You are right, the second hour was not agreed. Here is the credit note.",
    ),
)
_COMMON = (_CONTACT, _CUSTOMER, _ORGANISATION)

_OF_REMINDERS = (*_COMMON, _TABLE, _DOCUMENTS, _TOTAL, _DUE, _LATE, _PAYMENT, _PENALTIES)

VARIABLES: Mapping[MessageKind, tuple[Variable, ...]] = {
    MessageKind.INVOICE: (*_COMMON, _DOCUMENT, _NUMBER, _AMOUNT, _DATE, _DUE),
    MessageKind.QUOTE: (*_COMMON, _NUMBER, _AMOUNT, _DATE, _TITLE, _VALID_UNTIL),
    MessageKind.QUOTE_FOLLOW_UP: (*_COMMON, _NUMBER, _AMOUNT, _DATE, _TITLE, _VALID_UNTIL),
    MessageKind.TERMS: _COMMON,
    MessageKind.PORTAL_LINK: _COMMON,
    MessageKind.GENTLE: _OF_REMINDERS,
    MessageKind.PRACTICAL: _OF_REMINDERS,
    MessageKind.FRIENDLY: _OF_REMINDERS,
    MessageKind.FIRM: _OF_REMINDERS,
    MessageKind.LAST: _OF_REMINDERS,
    MessageKind.PROMISE_BROKEN: (*_OF_REMINDERS, _DAY),
    MessageKind.PLAN_BROKEN: _OF_REMINDERS,
    MessageKind.PLAN_LATE: (*_COMMON, _AMOUNT, _DUE, _PAYMENT),
    MessageKind.PROPOSAL: (*_COMMON, _PROPOSAL, _VALID_UNTIL),
    MessageKind.THANKS: (*_COMMON, _DOCUMENTS, _AMOUNT, _DATE),
    MessageKind.STATEMENT: (*_COMMON, _UNTIL, _STILL_TO_PAY, _PAYMENT),
    MessageKind.ANSWER: (*_COMMON, _SUBJECT, _TEXT),
    MessageKind.NOTICE: (),
}
"""What the templates of each kind may name."""

_NAMED = re.compile(r"\{([^{}\n]{0,40})\}")


def fill(template: str, kind: MessageKind, values: Mapping[str, str]) -> str:
    """`template` with its variables replaced by `values`, whose keys are the English names.

    A value is never looked at again: braces in it stay braces. A line whose variables are all empty is left out
    ("Due date: {due_date}" of a credit note). Raises UnknownVariable, naming those there are.
    """
    names = {spelling: each.name.en for each in VARIABLES[kind] for spelling in (each.name.fr, each.name.en)}
    unknown = [name for name in _named(template) if name not in names]
    if unknown:
        raise UnknownVariable(_unknown(unknown, kind), field="body")
    filled = (_fill_line(line, names, values) for line in template.split("\n"))
    return "\n".join(line for line in filled if line is not None)


def _fill_line(line: str, names: Mapping[str, str], values: Mapping[str, str]) -> str | None:
    used = [values.get(names[name], "") for name in _named(line)]
    if used and not any(used):
        return None
    return _NAMED.sub(lambda match: values.get(names[match[1].strip()], ""), line)


def samples(kind: MessageKind, language: str) -> dict[str, str]:
    """A value for each variable, to try a template with."""
    return {each.name.en: each.sample.in_language(language) for each in VARIABLES[kind]}


def _named(template: str) -> Iterator[str]:
    return (match[1].strip() for match in _NAMED.finditer(template))


def _unknown(names: list[str], kind: MessageKind) -> Text:
    wrong = ", ".join(f"{{{name}}}" for name in names)
    return Text(
        fr=f"Variable inconnue : {wrong}. Vous pouvez utiliser {_list(kind, 'fr')}.",
        en=f"Unknown variable: {wrong}. You may use {_list(kind, 'en')}.",
    )


def _list(kind: MessageKind, language: str) -> str:
    return ", ".join(f"{{{each.name.in_language(language)}}}" for each in VARIABLES[kind])
