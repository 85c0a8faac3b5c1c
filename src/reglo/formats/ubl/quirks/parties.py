"""Identifiers and tax numbers of parties."""

from lxml import etree

from reglo.core.document import Identifier
from reglo.formats.ubl.binding import Table, cbc
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.leaves import Identified, Values
from reglo.formats.ubl.output import Output

SEPA = "SEPA"

VAT = "VAT"

OTHER_TAX = "TAX"  #: the scheme of a tax number that is not for VAT (BT-32)


class PartyIdentification:
    """BT-29, BT-46, BT-60; of a seller or payee, with scheme SEPA, the creditor of a direct debit (BT-90)."""

    __slots__ = ("may_be_creditor", "repeatable")

    def __init__(self, *, may_be_creditor: bool) -> None:
        self.may_be_creditor = may_be_creditor
        self.repeatable = ("identifiers",)

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        identifier = _IDENTIFICATION.read_values(element, context).get("identifier")
        if identifier is None:
            return
        if not self.may_be_creditor or (identifier.scheme or "").upper() != SEPA:
            values.setdefault("identifiers", []).append(identifier)
        elif values.setdefault("creditor", identifier.value) != identifier.value:
            context.repeated(element, "BT-90")

    def write(self, name: str, values: Values, out: Output) -> None:
        for identifier in values.get("identifiers", ()):
            _IDENTIFICATION.write(name, {"identifier": identifier}, out)
        if "creditor" in values:
            creditor = Identifier(value=values["creditor"], scheme=SEPA)
            _IDENTIFICATION.write(name, {"identifier": creditor}, out)


_IDENTIFICATION = Table(dict, cbc("ID", Identified("identifier")))


class TaxRegistration:
    """A tax number: BT-31, BT-48, BT-63 where its scheme is VAT, else BT-32."""

    __slots__ = ("table", "vat_term")

    def __init__(self, table: Table, vat_term: str | None) -> None:
        self.table = table
        self.vat_term = vat_term

    def read(self, element: etree._Element, values: Values, context: Context) -> None:
        inner = self.table.read_values(element, context)
        is_vat = (inner.get("scheme") or "").upper() == VAT
        field, term = ("vat_identifier", self.vat_term) if is_vat else ("tax_registration", "BT-32")
        if "company" not in inner:
            return
        if field in values:
            context.repeated(element, term)
        else:
            values[field] = inner["company"]

    def write(self, name: str, values: Values, out: Output) -> None:
        for field, scheme in (("vat_identifier", VAT), ("tax_registration", OTHER_TAX)):
            if field in values:
                self.table.write(name, {"company": values[field], "scheme": scheme}, out)
