"""Statements of CFONB 120 from their records: 01 opens, 04 and 05 are movements, 07 closes."""

from reglo.core.bank import Balance, BankAccount, BankLine, Statement
from reglo.core.findings import Text
from reglo.formats.bank.cfonb.movements import movement_line
from reglo.formats.bank.cfonb.records import Record, records
from reglo.formats.bank.decoding import text_of
from reglo.formats.bank.reading import BankFormat, BankReading, Faults, UnreadableBankFile, line_place, refusal
from reglo.formats.data.scalars import BadValue

_COMPARE = Text(
    fr="Comparez les lignes avec le relevé de la banque.", en="Compare the lines with the bank's own statement."
)


def read_cfonb120(data: bytes) -> BankReading:
    """The statements of a CFONB 120 file. Raises UnreadableBankFile."""
    reader = _Reader()
    for record in records(text_of(data)):
        reader.take(record)
    reader.end(None)
    if not reader.statements:
        raise UnreadableBankFile(
            Text(
                fr="Le fichier CFONB 120 ne contient ni solde ni mouvement.",
                en="The CFONB 120 file holds neither balance nor movement.",
            )
        )
    return BankReading(format=BankFormat.CFONB_120, statements=tuple(reader.statements), faults=reader.faults.found())


class _Reader:
    """The statements so far, and the one that is being read."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.faults = Faults()
        self._account: BankAccount | None = None  #: None between two statements
        self._opening: Balance | None = None
        self._lines: list[BankLine] = []
        self._is_doubtful = False
        self._movement: Record | None = None
        self._more: list[Record] = []

    def take(self, record: Record) -> None:
        """Read one record."""
        if record.code == "01":
            self._open(record)
        elif record.code == "04":
            self._end_movement()
            self._belongs(record)
            self._movement = record
        elif record.code == "05":
            self._add_detail(record)
        elif record.code == "07":
            self._close(record)
        else:
            raise refusal(
                line_place(record.line),
                Text(
                    fr=f"l'enregistrement commence par « {record.text[:2]} », et non par 01, 04, 05 ou 07.",
                    en=f'the record begins with "{record.text[:2]}", not with 01, 04, 05 or 07.',
                ),
                Text(
                    fr="Le fichier est abîmé ou n'est pas du CFONB 120.",
                    en="The file is damaged or is not CFONB 120.",
                ),
            )

    def _open(self, record: Record) -> None:
        if self._account is not None:
            self._fault(
                record,
                "le relevé précédent n'a pas de solde de clôture (07).",
                "the statement before has no closing balance (07).",
            )
            self.end(None)
        self._account = record.account
        self._opening = self._balance(record)

    def _belongs(self, record: Record) -> None:
        """A movement stands in a statement of its own account."""
        if self._account is None:
            self._fault(
                record,
                "le relevé commence sans solde d'ouverture (01).",
                "the statement begins without an opening balance (01).",
            )
            self._account = record.account
        elif record.account != self._account and not self._is_doubtful:
            self._doubt(record, self._account)

    def _doubt(self, record: Record, account: BankAccount) -> None:
        """Another account number refuses the file; another bank or branch beside it is a fault, told once."""
        moved = Text(
            fr=f"le mouvement est du compte {record.account.number}, le relevé du compte {account.number}.",
            en=f"the movement is of account {record.account.number}, the statement of {account.number}.",
        )
        if record.field(22, 32) != account.number.rpartition(" ")[2]:
            fix = Text(fr="Demandez à la banque un fichier correct.", en="Ask the bank for a correct file.")
            raise refusal(line_place(record.line), moved, fix)
        self._is_doubtful = True
        self.faults.add(line_place(record.line), moved, _COMPARE)

    def _add_detail(self, record: Record) -> None:
        if self._movement is None:
            self._fault(
                record, "un complément (05) ne suit aucun mouvement (04).", "a detail (05) follows no movement (04)."
            )
        else:
            self._more.append(record)

    def _close(self, record: Record) -> None:
        self._end_movement()
        if self._account is None:
            self._fault(
                record,
                "un solde de clôture (07) sans relevé ouvert.",
                "a closing balance (07) without an open statement.",
            )
            self._account = record.account
        self.end(self._balance(record))

    def end(self, closing: Balance | None) -> None:
        """Finish the statement that is being read, if there is one."""
        self._end_movement()
        if self._account is not None:
            self.statements.append(
                Statement(account=self._account, lines=tuple(self._lines), opening=self._opening, closing=closing)
            )
        self._account, self._opening, self._lines, self._is_doubtful = None, None, [], False

    def _end_movement(self) -> None:
        if self._movement is None:
            return
        try:
            self._lines.append(movement_line(self._movement, self._more))
        except BadValue as bad:
            raise refusal(line_place(self._movement.line), bad.reason, bad.fix) from bad
        self._movement, self._more = None, []

    def _balance(self, record: Record) -> Balance | None:
        """A balance, which may be without a date that is one: then the lines stand without it."""
        try:
            amount = record.amount
        except BadValue as bad:
            raise refusal(line_place(record.line), bad.reason, bad.fix) from bad
        try:
            return Balance(on=record.day(35), amount=amount)
        except BadValue as bad:
            self.faults.add(
                line_place(record.line),
                bad.reason,
                Text(fr="Ce solde est laissé de côté.", en="This balance is left out."),
            )
            return None

    def _fault(self, record: Record, fr: str, en: str) -> None:
        self.faults.add(line_place(record.line), Text(fr=fr, en=en), _COMPARE)
