"""From a plain tree to an invoice: a finished document is data and is read as it stands, a draft is completed."""

from collections.abc import Mapping

from reglo.core.document import Invoice
from reglo.core.findings import Text
from reglo.formats.data.faults import Fault, InvalidData, at, shown
from reglo.formats.data.tree import from_tree

#: What a finished document says of itself: the name and the version of this format.
FORMAT = "reglo-invoice-1"

#: Keys beside those of the invoice.
_FORMAT_KEY = "format"
_SCHEMA_KEY = "$schema"
_TOTALS_KEY = "totals"


def invoice_from_tree(tree: object, defaults: Mapping[str, object] | None = None) -> Invoice:
    """The invoice that `tree` holds, completed if it is a draft. Raises InvalidData with every fault."""
    if not isinstance(tree, dict):
        raise InvalidData([_no_table(tree)])
    keys = {key: value for key, value in tree.items() if key not in (_FORMAT_KEY, _SCHEMA_KEY)}
    if is_finished(tree):
        return _finished(tree, keys)
    from reglo.formats.data.drafts import invoice_from_draft  # what completes a draft takes time to load

    return invoice_from_draft(merged(defaults or {}, keys))


def is_finished(tree: Mapping[str, object]) -> bool:
    """Whether the document is complete by its own account: it names the format, or states totals."""
    return _FORMAT_KEY in tree or _TOTALS_KEY in tree


def merged(defaults: Mapping[str, object], given: Mapping[str, object]) -> dict[str, object]:
    """`given`, with what it leaves out from `defaults`, table by table."""
    result = {**defaults, **given}
    for key, value in defaults.items():
        other = given.get(key)
        if isinstance(value, Mapping) and isinstance(other, Mapping):
            result[key] = merged(value, other)
    return result


def _finished(tree: Mapping[str, object], keys: Mapping[str, object]) -> Invoice:
    faults: list[Fault] = []
    if tree.get(_FORMAT_KEY, FORMAT) != FORMAT:
        faults.append(_other_format(tree[_FORMAT_KEY]))
    invoice = from_tree(Invoice, keys, "", faults)
    if faults or not isinstance(invoice, Invoice):
        raise InvalidData(faults)
    return invoice


def _no_table(tree: object) -> Fault:
    return Fault(
        where=at(""),
        reason=Text(
            fr=f"une facture est une table de clés, et non « {shown(tree)} ».",
            en=f'an invoice is a table of keys, not "{shown(tree)}".',
        ),
        fix=Text(fr="Voyez docs/reference/data.md.", en="See docs/reference/data.md."),
    )


def _other_format(found: object) -> Fault:
    return Fault(
        where=at(_FORMAT_KEY),
        reason=Text(fr=f"le format « {shown(found)} » est inconnu.", en=f'the format "{shown(found)}" is unknown.'),
        fix=Text(fr=f"Cette version de Réglo lit « {FORMAT} ».", en=f'This version of Réglo reads "{FORMAT}".'),
    )
