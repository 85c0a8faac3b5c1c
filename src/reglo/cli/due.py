"""`reglo due`: what payment terms mean in days, and what they say in words."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from reglo.cli.commands import command, option
from reglo.cli.errors import ACCEPTED, FATAL
from reglo.cli.figures import AMOUNT, DAY, amount, day, percent
from reglo.cli.findings import print_finding
from reglo.cli.language import say
from reglo.cli.output import one_line, print_line, table
from reglo.core.findings import Severity, Text

if TYPE_CHECKING:
    from reglo.core.terms import Discount


@command(
    "due",
    text=Text(
        fr="Dire quand une facture est due, d'après ses conditions de paiement.\n"
        "État de sortie : 1 si la loi n'admet pas ces conditions.",
        en="Say when an invoice is due, from its payment terms.\nExit status: 1 if the law does not allow these terms.",
    ),
    examples=(
        'reglo due "45 jours fin de mois" 2026-09-15',
        'reglo due "2/10 net 30" 15/09/2026 --amount 1200',
        'reglo due "30 % à la commande, solde à 30 jours" 2026-09-15 --amount 3000',
    ),
)
@click.argument("terms", metavar="TERMS")
@click.argument("invoice_date", metavar="DATE", type=DAY)
@option(
    "--amount",
    "gross",
    type=AMOUNT,
    metavar="AMOUNT",
    text=Text(
        fr="Total TTC, pour le montant de chaque échéance.", en="Total with VAT, for the amount of each due date."
    ),
)
def due(terms: str, invoice_date: date, gross: Decimal | None) -> int:
    """Print the due dates, the discounts, the sentence and what the law says."""
    from reglo.core.terms import agreement, check_terms, discounts, due_dates, parse_terms, share_text

    parsed = parse_terms(terms)
    print_line(one_line(say(agreement(parsed))))
    rows = [
        [day(each.date), say(share_text(each.share)), amount(each.amount)]
        for each in due_dates(parsed, invoice_date=invoice_date, gross=gross)
    ]
    for line in table(rows, right=(2,)):
        print_line(f"  {line}")
    for each in discounts(parsed, invoice_date=invoice_date, gross=gross):
        print_line(f"  {_discount(each)}")
    findings = check_terms(parsed, on=invoice_date)
    for finding in findings:
        print_finding(finding)
    return FATAL if any(each.severity is Severity.FATAL for each in findings) else ACCEPTED


def _discount(discount: "Discount") -> str:
    rate, last_day = percent(discount.percent), day(discount.last_day)
    if discount.to_pay is None:
        return say(Text(fr=f"escompte de {rate} jusqu'au {last_day}", en=f"discount of {rate} until {last_day}"))
    to_pay = amount(discount.to_pay)
    return say(
        Text(
            fr=f"escompte de {rate} jusqu'au {last_day} : {to_pay} à payer",
            en=f"discount of {rate} until {last_day}: {to_pay} to pay",
        )
    )
