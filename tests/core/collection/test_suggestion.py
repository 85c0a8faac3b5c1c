from datetime import date, timedelta
from decimal import Decimal

from reglo.core.collection import Stance, suggest_profile
from reglo.core.habit import Habit, Settled, habit_of


def habit(*delays: int) -> Habit | None:
    """The habit of a customer who paid so many days late, one invoice a month."""
    days = [date(2024, 1, 10) + timedelta(days=30 * place) for place in range(len(delays))]
    return habit_of(
        Settled(due=day, paid=day + timedelta(days=delay), amount=Decimal(100))
        for day, delay in zip(days, delays, strict=True)
    )


def test_who_pays_on_time_is_treated_with_consideration() -> None:
    suggested = suggest_profile(habit(0, 1, 0, -2, 3, 0, 1, 0), years_known=4)
    assert suggested.stance is Stance.CONSIDERATE
    assert [each.en for each in suggested.reasons] == [
        "Regularly pays on time (8 invoices).",
        "A customer for 4 years.",
    ]


def test_who_pays_late_and_later_is_treated_firmly() -> None:
    suggested = suggest_profile(habit(10, 12, 11, 10, 30, 35, 32, 40))
    assert suggested.stance is Stance.FIRM
    assert len(suggested.reasons) == 2


def test_broken_promises_count_even_without_a_habit() -> None:
    assert suggest_profile(None, broken_promises=2).stance is Stance.FIRM


def test_one_of_whom_little_is_known_is_treated_as_usual_and_it_is_said() -> None:
    suggested = suggest_profile(habit(40, 40))
    assert suggested.stance is Stance.STANDARD
    assert suggested.reasons[0].en == "Too few payments to judge."


def test_who_pays_irregularly_is_treated_as_usual() -> None:
    assert suggest_profile(habit(0, 25, 3, 40, 1, 2)).stance is Stance.STANDARD
