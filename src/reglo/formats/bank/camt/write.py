"""Writing camt.053.001.08, in the order of elements that its schema wants: for demonstrations, tests, benchmarks."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from reglo.core.bank import Balance, BankAccount, BankLine, LineKind, Statement

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
#: Domain PMNT, family and sub-family when money comes in and when it goes out.
_CODES = {
    LineKind.TRANSFER: (("RCDT", "ESCT"), ("ICDT", "ESCT")),
    LineKind.DIRECT_DEBIT: (("IDDT", "ESDD"), ("RDDT", "ESDD")),
    LineKind.CARD: (("MCRD", "POSP"), ("CCRD", "POSD")),
    LineKind.CHEQUE: (("RCHQ", "CCHQ"), ("ICHQ", "CCHQ")),
    LineKind.CASH: (("CNTR", "CDPT"), ("CNTR", "CWDL")),
    LineKind.FEE: (("MCOP", "CHRG"), ("MDOP", "CHRG")),
    LineKind.INTEREST: (("MCOP", "INTR"), ("MDOP", "INTR")),
    LineKind.RETURN: (("RCDT", "RRTN"), ("IDDT", "UPDD")),
    LineKind.OTHER: (("MCOP", "OTHR"), ("MDOP", "OTHR")),
}


def write_camt053(statement: Statement) -> bytes:
    """The statement as a camt.053.001.08 file, which `read_camt` reads back to the same values.

    The statement needs an account and, to be valid by the schema, a balance. A long text is told in pieces of 140.
    """
    return "".join(_document(statement)).encode()


def _document(statement: Statement) -> Iterator[str]:
    on = _day_of(statement)
    identifier = escape(statement.identifier or "1")
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{_NAMESPACE}"><BkToCstmrStmt>'
    yield f"<GrpHdr><MsgId>{identifier}</MsgId><CreDtTm>{on}T00:00:00Z</CreDtTm></GrpHdr>\n"
    yield f"<Stmt><Id>{identifier}</Id><CreDtTm>{on}T00:00:00Z</CreDtTm>{_account(statement.account)}\n"
    for code, balance in (("OPBD", statement.opening), ("CLBD", statement.closing)):
        if balance is not None:
            yield _balance(code, balance, statement.account.currency)
    for line in statement.lines:
        yield _entry(line)
    yield "</Stmt></BkToCstmrStmt></Document>\n"


def _day_of(statement: Statement) -> date:
    """The day of the statement: of its last balance or line."""
    if statement.closing is not None:
        return statement.closing.on
    return max((line.booked for line in statement.lines), default=date(2000, 1, 1))


def _account(account: BankAccount) -> str:
    number = _tag("IBAN", account.iban) if account.iban else f"<Othr>{_tag('Id', account.number or '?')}</Othr>"
    owner = f"<Ownr>{_tag('Nm', account.owner)}</Ownr>" if account.owner else ""
    return f"<Acct><Id>{number}</Id>{_tag('Ccy', account.currency)}{owner}</Acct>"


def _balance(code: str, balance: Balance, currency: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(balance.amount, currency)}"
        f"{_direction(balance.amount)}<Dt><Dt>{balance.on}</Dt></Dt></Bal>\n"
    )


def _entry(line: BankLine) -> str:
    state = "BOOK" if line.is_booked else "PDNG"
    valued = f"<ValDt><Dt>{line.valued}</Dt></ValDt>" if line.valued is not None else ""
    family, sub_family = _CODES[line.kind][line.amount < 0]
    return (
        f"<Ntry>{_amount(line.amount, line.currency)}{_direction(line.amount)}<Sts><Cd>{state}</Cd></Sts>"
        f"<BookgDt><Dt>{line.booked}</Dt></BookgDt>{valued}{_tag('AcctSvcrRef', line.bank_reference)}"
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{sub_family}</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"<NtryDtls><TxDtls>{_detail(line)}</TxDtls></NtryDtls></Ntry>\n"
    )


def _detail(line: BankLine) -> str:
    return (
        f"<Refs>{_tag('EndToEndId', line.end_to_end or 'NOTPROVIDED')}</Refs>"
        f"{_amount(line.amount, line.currency)}{_direction(line.amount)}"
        f"{_original(line)}{_charges(line)}{_parties(line)}{_remittance(line)}"
    )


def _original(line: BankLine) -> str:
    if line.original_amount is None:
        return ""
    return f"<AmtDtls><InstdAmt>{_amount(line.original_amount, line.original_currency)}</InstdAmt></AmtDtls>"


def _charges(line: BankLine) -> str:
    if not line.charges:
        return ""
    return f"<Chrgs><Rcrd>{_amount(line.charges, line.currency)}<CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>"


def _parties(line: BankLine) -> str:
    if not (line.payer or line.payer_iban):
        return ""
    role = "Dbtr" if line.amount >= 0 else "Cdtr"
    name = f"<{role}><Pty>{_tag('Nm', line.payer)}</Pty></{role}>" if line.payer else ""
    iban = f"<{role}Acct><Id>{_tag('IBAN', line.payer_iban)}</Id></{role}Acct>" if line.payer_iban else ""
    return f"<RltdPties>{name}{iban}</RltdPties>"


def _remittance(line: BankLine) -> str:
    if not (line.text or line.reference):
        return ""
    structured = (
        "<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp>"
        f"{_tag('Ref', line.reference)}</CdtrRefInf></Strd>"
        if line.reference
        else ""
    )
    pieces = "".join(_tag("Ustrd", piece) for piece in wrap(line.text, 140, break_on_hyphens=False))
    return f"<RmtInf>{pieces}{structured}</RmtInf>"


def _amount(amount: Decimal, currency: str) -> str:
    return f"<Amt Ccy={quoteattr(currency)}>{abs(amount):f}</Amt>"


def _direction(amount: Decimal) -> str:
    return f"<CdtDbtInd>{'DBIT' if amount < 0 else 'CRDT'}</CdtDbtInd>"


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""
