"""The relationship with a customer, and how it shifts the ladder."""

from dataclasses import dataclass
from functools import lru_cache

from reglo.core.collection.policy import Policy, Step
from reglo.core.collection.vocabulary import Channel, Stance, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How one deals with a customer (*profil de relation*), decided by the user."""

    stance: Stance = Stance.STANDARD
    language: str = "fr"  #: of what is written to it: "fr" or "en"
    channel: Channel | None = None  #: in place of e-mail
    weekday: int | None = None  #: preferred day of the week, Monday is 0
    is_in_difficulty: bool = False  #: known trouble: what is firm or harder is put before a person
    is_strategic: bool = False  #: a formal notice is put before a person


@dataclass(frozen=True, slots=True)
class Rung:
    """A step as it stands for one kind of relationship."""

    step: Step
    offset: int  #: days from the due date
    tone: Tone
    channel: Channel
    by_person: bool  #: becomes a task, never a message by itself

    @property
    def template(self) -> str:
        """Key of its text: one of its own, else that of the tone, as the profile has softened it."""
        return self.step.template or self.tone.value


@lru_cache(maxsize=1024)
def ladder_for(policy: Policy, profile: Profile) -> tuple[Rung, ...]:
    """The ladder of `policy` as `profile` shifts it.

    Considerate: what comes after the due date comes half as late again (J+10 at J+15), one tone softer, and never
    softer than friendly. Firm: at two thirds of the days (J+10 at J+6), not before the day after the due date.
    """
    rungs: list[Rung] = []
    for step in policy.steps:
        if profile.stance in step.stances:
            # Two steps never fall on one day, however the days are squeezed.
            least = rungs[-1].offset + 1 if rungs else step.offset
            rungs.append(_rung(step, max(least, _shifted(step.offset, profile.stance)), profile))
    return tuple(rungs)


def _rung(step: Step, offset: int, profile: Profile) -> Rung:
    tone = _softened(step.tone) if profile.stance is Stance.CONSIDERATE else step.tone
    channel = profile.channel if profile.channel and step.channel is Channel.EMAIL else step.channel
    return Rung(step, offset, tone, channel, channel is Channel.CALL or _needs_a_person(tone, profile))


def _shifted(offset: int, stance: Stance) -> int:
    if offset <= 0 or stance is Stance.STANDARD:
        return offset
    return (offset * 3 + 1) // 2 if stance is Stance.CONSIDERATE else max(1, offset * 2 // 3)


def _softened(tone: Tone) -> Tone:
    return {Tone.FIRM: Tone.FRIENDLY, Tone.LAST: Tone.FIRM}.get(tone, tone)


def _needs_a_person(tone: Tone, profile: Profile) -> bool:
    if profile.is_in_difficulty and tone.strength >= Tone.FIRM.strength:
        return True
    kept_from_machines = profile.is_strategic or profile.stance is Stance.CONSIDERATE
    return tone is Tone.FORMAL_NOTICE and kept_from_machines
