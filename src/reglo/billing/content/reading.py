"""From the tree that an editor saves to the draft of the core, with everything that cannot be read told by its path."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from reglo.core.composition import Buyer, DocumentKind, Draft, DraftLine, PaymentDetails
from reglo.core.document import Address
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.terms import PaymentTerms, due_date
from reglo.customers.models import Customer
from reglo.customers.queries import buyer_of
from reglo.formats.data.faults import Fault, InvalidData, at
from reglo.formats.data.stored import read_stored
from reglo.formats.data.tree import Tree, from_tree, to_tree
from reglo.formats.data.wordings import NATURES, UNITS, VAT_SITUATIONS, coded
from reglo.organisations.models import BankAccount, Organisation
from reglo.organisations.queries import payment_details, seller_of, today_of
from reglo.terms.models import TermsAgreement
from reglo.terms.queries import binding_agreement, terms_for, terms_of

#: Stands in a preview where the number will be.
DRAFT_NUMBER = "BROUILLON"

_FROM_ROWS = frozenset({"number", "seller", "buyer", "kind", "terms"})
_DRAFT_KEYS = frozenset(each.name for each in fields(Draft)) - _FROM_ROWS
_LINE_KEYS = frozenset(each.name for each in fields(DraftLine))
#: What makes a row of the editor a line; the rest are defaults that stand in every empty row.
_SAYS_SOMETHING = ("name", "description", "price", "price_with_vat", "product_id")
_LINE_FIGURES = ("quantity", "price", "price_with_vat", "vat")
_REDUCTION_FIGURES = ("percent", "amount", "vat")
_FIGURE = re.compile(r"[+-]?\d+(\.\d+)?")
_REDUCTION = Text(fr="Remise", en="Discount")
_NOBODY = Buyer(name="…", address=Address(country="FR"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A tree as far as it can be read."""

    draft: Draft | None  #: without what is in `faults`; None where nothing can be made of it
    faults: tuple[Fault, ...]  #: with paths into the tree, as it was typed
    places: tuple[int, ...]  #: for each line of the draft, its place in the tree
    agreement: TermsAgreement | None  #: the version that binds the customer
    differs: bool  #: whether terms or due date are not those that were agreed


def core_draft(
    content: Mapping[str, Any],
    *,
    kind: DocumentKind | str,
    organisation: Organisation,
    customer: Customer,
    number: str,
    today: date,
) -> Draft:
    """The draft that `content` stands for, with the parties of the database.

    Lines that are optional are left out, and so are rows that say nothing. Raises InvalidData with every fault.
    """
    read = read_content(content, kind=kind, organisation=organisation, customer=customer, number=number, today=today)
    if read.faults or read.draft is None:
        raise InvalidData(read.faults)
    return read.draft


def read_content(
    content: Mapping[str, Any],
    *,
    kind: DocumentKind | str,
    organisation: Organisation,
    customer: Customer | None,
    number: str,
    today: date,
) -> Read:
    """The draft of `content`, or as much of it as can be read; it names the agreement that it follows."""
    faults: list[Fault] = []
    agreement, agreed, terms = _terms(content, organisation, customer, faults)
    tree, places = _spelled_out(content, organisation, customer)
    tree |= {"number": number, "kind": DocumentKind(kind).value}
    parties = {
        "seller": seller_of(organisation),
        "buyer": _NOBODY if customer is None else buyer_of(customer),
        "terms": terms,
        "payment": _payment(content, organisation, faults),
    }
    draft, kept = _read_as_far_as_possible(tree, places, today, parties, faults)
    differs = draft is not None and agreed is not None and _differs(draft, agreed)
    if draft is not None and agreement is not None and not differs and draft.kind is not DocumentKind.CREDIT_NOTE:
        draft = replace(draft, notes=(*draft.notes, citation(agreement).in_language(draft.language)))
    return Read(draft=draft, faults=tuple(faults), places=kept, agreement=agreement, differs=differs)


def _differs(draft: Draft, agreed: PaymentTerms) -> bool:
    if draft.kind is DocumentKind.CREDIT_NOTE:
        return False
    if draft.terms != agreed:
        return True
    if draft.due_date is None or draft.kind is DocumentKind.DEPOSIT:
        return False
    delivered = draft.delivery.date if draft.delivery else None
    return draft.due_date != due_date(agreed, invoice_date=draft.issue_date, delivery_date=delivered)


