"""Missing mentions: one rule for each mention of `reglo.core.mentions`."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reglo.core.document import Invoice
from reglo.core.findings import Finding, Severity, Text
from reglo.core.mentions import DEMANDS, Demand, Duty, Evidence, Mention, Situation, required_mentions
from reglo.core.rule import Rule
from reglo.formats.profiles import Profile, profile_of

_SEVERITIES = {
    Duty.REQUIRED: Severity.FATAL,
    Duty.PRESUMED: Severity.WARNING,
    Duty.COMING: Severity.INFORMATION,
}

#: Profiles whose XML is a summary: the invoice is the page, which may carry what the XML lacks.
_SUMMARIES = (Profile.MINIMUM, Profile.BASIC_WL)

_MISSING = Text(fr="Cette mention manque.", en="This is missing.")
_MISSING_FROM_SUMMARY = Text(
    fr="Cette mention manque ; ce profil n'étant qu'un résumé, vérifiez que la page la porte.",
    en="This is missing; as this profile is only a summary, see that the page says it.",
)
_PERHAPS_MISSING = Text(
    fr="Cette mention manque, si les parties sont ce qu'elles semblent être : à vérifier.",
    en="This is missing, if the parties are what they seem to be: to be checked.",
)


#: What to write for the mentions that have no wording of their own.
_EXAMPLES: Mapping[str, Text] = {
    "seller-address": Text(
        fr="Bon : 5 rue de la Paix, 75002 Paris. Mauvais : Paris.",
        en="Good: 5 rue de la Paix, 75002 Paris. Bad: Paris.",
    ),
    "buyer-address": Text(
        fr="Bon : 12 quai du Port, 13002 Marseille. Mauvais : Marseille.",
        en="Good: 12 quai du Port, 13002 Marseille. Bad: Marseille.",
    ),
    "seller-siren": Text(fr="732829320, schéma 0002.", en="732829320, scheme 0002."),
    "seller-identity": Text(
        fr="Société : « SAS au capital de 10 000 €, RCS Lyon 732 829 320 ». Entrepreneur individuel : « EI ».",
        en="Company: “SAS au capital de 10 000 €, RCS Lyon 732 829 320”. Sole trader: “EI”.",
    ),
    "seller-vat-number": Text(fr="FR44732829320 pour le SIREN 732829320.", en="FR44732829320 for the SIREN 732829320."),
    "buyer-vat-number": Text(
        fr="Vente exonérée à un client de Berlin : DE136695976.", en="Exempt sale to a customer in Berlin: DE136695976."
    ),
    "buyer-siren": Text(fr="552100554, schéma 0002.", en="552100554, scheme 0002."),
    "vat-in-euros": Text(
        fr="Facture de 1 200 USD dont 200 USD de TVA : BT-6 = EUR et BT-111 = 184.50, au cours du jour.",
        en="Invoice of 1,200 USD with 200 USD of VAT: BT-6 = EUR and BT-111 = 184.50, at the rate of the day.",
    ),
    "operation-category": Text(
        fr="B1 pour dix lampes, S1 pour deux jours de conseil, M1 pour une chaudière et sa pose.",
        en="B1 for ten lamps, S1 for two days of advice, M1 for a boiler and its fitting.",
    ),
    "due-date": Text(
        fr="Bon : 2026-10-15, ou « à réception ». Mauvais : « selon nos accords ».",
        en="Good: 2026-10-15, or “on receipt”. Bad: “as agreed”.",
    ),
    "purchase-order": Text(
        fr="L'acheteur a écrit « commande PO-4711 » : BT-13 = PO-4711.",
        en="The buyer wrote “order PO-4711”: BT-13 = PO-4711.",
    ),
    "public-buyer-siret": Text(
        fr="Bon : 14 chiffres, schéma 0009. Mauvais : le SIREN seul, qui ne dit pas quel service.",
        en="Good: 14 digits, scheme 0009. Bad: the SIREN alone, which does not say which office.",
    ),
}


def rule_name(mention: str) -> str:
    """The identifier of the rule for a mention: "FR-LAW-SELLER-SIREN"."""
    return f"FR-LAW-{mention.upper()}"


def _rule(demand: Demand) -> Rule:
    wording = demand.wording
    written = None if wording is None else Text(fr=f"« {wording.fr} »", en=f"“{wording.en}”")
    return Rule(
        identifier=rule_name(demand.identifier),
        statement=demand.statement,
        fix=demand.mend,
        source=demand.article,
        term=demand.term,
        example=written or _EXAMPLES.get(demand.identifier),
    )


#: By name of the mention.
MENTION_RULES: Mapping[str, Rule] = {
    demand.identifier: _rule(demand) for demand in DEMANDS if demand.standard is None and not demand.optional
}


def check_mentions(invoice: Invoice, situation: Situation, evidence: Evidence) -> Iterator[Finding]:
    """A finding for each mention that is due and missing."""
    is_summary = profile_of(invoice.specification) in _SUMMARIES
    for mention in required_mentions(invoice, situation, evidence):
        rule = MENTION_RULES.get(mention.identifier)
        if mention.present or rule is None or mention.duty not in _SEVERITIES:
            continue
        severity = _SEVERITIES[mention.duty]
        if is_summary and severity is Severity.FATAL:
            yield replace(rule.finding(mention.where, _MISSING_FROM_SUMMARY), severity=Severity.WARNING)
        else:
            yield replace(rule.finding(mention.where, _detail(mention)), severity=severity)


def _detail(mention: Mention) -> Text:
    """That it is missing, and what explains the severity."""
    if mention.duty is Duty.PRESUMED:
        return _PERHAPS_MISSING
    if mention.duty is Duty.COMING and mention.due_from is not None:
        return Text(
            fr=f"Cette mention manque ; elle sera obligatoire au plus tard le {mention.due_from:%d/%m/%Y}.",
            en=f"This is missing; it will be mandatory by {mention.due_from.isoformat()} at the latest.",
        )
    return _MISSING
