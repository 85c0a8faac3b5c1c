"""Figures of a report as text, in the language of whoever reads; "–" where there is none."""

from decimal import Decimal

from django.utils.translation import ngettext

from reglo.accounts.language import page_language
from reglo.core.money import round_half_up
from reglo.formats.pdf import figures
from reglo.reporting.report import Asked

NONE = "–"


def money_text(value: Decimal | None, asked: Asked) -> str:
    """An amount with the currency of the report."""
    return NONE if value is None else figures.money(value, asked.currency, page_language())


def days_text(value: Decimal | None) -> str:
    """So many days, a tenth of a day at most."""
    if value is None:
        return NONE
    rounded = round_half_up(value, 1)
    words = ngettext("%(days)s day", "%(days)s days", 1 if abs(rounded) <= 1 else 2)
    return words % {"days": figures.number(rounded, page_language())}


def share_text(value: Decimal | None) -> str:
    """A part of 1 in percent, a tenth of a percent at most."""
    return NONE if value is None else figures.share(value * 100, page_language())
