"""What a document says, read as a person would: its words, its codes, its notes by subject.

Documents made by others carry mentions in many places (BT-33, notes, payment terms, exemption reasons); a mention
counts wherever it stands. Words are compared without case, accents or doubled spaces.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reglo.core.document import Invoice, Line, LineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A document, ready to be searched."""

    identity: str  #: names and BT-33 of the seller, folded
    words: str  #: every free text that may carry a mention, folded
    notes: Mapping[str, str]  #: folded text of the notes by subject
    vat_categories: frozenset[str]
    exemption_codes: frozenset[str]
    unexplained: tuple[int, ...]  #: places in the VAT breakdown without tax and without a reason

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether any text of the document matches."""
        return pattern.search(self.words) is not None

    def notes_say_something(self, subject: str) -> bool:
        """Whether a note with this subject has a text."""
        return bool(self.notes.get(subject))


def evidence_of(invoice: Invoice) -> Evidence:
    """Gather what the document says."""
    seller = invoice.seller
    named = (seller.name, seller.trading_name, seller.legal_information) if seller else ()
    identity = folded(" ".join(each for each in named if each))
    notes: dict[str, str] = {}
    for note in invoice.notes:
        notes[note.subject or ""] = f"{notes.get(note.subject or '', '')} {folded(note.text or '')}".strip()
    return Evidence(
        identity=identity,
        words=" ".join([identity, *notes.values(), folded(" ".join(_free_texts(invoice)))]),
        notes=notes,
        vat_categories=frozenset(_categories(invoice)),
        exemption_codes=frozenset(_exemption_codes(invoice)),
        unexplained=tuple(_unexplained(invoice)),
    )


_ACCENTS = re.compile("[\u0300-\u036f]+")  # what decomposition leaves behind a letter
_ACRONYM_DOTS = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)")


def folded(text: str) -> str:
    """Text without case, accents, doubled spaces and dots in acronyms: « R.C.S.  Orléans » is "rcs. orleans"."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    return _ACRONYM_DOTS.sub("", " ".join(_ACCENTS.sub("", decomposed).casefold().split()))


def _free_texts(invoice: Invoice) -> Iterable[str]:
    if invoice.payment_terms:
        yield invoice.payment_terms
    for entry in invoice.vat_breakdown:
        if entry.exemption_reason:
            yield entry.exemption_reason
    for line in invoice.lines:
        if line.exemption_reason:
            yield line.exemption_reason
        for note in line.notes:
            if note.text:
                yield note.text
        if line.item is not None and _is_a_remark(line):
            yield f"{line.item.name or ''} {line.item.description or ''}"


def _is_a_remark(line: Line) -> bool:
    """A line of nothing but text, as people use to write below the others."""
    return line.kind == LineKind.INFORMATION or line.net_amount == 0


def _categories(invoice: Invoice) -> Iterable[str]:
    for entry in invoice.vat_breakdown:
        if entry.category:
            yield entry.category
    for line in invoice.lines:
        if line.vat_category:
            yield line.vat_category


def _exemption_codes(invoice: Invoice) -> Iterable[str]:
    for entry in invoice.vat_breakdown:
        if entry.exemption_code:
            yield entry.exemption_code.strip().upper()
    for line in invoice.lines:
        if line.exemption_code:
            yield line.exemption_code.strip().upper()


def _unexplained(invoice: Invoice) -> Iterable[int]:
    explained_by_line = {line.vat_category for line in invoice.lines if line.exemption_reason or line.exemption_code}
    for place, entry in enumerate(invoice.vat_breakdown):
        reason = entry.exemption_reason or entry.exemption_code or entry.category in explained_by_line
        if entry.category in UNTAXED and not reason:
            yield place


#: VAT categories without tax that need a reason (UNTDID 5305). Z, the zero rate, does not exist in France.
UNTAXED = frozenset({"E", "AE", "K", "G", "O"})

COMPANY_CAPITAL = re.compile(r"\bcapital\b")
REGISTER_WITH_TOWN = re.compile(
    r"\brcs[.:]?\s*(?:de |d'|du )?[a-z]{2,}|\b(?!numero|siren|siret)[a-z]{3,}\s+rcs\b|registre du commerce"
)
OTHER_REGISTER = re.compile(r"\brm\b|repertoire des metiers|\brne\b|registre national des entreprises|\brsac\b")
SOLE_TRADER = re.compile(r"\bei\b|\beirl\b|entrepreneur individuel|entrepreneuse individuelle|entreprise individuelle")
MICRO = re.compile(r"micro-?\s?entre|auto-?\s?entre")
FRANCHISE = re.compile(r"293\s?b\b|franchise en base|small enterprise")
REVERSE_CHARGE = re.compile(r"auto-?\s?liquid|reverse charge|steuerschuldnerschaft|inversion del sujeto pasivo")
SELF_BILLING = re.compile(r"auto-?\s?factur|self-?\s?bill")
MARGIN = re.compile(r"regime particulier|regime de la marge|margin scheme|297\s?a\b")
DEBITS = re.compile(r"(?:option|paiement|acquitt\w*).{0,60}\bdebits?\b|tva (?:sur|d'apres) les debits")
PENALTIES = re.compile(r"penalit|interets? (?:de retard|moratoires?)|late (?:payment )?(?:penalt|interest|fee)")
INDEMNITY = re.compile(r"40(?:[.,]00)? ?(?:€|eur)|€ ?40\b|indemnite forfaitaire|recovery (?:cost|indemnit)")
DISCOUNT = re.compile(r"\bescompte|early[- ]payment|discount for")
INSURANCE = re.compile(r"decennale|ten-year insurance")
APPROVED_BODY = re.compile(r"(?:centre|organisme|association) (?:de gestion )?agree")
MEDIATOR = re.compile(r"mediateur|mediation")
NOT_APPLICABLE = re.compile(r"non applicable|ne s'applique|sans objet|do(?:es)? not apply|not applicable|\bneant\b")
