"""Why a bank line is thought to pay what it pays: data first, and a sentence in both languages."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reglo.core.findings import Text


class ReasonKind(StrEnum):
    """What speaks for a match, against it, or says why there is none."""

    REFERENCE = "reference"
    NUMBER = "number"
    PART_OF_NUMBER = "part-of-number"
    NEAR_NUMBER = "near-number"
    IBAN = "iban"
    PAYER_KNOWN = "payer-known"
    NAME = "name"
    NAME_ALIKE = "name-alike"
    MONTH = "month"
    HABIT = "habit"
    AMOUNT_EXACT = "amount-exact"
    WHOLE_BALANCE = "whole-balance"
    OLDEST_FIRST = "oldest-first"
    CREDIT_NETTED = "credit-netted"
    DISCOUNT = "discount"
    DISCOUNT_LATE = "discount-late"
    FEE_STATED = "fee-stated"
    FEE = "fee"
    ROUNDING = "rounding"
    PARTIAL = "partial"
    OVERPAID = "overpaid"
    AMBIGUOUS = "ambiguous"
    PENDING = "pending"
    OTHER_PAYER = "other-payer"
    OTHER_NUMBER = "other-number"
    BEFORE_ISSUE = "before-issue"
    ALREADY_PAID = "already-paid"
    RETURNED = "returned"
    OUTGOING = "outgoing"
    NOT_BOOKED = "not-booked"
    NOT_A_PAYMENT = "not-a-payment"
    NOTHING_KNOWN = "nothing-known"
    OWES_NOTHING = "owes-nothing"


_SENTENCES: dict[ReasonKind, tuple[str, str]] = {
    ReasonKind.REFERENCE: ("La référence {word} est celle de {numbers}", "The reference {word} is that of {numbers}"),
    ReasonKind.NUMBER: ("Le libellé nomme {numbers}", "The text names {numbers}"),
    ReasonKind.PART_OF_NUMBER: ("Le libellé rappelle {numbers}", "The text contains a part of {numbers}"),
    ReasonKind.NEAR_NUMBER: (
        "Le libellé contient presque le numéro {numbers}",
        "The text has nearly the number {numbers}",
    ),
    ReasonKind.IBAN: ("L'IBAN est connu comme celui de {name}{since}", "The IBAN is known as that of {name}{since}"),
    ReasonKind.PAYER_KNOWN: (
        "« {word} » a déjà payé pour {name}",
        "“{word}” has paid for {name} before",
    ),
    ReasonKind.NAME: ("Le payeur porte le nom de {name}", "The payer bears the name of {name}"),
    ReasonKind.NAME_ALIKE: ("Le nom du payeur ressemble à {name}", "The payer's name resembles {name}"),
    ReasonKind.MONTH: ("Le libellé nomme le mois de {numbers}", "The text names the month of {numbers}"),
    ReasonKind.HABIT: ("C'est une habitude de {name}", "It is a habit of {name}"),
    ReasonKind.AMOUNT_EXACT: (
        "Le montant est exactement celui de {numbers}",
        "The amount is exactly that of {numbers}",
    ),
    ReasonKind.WHOLE_BALANCE: (
        "Le montant est exactement tout ce que doit {name}",
        "The amount is exactly all that {name} owes",
    ),
    ReasonKind.OLDEST_FIRST: (
        "Les factures les plus anciennes sont réglées d'abord",
        "The oldest invoices are paid first",
    ),
    ReasonKind.CREDIT_NETTED: ("L'avoir {numbers} est déduit", "The credit note {numbers} is deducted"),
    ReasonKind.DISCOUNT: (
        "L'escompte de {amount} est pris dans les délais",
        "The early-payment discount of {amount} is taken in time",
    ),
    ReasonKind.DISCOUNT_LATE: (
        "L'escompte de {amount} est pris trop tard",
        "The early-payment discount of {amount} is taken too late",
    ),
    ReasonKind.FEE_STATED: ("La banque dit avoir gardé {amount} de frais", "The bank says that it kept {amount}"),
    ReasonKind.FEE: (
        "Il manque {amount}, sans doute des frais bancaires",
        "{amount} are missing, probably bank fees",
    ),
    ReasonKind.ROUNDING: ("L'écart d'arrondi est de {amount}", "The rounding difference is {amount}"),
    ReasonKind.PARTIAL: (
        "C'est un paiement partiel{nbsp}: il reste {amount} à payer",
        "It is a partial payment: {amount} stay open",
    ),
    ReasonKind.OVERPAID: ("Le trop-perçu est de {amount}", "{amount} are paid too much"),
    ReasonKind.AMBIGUOUS: (
        "D'autres explications conviennent aussi bien",
        "Other explanations fit as well",
    ),
    ReasonKind.PENDING: (
        "Mais une autre ligne en attente paie peut-être {numbers}",
        "But another line that waits may pay {numbers}",
    ),
    ReasonKind.OTHER_PAYER: (
        "Mais le payeur semble être {name}",
        "But the payer seems to be {name}",
    ),
    ReasonKind.OTHER_NUMBER: ("Mais le libellé nomme {numbers}", "But the text names {numbers}"),
    ReasonKind.BEFORE_ISSUE: (
        "Mais {numbers} n'était pas encore émise",
        "But {numbers} was not issued yet",
    ),
    ReasonKind.ALREADY_PAID: (
        "{numbers} est déjà payée{on}{nbsp}: à garder en avance ou à rembourser",
        "{numbers} is paid already{on}: keep it as an advance or refund it",
    ),
    ReasonKind.RETURNED: (
        "Le paiement de {numbers} est revenu impayé",
        "The payment of {numbers} came back",
    ),
    ReasonKind.OUTGOING: (
        "La ligne est un débit qui ne rembourse aucun avoir ouvert",
        "The line is a debit that refunds no open credit note",
    ),
    ReasonKind.NOT_BOOKED: ("La banque n'a pas encore passé cette ligne", "The bank has not booked this line yet"),
    ReasonKind.NOT_A_PAYMENT: (
        "Ce sont des frais ou des intérêts de la banque",
        "These are fees or interest of the bank",
    ),
    ReasonKind.OWES_NOTHING: (
        "{name} paie sans doute, mais ne doit rien en {currency}{nbsp}: gardez la somme comme acompte, ou rendez-la",
        "{name} seems to pay, but owes nothing in {currency}: keep the sum as an advance, or give it back",
    ),
    ReasonKind.NOTHING_KNOWN: (
        "Ni référence, ni payeur, ni montant ne sont reconnus",
        "Neither reference, payer nor amount is recognised",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason, with the values that its sentence tells."""

    kind: ReasonKind
    numbers: tuple[str, ...] = ()  #: of invoices and credit notes
    name: str = ""  #: of a customer
    word: str = ""  #: as the bank line has it: reference or payer
    amount: Decimal | None = None
    currency: str = ""
    on: date | None = None

    @property
    def text(self) -> Text:
        """The reason as a sentence."""
        french, english = _SENTENCES[self.kind]
        return Text(fr=self._filled(french, "fr"), en=self._filled(english, "en"))

    def _filled(self, sentence: str, language: str) -> str:
        on = "" if self.on is None else f"{self.on:%d/%m/%Y}"
        french = language == "fr"
        return sentence.format(
            nbsp="\N{NO-BREAK SPACE}",
            numbers=_listed(self.numbers, " et " if french else " and "),
            name=self.name,
            word=self.word,
            currency=self.currency,
            amount=_money(self.amount, self.currency, french=french),
            since=on and f" {'depuis le' if french else 'since'} {on}",
            on=on and f" {'le' if french else 'on'} {on}",
        )


_TOLD = 5


def _listed(numbers: tuple[str, ...], last: str) -> str:
    if len(numbers) > _TOLD:
        numbers = (*numbers[: _TOLD - 1], f"+{len(numbers) - _TOLD + 1}")
    return ", ".join(numbers[:-1]) + last + numbers[-1] if len(numbers) > 1 else "".join(numbers)


def _money(amount: Decimal | None, currency: str, *, french: bool) -> str:
    if amount is None:
        return ""
    sign = "€" if currency == "EUR" else currency
    if not french:
        return f"{amount:,f}\N{NO-BREAK SPACE}{sign}"
    grouped = f"{amount:,f}".replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
    return f"{grouped}\N{NO-BREAK SPACE}{sign}"
