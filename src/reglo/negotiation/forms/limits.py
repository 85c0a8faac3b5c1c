"""What I need, what I can give, what I will not: one figure a measure and wish, none where it is left empty."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reglo.core.negotiation import Limit, Measure, Wish
from reglo.negotiation.forms.figures import FigureField
from reglo.negotiation.wording import MEASURES

_MOST = 10**12
_BOUNDS = {
    Measure.DAYS: (-3650, 7300),
    Measure.PRICE: (-100, 1000),
    Measure.DISCOUNT: (0, 100),
    Measure.DEPOSIT: (0, 100),
}
_WISHES: dict[Wish, tuple[str | Promise, str | Promise]] = {
    Wish.NEED: (
        _("What I need"),
        _("Without it the offer is not good enough yet: the page says what is still to be obtained."),
    ),
    Wish.CAN_GIVE: (_("What I can give"), _("Up to here I give without regret; beyond it I am stretching.")),
    Wish.WILL_NOT: (
        _("What I will not: my walk-away line"),
        _("Beyond it no agreement is better than this one. It stays in sight while you negotiate."),
    ),
}


class LimitsForm(forms.Form):
    """A field for each wish and measure."""

    def __init__(self, data: Any = None, *, limits: tuple[Limit, ...] = ()) -> None:
        initial = {_name(each.wish, each.measure): each.value for each in limits}
        super().__init__(data, initial=initial)
        for wish in Wish:
            for measure, (label, help_text) in MEASURES.items():
                least, most = _BOUNDS.get(measure, (-_MOST, _MOST))
                self.fields[_name(wish, measure)] = FigureField(
                    least=least, most=most, required=False, label=label, help_text=help_text
                )

    def groups(self) -> list[tuple[str | Promise, str | Promise, list[BoundField]]]:
        """Title, meaning and fields of each wish."""
        return [
            (title, meaning, [self[_name(wish, measure)] for measure in MEASURES])
            for wish, (title, meaning) in _WISHES.items()
        ]

    def limits(self) -> tuple[Limit, ...]:
        """What was written down."""
        values = self.cleaned_data
        return tuple(
            Limit(wish, measure, values[_name(wish, measure)])
            for wish in Wish
            for measure in MEASURES
            if values[_name(wish, measure)] is not None
        )


def _name(wish: Wish, measure: Measure) -> str:
    return f"{wish.value}_{measure.value}".replace("-", "_")
