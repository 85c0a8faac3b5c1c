"""Components of every page: loaded in all templates, without `{% load %}`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError
from reglo.core.findings import Finding, Severity, Text
from reglo.core.money import from_minor
from reglo.formats.pdf import figures
from reglo.web.navigation import groups_of

register = template.Library()

#: The sprite that `tools/build_static.py` makes of the Tabler icons that templates name.
SPRITE = "built/icons.svg"


class _Tone(NamedTuple):
    """How a severity is shown."""

    colour: str
    icon: str
    label: Promise


_TONES = {
    Severity.FATAL: _Tone(colour="red", icon="alert-circle", label=_("Must be mended")),
    Severity.WARNING: _Tone(colour="yellow", icon="alert-triangle", label=_("Warning")),
    Severity.INFORMATION: _Tone(colour="blue", icon="info-circle", label=_("Good to know")),
}


# Addresses


@register.simple_tag(takes_context=True)
def url_of(context: Context, name: str, **parts: Any) -> str:
    """The address `name` within the organisation of the page."""
    return reverse(name, kwargs={"slug": context["organisation"].slug, **parts})


@register.inclusion_tag("web/components/navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, Any]:
    """The ways to go within the organisation of the page, with the one where it stands."""
    return {"groups": groups_of(context["organisation"], context["request"].path)}


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> str:
    """The block `name` once more: the title of the page is its heading too."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    with context.push():
        return block.nodelist.render(context)


# Values


@register.simple_tag
def money(minor: int | None, currency: str = "EUR") -> str:
    """An amount in minor units with its currency, as the language writes it: 1 234,56 € or €1,234.56."""
    if minor is None:
        return ""
    shown = figures.money(from_minor(minor, currency), currency, page_language())
    return format_html('<span class="money">{}</span>', shown)


@register.simple_tag
def amount(value: Decimal | None, currency: str = "EUR") -> str:
    """An amount of the core with its currency, as the language of the page writes it; a dash for none."""
    return "–" if value is None else figures.money(value, currency, page_language())


@register.simple_tag
def figure(value: Decimal | None) -> str:
    """A number of days, of pieces, with one decimal at most; a dash for none."""
    return "–" if value is None else figures.number(value, page_language(), most=1)


@register.simple_tag
def percentage(value: Decimal | None) -> str:
    """A share in percent, with one decimal at most; a dash for none."""
    return "–" if value is None else figures.share(value, page_language())


@register.simple_tag
def day(value: date | None) -> str:
    """A day as the language writes it in short: 24/11/2026 or 24 Nov 2026."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), figures.short_day(value, page_language()))


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime | None) -> str:
    """An instant in the time zone of the organisation: 24/11/2026 10:00."""
    if value is None:
        return ""
    organisation = context.get("organisation")
    local = value.astimezone(ZoneInfo(organisation.time_zone if organisation else "Europe/Paris"))
    shown = f"{figures.short_day(local.date(), page_language())}{figures.NO_BREAK_SPACE}{local:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)


@register.simple_tag
def text(value: Text) -> str:
    """A sentence of the core in the language of the page."""
    return value.in_language(page_language())


# Components


@register.simple_tag
def icon(name: str, classes: str = "") -> str:
    """A Tabler icon, decorative: what it means stands in words beside it."""
    return format_html(
        '<svg class="icon{}" width="24" height="24" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" {classes}" if classes else "",
        static(SPRITE),
        name,
    )


@register.simple_tag
def badge(label: object, colour: str = "secondary") -> str:
    """A state in a word: colour is one of Tabler (green, red, yellow, blue, orange, purple, secondary…)."""
    return format_html('<span class="badge badge-{}">{}</span>', colour, label)


@register.inclusion_tag("web/components/field.html")
def field(bound: BoundField, *, label: bool = True) -> dict[str, Any]:
    """A field of a form: label, control, help and errors, tied together for screen readers.

    label=False hides the label from sight, for a field that its place explains.
    """
    for choice in bound.subwidgets:
        choice.data["attrs"]["class"] = "form-check-input"
    return {"field": bound, "control": _control(bound), "kind": _kind(bound), "label": label}


@register.inclusion_tag("web/components/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form as a whole, then all its fields."""
    return {"form": form}


def _kind(bound: BoundField) -> str:
    """How a field is laid out: "hidden", "check" (label after the box), "group" (a fieldset) or "plain"."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    return "check" if isinstance(widget, CheckboxInput) else "plain"


def _control(bound: BoundField) -> SafeString:
    """The control with the classes of Bootstrap; Django ties it to its help and its errors."""
    chosen = (bound.field.widget.attrs.get("class", ""), _control_class(bound), "is-invalid" if bound.errors else "")
    return bound.as_widget(attrs={"class": " ".join(filter(None, chosen))})


def _control_class(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"


@register.inclusion_tag("web/components/empty.html")
def empty(
    title: object, sentence: object, url: str = "", label: object = "", icon: str = "file-text"
) -> dict[str, Any]:
    """What stands where there is nothing yet: it teaches what would be here, and offers the first step."""
    return {"title": title, "sentence": sentence, "url": url, "label": label, "icon": icon}


@register.inclusion_tag("web/components/finding.html")
def finding(found: Finding, url: str = "") -> dict[str, Any]:
    """What is wrong, how to mend it and where that is written; `url` leads to the field."""
    return {
        "finding": found,
        "message": text(found.message),
        "fix": text(found.fix),
        "tone": _TONES[found.severity],
        "url": url,
    }


@register.inclusion_tag("web/components/progress.html")
def progress(done: int, total: int, label: object, url: str = "") -> dict[str, Any]:
    """How far something long has come; where `url` is given, the bar asks it again every second until it is done."""
    return {"done": done, "total": total, "label": label, "url": url, "is_done": done >= total}


@register.inclusion_tag("web/components/toast.html", takes_context=True)
def toast(context: Context, message: Any) -> dict[str, Any]:
    """A message of Django as a toast; extra_tags="undo:<url>" gives it a button that takes the act back."""
    tags = getattr(message, "extra_tags", "") or ""
    undo = next((tag.removeprefix("undo:") for tag in tags.split() if tag.startswith("undo:")), "")
    return {
        "message": message,
        "level": getattr(message, "level_tag", "info"),
        "undo": undo,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def sentence(error: DomainError) -> str:
    """The sentence of a domain error in the language of the page."""
    return error.message.in_language(page_language())
