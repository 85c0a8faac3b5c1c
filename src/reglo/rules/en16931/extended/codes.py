"""Code lists that the French extension widens."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from reglo.core.document import Allowance, SupportingDocument
from reglo.core.rule import Rule
from reglo.rules.codes import CodeList
from reglo.rules.en16931 import code_lists
from reglo.rules.en16931.extended.dialects import REPLACED, Dialect
from reglo.rules.en16931.facts import Facts
from reglo.rules.en16931.table import CII, DATA, Check, Group

_ATTACHMENTS = CodeList("attachment_types")
_MORE_ATTACHMENTS = ("application/xml", "text/xml")
_SCHEMES = CodeList("identifier_schemes")
#: Belgian and Swedish schemes, and how UBL writes the SEPA creditor identifier.
_MORE_SCHEMES = ("BY", "SE")
_SEPA = "SEPA"
#: What a charge is for: UNTDID 7161, or UNTDID 5153 where it is a tax.
_CHARGES = CodeList("charge_reasons", "tax_types")


def _charge_is_unknown(charge: Allowance) -> bool:
    return charge.reason_code is not None and charge.reason_code not in _CHARGES


def _attachment_is_unknown(document: SupportingDocument) -> bool:
    kind = None if document.attachment is None else document.attachment.mime_code
    return kind is not None and kind not in _MORE_ATTACHMENTS and kind not in _ATTACHMENTS


def _scheme_is_unknown(dialect: Dialect) -> Callable[[Facts], bool]:
    more = (*_MORE_SCHEMES, _SEPA) if dialect is Dialect.FRENCH_UBL else _MORE_SCHEMES

    def breached(facts: Facts) -> bool:
        invoice = facts.invoice
        parties = [party for party in (invoice.seller, invoice.buyer, invoice.payee) if party is not None]
        schemes = [each.scheme for party in parties for each in party.identifiers if each.scheme is not None]
        return any(scheme not in more and scheme not in _SCHEMES for scheme in schemes)

    return breached


def checks(dialect: Dialect) -> Iterator[Check[Any]]:
    """The widened lists, and in CII, where EN 16931 leaves lists to Factur-X, all the others too."""
    if dialect is Dialect.FACTUR_X:
        return
    known = {check.rule.identifier: check.rule for check in code_lists.CHECKS}
    yield Check(rule=_widened(known["BR-CL-10"], dialect), group=Group.DOCUMENT, breached=_scheme_is_unknown(dialect))
    charge = _widened(known["BR-CL-20"], dialect)
    yield Check(rule=charge, group=Group.CHARGE, breached=_charge_is_unknown)
    yield Check(rule=charge, group=Group.LINE_CHARGE, breached=_charge_is_unknown)
    attachment = _widened(known["BR-CL-24"], dialect)
    yield Check(rule=attachment, group=Group.SUPPORTING, breached=_attachment_is_unknown)
    if dialect is Dialect.FRENCH_CII:
        for check in code_lists.CHECKS:
            if check.syntaxes >= DATA and check.rule.identifier not in REPLACED[dialect]:
                # The sheet judges the categories of entries together with those of lines.
                is_of_entries = check.group is Group.BREAKDOWN and check.rule.identifier == "BR-CL-17"
                yield replace(check, syntaxes=CII, rule=known["BR-CL-18"] if is_of_entries else check.rule)


def _widened(known: Rule, dialect: Dialect) -> Rule:
    name = known.identifier.replace("BR-CL", "BR-FREXT-CL")
    return replace(known, identifier=name, source=f"{name} ({dialect.value})")
