"""Negotiation: what a person who moves a slider waits for, in the core alone and through the whole site."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from benchmarks.measure import Row, seconds
from reglo.core.negotiation import Band, Deal, Lateness, Offer, negotiate, usual_levers
from reglo.core.terms import Delay, DiscountTier, PaymentTerms

_REACH = 0.060


def answer_of_a_slider(quick: bool) -> Iterator[Row]:
    """p95 of the whole answer when one figure of the deal or the offer changes; nothing is kept from the last one."""
    runs = 60 if quick else 300
    for orders in (12, 60):
        deal = _deal(orders)
        negotiate(deal, _offer(0), usual_levers(deal))
        times = [seconds(lambda run=run, deal=deal: _answer(run, deal)) for run in range(runs)]  # type: ignore[misc]
        p95 = statistics.quantiles(times, n=20)[-1]
        combinations = len(negotiate(deal, _offer(0), usual_levers(deal)).points)
        yield Row(
            f"slider, {orders} invoices a year",
            p95,
            _naive(deal, 3 if quick else 10),
            beside="each invoice of each combination anew",
            reach=f"<= {_REACH * 1000:.0f} ms",
            note=f"p95; {combinations} combinations, both sides, zone, frontier, fence; other: median",
        )


def page_of_a_slider(quick: bool) -> Iterator[Row]:
    """p95 of the answer that htmx swaps in when a slider was moved: figures, zone, tornado, scenarios, drawings."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "REGLO_DATABASE": f"sqlite:{folder}/negotiation.sqlite3",
            "REGLO_DATA": folder,
            "REGLO_SECRET_KEY": "of-the-benchmark-and-of-nothing-else",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        command = [sys.executable, "-m", "benchmarks.negotiating", "60" if quick else "300"]
        answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    for orders, (p95, cpu) in json.loads(answer.stdout.splitlines()[-1]).items():
        yield Row(
            f"slider through the site, {orders} invoices",
            p95,
            cpu,
            beside="CPU of it, p95",
            reach=f"<= {_REACH * 1000:.0f} ms",
            note="p95; five rounds, a limit, session and page included",
        )


def _main(runs: int) -> None:
    """Make a firm that negotiates and print the figures as JSON."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    print(json.dumps({orders: _through_the_site(orders, runs) for orders in (12, 60)}))


def _through_the_site(orders: int, runs: int) -> tuple[float, float]:
    """p95 of wall time and of CPU."""
    from tests.negotiation.deals import a_negotiation, a_round, fields_of
    from tests.site import a_customer, a_member, an_organisation, logged_in

    organisation = an_organisation()
    row = a_negotiation(organisation, a_customer(organisation), deal=_deal(orders))
    for _ in range(5):
        a_round(row)
    client = logged_in(a_member(organisation))
    headers = {"HX-Request": "true", "HX-Target": "answer"}

    def answer(run: int) -> None:
        moved = fields_of(days=20 + run % 41, price_percent=str(run % 5), discount_percent="0,5", discount_days="10")
        response = client.post(f"/o/{organisation.slug}/negotiation/{row.pk}/", moved, headers=headers)
        assert response.status_code == 200, response.content

    answer(0)
    walls, cpus = list[float](), list[float]()
    for run in range(1, runs + 1):
        begun = time.process_time()
        walls.append(seconds(lambda run=run: answer(run)))  # type: ignore[misc]
        cpus.append(time.process_time() - begun)
    return statistics.quantiles(walls, n=20)[-1], statistics.quantiles(cpus, n=20)[-1]


def _deal(orders: int) -> Deal:
    return Deal(
        yearly_net=Decimal(240_000),
        from_day=date(2026, 1, 1),
        margin_percent=Decimal(28),
        own_money_percent=Decimal(7),
        their_money=Band(Decimal(2), Decimal(3), Decimal(5)),
        lateness=Lateness(days=Decimal(9), spread=Decimal(12), is_known=True),
        orders=orders,
        order_cost=Decimal(35),
        lead_days=20,
        default_percent=Decimal(2),
        current=Offer(terms=PaymentTerms(delay=Delay(days=45))),
    )


def _offer(run: int) -> Offer:
    tier = DiscountTier(percent=Decimal("0.5"), days=8 + run % 5)
    return Offer(terms=PaymentTerms(delay=Delay(days=20 + run % 41), discounts=(tier,)))


def _answer(run: int, deal: Deal) -> None:
    """One slider after the other is moved."""
    moved = (
        replace(deal, own_money_percent=deal.own_money_percent + Decimal(run % 20) / 10),
        replace(deal, their_money=Band(Decimal(2), Decimal(3) + Decimal(run % 20) / 10, Decimal(5))),
        replace(deal, yearly_net=deal.yearly_net + 1_000 * run),
        replace(deal, margin_percent=Decimal(run % 40)),
        replace(deal, lateness=Lateness(days=Decimal(run % 30), spread=Decimal(12), is_known=True)),
        replace(deal, current=Offer(terms=PaymentTerms(delay=Delay(days=30 + run % 31)))),
    )[run % 6]
    negotiate(moved, _offer(run), usual_levers(moved))


def _naive(deal: Deal, runs: int) -> float:
    """Median seconds to work out the same gains by brute force, as the tests check ours."""
    from tests.core.negotiation import oracle

    offers = [point.offer for point in negotiate(deal, _offer(0), usual_levers(deal)).points]
    return statistics.median(seconds(lambda: [oracle.gains(offer, deal) for offer in offers]) for _ in range(runs))


if __name__ == "__main__":
    _main(int(sys.argv[1]))
