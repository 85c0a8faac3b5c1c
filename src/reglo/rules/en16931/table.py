"""A rule of EN 16931 as a row of a table: what it demands, what it looks at, and when it is broken.

Each rule is one or more checks. It has several where the artefacts of the two syntaxes put the same demand in different
ways: each check then says in which syntaxes it holds. `Group` says what a check looks at, and so how often it runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from reglo.core.business_terms import term
from reglo.core.findings import Severity, Text
from reglo.core.rule import Rule
from reglo.formats.reading import Syntax

Subject = TypeVar("Subject")

UBL = frozenset({Syntax.UBL_INVOICE, Syntax.UBL_CREDIT_NOTE})
CII = frozenset({Syntax.CII})
DATA = frozenset({Syntax.DATA})
EVERYWHERE = UBL | CII | DATA
#: For a rule that only a person can judge.
NOWHERE: frozenset[Syntax] = frozenset()

#: Versions of the artefacts whose behaviour the rules follow, and which the tests compare them with.
ARTEFACTS = "EN16931-UBL 1.3.16, Factur-X 1.09"


class Group(StrEnum):
    """What a check looks at, by its place in the model."""

    DOCUMENT = ""  #: the whole document: `facts.Facts`
    TOTALS = "totals"  #: the sums of the document (BG-22), where it has any: `facts.Facts`
    NOTE = "notes[{}]"
    PRECEDING = "preceding_invoices[{}]"
    SUPPORTING = "supporting_documents[{}]"
    MEANS = "payment.means[{}]"
    ALLOWANCE = "allowances[{}]"
    CHARGE = "charges[{}]"
    BREAKDOWN = "vat_breakdown[{}]"  #: an entry among the others: `facts.Entry`
    LINE = "lines[{}]"
    LINE_ALLOWANCE = "lines[{}].allowances[{}]"
    LINE_CHARGE = "lines[{}].charges[{}]"
    CLASSIFICATION = "lines[{}].item.classifications[{}]"
    ATTRIBUTE = "lines[{}].item.attributes[{}]"


@dataclass(frozen=True, kw_only=True)  # without slots, which Generic does not bear
class Check(Generic[Subject]):
    """One way in which a rule is broken."""

    rule: Rule
    group: Group
    breached: Callable[[Subject], bool]
    detail: Callable[[Subject], Text] | None = None  #: the values that disagree
    at: str | None = None  #: place, as a path with [] for what is repeated; None: that of the rule's business term
    syntaxes: frozenset[Syntax] = EVERYWHERE  #: those in which it is judged so
    severity: Severity = Severity.FATAL
    reads: frozenset[str] = frozenset()  #: further business terms that the rule needs in order to judge


def rule(identifier: str, business_term: str, *, statement: Text, fix: Text, example: Text) -> Rule:
    """A rule of the standard."""
    return Rule(
        identifier=identifier,
        statement=statement,
        fix=fix,
        source=f"EN 16931-1, {identifier} ({ARTEFACTS})",
        term=business_term,
        example=example,
        obliges=True,
    )


def name_of(business_term: str) -> Text:
    """How a sentence names a term: « Total HT » (BT-109)."""
    known = term(business_term)
    if known is None:
        return Text(fr=business_term, en=business_term)
    return Text(fr=f"« {known.name.fr} » ({business_term})", en=f"“{known.name.en}” ({business_term})")


def figure_stated(business_term: str, amount: Decimal | None) -> Text:
    """What the document states, to begin a sentence with: « BT-112 vaut 120.00 »."""
    if amount is None:
        return Text(fr=f"{business_term} manque", en=f"{business_term} is missing")
    return Text(fr=f"{business_term} vaut {amount:f}", en=f"{business_term} is {amount:f}")


def place(check: "Check[Subject]", indices: tuple[int, ...]) -> str:
    """The path in the model at which `check` found its breach: "lines[2].price.net"."""
    known = term(check.rule.term or "")
    path = ("" if known is None else known.path) if check.at is None else check.at
    prefix = check.group.value.replace("{}", "")
    path = path.removesuffix("[]")
    if path.startswith(prefix) and "[]" not in path.removeprefix(prefix):
        return check.group.value.format(*indices) + path.removeprefix(prefix)
    return path.partition("[]")[0] if check.group in (Group.DOCUMENT, Group.TOTALS) else check.group.format(*indices)
