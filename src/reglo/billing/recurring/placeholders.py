"""Words in braces that each occurrence fills in: {month}, {year}, {quarter}, {start}, {end}, {period}.

They are looked up in a table, and nothing else: what is in no table stays as it was typed.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_FRENCH = {
    "mois": "month",
    "année": "year",
    "annee": "year",
    "trimestre": "quarter",
    "début": "start",
    "debut": "start",
    "fin": "end",
    "période": "period",
    "periode": "period",
}
_WORD = re.compile(r"\{(\w{2,12})\}")

#: Texts of a content in which they may stand.
_TEXTS = ("title", "notes", "purchase_order", "contract", "project")
_LINE_TEXTS = ("name", "description", "note", "group")


def words_of(start: date, end: date, language: str) -> Mapping[str, str]:
    """What each word stands for, from the first to the last day of a period."""
    first, last = (f"{day:%d/%m/%Y}" if language == "fr" else day.isoformat() for day in (start, end))
    quarter = (start.month - 1) // 3 + 1
    return {
        "month": _MONTHS["fr" if language == "fr" else "en"][start.month - 1],
        "year": str(start.year),
        "quarter": f"T{quarter}" if language == "fr" else f"Q{quarter}",
        "start": first,
        "end": last,
        "period": f"du {first} au {last}" if language == "fr" else f"from {first} to {last}",
    }


def filled(text: str, words: Mapping[str, str]) -> str:
    """`text` with its words filled in."""
    return _WORD.sub(lambda found: words.get(_FRENCH.get(found[1].lower(), found[1].lower()), found[0]), text)


def filled_content(content: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """A copy of `content` with the words of its texts filled in."""
    result = _filled_table(content, _TEXTS, words)
    if isinstance(content.get("lines"), list):
        result["lines"] = [
            _filled_table(line, _LINE_TEXTS, words) if isinstance(line, Mapping) else line for line in content["lines"]
        ]
    return result


def _filled_table(table: Mapping[str, Any], keys: tuple[str, ...], words: Mapping[str, str]) -> dict[str, Any]:
    return {key: _filled_value(value, words) if key in keys else value for key, value in table.items()}


def _filled_value(value: Any, words: Mapping[str, str]) -> Any:  # a text, a list of texts, or what is neither
    if isinstance(value, str):
        return filled(value, words)
    if isinstance(value, list):
        return [_filled_value(each, words) for each in value]
    return value
