"""Which open items something is about."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reglo.accounts.language import page_language
from reglo.delivery.services.values import amount_text
from reglo.formats.pdf import figures
from reglo.ledger.models import OpenItem


class ItemsField(forms.TypedMultipleChoiceField):
    """Boxes to tick, one for each open item; its value is a list of ids."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Invoices"))
        options.setdefault("error_messages", {"required": gettext_lazy("Choose at least one invoice.")})
        super().__init__(coerce=int, widget=forms.CheckboxSelectMultiple, **options)


def choices_of(items: Iterable[OpenItem]) -> list[tuple[str, str]]:
    """Ids and what stands beside the boxes."""
    return [(str(each.pk), label_of(each)) for each in items]


def label_of(item: OpenItem) -> str:
    """Number, amount and due date of an open item."""
    language = page_language()
    amount = amount_text(item.open_minor, item.currency, language)
    if item.due_date is None:
        return f"{item.reference} · {amount}"
    return _("%(number)s · %(amount)s, due on %(day)s") % {
        "number": item.reference,
        "amount": amount,
        "day": figures.short_day(item.due_date, language),
    }
