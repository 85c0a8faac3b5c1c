"""How to pay: means, account, card."""

from typing import Any

from lxml import etree

from reglo.core.document import PaymentMeans
from reglo.core.findings import Severity, Text
from reglo.formats.xml import RAM, RSM
from reglo.rules.en16931.facts import Facts
from reglo.rules.en16931.presence import Empty, need
from reglo.rules.en16931.table import CII, DATA, UBL, Check, Group, rule

#: UNTDID 4461: credit transfer, SEPA credit transfer.
_TRANSFERS = ("30", "58")
_CII_ACCOUNTS = (
    f"{{{RSM}}}SupplyChainTradeTransaction/{{{RAM}}}ApplicableHeaderTradeSettlement"
    f"/{{{RAM}}}SpecifiedTradeSettlementPaymentMeans/{{{RAM}}}PayeePartyCreditorFinancialAccount"
)
#: The first six and last four digits of a card.
_MOST_CARD_DIGITS = 10


def _account_is_empty(means: PaymentMeans) -> bool:
    return _has_account(means) and means.account is not None and not means.account.identifier


def _account_is_empty_in_ubl(means: PaymentMeans) -> bool:
    """UBL puts the bank into the account, and so never names one without the other."""
    return means.code in _TRANSFERS and means.account is not None and not means.account.identifier


def _has_account(means: PaymentMeans) -> bool:
    """Whether an account is given for a transfer: a bank alone (BT-86) is none, where CII keeps the two apart."""
    account = means.account
    if means.code not in _TRANSFERS or account is None:
        return False
    return account.identifier is not None or account.name is not None or account.bic is None


def _account_is_missing(means: PaymentMeans) -> bool:
    return means.code in _TRANSFERS and (means.account is None or means.account.identifier is None)


def _account_has_no_number(means: PaymentMeans) -> bool:
    return _has_account(means) and means.account is not None and means.account.identifier is None


def _account_beside_a_bank_has_no_number(facts: Facts) -> bool:
    """Where CII names a bank and no account number, only the XML tells whether there is an account at all."""
    means = () if facts.invoice.payment is None else facts.invoice.payment.means
    if facts.root is None or not any(_names_a_bank_alone(each) for each in means):
        return False
    return any(_is_without_number(each) for each in facts.root.iterfind(_CII_ACCOUNTS))


def _names_a_bank_alone(means: PaymentMeans) -> bool:
    account = means.account
    return means.code in _TRANSFERS and account is not None and account.identifier is None and account.bic is not None


def _is_without_number(account: etree._Element) -> bool:
    means = account.getparent()
    is_transfer = means is not None and means.findtext(f"{{{RAM}}}TypeCode") in _TRANSFERS
    return is_transfer and account.find(f"{{{RAM}}}IBANID") is None and account.find(f"{{{RAM}}}ProprietaryID") is None


def _shows_too_many_digits(means: PaymentMeans) -> bool:
    return means.card is not None and len((means.card.number or "").strip()) > _MOST_CARD_DIGITS


_GIVE_THE_IBAN = Text(fr="Renseignez l'IBAN du compte à créditer.", en="Fill in the IBAN of the account to pay into.")
_IBAN_EXAMPLE = Text(
    fr="Bon : moyen 30, IBAN FR7630006000011234567890189. Mauvais : moyen 30 sans IBAN.",
    en="Good: means 30, IBAN FR7630006000011234567890189. Bad: means 30 without an IBAN.",
)
_BR_50 = rule(
    "BR-50",
    "BT-84",
    statement=Text(
        fr="Un compte à créditer (BG-17) donné pour un virement doit avoir un numéro (BT-84).",
        en="An account to pay into (BG-17) given for a transfer must have a number (BT-84).",
    ),
    fix=_GIVE_THE_IBAN,
    example=_IBAN_EXAMPLE,
)
_BR_51 = rule(
    "BR-51",
    "BT-87",
    statement=Text(
        fr="Une carte de paiement doit montrer dix chiffres au plus : les six premiers et les quatre derniers (BT-87).",
        en="A payment card must show ten digits at most: the first six and the last four (BT-87).",
    ),
    fix=Text(fr="Ne gardez que les quatre derniers chiffres.", en="Keep only the last four digits."),
    example=Text(fr="Bon : 1234. Mauvais : 4970101234561234.", en="Good: 1234. Bad: 4970101234561234."),
)
_BR_61 = rule(
    "BR-61",
    "BT-84",
    statement=Text(
        fr="Une facture à payer par virement (BT-81 = 30 ou 58) doit donner le compte à créditer (BT-84).",
        en="An invoice to be paid by transfer (BT-81 = 30 or 58) must give the account to pay into (BT-84).",
    ),
    fix=_GIVE_THE_IBAN,
    example=_IBAN_EXAMPLE,
)

CHECKS: tuple[Check[Any], ...] = (
    *need("BR-49", Group.MEANS, "BT-81", lambda means: means.code, good="30", empty=Empty.ADMITTED),
    Check[PaymentMeans](rule=_BR_50, group=Group.MEANS, breached=_account_is_empty, syntaxes=CII),
    Check[PaymentMeans](rule=_BR_50, group=Group.MEANS, breached=_account_is_empty_in_ubl, syntaxes=UBL | DATA),
    Check[PaymentMeans](
        rule=_BR_51, group=Group.MEANS, breached=_shows_too_many_digits, syntaxes=UBL, severity=Severity.WARNING
    ),
    Check[PaymentMeans](rule=_BR_51, group=Group.MEANS, breached=_shows_too_many_digits, syntaxes=CII | DATA),
    Check[PaymentMeans](rule=_BR_61, group=Group.MEANS, breached=_account_is_missing, syntaxes=UBL | DATA),
    Check[PaymentMeans](rule=_BR_61, group=Group.MEANS, breached=_account_has_no_number, syntaxes=CII),
    *(
        Check[Facts](
            rule=broken, group=Group.DOCUMENT, breached=_account_beside_a_bank_has_no_number, at="payment", syntaxes=CII
        )
        for broken in (_BR_50, _BR_61)
    ),
)