def citation(agreement: TermsAgreement) -> Text:
    """The sentence by which a document names the agreement that binds it: EN 16931 has no term for it, so a note."""
    answer = agreement.answers.filter(accepted=True).order_by("at").last()
    day = today_of(agreement.organisation, answer.at if answer else agreement.created_at)
    version = agreement.version
    return Text(
        fr=f"Conditions de paiement selon l'accord de règlement n° {version}, accepté le {day:%d/%m/%Y}.",
        en=f"Payment terms by the terms agreement no. {version}, accepted on {day.isoformat()}.",
    )


def _terms(
    content: Mapping[str, Any], organisation: Organisation, customer: Customer | None, faults: list[Fault]
) -> tuple[TermsAgreement | None, PaymentTerms | None, PaymentTerms]:
    """What binds, what it says, and the terms of this document: as typed, else those of the customer."""
    if customer is None:
        agreement, agreed, usual = None, None, read_stored(PaymentTerms, organisation.default_terms)
    elif content.get("terms") is None:
        customer.organisation = organisation  # the same row, already read
        usual, agreement = terms_for(customer)
        return _of(organisation, agreement), usual if agreement else None, usual
    else:
        agreement = _of(organisation, binding_agreement(customer))
        agreed = terms_of(agreement) if agreement else None
        usual = agreed or PaymentTerms()
    if content.get("terms") is None:
        return agreement, agreed, usual
    try:
        return agreement, agreed, read_stored(PaymentTerms, content["terms"])
    except DomainError as error:
        faults.append(Fault(where=at("terms"), reason=error.message, fix=Text(fr="", en="")))
        return agreement, agreed, usual


def _of(organisation: Organisation, agreement: TermsAgreement | None) -> TermsAgreement | None:
    """The agreement, knowing its organisation without another query."""
    if agreement is not None:
        agreement.organisation = organisation
    return agreement


def _payment(content: Mapping[str, Any], organisation: Organisation, faults: list[Fault]) -> PaymentDetails:
    """As typed; the account is the one named, else the default one."""
    typed = _without_blanks(content.get("payment") or {})
    account_id = typed.pop("bank_account_id", None)
    details = payment_details(organisation) if account_id is None else _account(organisation, account_id)
    if details is None:
        faults.append(
            Fault(
                where=at("payment.bank_account_id"),
                reason=Text(fr="Ce compte bancaire n'existe pas.", en="There is no such bank account."),
                fix=Text(fr="Choisissez-en un autre.", en="Choose another."),
            )
        )
        details = PaymentDetails()
    found: list[Fault] = []
    payment = from_tree(PaymentDetails, {**to_tree(details), **typed}, "payment", found)
    faults.extend(found)
    return payment if isinstance(payment, PaymentDetails) and not found else details


def _account(organisation: Organisation, account_id: object) -> PaymentDetails | None:
    if not str(account_id).isdecimal():
        return None
    account = BankAccount.objects.of(organisation).filter(pk=int(str(account_id))).first()
    if account is None:
        return None
    return PaymentDetails(iban=account.iban, bic=account.bic or None, account_name=account.holder or None)


def _spelled_out(
    content: Mapping[str, Any], organisation: Organisation, customer: Customer | None
) -> tuple[Tree, list[int]]:
    """The tree as the core reads it, and for each of its lines the place where it was typed."""
    tree = {key: _without_blanks(value) for key, value in content.items() if key in _DRAFT_KEYS and not _blank(value)}
    tree.pop("payment", None)
    tree.setdefault("language", (customer and customer.language) or organisation.language)
    if customer is not None and customer.buyer_reference:
        tree.setdefault("buyer_reference", customer.buyer_reference)
    if isinstance(tree.get("notes"), str):
        tree["notes"] = [tree["notes"]]
    _mend(tree, ("euro_rate",))
    for deposit in _tables(tree.get("deposits")):
        _mend(deposit, ("amount",))
    _spell_reductions(tree, tree["language"])
    _spell_delivery(tree, customer)
    typed = _tables(content.get("lines"))
    places = [place for place, line in enumerate(typed) if _counts(line)]
    tree["lines"] = [_line(typed[place], tree["language"]) for place in places]
    return tree, places


