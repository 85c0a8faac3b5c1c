"""The yearly rate of late penalties on a day: agreed, or made from the rate of the half-year."""

from datetime import date, timedelta

from reglo.core.findings import Text
from reglo.core.interest.model import AppliedRate, NoLateInterest
from reglo.core.rates import Rate, RateKind, RateTable, rate_for
from reglo.core.terms.figures import number_text, percent_text
from reglo.core.terms.model import ECB_PLUS_8, ECB_PLUS_10, BuyerKind, Penalty, PenaltyBasis


def penalty_owed(agreed: Penalty | None, buyer_kind: BuyerKind) -> Penalty:
    """The penalty that this buyer owes: the agreed one, or what the law puts in its place.

    Raises NoLateInterest for a consumer, who owes at most the legal rate from the formal notice on (C. civ. 1231-6).
    """
    if buyer_kind is BuyerKind.CONSUMER:
        raise NoLateInterest(
            Text(
                fr=(
                    "Un consommateur ne doit pas les pénalités de l'article L441-10 du code de commerce, seulement "
                    "l'intérêt légal à compter de la mise en demeure (C. civ. art. 1231-6)."
                ),
                en=(
                    "A consumer does not owe the penalties of C. com. L441-10, only legal interest from the formal "
                    "notice on (C. civ. 1231-6)."
                ),
            ),
            field="buyer_kind",
        )
    if buyer_kind.is_public:
        return ECB_PLUS_8
    return agreed or ECB_PLUS_10


def applied_rate(penalty: Penalty, day: date, table: RateTable | None = None) -> AppliedRate:
    """The rate of `penalty` in force on `day`."""
    if penalty.basis is PenaltyBasis.FIXED:
        percent = percent_text(penalty.value)
        working = Text(fr=f"{percent.fr} (taux convenu)", en=f"{percent.en} (agreed rate)")
        return AppliedRate(percent=penalty.value, working=working)
    legal = penalty.basis is PenaltyBasis.LEGAL
    rate = rate_for(RateKind.LEGAL if legal else RateKind.ECB, day, table)
    return AppliedRate(
        percent=rate.percent * penalty.value if legal else rate.percent + penalty.value,
        working=_working(penalty, rate),
        source=rate.source,
        half_year=rate.half_year,
        provisional=rate.provisional,
    )


def _working(penalty: Penalty, rate: Rate) -> Text:
    """How the rate was made, and that it is provisional where it is."""
    percent, value, half_year = percent_text(rate.percent), number_text(penalty.value), rate.half_year
    late = Text(fr="", en="")
    if rate.provisional:
        late = Text(fr=", dernier connu, provisoire", en=", the last known, provisional")
    if penalty.basis is PenaltyBasis.LEGAL:
        return Text(
            fr=f"{percent.fr} × {value.fr} (taux légal du semestre {half_year}{late.fr})",
            en=f"{percent.en} × {value.en} (French legal rate of half-year {half_year}{late.en})",
        )
    return Text(
        fr=f"{percent.fr} + {value.fr} points (taux BCE du semestre {half_year}{late.fr})",
        en=f"{percent.en} + {value.en} points (ECB rate of half-year {half_year}{late.en})",
    )


def rate_day(day: date, due_date: date, buyer_kind: BuyerKind) -> date:
    """The day whose rate serves for `day`.

    Between firms it is the day itself: the rate changes with the half-year (C. com. L441-10 II). A public buyer keeps
    the rate of the half-year in which interest began (CCP R2192-31).
    """
    return due_date + timedelta(days=1) if buyer_kind.is_public else day
