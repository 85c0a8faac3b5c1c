"""The form in which terms are built, and those of conditions of sale and of answers on paper."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reglo.accounts.language import page_language
from reglo.core.dates import Region
from reglo.core.terms import (
    Delay,
    DiscountTier,
    EndOfMonth,
    InvalidTerms,
    Part,
    PaymentTerms,
    Penalty,
    PenaltyBasis,
    Sector,
    Share,
    Start,
)
from reglo.organisations.forms import attach
from reglo.terms.models import ConditionsOfSale
from reglo.terms.shares import read_share, write_share

_STARTS = [
    (Start.INVOICE.value, _("the date of the invoice")),
    (Start.RECEIPT.value, _("receipt of the invoice")),
    (Start.DELIVERY.value, _("delivery of the goods")),
    (Start.SERVICE.value, _("the end of the service")),
]
_ENDS = [
    (EndOfMonth.NO.value, _("no")),
    (EndOfMonth.AFTER_DAYS.value, _("add the days, then go to the end of the month")),
    (EndOfMonth.BEFORE_DAYS.value, _("go to the end of the month, then add the days")),
]
_BASES = [
    (PenaltyBasis.ECB.value, _("ECB rate plus … points")),
    (PenaltyBasis.LEGAL.value, _("… times the legal rate")),
    (PenaltyBasis.FIXED.value, _("… % a year")),
]
_REGIONS = [
    ("", _("no: the day as it falls")),
    (Region.FRANCE.value, _("yes, holidays of France")),
    (Region.ALSACE_MOSELLE.value, _("yes, holidays of Alsace and Moselle")),
]
_SECTORS = [
    (Sector.GENERAL.value, _("General case")),
    (Sector.TRANSPORT.value, _("Transport, vehicle rental, forwarding")),
    (Sector.PERISHABLE.value, _("Perishable, frozen and tinned food")),
    (Sector.LIVESTOCK.value, _("Live cattle, fresh meat")),
    (Sector.ALCOHOL.value, _("Drinks under the duty on alcohols")),
    (Sector.WINE.value, _("Grapes, must, wine")),
    (Sector.EXPORT.value, _("Bought free of VAT for export outside the EU")),
]


class ShareField(forms.CharField):
    """A share of the total: «30 %», «1/3» or «500 €»."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, required=False, **options)

    def clean(self, value: Any) -> Any:
        """The share, or None."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_share(text)
        except InvalidTerms as error:
            raise ValidationError(error.message.in_language(page_language())) from error
        except ValueError as error:
            raise ValidationError(_("Write a share such as 30 %, 1/3 or 500 €.")) from error

    def prepare_value(self, value: Any) -> Any:
        """The text of a share."""
        return write_share(value) if isinstance(value, Share) else value


class TermsForm(forms.Form):
    """Payment terms, field by field."""

    days = forms.IntegerField(min_value=0, max_value=3650, label=_("Days"), help_text=_("0 is due at once."))
    start = forms.ChoiceField(choices=_STARTS, label=_("counted from"))
    end_of_month = forms.ChoiceField(choices=_ENDS, label=_("End of month"))
    day_of_month = forms.IntegerField(
        min_value=1, max_value=31, required=False, label=_("On day of the month"), help_text=_("“The 10th”, if agreed.")
    )
    deposit = ShareField(label=_("Deposit at the order"), help_text=_("30 %, 1/3 or 500 €; empty for none."))
    instalment_1 = ShareField(label=_("First instalment"))
    instalment_1_days = forms.IntegerField(min_value=0, max_value=3650, required=False, label=_("after … days"))
    instalment_2 = ShareField(label=_("Second instalment"))
    instalment_2_days = forms.IntegerField(min_value=0, max_value=3650, required=False, label=_("after … days"))
    instalment_3 = ShareField(label=_("Third instalment"))
    instalment_3_days = forms.IntegerField(min_value=0, max_value=3650, required=False, label=_("after … days"))
    discount_percent = forms.DecimalField(
        min_value=Decimal("0.01"), max_value=99, required=False, label=_("Early-payment discount, %"), localize=True
    )
    discount_days = forms.IntegerField(min_value=0, max_value=3650, required=False, label=_("if paid within … days"))
    penalty_basis = forms.ChoiceField(choices=_BASES, label=_("Late penalties"))
    penalty_value = forms.DecimalField(min_value=0, max_value=1000, label=_("Points, times or %"), localize=True)
    indemnity = forms.DecimalField(
        min_value=0,
        max_digits=8,
        decimal_places=2,
        label=_("Recovery indemnity, €"),
        help_text=_("40 € by law."),
        localize=True,
    )
    next_business_day = forms.ChoiceField(
        choices=_REGIONS, required=False, label=_("Due on the next business day if it falls on a day off")
    )
    sector = forms.ChoiceField(
        choices=_SECTORS, label=_("Trade"), help_text=_("Some trades have a shorter longest delay.")
    )

    @classmethod
    def initial_of(cls, terms: PaymentTerms) -> dict[str, Any]:
        """What the fields show for `terms`. What no field can hold (a fourth instalment) is in none: see `can_hold`."""
        penalty = terms.penalty or Penalty(PenaltyBasis.ECB, Decimal(10))
        values: dict[str, Any] = {
            "days": terms.delay.days,
            "start": terms.delay.start.value,
            "end_of_month": terms.delay.end_of_month.value,
            "day_of_month": terms.delay.day_of_month,
            "deposit": terms.deposit,
            "penalty_basis": penalty.basis.value,
            "penalty_value": penalty.value.normalize(),
            "indemnity": terms.indemnity or Decimal(0),
            "next_business_day": terms.next_business_day.value if terms.next_business_day else "",
        }
        for place, part in enumerate(terms.instalments[:3], start=1):
            values |= {f"instalment_{place}": part.share, f"instalment_{place}_days": part.delay.days}
        for tier in terms.discounts[:1]:
            values |= {"discount_percent": tier.percent.normalize(), "discount_days": tier.days}
        return values

    def clean(self) -> dict[str, Any]:
        """The fields, and the terms that they make together as "terms"."""
        values = super().clean() or {}
        if self.errors:
            return values
        try:
            values["terms"] = self._terms(values)
        except InvalidTerms as error:
            attach(error, self)
        return values

    def _terms(self, values: dict[str, Any]) -> PaymentTerms:
        region = values["next_business_day"]
        return PaymentTerms(
            delay=self._delay(values, values["days"]),
            deposit=values["deposit"],
            instalments=tuple(self._instalments(values)),
            discounts=tuple(self._discounts(values)),
            penalty=Penalty(PenaltyBasis(values["penalty_basis"]), values["penalty_value"]),
            indemnity=values["indemnity"],
            next_business_day=Region(region) if region else None,
        )

    def _delay(self, values: dict[str, Any], days: int) -> Delay:
        return Delay(
            days=days,
            start=Start(values["start"]),
            end_of_month=EndOfMonth(values["end_of_month"]),
            day_of_month=values["day_of_month"],
        )

    def _instalments(self, values: dict[str, Any]) -> Iterator[Part]:
        """Instalments count as the balance does: from the same day, to the same end of month."""
        for place in (1, 2, 3):
            share, days = values[f"instalment_{place}"], values[f"instalment_{place}_days"]
            if (share is None) is not (days is None):
                self.add_error(f"instalment_{place}", _("An instalment needs a share and a number of days."))
            elif share is not None:
                yield Part(share=share, delay=self._delay(values, days))

    def _discounts(self, values: dict[str, Any]) -> Iterator[DiscountTier]:
        percent, days = values["discount_percent"], values["discount_days"]
        if (percent is None) is not (days is None):
            self.add_error("discount_percent", _("A discount needs a percentage and a number of days."))
        elif percent is not None:
            yield DiscountTier(percent=percent, days=days)


class AgreementForm(TermsForm):
    """Terms, and the conditions of sale that go with them."""

    conditions = forms.ModelChoiceField(
        ConditionsOfSale.objects.none(),
        required=False,
        label=_("General conditions of sale"),
        empty_label=_("none"),
    )

    def __init__(self, *args: Any, conditions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["conditions"].queryset = conditions  # type: ignore[attr-defined]  # a ModelChoiceField


class WordsForm(forms.Form):
    """Terms in words."""

    words = forms.CharField(
        max_length=2000,
        required=False,
        label=_("In words"),
        help_text=_("“45 days end of month”, “30 % at the order, balance at 30 days”, “2/10 net 30”…"),
    )


class ConditionsForm(forms.Form):
    """A version of the general conditions of sale."""

    title = forms.CharField(max_length=200, label=_("Title"))
    text = forms.CharField(
        required=False, max_length=200_000, widget=forms.Textarea(attrs={"rows": 16}), label=_("Text")
    )
    file = forms.FileField(
        required=False, label=_("or a PDF file"), widget=forms.FileInput(attrs={"accept": "application/pdf"})
    )


class PaperAnswerForm(forms.Form):
    """An answer that came on paper or by telephone."""

    name = forms.CharField(max_length=200, label=_("Who answered"))
    accepted = forms.TypedChoiceField(
        choices=[("yes", _("accepted")), ("no", _("declined"))], coerce=lambda value: value == "yes", label=_("Answer")
    )
    remark = forms.CharField(max_length=1000, required=False, label=_("How it came, where the paper is kept"))
