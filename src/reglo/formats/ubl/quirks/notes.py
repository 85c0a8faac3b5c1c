"""Notes with a subject, and the period with the code of the date when VAT falls due."""

import re

from lxml import etree

from reglo.core.document import Note, Period
from reglo.formats.ubl.binding import Table, fields_of, lift, lowered
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.leaves import Leaf, Values
from reglo.formats.ubl.output import Output

_subject_and_text = re.compile(r"#([^#]{3})#(.*)", re.DOTALL).fullmatch


class SubjectNote(Leaf):
    """A note (BG-1): a subject code, where there is one, stands before the text as «#AAI#»."""

    __slots__ = ("repeatable",)

    def __init__(self, field: str, term: str) -> None:
        super().__init__(field, term)
        self.repeatable = (field,)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        values.setdefault(self.field, []).append(note_of(element.text or ""))
        if element.attrib or len(element):
            context.leftovers(element, self.attributes)

    def write(self, name: str, values: Values, out: Output) -> None:
        for note in values.get(self.field, ()):
            out.value(name, text_of(note))


def text_of(note: Note) -> str:
    """The UBL text that carries a note."""
    return (note.text or "") if note.subject is None else f"#{note.subject}#{note.text or ''}"


def note_of(text: str) -> Note:
    """The note that a UBL text is."""
    found = _subject_and_text(text)
    return Note(text=text) if found is None else Note(subject=found[1], text=found[2])


class InvoicePeriod:
    """The period (BG-14), and the code of the date when VAT falls due (BT-8). A code alone makes no period."""

    __slots__ = ("groups", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.groups = ("period",)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        inner = self.table.read_values(element, context)
        only_code = set(inner) == {"tax_point_code"}
        lift(inner, values, {"tax_point_code": "tax_point_code"}, element, context)
        if only_code:
            return
        if "period" in values:
            context.repeated(element, "BG-14")
        else:
            values["period"] = Period(**inner)

    def write(self, name: str, values: Values, out: Output) -> None:
        code = lowered(values, {"tax_point_code": "tax_point_code"})
        self.table.write(name, fields_of(values.get("period")) | code, out)
