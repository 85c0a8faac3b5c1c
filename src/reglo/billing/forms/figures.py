"""Figures as people type them, "1 234,50 €", and as data have them, "1234.50"."""

import re

from reglo.formats.pdf.figures import MINUS

_CLUTTER = re.compile(r"[\s'’€%]")
_GROUPS = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+")
_FIGURE = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?|[+-]?\.[0-9]+")


def typed_figure(text: str) -> str:
    """A figure as data have it; what is none stays as it was typed, so that nothing is lost and the check says it."""
    figure = _CLUTTER.sub("", text).replace(MINUS, "-")
    if _GROUPS.fullmatch(figure):
        figure = re.sub(r"[.,]", "", figure)
    elif "," in figure:
        figure = figure.replace(".", "").replace(",", ".") if _comma_is_last(figure) else figure.replace(",", "")
    if not _FIGURE.fullmatch(figure):
        return text.strip()
    sign, digits = ("-", figure[1:]) if figure.startswith("-") else ("", figure.lstrip("+"))
    whole, _, decimals = digits.partition(".")
    return sign + (whole or "0") + (f".{decimals}" if decimals else "")


def shown_figure(figure: object, language: str) -> str:
    """A figure of the content as one types it in `language`."""
    text = "" if figure is None else str(figure)
    return text.replace(".", ",") if language != "en" and _FIGURE.fullmatch(text) else text


def _comma_is_last(figure: str) -> bool:
    return figure.rfind(",") > figure.rfind(".")
