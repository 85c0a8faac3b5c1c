"""The accounts that Réglo books on: what each is for, and its number in the French chart (PCG) unless changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reglo.core.errors import DomainError
from reglo.core.findings import Text


class BadAccount(DomainError):
    """A number that is none of the French chart of accounts."""

    code = "bad-account"


class JournalCode(StrEnum):
    """The book that an entry stands in (*journal comptable*): JournalCode of the FEC."""

    SALES = "VE"
    BANK = "BQ"
    CASH = "CA"
    OTHER = "OD"  #: *opérations diverses*


class AccountRole(StrEnum):
    """What an account is for."""

    CUSTOMERS = "customers"
    DOUBTFUL_CUSTOMERS = "doubtful-customers"
    DEPOSITS = "deposits"
    VAT_COLLECTED = "vat-collected"
    VAT_PENDING = "vat-pending"  #: invoiced, and due when it is paid (CGI 269, 2 c)
    BANK = "bank"
    CHEQUES = "cheques"  #: received, not yet at the bank
    CARDS = "cards"  #: paid by card, not yet on the account
    CASH = "cash"
    TRANSFERS = "transfers"  #: between accounts of one's own
    SALES_GOODS = "sales-goods"
    SALES_SERVICES = "sales-services"
    SALES_MIXED = "sales-mixed"  #: documents that say that they are of both kinds
    DISCOUNTS = "discounts"
    BANK_FEES = "bank-fees"
    BAD_DEBTS = "bad-debts"
    ALLOWANCE = "allowance"
    ALLOWANCE_CHARGE = "allowance-charge"
    ALLOWANCE_RELEASE = "allowance-release"
    ROUNDING_LOSS = "rounding-loss"
    ROUNDING_GAIN = "rounding-gain"
    INTEREST = "interest"
    INDEMNITY = "indemnity"


@dataclass(frozen=True, slots=True)
class Account:
    """Number and name of an account."""

    number: str
    label: str


def _pcg(number: str, label: str) -> Account:
    return Account(number, label)


#: ANC 2014-03 as amended by ANC 2022-06 (PCG 2025). 44574 is a subdivision that practice uses for VAT on receipts; the
#: chart itself names 4458. The indemnity of 40 EUR has the nature of interest, and practice books it with it.
DEFAULT_ACCOUNTS: Mapping[AccountRole, Account] = {
    AccountRole.CUSTOMERS: _pcg("411", "Clients"),
    AccountRole.DOUBTFUL_CUSTOMERS: _pcg("416", "Clients douteux ou litigieux"),
    AccountRole.DEPOSITS: _pcg("4191", "Clients - Avances et acomptes reçus sur commandes"),
    AccountRole.VAT_COLLECTED: _pcg("44571", "TVA collectée"),
    AccountRole.VAT_PENDING: _pcg("44574", "TVA collectée en attente d'encaissement"),
    AccountRole.BANK: _pcg("512", "Banques"),
    AccountRole.CHEQUES: _pcg("5112", "Chèques à encaisser"),
    AccountRole.CARDS: _pcg("5115", "Cartes de crédit à encaisser"),
    AccountRole.CASH: _pcg("530", "Caisse"),
    AccountRole.TRANSFERS: _pcg("580", "Virements internes"),
    AccountRole.SALES_GOODS: _pcg("707", "Ventes de marchandises"),
    AccountRole.SALES_SERVICES: _pcg("706", "Prestations de services"),
    AccountRole.SALES_MIXED: _pcg("706", "Prestations de services"),
    AccountRole.DISCOUNTS: _pcg("665", "Escomptes accordés"),
    AccountRole.BANK_FEES: _pcg("627", "Services bancaires et assimilés"),
    AccountRole.BAD_DEBTS: _pcg("654", "Pertes sur créances irrécouvrables"),
    AccountRole.ALLOWANCE: _pcg("491", "Dépréciations des comptes de clients"),
    AccountRole.ALLOWANCE_CHARGE: _pcg("6817", "Dotations aux dépréciations des actifs circulants"),
    AccountRole.ALLOWANCE_RELEASE: _pcg("7817", "Reprises sur dépréciations des actifs circulants"),
    AccountRole.ROUNDING_LOSS: _pcg("658", "Charges diverses de gestion courante"),
    AccountRole.ROUNDING_GAIN: _pcg("758", "Produits divers de gestion courante"),
    AccountRole.INTEREST: _pcg("7631", "Revenus des créances commerciales"),
    AccountRole.INDEMNITY: _pcg("7631", "Revenus des créances commerciales"),
}

#: The accounts that say what one customer owes or is owed: their lines are open items.
CUSTOMER_ROLES = frozenset({AccountRole.CUSTOMERS, AccountRole.DOUBTFUL_CUSTOMERS})
#: Where money is.
MONEY_ROLES = frozenset(
    {AccountRole.BANK, AccountRole.CHEQUES, AccountRole.CARDS, AccountRole.CASH, AccountRole.TRANSFERS}
)
_NUMBER = re.compile(r"[1-7][0-9]{1,11}")


def account_of(role: AccountRole, number: str, label: str) -> Account:
    """The account typed for a role. Raises BadAccount unless its class is that of the default (4 stays 4)."""
    number = number.strip()
    default = DEFAULT_ACCOUNTS[role]
    if not _NUMBER.fullmatch(number) or number[0] != default.number[0]:
        raise BadAccount(
            Text(
                fr=f"«\N{NO-BREAK SPACE}{number}\N{NO-BREAK SPACE}» n'est pas un compte de la classe "
                f"{default.number[0]}\N{NO-BREAK SPACE}: écrivez de 2 à 12 chiffres, comme {default.number}.",
                en=f"“{number}” is no account of class {default.number[0]}: write 2 to 12 digits, like "
                f"{default.number}.",
            ),
            field=role.value,
        )
    return Account(number, label.strip() or default.label)
