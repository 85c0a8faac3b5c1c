"""JSON: the document as data. Canonical when Réglo writes it, strict when Réglo reads it.

Canonical means: keys in the order of the model, absent terms left out, numbers and dates as strings, bytes in base64,
UTF-8, two spaces of indent, one line feed at the end. The same invoice gives the same bytes on any machine.
"""

import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from reglo.core.document import Invoice
from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.data.faults import Fault, InvalidData, at, shown
from reglo.formats.data.invoices import FORMAT, invoice_from_tree
from reglo.formats.data.tree import to_tree
from reglo.formats.reading import Reading, Syntax

MAX_BYTES = 32 * 1024 * 1024
MAX_VALUES = 1_000_000  #: some 60,000 lines of an invoice; each takes about a hundred bytes of memory
MAX_DEPTH = 50  #: the model needs eight
_MAX_LITERAL = 100  #: characters of a number


def write_json(invoice: Invoice) -> bytes:
    """The canonical form of an invoice."""
    tree = {"format": FORMAT, **to_tree(invoice)}
    return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode()


def read_json(data: bytes, defaults: Mapping[str, object] | None = None) -> Reading:
    """An invoice, or the draft of one, from JSON.

    defaults: keys of a draft that the file may leave out, such as the seller.
    Raises UnreadableDocument for what is no JSON, InvalidData for values that cannot be used.
    """
    return Reading(invoice=invoice_from_tree(parse_json(data), defaults), syntax=Syntax.DATA)


def parse_json(data: bytes) -> object:
    """A plain tree. Numbers are exact Decimals; a key written twice, NaN and Infinity are refused."""
    if len(data) > MAX_BYTES or sum(data.count(mark) for mark in (b",", b"[", b"{")) > MAX_VALUES:
        raise UnreadableDocument(
            Text(
                fr=f"Le fichier JSON dépasse {MAX_BYTES // 1024 // 1024} Mio, ou un million de valeurs.",
                en=f"The JSON file is larger than {MAX_BYTES // 1024 // 1024} MiB, or has more than a million values.",
            )
        )
    try:
        tree = json.loads(
            _decoded(data),
            parse_float=_number,
            parse_int=_number,
            parse_constant=_no_number,
            object_pairs_hook=_without_repetition,
        )
    except json.JSONDecodeError as error:
        raise UnreadableDocument(
            Text(
                fr=f"Le fichier n'est pas du JSON bien formé (ligne {error.lineno}, colonne {error.colno}).",
                en=f"The file is not well-formed JSON (line {error.lineno}, column {error.colno}): {error.msg}.",
            )
        ) from error
    except RecursionError:
        raise _too_deep() from None
    if _deeper_than(tree, MAX_DEPTH):
        raise _too_deep()
    return tree


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            Text(
                fr=f"Le fichier JSON n'est pas en UTF-8 (octet {error.start + 1}) : enregistrez-le en UTF-8.",
                en=f"The JSON file is not in UTF-8 (byte {error.start + 1}): save it as UTF-8.",
            )
        ) from error


def _too_deep() -> UnreadableDocument:
    return UnreadableDocument(
        Text(
            fr=f"Le fichier JSON emboîte plus de {MAX_DEPTH} niveaux : ce n'est pas une facture.",
            en=f"The JSON file is nested more than {MAX_DEPTH} levels deep: it is no invoice.",
        )
    )


def _deeper_than(tree: object, levels: int) -> bool:
    if not isinstance(tree, (dict, list)):
        return False
    children = tree.values() if isinstance(tree, dict) else tree
    return levels == 0 or any(_deeper_than(child, levels - 1) for child in children)


def _number(literal: str) -> Decimal:
    if len(literal) > _MAX_LITERAL:
        _no_number(literal)
    return Decimal(literal)


def _no_number(literal: str) -> Decimal:
    raise InvalidData(
        [
            Fault(
                where=at(""),
                reason=Text(
                    fr=f"« {shown(literal)} » n'est pas un montant possible.",
                    en=f'"{shown(literal)}" is no possible amount.',
                ),
                fix=Text(fr='Écrivez par exemple "2400.00".', en='Write for instance "2400.00".'),
            )
        ]
    )


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        repeated = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise InvalidData(
            [
                Fault(
                    where=at(""),
                    reason=Text(
                        fr=f"la clé « {shown(repeated)} » est écrite deux fois dans la même table.",
                        en=f'the key "{shown(repeated)}" is written twice in the same table.',
                    ),
                    fix=Text(fr="Gardez-en une.", en="Keep one of them."),
                )
            ]
        )
    return tree
