"""How a customer pays by transfer: one invoice, several at once, or a sum of its own choice."""

from collections.abc import Sequence
from dataclasses import dataclass

from reglo.core.composition import creditor_reference
from reglo.core.document import BankAccount, Invoice, Party, Payment, PaymentMeans, Totals
from reglo.core.money import from_minor
from reglo.formats.epc_qr import draw, transfer_code
from reglo.formats.pdf.figures import grouped
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Organisation
from reglo.organisations.queries import payment_details

_SEPA_TRANSFER = "58"  #: UNTDID 4461
_INVOICE = "380"  #: UNTDID 1001
_LONGEST_REFERENCE = 140  #: characters of a transfer's free text


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """What is typed into a banking app."""

    minor: int
    currency: str
    holder: str
    iban: str
    bic: str
    reference: str
    qr: str  #: SVG; "" where no SEPA transfer can pay it

    @property
    def iban_grouped(self) -> str:
        """The IBAN in groups of four, as one reads it."""
        return grouped(self.iban)


def transfer_of(organisation: Organisation, items: Sequence[OpenItem], minor: int) -> Transfer | None:
    """The transfer that pays `minor` of some open items; None where the organisation has no account to pay into."""
    details = payment_details(organisation)
    if not details.iban or not items:
        return None
    holder = details.account_name or organisation.name
    reference, currency = reference_of(items), items[0].currency
    account = BankAccount(identifier=details.iban, bic=details.bic, name=holder)
    wanted = Invoice(
        type_code=_INVOICE,
        currency=currency,
        seller=Party(name=organisation.name),
        payment=Payment(means=(PaymentMeans(code=_SEPA_TRANSFER, account=account),), remittance_information=reference),
        totals=Totals(due=from_minor(minor, currency)),
    )
    code = transfer_code(wanted)
    return Transfer(
        minor=minor,
        currency=currency,
        holder=holder,
        iban=details.iban,
        bic=details.bic or "",
        reference=reference,
        qr=draw(code) if code else "",
    )


def reference_of(items: Sequence[OpenItem]) -> str:
    """What the payer repeats: the structured reference (RF) of one invoice, the numbers of several."""
    numbers = list(dict.fromkeys(each.reference for each in items if each.reference))
    if len(numbers) == 1:
        return creditor_reference(numbers[0]) or numbers[0]
    return " ".join(numbers)[:_LONGEST_REFERENCE]
