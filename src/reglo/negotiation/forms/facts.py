"""The facts of the deal, prefilled from the books where there are some."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError
from reglo.core.negotiation import Band, Deal, Lateness, Offer
from reglo.core.parties import VatRegime
from reglo.core.terms import BuyerKind, PaymentTerms, Sector, agreement, parse_terms
from reglo.customers.wording import KINDS as BUYERS
from reglo.negotiation.forms.figures import FigureField
from reglo.negotiation.models import MoneySource
from reglo.negotiation.money_sources import USUAL_BAND, USUAL_RATES
from reglo.negotiation.queries.known import Known
from reglo.negotiation.stored import written_out
from reglo.negotiation.wording import SOURCES
from reglo.organisations.forms import attach
from reglo.terms.forms import TermsForm

_MOST = 10**12
_RATE: dict[str, Any] = {"least": -50, "most": 200}
_PERCENT: dict[str, Any] = {"least": 0, "most": 100}
_MONTHS = tuple(f"month_{number}" for number in range(1, 13))
_VAT_REGIMES = [
    (VatRegime.DEBITS.value, _("on the invoice (goods, or the option for debits)")),
    (VatRegime.RECEIPTS.value, _("on payment (services)")),
    (VatRegime.FRANCHISE.value, _("no VAT (franchise)")),
]
#: Fields of the core by other names than those of the form.
_FIELDS = {
    "their_money": "their_likely",
    "their_money.low": "their_low",
    "their_money.likely": "their_likely",
    "their_money.high": "their_high",
    "lateness.days": "lateness_days",
    "lateness.spread": "lateness_spread",
    "months": "month_1",
}


class FactsForm(forms.Form):
    """A year of business with somebody."""

    yearly_net = FigureField(least=Decimal("0.01"), most=_MOST, label=_("Yearly volume, € without tax"))
    orders = forms.IntegerField(min_value=1, max_value=100_000, label=_("Invoices a year"))
    margin_percent = FigureField(
        least=-100, most=100, label=_("Margin, % of the price"), help_text=_("What is left after what is sold is paid.")
    )
    terms = forms.CharField(
        max_length=500,
        label=_("Terms that hold today"),
        help_text=_("In your words: “45 days end of month”, “30 % at the order, balance at 30 days”, “2/10 net 30”."),
    )
    money_source = forms.ChoiceField(
        choices=list(SOURCES.items()), label=_("While I wait for money, I live on"), widget=forms.RadioSelect
    )
    own_money_percent = FigureField(
        **_RATE,
        required=False,
        label=_("My cost of money, % a year"),
        help_text=_("Empty: the usual rate of the source above. Your bank's notice says the real one."),
    )
    their_low = FigureField(**_RATE, label=_("at least, % a year"))
    their_likely = FigureField(**_RATE, label=_("most likely, % a year"))
    their_high = FigureField(**_RATE, label=_("at most, % a year"))
    lateness_days = FigureField(
        least=-365, most=3650, label=_("Paid how many days late"), help_text=_("On average; below zero is early.")
    )
    lateness_spread = FigureField(
        least=0,
        most=3650,
        label=_("Spread of the lateness, days"),
        help_text=_("Between a good payment and a bad one; 0 if you do not know."),
    )
    default_percent = FigureField(
        **_PERCENT,
        label=_("Risk that they fail within a year, %"),
        help_text=_("1 to 3 for a sound firm; 10 and more for one in difficulty."),
    )
    vat_percent = FigureField(**_PERCENT, label=_("VAT, %"))
    vat_regime = forms.ChoiceField(choices=_VAT_REGIMES, label=_("My VAT is due"))
    vat_day = forms.IntegerField(
        min_value=1, max_value=28, label=_("Day of the month on which I pay VAT"), help_text=_("15 to 24.")
    )
    deducts_vat = forms.BooleanField(
        required=False, label=_("They get the VAT back (not a town, a doctor, a consumer)")
    )
    buyer_kind = forms.ChoiceField(label=_("They are"))
    sector = forms.ChoiceField(
        choices=TermsForm.base_fields["sector"].choices,  # type: ignore[attr-defined]  # a ChoiceField
        label=_("Trade"),
        help_text=_("Some trades have a shorter longest delay."),
    )
    periodic = forms.BooleanField(required=False, label=_("An invoice sums up several deliveries"))
    order_cost = FigureField(
        least=0, most=_MOST, label=_("Cost of handling an order, €"), help_text=_("Quote, invoice, delivery.")
    )
    lead_days = forms.IntegerField(min_value=0, max_value=730, label=_("Days from order to invoice"))
    penalties_paid_percent = FigureField(
        **_PERCENT, label=_("Late penalties that I really get, %"), help_text=_("Most firms claim none: 0.")
    )
    take_up_percent = FigureField(
        **_PERCENT,
        required=False,
        label=_("Discounts that they take, %"),
        help_text=_("Empty: they take one when it is worth it to them."),
    )

    def __init__(self, data: Any = None, *, known: Known, deal: Deal | None, source: MoneySource, today: date) -> None:
        self._known, self._deal, self._today = known, deal, today
        super().__init__(data, initial=_initial(deal, source) if deal else _first_guess(known))
        language = page_language()
        self.fields["buyer_kind"].choices = [(kind.value, text.in_language(language)) for kind, text in BUYERS.items()]  # type: ignore[attr-defined]
        for number, name in enumerate(_MONTHS, start=1):
            self.fields[name] = FigureField(least=0, most=_MOST, required=False, label=MONTHS[number])

    def months(self) -> Iterator[BoundField]:
        """The twelve fields of the season."""
        return (self[name] for name in _MONTHS)

    def source(self) -> MoneySource:
        """Where our money comes from, of a valid form."""
        return MoneySource(self.cleaned_data["money_source"])

    def clean(self) -> dict[str, Any]:
        """The fields, and the deal that they make together as "deal"."""
        values = super().clean() or {}
        if self.errors:
            return values
        try:
            values["deal"] = self._made(values)
        except DomainError as error:
            error.field = _FIELDS.get(error.field or "", error.field)
            attach(error, self)
        return values

    def deal(self) -> Deal:
        """The deal of a valid form."""
        found = self.cleaned_data["deal"]
        assert isinstance(found, Deal)
        return found

    def _made(self, values: dict[str, Any]) -> Deal:
        own = values["own_money_percent"]
        if own is None:
            own = USUAL_RATES[MoneySource(values["money_source"])]
        months = tuple(values[name] or Decimal(0) for name in _MONTHS)
        names = ("yearly_net", "orders", "margin_percent", "vat_percent", "vat_day", "deducts_vat", "order_cost")
        more = ("lead_days", "default_percent", "penalties_paid_percent", "take_up_percent", "periodic")
        return Deal(
            **{name: values[name] for name in (*names, *more)},
            from_day=self._deal.from_day if self._deal else self._today.replace(day=1),
            own_money_percent=own,
            their_money=Band(values["their_low"], values["their_likely"], values["their_high"]),
            months=months if any(months) else (Decimal(1),) * len(_MONTHS),
            vat_regime=VatRegime(values["vat_regime"]),
            lateness=self._lateness(values),
            current=Offer(terms=self._terms(values["terms"])),
            sector=Sector(values["sector"]),
            buyer_kind=BuyerKind(values["buyer_kind"]),
        )

    def _lateness(self, values: dict[str, Any]) -> Lateness:
        """Known where it is what the books say."""
        days, spread, books = values["lateness_days"], values["lateness_spread"], self._known.lateness
        return Lateness(days=days, spread=spread, is_known=books.is_known and days == books.days)

    def _terms(self, words: str) -> PaymentTerms:
        """The terms that the words say; those that stood there before where nobody touched them."""
        before = self._deal.current.terms if self._deal else self._known.terms
        said = agreement(before)
        return before if words.strip() in (said.fr, said.en) else written_out(parse_terms(words))


def _first_guess(known: Known) -> dict[str, Any]:
    """What the books say, and usual figures for the rest."""
    return {
        "yearly_net": known.billed,
        "orders": known.invoices or 12,
        "terms": agreement(known.terms).in_language(page_language()),
        "money_source": MoneySource.OVERDRAFT.value,
        "their_low": USUAL_BAND.low,
        "their_likely": USUAL_BAND.likely,
        "their_high": USUAL_BAND.high,
        "lateness_days": known.lateness.days,
        "lateness_spread": known.lateness.spread,
        "default_percent": Decimal(2),
        "vat_percent": known.vat_percent,
        "vat_regime": known.vat_regime.value,
        "vat_day": 20,
        "deducts_vat": known.buyer_kind is BuyerKind.BUSINESS,
        "buyer_kind": known.buyer_kind.value,
        "order_cost": Decimal(0),
        "lead_days": 0,
        "penalties_paid_percent": Decimal(0),
    } | dict(zip(_MONTHS, known.months, strict=False))


def _initial(deal: Deal, source: MoneySource) -> dict[str, Any]:
    """What the fields show for `deal`."""
    plain = ("yearly_net", "orders", "margin_percent", "own_money_percent", "default_percent", "vat_percent", "vat_day")
    more = ("deducts_vat", "periodic", "order_cost", "lead_days", "penalties_paid_percent", "take_up_percent")
    return {name: getattr(deal, name) for name in (*plain, *more)} | {
        "terms": agreement(deal.current.terms).in_language(page_language()),
        "money_source": source.value,
        "their_low": deal.their_money.low,
        "their_likely": deal.their_money.likely,
        "their_high": deal.their_money.high,
        "lateness_days": deal.lateness.days,
        "lateness_spread": deal.lateness.spread,
        "vat_regime": deal.vat_regime.value,
        "buyer_kind": deal.buyer_kind.value,
        "sector": deal.sector.value,
        **dict(zip(_MONTHS, deal.months, strict=True)),
    }
