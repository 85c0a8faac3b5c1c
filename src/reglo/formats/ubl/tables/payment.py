"""Means of payment."""

from collections.abc import Mapping

from reglo.core.document import PaymentCard, PaymentMeans
from reglo.formats.ubl.binding import Entry, Inside, One, Table, cac, cbc
from reglo.formats.ubl.leaves import Text
from reglo.formats.ubl.quirks.payment import CardNetwork, MeansCode, account_of
from reglo.formats.ubl.tables.parties import OTHER_PARTY

_ACCOUNT = Table(
    account_of,
    cbc("ID", Text("identifier", "BT-84")),
    cbc("Name", Text("name", "BT-85")),
    cac("FinancialInstitutionBranch", Inside(cbc("ID", Text("bic", "BT-86")))),
)

_CARD = Table(
    PaymentCard,
    cbc("PrimaryAccountNumberID", Text("number", "BT-87")),
    cbc("NetworkID", CardNetwork()),
    cbc("HolderName", Text("holder", "BT-88")),
)

_MANDATE = Inside(
    cbc("ID", Text("mandate", "BT-89")),
    cac("PayerParty", One("payer", OTHER_PARTY)),
    cac("PayerFinancialAccount", Inside(cbc("ID", Text("debited_account", "BT-91")))),
)


def means(*extra: Mapping[str, Entry]) -> Table:
    """The table of a means of payment, with what only this kind of document says there."""
    return Table(
        PaymentMeans,
        cbc("PaymentMeansCode", MeansCode("code", "BT-81")),
        *extra,
        cbc("PaymentID", Text("remittance_information", "BT-83")),
        cac("CardAccount", One("card", _CARD, "BG-18")),
        cac("PayeeFinancialAccount", One("account", _ACCOUNT, "BG-17")),
        cac("PaymentMandate", _MANDATE),
    )


LIFTED_FROM_MEANS = {name: name for name in ("remittance_information", "mandate", "payer")}
