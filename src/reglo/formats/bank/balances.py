"""Whether a statement adds up: opening balance + booked lines = closing balance, and one statement follows another."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from reglo.core.bank import BankAccount, Statement
from reglo.core.findings import Text
from reglo.formats.bank.amounts import written
from reglo.formats.bank.reading import Faults

_MISSING_LINES = Text(
    fr="Des lignes manquent ou sont en double\N{NO-BREAK SPACE}: comparez avec le relevé de la banque.",
    en="Lines are missing or doubled: compare with the bank's own statement.",
)


def check_statements(statements: Sequence[Statement], faults: Faults) -> None:
    """Note what of the balances does not add up, and what is only announced."""
    for statement in statements:
        _check_sum(statement, faults)
        _check_announced(statement, faults)
    for before, after in pairwise(statements):
        _check_sequence(before, after, faults)


def _place(statement: Statement) -> Text:
    account = name_of_account(statement.account)
    if not statement.identifier:
        return Text(fr=f"compte {account}", en=f"account {account}")
    return Text(
        fr=f"compte {account}, relevé {statement.identifier}", en=f"account {account}, statement {statement.identifier}"
    )


def name_of_account(account: BankAccount) -> str:
    """How a message names an account."""
    return account.iban or account.number or account.owner or "?"


def _check_sum(statement: Statement, faults: Faults) -> None:
    if statement.opening is None or statement.closing is None:
        return
    currency = statement.account.currency
    booked = [line for line in statement.lines if line.is_booked]
    foreign = sum(1 for line in booked if line.currency != currency)
    if foreign:
        faults.add(
            _place(statement),
            Text(
                fr=f"{foreign} ligne(s) sont dans une autre devise que le compte ({currency}).",
                en=f"{foreign} line(s) are in another currency than the account ({currency}).",
            ),
            Text(fr="Le solde n'a pas pu être vérifié.", en="The balance could not be checked."),
        )
        return
    total = sum((line.amount for line in booked), Decimal(0))
    gap = statement.closing.amount - statement.opening.amount - total
    if gap:
        faults.add(
            _place(statement),
            _sum_sentence(statement.opening.amount, total, statement.closing.amount, gap),
            _MISSING_LINES,
        )


def _sum_sentence(opening: Decimal, total: Decimal, closing: Decimal, gap: Decimal) -> Text:
    first, lines, last, off = written(opening), written(total), written(closing), written(gap)
    return Text(
        fr=f"solde d'ouverture {first.fr} + lignes {lines.fr} ≠ solde de clôture {last.fr} (écart {off.fr}).",
        en=f"opening balance {first.en} + lines {lines.en} ≠ closing balance {last.en} (off by {off.en}).",
    )


def _check_announced(statement: Statement, faults: Faults) -> None:
    announced = sum(1 for line in statement.lines if not line.is_booked)
    if announced:
        faults.add(
            _place(statement),
            Text(
                fr=f"{announced} ligne(s) seulement annoncées par la banque (non comptabilisées).",
                en=f"{announced} line(s) that the bank only announces (not booked).",
            ),
            Text(
                fr="Elles sont montrées, et comptées quand la banque les comptabilise.",
                en="They are shown, and counted once the bank books them.",
            ),
        )


def _check_sequence(before: Statement, after: Statement, faults: Faults) -> None:
    if before.account != after.account or before.closing is None or after.opening is None:
        return
    if after.opening.on >= before.closing.on and after.opening.amount != before.closing.amount:
        last, first = written(before.closing.amount), written(after.opening.amount)
        faults.add(
            _place(after),
            Text(
                fr=f"le relevé précédent finit à {last.fr}, celui-ci commence à {first.fr}.",
                en=f"the statement before ends at {last.en}, this one begins at {first.en}.",
            ),
            Text(fr="Un relevé manque entre les deux.", en="A statement between them is missing."),
        )
