"""`reglo interest`: late-payment interest on a sum, with its working line by line."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TextIO

import click

from reglo.cli.commands import command, option
from reglo.cli.errors import ACCEPTED
from reglo.cli.figures import AMOUNT, DAY, amount, day, percent
from reglo.cli.language import say
from reglo.cli.output import one_line, print_line, styled, table
from reglo.core.findings import Text

if TYPE_CHECKING:
    from reglo.core.interest import Credit, InterestStatement
    from reglo.core.terms import Penalty

_HEAD = Text(
    fr="du|au|jours|base TTC|taux|intérêts|calcul du taux", en="from|to|days|base|rate|interest|how the rate is made"
)
_FIGURE = r"([0-9]{1,4}(?:[.,][0-9]{1,6})?)"
_LEGAL = re.compile(rf"(?:l[eé]gal\s*[x×*]\s*{_FIGURE}|{_FIGURE}\s*[x×*]\s*(?:taux\s+)?l[eé]gal)", re.IGNORECASE)
_ECB = re.compile(rf"(?:bce|ecb)\s*\+\s*{_FIGURE}(?:\s*(?:points?|%))?", re.IGNORECASE)
_FIXED = re.compile(rf"{_FIGURE}\s*%?")


@command(
    "interest",
    text=Text(
        fr="Calculer les pénalités de retard d'une somme, jour par jour, avec le détail.\n"
        "Sans --rate : taux de la BCE majoré de 10 points (C. com. L441-10 II). Hors TVA.",
        en="Work out late-payment interest on a sum, day by day, with the working.\n"
        "Without --rate: ECB rate plus 10 points (C. com. L441-10 II). Outside VAT.",
    ),
    examples=(
        "reglo interest --amount 1200 --due 2026-01-31 --until 2026-05-15",
        'reglo interest --amount 1200 --due 31/01/2026 --until 15/05/2026 --rate "legal x 3"',
        "reglo interest --amount 1200 --due 2026-01-31 --until 2026-05-15 --payment 2026-03-01=500",
    ),
)
@option(
    "--amount",
    "owed",
    type=AMOUNT,
    required=True,
    metavar="AMOUNT",
    text=Text(fr="Somme due, TTC.", en="Sum that is due, with VAT."),
)
@option(
    "--due",
    "due_date",
    type=DAY,
    required=True,
    metavar="DATE",
    text=Text(fr="Dernier jour pour payer.", en="Last day to pay."),
)
@option(
    "--until",
    type=DAY,
    required=True,
    metavar="DATE",
    text=Text(fr="Dernier jour compté.", en="Last day counted."),
)
@option(
    "--rate",
    metavar="RATE",
    text=Text(fr='Taux convenu : "legal x 3", "bce + 10" ou 12.', en='Agreed rate: "legal x 3", "ecb + 10" or 12.'),
)
@option(
    "--payment",
    "payments",
    multiple=True,
    metavar="DATE=AMOUNT",
    text=Text(fr="Paiement partiel ; autant que nécessaire.", en="Partial payment; as many as needed."),
)
@option(
    "--credit-note",
    "credit_notes",
    multiple=True,
    metavar="DATE=AMOUNT",
    text=Text(fr="Avoir ; autant que nécessaire.", en="Credit note; as many as needed."),
)
@option(
    "--buyer",
    type=click.Choice(["business", "public"]),
    default="business",
    text=Text(
        fr="Le client ; public : BCE + 8 points, au taux du semestre où le retard commence.",
        en="The customer; public: ECB + 8 points, at the rate of the half-year in which the delay began.",
    ),
)
@option(
    "--rates",
    "own_rates",
    type=click.File("r", encoding="utf-8"),
    metavar="FILE",
    text=Text(
        fr='Taux publiés depuis, en TOML : [rates], puis 2026-2 = { ecb = "2.15", legal = "2.71" }.',
        en='Rates published since, as TOML: [rates], then 2026-2 = { ecb = "2.15", legal = "2.71" }.',
    ),
)
def interest(
    owed: Decimal,
    due_date: date,
    until: date,
    rate: str | None,
    payments: tuple[str, ...],
    credit_notes: tuple[str, ...],
    buyer: str,
    own_rates: TextIO | None,
) -> int:
    """Print the working table and the sums."""
    from reglo.core.interest import Claim, CreditKind, late_interest
    from reglo.core.rates import rates_with
    from reglo.core.terms import ECB_PLUS_10, BuyerKind, PaymentTerms

    statement = late_interest(
        Claim(amount=owed, due_date=due_date),
        until=until,
        credited=[
            *(_credit(each, CreditKind.PAYMENT) for each in payments),
            *(_credit(each, CreditKind.CREDIT_NOTE) for each in credit_notes),
        ],
        terms=PaymentTerms(penalty=ECB_PLUS_10 if rate is None else _penalty(rate)),
        buyer_kind=BuyerKind(buyer),
        rates=None if own_rates is None else rates_with(own_rates.read()),
    )
    for line in _page(statement):
        print_line(line)
    return ACCEPTED


def _penalty(rate: str) -> "Penalty":
    from reglo.core.terms import Penalty, PenaltyBasis

    text = rate.strip()
    for pattern, basis in ((_LEGAL, PenaltyBasis.LEGAL), (_ECB, PenaltyBasis.ECB), (_FIXED, PenaltyBasis.FIXED)):
        if found := pattern.fullmatch(text):
            figure = next(each for each in found.groups() if each is not None)
            return Penalty(basis, Decimal(figure.replace(",", ".")))
    raise click.UsageError(
        say(
            Text(
                fr=f'« {rate} » n\'est pas un taux : écrivez "legal x 3", "bce + 10" ou 12.',
                en=f'"{rate}" is not a rate: write "legal x 3", "ecb + 10" or 12.',
            )
        )
    )


def _credit(text: str, kind: str) -> "Credit":
    from reglo.core.interest import Credit, CreditKind

    day_part, equals, amount_part = text.partition("=")
    if not equals:
        raise click.UsageError(
            say(
                Text(
                    fr=f"« {text} » : écrivez DATE=MONTANT, par exemple 2026-03-01=500.",
                    en=f'"{text}": write DATE=AMOUNT, such as 2026-03-01=500.',
                )
            )
        )
    return Credit(
        date=DAY.convert(day_part, None, None), amount=AMOUNT.convert(amount_part, None, None), kind=CreditKind(kind)
    )


def _page(statement: "InterestStatement") -> Iterator[str]:
    if statement.lines:
        yield from _working(statement)
    currency = statement.claim.currency
    provisional = say(Text(fr=" (provisoire)", en=" (provisional)")) if statement.is_provisional else ""
    sums = (
        (Text(fr="Pénalités de retard", en="Late-payment interest"), statement.total, provisional),
        (Text(fr="dont déjà réglées", en="of which already paid"), statement.interest_paid, ""),
        (Text(fr="Indemnité de recouvrement", en="Recovery indemnity"), statement.indemnity, ""),
        (Text(fr="Principal restant dû", en="Principal still due"), statement.principal_due, ""),
        (Text(fr="Trop-perçu", en="Overpaid"), statement.overpaid, ""),
    )
    kept = [[say(name), amount(value, currency), currency + mark] for name, value, mark in sums if value or mark]
    yield from table(kept, right=(1,))
    if statement.lines:
        yield one_line(say(statement.method))
    if statement.obstacle is not None:
        yield styled(one_line(say(statement.obstacle)), fg="yellow")


def _working(statement: "InterestStatement") -> Iterator[str]:
    rows = [
        [
            day(line.first),
            day(line.last),
            str(line.days),
            amount(line.base, statement.claim.currency),
            percent(line.rate.percent) + (" *" if line.rate.provisional else ""),
            amount(line.interest, statement.claim.currency),
            say(line.rate.working),
        ]
        for line in statement.lines
    ]
    head, *rest = table([say(_HEAD).split("|"), *rows], right=(2, 3, 4, 5))
    yield styled(head, underline=True)
    yield from rest
    yield ""
