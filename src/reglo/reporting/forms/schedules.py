"""Which report goes out, how often, to whom."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from reglo.reporting.catalogue import GROUPS
from reglo.reporting.models import Schedule
from reglo.reporting.rhythm import Rhythm
from reglo.reporting.services.schedules import Wanted

_MOST = 10
_LATEST = 27


class ScheduleForm(forms.Form):
    """A regular report."""

    report = forms.ChoiceField(label=_("Report"))
    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=Rhythm.choices,
        help_text=_("Each one speaks of the week, month, quarter or year that has just ended."),
    )
    days_in = forms.IntegerField(
        label=_("Days after its end"),
        min_value=0,
        max_value=_LATEST,
        initial=2,
        help_text=_(
            "0 for the first day of the new month. By then the bank file should be in. Weeks go out on Monday."
        ),
    )
    recipients = forms.CharField(
        label=_("Recipients"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("E-mail addresses, one a line. They receive figures of your firm: only add people you trust."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=(("fr", "Français"), ("en", "English")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer all reports, and each way to break one down."""
        super().__init__(*args, **kwargs)
        report: Any = self.fields["report"]
        report.choices = [(str(group.title), _offered(group.kinds)) for group in GROUPS]

    def clean_recipients(self) -> list[str]:
        """The addresses, each once; refused with the one that is none."""
        addresses = list(dict.fromkeys(filter(None, re.split(r"[\s,;]+", self.cleaned_data["recipients"]))))
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(_("“%(address)s” is no e-mail address."), params={"address": address}) from None
        if len(addresses) > _MOST:
            raise ValidationError(_("At most ten addresses; send it to a mailing list for more."))
        return addresses

    @property
    def wanted(self) -> Wanted:
        """What was typed, of a valid form."""
        facts = self.cleaned_data
        report, _colon, grouping = facts["report"].partition(":")
        return Wanted(
            report=report,
            grouping=grouping,
            rhythm=Rhythm(facts["rhythm"]),
            days_in=facts["days_in"],
            recipients=facts["recipients"],
            language=facts["language"],
        )


def _offered(kinds: Any) -> list[tuple[str, str]]:
    choices = []
    for kind in kinds:
        if len(kind.groupings) < 2:
            choices.append((f"{kind.name}:", str(kind.title)))
        choices += [
            (f"{kind.name}:{each.key}", f"{kind.title} – {each.label}")
            for each in kind.groupings
            if len(kind.groupings) > 1
        ]
    return choices


def facts_of(schedule: Schedule) -> dict[str, Any]:
    """What a schedule is, for its form."""
    return {
        "report": f"{schedule.report}:{schedule.grouping}",
        "rhythm": schedule.rhythm,
        "days_in": schedule.days_in,
        "recipients": "\n".join(schedule.recipients),
        "language": schedule.language,
    }
