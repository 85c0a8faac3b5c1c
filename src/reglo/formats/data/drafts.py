"""A draft: what a founder types, completed into an invoice by `reglo.core.composition`.

Its keys are those of `reglo.core.composition.Draft`, made lighter for the hand: the legal identity of the seller stands
directly in its table, the terms are a sentence ("45 jours fin de mois"), codes may be words ("avoir", "jour",
"autoliquidation"), the country is France where nothing says otherwise.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace

from reglo.core.composition import Draft, FaultyDraft, compose_invoice
from reglo.core.document import Invoice
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.parties import LegalIdentity
from reglo.core.terms import PaymentTerms, parse_terms
from reglo.formats.data.faults import Fault, InvalidData, at, shown
from reglo.formats.data.scalars import BadValue, read_text
from reglo.formats.data.tree import Tree, from_tree
from reglo.formats.data.wordings import (
    BUYER_KINDS,
    KINDS,
    NATURES,
    PAYMENT_METHODS,
    SIZES,
    UNITS,
    VAT_REGIMES,
    VAT_SITUATIONS,
    coded,
)

_NOTHING = Text(fr="", en="")
_REDUCTION = "Remise"
_HOME = "FR"
_LANGUAGES = ("fr", "en")
#: What the terms call a date, and the key of the draft that gives it.
_DRAFT_KEYS = {"invoice_date": "issue_date"}


def invoice_from_draft(tree: Mapping[str, object]) -> Invoice:
    """The complete invoice for a typed draft. Raises InvalidData with every fault."""
    faults: list[Fault] = []
    spelled_out = _spelled_out(tree)
    terms = _terms(spelled_out.pop("terms", None), faults)
    draft = from_tree(Draft, spelled_out, "", faults)
    if faults or not isinstance(draft, Draft):
        raise InvalidData([_as_typed(fault) for fault in faults])
    if unlikely := [*_lost_zeros(draft), *_other_language(draft), *_negative_capital(draft)]:
        raise InvalidData(unlikely)
    try:
        return compose_invoice(draft if terms is None else replace(draft, terms=terms))
    except FaultyDraft as error:
        raise InvalidData([_fault(each) for each in error.faults]) from error
    except DomainError as error:
        raise InvalidData([_fault(error)]) from error


def _fault(error: DomainError) -> Fault:
    field = error.field or ""
    return Fault(where=at(_DRAFT_KEYS.get(field, field)), reason=error.message, fix=_NOTHING)


def _lost_zeros(draft: Draft) -> Iterator[Fault]:
    """Spreadsheets turn the postcode 01000 into the number 1000; no French one has four digits."""
    for role, address in (("seller", draft.seller.address), ("buyer", draft.buyer.address)):
        code = (address.post_code or "").strip()
        if address.country == "FR" and len(code) == 4 and code.isdecimal():
            yield Fault(
                where=at(f"{role}.address.post_code"),
                reason=Text(fr=f"le code postal « {code} » a perdu un zéro.", en=f'the postcode "{code}" lost a zero.'),
                fix=Text(
                    fr=f"Écrivez « 0{code} », dans une cellule au format texte, ou donnez le pays.",
                    en=f'Write "0{code}", in a cell formatted as text, or give the country.',
                ),
            )


def _other_language(draft: Draft) -> Iterator[Fault]:
    if draft.language not in _LANGUAGES:
        yield Fault(
            where=at("language"),
            reason=Text(
                fr=f"« {shown(draft.language)} » n'est pas admis.", en=f'"{shown(draft.language)}" is not allowed.'
            ),
            fix=Text(fr="Choisissez parmi : fr, en.", en="Choose among: fr, en."),
        )


def _negative_capital(draft: Draft) -> Iterator[Fault]:
    capital = draft.seller.identity.capital
    if capital is not None and capital < 0:
        yield Fault(
            where=at("seller.capital"),
            reason=Text(fr="un capital n'est pas négatif.", en="a capital is not negative."),
            fix=Text(fr="Écrivez-le sans le signe moins.", en="Write it without the minus sign."),
        )


def _terms(said: object, faults: list[Fault]) -> PaymentTerms | None:
    if said is None:
        return None
    try:
        return parse_terms(read_text(said))
    except BadValue as bad:
        faults.append(Fault(where=at("terms"), reason=bad.reason, fix=bad.fix))
    except DomainError as error:
        faults.append(Fault(where=at("terms"), reason=error.message, fix=_NOTHING))
    return None


def _as_typed(fault: Fault) -> Fault:
    """A fault with the key that the founder typed: the identity stands in the seller's table."""
    return replace(fault, where=at(fault.where.en.replace("seller.identity", "seller")))


