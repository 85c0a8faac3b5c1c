"""How the money moved, from the bank transaction codes of ISO 20022 (external code list BankTransactionCode)."""

from reglo.core.bank import LineKind
from reglo.formats.bank.camt.elements import Node, child, code_at, text_at
from reglo.formats.bank.labels import kind_of_label

_BY_FAMILY = {
    "RCDT": LineKind.TRANSFER,
    "ICDT": LineKind.TRANSFER,
    "RRCT": LineKind.TRANSFER,
    "IRCT": LineKind.TRANSFER,
    "RDDT": LineKind.DIRECT_DEBIT,
    "IDDT": LineKind.DIRECT_DEBIT,
    "CCRD": LineKind.CARD,
    "MCRD": LineKind.CARD,
    "RCHQ": LineKind.CHEQUE,
    "ICHQ": LineKind.CHEQUE,
    "CNTR": LineKind.CASH,
}
#: Payments that came back: unpaid, reversed, rejected, recalled.
_RETURNS = frozenset({"UPDD", "UPCT", "UPCQ", "UPCR", "RRTN", "PRDD", "RCDD", "RPCR", "CDIS", "ARPD", "RVSL"})
_FEES = frozenset({"CHRG", "FEES", "COMM", "COME", "COMI", "COMT", "ADJT", "TAXE"})


def kind_of(element: Node) -> LineKind:
    """The kind that the BkTxCd of an entry or of its detail tells; OTHER where it tells none."""
    codes = child(element, "BkTxCd", "Domn", "Fmly")
    if codes is None:
        return LineKind.OTHER
    sub_family = code_at(codes, "SubFmlyCd")
    if sub_family in _RETURNS:
        return LineKind.RETURN
    if sub_family == "INTR":
        return LineKind.INTEREST
    if sub_family in _FEES:
        return LineKind.FEE
    return _BY_FAMILY.get(code_at(codes, "Cd"), LineKind.OTHER)


def kind_of_words(element: Node) -> LineKind:
    """The kind that the bank's own words tell where no code of ISO 20022 does; those of the payer do not count."""
    return kind_of_label(text_at(element, "AddtlNtryInf"))
