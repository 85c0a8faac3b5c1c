"""What one types of a recurring invoice. Its lines are typed as in the editor, and read by `forms.typed`."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.billing.models import NumberSeries, Recurrence, Rhythm
from reglo.billing.services.recurring import RecurrenceFacts
from reglo.customers.models import Customer
from reglo.formats.data.tree import Tree
from reglo.organisations.models import Organisation

_RHYTHMS = (
    (Rhythm.WEEK, _("weeks")),
    (Rhythm.MONTH, _("months")),
    (Rhythm.QUARTER, _("quarters")),
    (Rhythm.YEAR, _("years")),
)
_MONTHS = (
    ("", _("On the anniversary of the first day")),
    (1, _("On 1 January")),
    (2, _("On 1 February")),
    (3, _("On 1 March")),
    (4, _("On 1 April")),
    (5, _("On 1 May")),
    (6, _("On 1 June")),
    (7, _("On 1 July")),
    (8, _("On 1 August")),
    (9, _("On 1 September")),
    (10, _("On 1 October")),
    (11, _("On 1 November")),
    (12, _("On 1 December")),
)


class RecurrenceForm(forms.ModelForm[Recurrence]):
    """When it comes, to whom, and what Réglo does by itself."""

    rhythm = forms.ChoiceField(label=_("Rhythm"), choices=_RHYTHMS)
    revision_month = forms.TypedChoiceField(
        label=_("When prices are revised"), choices=_MONTHS, coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = Recurrence
        fields: ClassVar = [
            "customer",
            "label",
            "every",
            "rhythm",
            "starts_on",
            "ends_on",
            "occurrences_at_most",
            "revision_percent",
            "revision_month",
            "series",
            "issues_by_itself",
            "sends_by_itself",
        ]
        labels: ClassVar = {
            "customer": _("Customer"),
            "label": _("Name"),
            "every": _("Every"),
            "starts_on": _("First invoice on"),
            "ends_on": _("None after"),
            "occurrences_at_most": _("At most so many invoices"),
            "revision_percent": _("Yearly revision of prices, in percent"),
            "series": _("Series of numbers"),
            "issues_by_itself": _("Issue each invoice by itself; else a draft waits for you"),
            "sends_by_itself": _("Send each issued invoice by e-mail by itself"),
        }
        help_texts: ClassVar = {
            "starts_on": _("The following ones are counted from it: a 31st is the last day of shorter months."),
            "revision_percent": _("Each price is raised once a year and rounded to the cent."),
            "ends_on": _("Empty: until you end it."),
        }
        widgets: ClassVar = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, organisation: Organisation, may_issue: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        if not may_issue:
            self.fields["issues_by_itself"].disabled = True
            self.fields["issues_by_itself"].help_text = _("Only those who may issue invoices decide this.")
        customers, series = self.fields["customer"], self.fields["series"]
        assert isinstance(customers, forms.ModelChoiceField)
        assert isinstance(series, forms.ModelChoiceField)
        customers.queryset = Customer.objects.of(organisation).filter(archived_at=None).order_by("name", "pk")
        series.queryset = NumberSeries.objects.of(organisation).filter(is_for_quotes=False, archived_at=None)
        series.empty_label = _("The default series")
        for name in ("ends_on", "occurrences_at_most", "revision_percent", "series"):
            self.fields[name].required = False

    def facts(self, content: Tree) -> RecurrenceFacts:
        """What was typed, for the service."""
        return RecurrenceFacts(content=content, **self.cleaned_data)
