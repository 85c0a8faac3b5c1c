"""Deposit invoices (*factures d'acompte*): a part of a quote, asked for before the work, rate by rate."""

from decimal import Decimal
from itertools import pairwise

from reglo.core.composition import DraftLine
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.follow_ups.closing import ZERO, tax_of
from reglo.core.follow_ups.progress import Position
from reglo.core.money import round_half_up
from reglo.core.terms import Share

_LUMP_SUM = "LS"


class DepositTooLarge(DomainError):
    """A deposit of nothing, or of more than is left to bill."""

    code = "deposit-too-large"


def share_of(total: Decimal, share: Share, places: int) -> Decimal:
    """What a share of a total with tax is, to the cent."""
    if share.amount is not None:
        return share.amount
    fraction = share.fraction
    return round_half_up(total * fraction.numerator / fraction.denominator, places)


def deposit_lines(
    positions: tuple[Position, ...], *, amount: Decimal, left: Decimal, name: str, places: int
) -> tuple[DraftLine, ...]:
    """The lines of a deposit invoice over `amount` with tax: one for each way in which the positions are taxed.

    left: how much may still be asked, with tax. Prices stand without tax where these give `amount` to the cent, else
    with it, and the document rounds its total (BT-114). Raises DepositTooLarge.
    """
    if not ZERO < amount <= left:
        raise DepositTooLarge(
            Text(
                fr=f"Un acompte est un montant positif, de {left} TTC au plus : ce qui reste à facturer.",
                en=f"A deposit is a positive amount, at most {left} with tax: what is left to bill.",
            ),
            field="amount",
        )
    weights = _weights(positions)
    cumulated = [ZERO]
    for each in weights:
        cumulated.append(cumulated[-1] + each[1])
    shares = [
        round_half_up(amount * after / cumulated[-1], places) - round_half_up(amount * before / cumulated[-1], places)
        for before, after in pairwise(cumulated)
    ]
    taxed = [(position, share) for (position, _), share in zip(weights, shares, strict=True) if share]
    nets = [_net_giving(share, position.rate, places) for position, share in taxed]
    exact = all(net is not None for net in nets)
    return tuple(
        DraftLine(
            name=name,
            unit=_LUMP_SUM,
            price=net if exact else None,
            price_with_vat=None if exact else share,
            vat=position.vat,
            nature=position.nature,
        )
        for (position, share), net in zip(taxed, nets, strict=True)
    )


def _weights(positions: tuple[Position, ...]) -> list[tuple[Position, Decimal]]:
    """For each way to tax, one position that is taxed so, and the sum of all such with tax."""
    grouped: dict[object, tuple[Position, Decimal]] = {}
    for each in positions:
        first, sum_so_far = grouped.get(each.vat, (each, ZERO))
        grouped[each.vat] = (first, sum_so_far + each.net * (1 + (each.rate or ZERO) / 100))
    return [(first, weight) for first, weight in grouped.values() if weight > 0]


def _net_giving(gross: Decimal, rate: Decimal | None, places: int) -> Decimal | None:
    """The amount without tax that comes to `gross`; some amounts have none."""
    net = round_half_up(gross / (1 + (rate or ZERO) / 100), places)
    return net if net + tax_of(net, rate, places) == gross else None