def _counts(line: Mapping[str, Any]) -> bool:
    return not line.get("optional") and any(not _blank(line.get(key)) for key in _SAYS_SOMETHING)


def _line(typed: Mapping[str, Any], language: str) -> Tree:
    line = {key: _without_blanks(value) for key, value in typed.items() if key in _LINE_KEYS and not _blank(value)}
    line.setdefault("name", "")
    for key, words in (("unit", UNITS), ("vat", VAT_SITUATIONS), ("nature", NATURES)):
        if key in line:
            line[key] = coded(words, line[key])
    _mend(line, _LINE_FIGURES)
    _spell_reductions(line, language)
    return line


def _spell_reductions(table: Tree, language: str) -> None:
    for reduction in _tables(table.get("reductions")):
        reduction.setdefault("reason", _REDUCTION.in_language(language))
        _mend(reduction, _REDUCTION_FIGURES)


def _spell_delivery(tree: Tree, customer: Customer | None) -> None:
    delivery = tree.get("delivery")
    if isinstance(delivery, dict) and isinstance(delivery.get("address"), dict):
        delivery["address"].setdefault("country", customer.country if customer else "FR")


def _mend(table: Tree, keys: Collection[str]) -> None:
    for key in keys:
        typed = table.get(key)
        if isinstance(typed, str):
            table[key] = mended_figure(typed) or typed


def mended_figure(typed: str) -> str | None:
    """A figure as people type it, "1 234,50 €", as data have it: "1234.50"; None for what is none."""
    mended = re.sub(r"[\s€%]", "", typed).replace(",", ".")
    return mended if _FIGURE.fullmatch(mended) else None


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _without_blanks(value: Any) -> Any:  # any value that JSON has
    """A copy without keys that nothing was typed for."""
    if isinstance(value, Mapping):
        return {key: _without_blanks(each) for key, each in value.items() if not _blank(each)}
    if isinstance(value, list):
        return [_without_blanks(each) for each in value if not _blank(each)]
    return value


def _tables(value: object) -> list[Tree]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _read_as_far_as_possible(
    tree: Tree, places: list[int], today: date, parties: Mapping[str, object], faults: list[Fault]
) -> tuple[Draft | None, tuple[int, ...]]:
    """The draft without what is faulty. Each round takes out what the round before could not read."""
    for _ in range(3):
        found: list[Fault] = []
        draft = _draft_from({"issue_date": today.isoformat(), **tree}, parties, found)
        if not found:
            return draft, tuple(places)
        faults.extend(
            Fault(where=at(_typed_path(each.where.en, places)), reason=each.reason, fix=each.fix) for each in found
        )
        tree, places = _without(tree, places, [each.where.en for each in found])
    return None, tuple(places)


def _draft_from(tree: Tree, parties: Mapping[str, object], faults: list[Fault]) -> Draft | None:
    """A draft whose parties are values already: what the database gives needs no reading."""
    values: dict[str, Any] = dict(parties)
    stand_in = {"seller": _SELLER_TREE, "buyer": _BUYER_TREE}
    read = from_tree(Draft, {**tree, **stand_in}, "", faults)
    if not isinstance(read, Draft):
        return None
    return Draft(**{each.name: values.get(each.name, getattr(read, each.name)) for each in fields(Draft)})


_SELLER_TREE: Tree = {"name": "", "identity": {"siren": ""}, "address": {}}
_BUYER_TREE: Tree = {"name": "", "address": {}}
_LINE_PATH = re.compile(r"lines\[(\d+)\]")


def _typed_path(path: str, places: Collection[int]) -> str:
    """A path into the lines that were read as one into those that were typed."""
    order = tuple(places)
    return _LINE_PATH.sub(lambda found: f"lines[{order[int(found[1])]}]", path)


def _without(tree: Tree, places: list[int], paths: list[str]) -> tuple[Tree, list[int]]:
    """The tree without what stands at `paths`, and without lines that are no tables."""
    faulty_lines = {int(found[1]) for path in paths if (found := _LINE_PATH.match(path))}
    faulty_keys = {re.split(r"[.\[]", path)[0] for path in paths} - {"lines"}
    kept = [number for number in range(len(places)) if number not in faulty_lines]
    rest = {key: value for key, value in tree.items() if key not in faulty_keys}
    return {**rest, "lines": [tree["lines"][number] for number in kept]}, [places[number] for number in kept]