def _spelled_out(tree: Mapping[str, object]) -> Tree:
    """The draft in the shape of its dataclasses. What is of a wrong kind is left for `from_tree` to refuse."""
    spelled: Tree = dict(tree)
    _change(spelled, "kind", lambda said: coded(KINDS, said))
    _change(spelled, "nature", lambda said: coded(NATURES, said))
    _change(spelled, "seller", _in_table(_seller))
    _change(spelled, "buyer", _in_table(_buyer))
    _change(spelled, "delivery", _in_table(_delivery_in(_country_of(spelled.get("buyer")))))
    _change(spelled, "payment", _in_table(_payment))
    _change(spelled, "lines", _in_list(_line))
    _change(spelled, "reductions", _in_list(_reduction))
    return spelled


_Change = Callable[[object], object]


def _change(table: Tree, key: str, change: _Change) -> None:
    if key in table:
        table[key] = change(table[key])


def _in_table(change: Callable[[Tree], None]) -> _Change:
    """Apply `change` to a copy of a table; leave anything else alone."""

    def changed(value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        table: Tree = dict(value)
        change(table)
        return table

    return changed


def _in_list(change: Callable[[Tree], None]) -> _Change:
    each = _in_table(change)
    return lambda value: [each(item) for item in value] if isinstance(value, list) else value


def _seller(seller: Tree) -> None:
    _change(seller, "vat_regime", lambda said: coded(VAT_REGIMES, said))
    _change(seller, "size", lambda said: coded(SIZES, said))
    _at_home(seller)
    own = {field.name for field in fields(LegalIdentity)} & set(seller)
    seller["identity"] = {key: seller.pop(key) for key in sorted(own)}


def _buyer(buyer: Tree) -> None:
    _change(buyer, "kind", lambda said: coded(BUYER_KINDS, said))
    _at_home(buyer)


def _at_home(party: Tree) -> None:
    """An address without country is in France, unless the VAT number is of another."""
    vat_number = party.get("vat_number")
    if not isinstance(vat_number, str) or vat_number.strip().upper().startswith("FR"):
        _change(party, "address", _in_table(lambda address: address.update({"country": _HOME, **address})))


def _country_of(buyer: object) -> object:
    """The country of the buyer's address, in which goods are delivered unless another is named."""
    address = buyer.get("address") if isinstance(buyer, Mapping) else None
    return address.get("country") if isinstance(address, Mapping) else None


def _delivery_in(country: object) -> Callable[[Tree], None]:
    def change(delivery: Tree) -> None:
        if country is not None:
            _change(delivery, "address", _in_table(lambda address: address.update({"country": country, **address})))

    return change


def _payment(payment: Tree) -> None:
    _change(payment, "method", lambda said: coded(PAYMENT_METHODS, said))


def _line(line: Tree) -> None:
    if "name" not in line and "description" in line:
        line["name"] = line.pop("description")
    _change(line, "unit", lambda said: coded(UNITS, said))
    _change(line, "vat", lambda said: coded(VAT_SITUATIONS, said))
    _change(line, "nature", lambda said: coded(NATURES, said))
    _change(line, "reductions", _in_list(_reduction))


def _reduction(reduction: Tree) -> None:
    reduction.setdefault("reason", _REDUCTION)
    _change(reduction, "vat", lambda said: coded(VAT_SITUATIONS, said))
