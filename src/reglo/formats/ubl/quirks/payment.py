"""Means of payment, and what UBL says in each of them."""

import re
from typing import Any, ClassVar

from lxml import etree

from reglo.core.document import BankAccount
from reglo.formats.ubl.binding import Many, fields_of, lowered
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.leaves import Code, Values
from reglo.formats.ubl.output import Output
from reglo.formats.ubl.quirks.fillers import NOT_AVAILABLE, Silent

NOT_DEFINED = "1"  #: UNTDID 4461: a means of payment that the invoice does not name

DIRECT_DEBITS = ("49", "59")  #: UNTDID 4461

_iban_like = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z ]{8,}").fullmatch


class MeansCode(Code):
    """The code of a means of payment (BT-81), and its name (BT-82) in an attribute."""

    __slots__ = ()
    attributes: ClassVar[list[str]] = ["name"]

    @property
    def fills(self) -> tuple[str, ...]:
        return (self.field, "text")

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        if self.field not in values:
            values["text"] = element.get("name")
        super().read(element, values, context)

    def write(self, name: str, values: Values, out: Output) -> None:
        if self.field in values or "text" in values:
            out.value(name, values.get(self.field, ""), {"name": values.get("text")})


class Means(Many):
    """The means of payment (BG-16), and what UBL says in them: BT-83 in each; BT-9, BT-82 and the mandate in one."""

    __slots__ = ()

    def write(self, name: str, values: Values, out: Output) -> None:
        shared = lowered(values, self.lift)
        mandate = {field: shared.pop(field) for field in ("mandate", "payer") if field in shared}
        due = {field: shared.pop(field) for field in ("due_date",) if field in shared}
        means = [fields_of(each) for each in values.get("means", ())]
        if not means and (shared or mandate or due):
            means = [{"code": NOT_DEFINED}]
        said = {each.get("text") for each in means[:1]}
        for each in means[1:]:
            if each.get("text") in said:
                each.pop("text", None)
        debited = max(means, key=_likeness_to_direct_debit, default=None)
        for index, each in enumerate(means):
            once = (mandate if each is debited else {}) | ({} if index else due)
            self.table.write(name, each | shared | once, out)


def _likeness_to_direct_debit(means: Values) -> int:
    """How much these fields of a means of payment look like those of a direct debit, to which a mandate belongs."""
    return 2 * ("debited_account" in means) + (means.get("code") in DIRECT_DEBITS)


class CardNetwork(Silent):
    """The network of a card, which the UBL schema demands."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(NOT_AVAILABLE)

    def write(self, name: str, values: Values, out: Output) -> None:
        if "number" in values:
            out.value(name, NOT_AVAILABLE)


# Any: the fields of an account, checked by the dataclass.
def account_of(**fields: Any) -> BankAccount:
    """An account to pay into. UBL does not say whether BT-84 is an IBAN: its shape does."""
    identifier = fields.get("identifier")
    return BankAccount(**fields, is_iban=identifier is None or _iban_like(identifier.strip()) is not None)
