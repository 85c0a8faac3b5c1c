"""The policy as it is typed: its steps, a row each, then when messages leave and how often."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from reglo.collection.wording import CHANNELS, STANCES, TONES
from reglo.core.collection import Channel, Policy, SendingTimes, Stance, Step, Tone
from reglo.core.dates import Region
from reglo.delivery.listing import KINDS
from reglo.delivery.models import REMINDERS, MessageKind

_TEMPLATES = [kind for kind in MessageKind if kind in REMINDERS]


class StepForm(forms.Form):
    """One rung of the ladder."""

    key = forms.RegexField(regex=r"^[a-z0-9-]{1,40}$", required=False, widget=forms.HiddenInput)
    offset = forms.IntegerField(
        label=_("Days from the due date"),
        min_value=-90,
        max_value=365,
        help_text=_("Below zero is before it."),
    )
    tone = forms.ChoiceField(label=_("Tone"), choices=list(TONES.items()))
    channel = forms.ChoiceField(label=_("By"), choices=list(CHANNELS.items()))
    template = forms.ChoiceField(
        label=_("Text"),
        required=False,
        choices=[("", _("That of the tone")), *((kind.value, KINDS[kind]) for kind in _TEMPLATES)],
    )
    least_amount = forms.DecimalField(
        label=_("From an amount of"), min_value=0, initial=0, max_digits=12, decimal_places=2, localize=True
    )
    stances = forms.MultipleChoiceField(
        label=_("For"), initial=list(Stance), choices=list(STANCES.items()), widget=forms.CheckboxSelectMultiple
    )

    def step(self) -> Step:
        """The step that was typed."""
        facts = self.cleaned_data
        offset = facts["offset"]
        return Step(
            key=facts["key"] or f"j-{'avant' if offset < 0 else 'apres'}-{abs(offset)}",
            offset=offset,
            tone=Tone(facts["tone"]),
            channel=Channel(facts["channel"]),
            template=facts["template"] or facts["tone"],
            least_amount=facts["least_amount"],
            stances=frozenset(map(Stance, facts["stances"])),
        )


StepFormSet = formset_factory(StepForm, extra=1, can_delete=True, max_num=20, absolute_max=30)


class TimesForm(forms.Form):
    """When messages leave, how often, and what is let pass."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Messages leave on"), coerce=int, choices=list(WEEKDAYS.items()), widget=forms.CheckboxSelectMultiple
    )
    opens = forms.TimeField(label=_("From the hour of"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(
        label=_("Until the hour of"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    region = forms.ChoiceField(
        label=_("Public holidays of"),
        choices=[(Region.FRANCE.value, _("France")), (Region.ALSACE_MOSELLE.value, _("Alsace-Moselle"))],
    )
    days_between = forms.IntegerField(label=_("Days between two messages to a customer"), min_value=1, max_value=60)
    small_amount = forms.DecimalField(
        label=_("No message for less than"),
        min_value=0,
        max_digits=10,
        decimal_places=2,
        localize=True,
        help_text=_("It waits until more is due."),
    )
    promise_grace_days = forms.IntegerField(label=_("Days for the bank after a promise"), min_value=0, max_value=30)
    most_days_late = forms.IntegerField(
        label=_("What is later than this, in days, and was never chased, is put before you"),
        min_value=30,
        max_value=1826,
    )
    thanks = forms.BooleanField(label=_("Thank for a payment that came after a reminder"), required=False)


class PolicyForm:
    """The whole: `steps`, a set of forms, and `times`."""

    def __init__(self, policy: Policy, *, thanks: bool, data: Any = None) -> None:
        self.steps = StepFormSet(data, prefix="steps", initial=[_step_facts(step) for step in policy.steps])
        self.times = TimesForm(data, prefix="times", initial=_times_facts(policy, thanks))

    def is_valid(self) -> bool:
        """Whether everything can be read. Whether it makes sense is said by the core."""
        return all([self.steps.is_valid(), self.times.is_valid()])

    @property
    def thanks(self) -> bool:
        """Whether one thanks."""
        return bool(self.times.cleaned_data["thanks"])

    def policy(self) -> Policy:
        """What was typed, its steps in order of days."""
        facts = self.times.cleaned_data
        return Policy(
            steps=tuple(sorted(self._steps(), key=lambda step: step.offset)),
            times=SendingTimes(
                weekdays=frozenset(facts["weekdays"]),
                opens=facts["opens"],
                closes=facts["closes"],
                region=Region(facts["region"]),
            ),
            days_between=facts["days_between"],
            small_amount=facts["small_amount"],
            promise_grace_days=facts["promise_grace_days"],
            most_days_late=facts["most_days_late"],
        )

    def _steps(self) -> Sequence[Step]:
        kept = [form for form in self.steps if form.has_changed() or form in self.steps.initial_forms]
        return [form.step() for form in kept if not form.cleaned_data.get("DELETE")]


def _step_facts(step: Step) -> dict[str, object]:
    own = step.template if step.template != step.tone else ""
    return {
        "key": step.key,
        "offset": step.offset,
        "tone": step.tone.value,
        "channel": step.channel.value,
        "template": own,
        "least_amount": step.least_amount,
        "stances": sorted(step.stances),
    }


def _times_facts(policy: Policy, thanks: bool) -> dict[str, object]:
    times = policy.times
    return {
        "weekdays": sorted(times.weekdays),
        "opens": _minutes(times.opens),
        "closes": _minutes(times.closes),
        "region": times.region.value,
        "days_between": policy.days_between,
        "small_amount": policy.small_amount,
        "promise_grace_days": policy.promise_grace_days,
        "most_days_late": policy.most_days_late,
        "thanks": thanks,
    }


def _minutes(moment: time) -> str:
    return moment.isoformat("minutes")
