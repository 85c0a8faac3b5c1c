"""`reglo forecast`: the forecast of payments, tried against the past."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from reglo.cli.commands import LazyGroup, command, option
from reglo.cli.documents import read_bytes
from reglo.cli.errors import ACCEPTED
from reglo.cli.figures import DAY, counted, day, percent
from reglo.cli.language import say
from reglo.cli.options import FILE
from reglo.cli.output import complain, one_line, print_line, styled, table
from reglo.core.findings import Text

if TYPE_CHECKING:
    from reglo.cli.paid_invoices import Invoices
    from reglo.core.forecast import Backtest, Score

_INVOICES = (Text(fr="facture", en="invoice"), Text(fr="factures", en="invoices"))
_GUESSES = {
    "due_date": Text(fr="l'échéance", en="due date"),
    "customer_mean_delay": Text(fr="échéance + retard moyen du client", en="due date + customer's mean delay"),
    "exponential_smoothing": Text(fr="échéance + lissage exponentiel", en="due date + exponential smoothing"),
}
_HEAD_OF_GUESSES = Text(
    fr="prévision du jour de paiement|erreur moyenne", en="forecast of the day of payment|mean error"
)
_HEAD_OF_AGES = Text(
    fr="âge de la facture|factures|erreur|retard moyen|dans la bande à 80 %|largeur",
    en="age of the invoice|invoices|error|mean delay|within the 80% band|width",
)


@click.group(
    "forecast",
    cls=LazyGroup,
    text=Text(
        fr="Prévoir quand l'argent arrive, et vérifier la méthode sur le passé.",
        en="Forecast when money comes, and try the method on the past.",
    ),
    examples=("reglo forecast backtest factures.csv --from 2012-07-01",),
    modules={"backtest": "reglo.cli.forecast"},
)
def forecast() -> None:
    """The group of commands about forecasts."""


@command(
    "backtest",
    text=Text(
        fr="Rejouer le passé jour par jour et dire de combien la prévision se trompe.\n"
        "Chaque facture émise à partir de --from est prévue le jour de son émission, avec ce qui était alors connu. "
        "Colonnes : celles de accounts-receivable.csv, voir docs/reference/command.md.",
        en="Replay the past day by day and say how wrong the forecast is.\n"
        "Each invoice issued on or after --from is forecast on its day of issue, with what was known on that day. "
        "Columns: those of accounts-receivable.csv, see docs/reference/command.md.",
    ),
    examples=(
        "reglo forecast backtest factures.csv --from 2012-07-01",
        "reglo forecast backtest factures.csv --from 2012-07-01 --json",
    ),
)
@click.argument("file", type=FILE, metavar="FILE")
@option(
    "--from",
    "from_day",
    type=DAY,
    required=True,
    metavar="DATE",
    text=Text(
        fr="Premier jour rejoué ; ce qui précède est l'historique connu.",
        en="First day replayed; what is before it is known history.",
    ),
)
@option("--json", "as_json", is_flag=True, text=Text(fr="Un objet JSON.", en="One JSON object."))
def backtest(file: str, from_day: date, as_json: bool) -> int:
    """Replay the file and print the errors."""
    from reglo.cli.paid_invoices import read_paid_invoices
    from reglo.core.forecast import AGES, backtest

    invoices = read_paid_invoices(read_bytes(file))
    if invoices.in_advance:
        complain(say(_left_out(invoices)))
    found = backtest(invoices.paid, unpaid=invoices.unpaid, from_day=from_day, ages=(0,) if as_json else AGES)
    if as_json:
        print_line(json.dumps(_said(found.at_issue)))
        return ACCEPTED
    for line in _page(found, invoices, from_day):
        print_line(line)
    return ACCEPTED


def _left_out(invoices: "Invoices") -> Text:
    count = invoices.in_advance
    return Text(
        fr=f"{count} ligne{'s' * (count > 1)} payée{'s' * (count > 1)} avant l'émission\N{NO-BREAK SPACE}: "
        "rien à prévoir, laissée de côté.",
        en=f"{count} row{'s' * (count != 1)} paid before the day of issue: nothing to forecast, left out.",
    )


def _said(score: "Score") -> dict[str, object]:
    return {
        "mean_absolute_error_days": round(score.mean_absolute_error, 4),
        "baselines": {name: round(error, 4) for name, error in score.baselines.items()},
        "coverage_80": round(score.coverage_80, 4),
        "invoices": score.count,
    }


def _page(found: "Backtest", invoices: "Invoices", from_day: date) -> Iterator[str]:
    score = found.at_issue
    what = counted(score.count, *_INVOICES)
    yield styled(
        one_line(
            say(
                Text(
                    fr=f"{what} à partir du {day(from_day)}, prévues le jour de leur émission",
                    en=f"{what} from {day(from_day)} on, forecast on the day of issue",
                )
            )
        ),
        bold=True,
    )
    if invoices.unpaid:
        yield say(_unpaid(len(invoices.unpaid)))
    yield ""
    yield from _guesses(score)
    yield ""
    yield from _ages(found)


def _unpaid(count: int) -> Text:
    return Text(
        fr=f"Sans date de paiement\N{NO-BREAK SPACE}: {count}. Elles restent ouvertes\N{NO-BREAK SPACE}; leur erreur "
        "n'est pas connue et ne compte pas.",
        en=f"Without a day of payment: {count}. They stay open; their error is not known and does not count.",
    )


def _guesses(score: "Score") -> Iterator[str]:
    rows = [say(_HEAD_OF_GUESSES).split("|"), ["Réglo", _days(score.mean_absolute_error)]]
    rows += [[say(_GUESSES[name]), _days(error)] for name, error in score.baselines.items()]
    head, *rest = table(rows, right=(1,))
    yield styled(head, underline=True)
    yield from rest


def _ages(found: "Backtest") -> Iterator[str]:
    rows = [
        [
            counted(age, Text(fr="jour", en="day"), Text(fr="jours", en="days")),
            str(score.count),
            _days(score.mean_absolute_error),
            _days(score.baselines["customer_mean_delay"]),
            _share(score.coverage_80),
            _days(score.band_days),
        ]
        for age, score in found.by_age.items()
    ]
    head, *rest = table([say(_HEAD_OF_AGES).split("|"), *rows], right=(1, 2, 3, 4, 5))
    yield styled(head, underline=True)
    yield from rest


def _days(value: float) -> str:
    shown = f"{value:.1f}"
    return say(Text(fr=f"{shown.replace('.', ',')}\N{NO-BREAK SPACE}j", en=f"{shown} d"))


def _share(value: float) -> str:
    return percent(Decimal(f"{value * 100:.1f}"))
