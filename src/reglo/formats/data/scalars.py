"""Single values of the data formats: text, exact numbers, dates, bytes. What cannot be used says why."""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from reglo.core.findings import Text
from reglo.formats.data.faults import shown
from reglo.formats.data.shape import Kind, Shape

#: A number in a string: point, no thousands separator, no exponent; more digits than any currency needs.
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?")
_LARGEST_EXPONENT = 40
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
#: What XML 1.0 cannot carry, so that no invoice may contain it.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class BadValue(Exception):
    """A value that cannot be what its field wants."""

    def __init__(self, reason: Text, fix: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason
        self.fix = fix


def read_text(value: object) -> str:
    """A string as it stands; numbers that a writer left unquoted (a postcode) are refused: they lose their zeros."""
    if not isinstance(value, str):
        raise BadValue(
            Text(
                fr=f"un texte est attendu, et non {_named(value).fr}.", en=f"a text is wanted, not {_named(value).en}."
            ),
            Text(fr="Mettez la valeur entre guillemets.", en="Put the value in quotes."),
        )
    if found := _UNPRINTABLE.search(value):
        code = f"U+{ord(found.group()):04X}"
        raise BadValue(
            Text(
                fr=f"le texte contient le caractère {code}, qu'aucune facture ne peut porter.",
                en=f"the text contains the character {code}, which no invoice can carry.",
            ),
            Text(fr="Retirez-le.", en="Remove it."),
        )
    return value


def read_number(value: object) -> Decimal:
    """An exact number, from a string ("2400.00") or from the literal of a JSON or TOML number."""
    if isinstance(value, str):
        if _NUMBER.fullmatch(value):
            return Decimal(value)
        raise BadValue(
            Text(fr=f"« {shown(value)} » n'est pas un nombre.", en=f'"{shown(value)}" is not a number.'),
            _number_fix(value),
        )
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise BadValue(
            Text(
                fr=f"un nombre est attendu, et non {_named(value).fr}.",
                en=f"a number is wanted, not {_named(value).en}.",
            ),
            _WRITE_A_NUMBER,
        )
    number = Decimal(value)
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT or _digits(number) > 2 * _LARGEST_EXPONENT:
        raise BadValue(
            Text(
                fr=f"« {shown(value)} » n'est pas un montant possible.", en=f'"{shown(value)}" is no possible amount.'
            ),
            _WRITE_A_NUMBER,
        )
    return number


_WRITE_A_NUMBER = Text(fr='Écrivez par exemple "2400.00".', en='Write for instance "2400.00".')


def _digits(number: Decimal) -> int:
    _, digits, exponent = number.as_tuple()
    return len(digits) + abs(int(exponent))


def _number_fix(value: str) -> Text:
    mended = re.sub(r"\s", "", value).replace(",", ".").removesuffix("€").removesuffix("%")
    if len(value) <= 40 and _NUMBER.fullmatch(mended):
        return Text(
            fr=f'Un nombre s\'écrit ici avec un point et sans espace : "{mended}".',
            en=f'Numbers are written with a point and without spaces here: "{mended}".',
        )
    return _WRITE_A_NUMBER


def read_count(value: object) -> int:
    """A whole number."""
    number = read_number(value)
    if number != number.to_integral_value():
        raise BadValue(
            Text(fr=f"« {shown(value)} » n'est pas un nombre entier.", en=f'"{shown(value)}" is not a whole number.'),
            Text(fr="Écrivez-le sans décimales.", en="Write it without decimals."),
        )
    return int(number)


def read_date(value: object) -> date:
    """A day, from "2026-09-15" or from a date of TOML."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    found = _ISO_DATE.fullmatch(value) if isinstance(value, str) else None
    if found:
        return calendar_day(*map(int, found.groups()), shown_as=str(value))
    raise BadValue(
        Text(fr=f"« {shown(value)} » n'est pas une date.", en=f'"{shown(value)}" is not a date.'),
        Text(fr='Écrivez année-mois-jour : "2026-09-15".', en='Write year-month-day: "2026-09-15".'),
    )


def calendar_day(year: int, month: int, day: int, *, shown_as: str) -> date:
    """The day, if the calendar has it: 31 February is refused."""
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValue(
            Text(
                fr=f"« {shown(shown_as)} » n'existe pas au calendrier.",
                en=f'"{shown(shown_as)}" is not in the calendar.',
            ),
            Text(fr="Vérifiez le jour et le mois.", en="Check the day and the month."),
        ) from None


def _read_flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise BadValue(
        Text(fr=f"« {shown(value)} » n'est ni true ni false.", en=f'"{shown(value)}" is neither true nor false.'),
        Text(fr="Écrivez true ou false, sans guillemets.", en="Write true or false, without quotes."),
    )


def _read_bytes(value: object) -> bytes:
    try:
        return b64decode(read_text(value), validate=True)
    except (Base64Error, ValueError):
        raise BadValue(
            Text(fr="le contenu n'est pas en base64.", en="the content is not in base64."),
            Text(fr="Encodez le fichier en base64.", en="Encode the file in base64."),
        ) from None


def read_choice(value: object, choices: type[Enum]) -> Enum:
    """A member of an enumeration, by its name ("credit-note") or its code ("381")."""
    text = read_text(value)
    for member in choices:
        if text in (member.value, name_of(member)):
            return member
    raise BadValue(
        Text(fr=f"« {shown(text)} » n'est pas admis.", en=f'"{shown(text)}" is not allowed.'),
        Text(
            fr=f"Choisissez parmi : {', '.join(map(name_of, choices))}.",
            en=f"Choose among: {', '.join(map(name_of, choices))}.",
        ),
    )


def name_of(member: Enum) -> str:
    """How data name a member: CREDIT_NOTE is "credit-note"."""
    return member.name.lower().replace("_", "-")


def _read_number_or_choice(value: object, choices: type[Enum]) -> object:
    """A number where it looks like one, else a name."""
    if isinstance(value, str) and not any(each.isdigit() for each in value):
        return read_choice(value, choices)
    return read_number(value)


_READERS: dict[Kind, Callable[[object], object]] = {
    Kind.TEXT: read_text,
    Kind.NUMBER: read_number,
    Kind.COUNT: read_count,
    Kind.DATE: read_date,
    Kind.FLAG: _read_flag,
    Kind.BYTES: _read_bytes,
}


def read_scalar(shape: Shape, value: object) -> object:
    """The value that a field of this shape holds. Raises BadValue."""
    if shape.kind in (Kind.CHOICE, Kind.NUMBER_OR_CHOICE):
        assert shape.record is not None
        read = read_choice if shape.kind is Kind.CHOICE else _read_number_or_choice
        return read(value, shape.record)
    return _READERS[shape.kind](value)


def write_scalar(value: object) -> str | bool:
    """The canonical form: numbers and dates as strings, bytes in base64."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return str(value)


def _named(value: object) -> Text:
    if isinstance(value, dict):
        return Text(fr="une table", en="a table")
    if isinstance(value, list):
        return Text(fr="une liste", en="a list")
    if value is None:
        return Text(fr="null", en="null")
    return Text(fr=f"« {shown(value)} »", en=f'"{shown(value)}"')
