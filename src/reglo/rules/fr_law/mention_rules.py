"""Missing mentions: one rule for each mention of `reglo.core.mentions`."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from reglo.core.document import Invoice
from reglo.core.findings import Finding, Severity, Text
from reglo.core.mentions import DEMANDS, Demand, Duty, Evidence, Mention, Situation, required_mentions
from reglo.formats.profiles import Profile, profile_of
from reglo.rules.rule import Rule

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


def rule_name(mention: str) -> str:
    """The identifier of the rule for a mention: "FR-LAW-SELLER-SIREN"."""
    return f"FR-LAW-{mention.upper()}"


def _rule(demand: Demand) -> Rule:
    wording = demand.wording
    example = None if wording is None else Text(fr=f"« {wording.fr} »", en=f"“{wording.en}”")
    return Rule(
        identifier=rule_name(demand.identifier),
        statement=demand.statement,
        fix=demand.mend,
        source=demand.article,
        term=demand.term,
        example=example,
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
            fr=f"Cette mention manque ; elle sera obligatoire au plus tard le {_french_date(mention.due_from)}.",
            en=f"This is missing; it will be mandatory by {mention.due_from.isoformat()} at the latest.",
        )
    return _MISSING


def _french_date(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
