"""What tones, channels, stances, tasks and reasons are called on the pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.collection.models import StepState, Verdict
from reglo.core.collection import Channel, Reason, Stance, TaskKind, Tone

Label = str | Promise

TONES: dict[str, Label] = {
    Tone.GENTLE: _("Gentle reminder"),
    Tone.PRACTICAL: _("Practical reminder"),
    Tone.FRIENDLY: _("Friendly dunning"),
    Tone.FIRM: _("Firm dunning"),
    Tone.LAST: _("Last dunning"),
    Tone.FORMAL_NOTICE: _("Formal notice"),
}
CHANNELS: dict[str, Label] = {
    Channel.EMAIL: _("E-mail"),
    Channel.LETTER: pgettext_lazy("post", "Letter"),
    Channel.CALL: _("Telephone call"),
}
STANCES: dict[str, Label] = {
    Stance.CONSIDERATE: _("Considerate"),
    Stance.STANDARD: pgettext_lazy("profile", "Standard"),
    Stance.FIRM: pgettext_lazy("profile", "Firm"),
}
TASKS: dict[str, Label] = {
    TaskKind.CALL: _("Call"),
    TaskKind.FORMAL_NOTICE: _("Formal notice to decide on"),
    TaskKind.FIRM_STEP: _("Customer in difficulty"),
    TaskKind.TOO_OLD: _("Very old debt"),
    TaskKind.UNREACHABLE: _("Address to find"),
    TaskKind.PLAN_LATE: _("Plan late"),
    TaskKind.DECLARE_CLAIM: _("Claim to declare"),
}
VERDICTS: dict[str, tuple[Label, str]] = {
    Verdict.MESSAGE: (_("written to"), "green"),
    Verdict.TASK: (_("for a person"), "orange"),
    Verdict.WAIT: (_("left alone"), "secondary"),
}
STEP_STATES: dict[str, tuple[Label, str]] = {
    StepState.TO_DO: (_("to do"), "orange"),
    StepState.QUEUED: (_("leaving"), "blue"),
    StepState.DONE: (_("done"), "green"),
    StepState.DROPPED: (_("let be"), "secondary"),
}
REASONS: dict[str, Label] = {
    Reason.INSOLVENT: _("in insolvency proceedings"),
    Reason.PAUSED: _("paused"),
    Reason.CREDIT: _("only credit"),
    Reason.PAID: _("owes nothing"),
    Reason.PENDING_MATCH: _("a payment to be matched"),
    Reason.DISPUTED: _("disputed"),
    Reason.PROMISED: _("promised"),
    Reason.IN_PLAN: _("in a plan"),
    Reason.UNANSWERED: _("waits for an answer"),
    Reason.COVERED: _("covered by credit"),
    Reason.CLOCK: _("a clock was wrong"),
    Reason.TOO_SOON: _("written to of late"),
    Reason.DAY_OFF: _("no sending day"),
    Reason.OTHER_DAY: _("its preferred day comes"),
    Reason.SMALL: _("too little alone"),
    Reason.WITH_A_PERSON: _("in a person's hands"),
    Reason.NOT_YET: _("no step is due yet"),
    Reason.NO_STEP_LEFT: _("all steps are done"),
}
