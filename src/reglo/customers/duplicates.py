"""Customers that look like one another: the same number, the same e-mail address, or nearly the same name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations

from django.db.models import Q

from reglo.core.folding import folded
from reglo.customers.facts import CustomerFacts
from reglo.customers.models import Contact, Customer
from reglo.customers.queries import search_customers
from reglo.organisations.models import Organisation

MOST_PAIRS = 100  #: on the page of likely duplicates
_MOST_CANDIDATES = 200
_NEAR = 0.86
_BLOCK = 4  #: letters with which near names begin alike
_FRENCH_FORMS = {
    "sarl",
    "sas",
    "sasu",
    "sa",
    "eurl",
    "sci",
    "scop",
    "snc",
    "scs",
    "selarl",
    "ei",
    "eirl",
    "earl",
    "gie",
}
_FOREIGN_FORMS = {"gmbh", "ag", "ltd", "llc", "inc", "bv", "nv", "srl", "spa"}
_SMALL_WORDS = {"association", "ste", "societe", "ets", "etablissements"} | {
    "the",
    "le",
    "la",
    "les",
    "et",
    "and",
    "de",
}
_LEFT_OUT = _FRENCH_FORMS | _FOREIGN_FORMS | _SMALL_WORDS | {"du", "des"}
_NO_LETTER = re.compile(r"[^a-z0-9]+")


class Likeness(StrEnum):
    """What two customers have in common."""

    SIREN = "siren"
    VAT = "vat"
    EMAIL = "email"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two customers that may be one; the older first."""

    first: Customer
    second: Customer
    likeness: Likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    """A customer that is there already and looks like one that is being typed."""

    customer: Customer
    likeness: Likeness


def bare_name(name: str) -> str:
    """A name without what firms add to it: "Société Dupont & Fils SARL" is "dupont fils"."""
    words = _NO_LETTER.sub(" ", folded(name)).split()
    return " ".join(word for word in words if word not in _LEFT_OUT) or " ".join(words)


def are_near(one: str, other: str) -> bool:
    """Whether two bare names differ by no more than a slip."""
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other)
    return matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR


def lookalikes(
    organisation: Organisation, facts: CustomerFacts, emails: Iterable[str] = (), *, besides: int | None = None
) -> list[Lookalike]:
    """Who looks like a customer that is being typed, the surest first, five at most."""
    rows = Customer.objects.of(organisation).filter(archived_at=None).exclude(pk=besides or 0)
    found: dict[int, Lookalike] = {}
    for likeness, customers in (
        (Likeness.SIREN, rows.filter(siren=facts.siren) if facts.siren else ()),
        (Likeness.VAT, rows.filter(vat_number=facts.vat_number) if facts.vat_number else ()),
        (Likeness.EMAIL, _with_email(rows, emails)),
        (Likeness.NAME, _with_near_name(rows, facts.name)),
    ):
        for customer in customers[:5]:
            found.setdefault(customer.pk, Lookalike(customer=customer, likeness=likeness))
    return list(found.values())[:5]


def _with_email(rows, emails: Iterable[str]):  # type: ignore[no-untyped-def]  # querysets in, querysets out
    wanted = Q()
    for email in filter(None, emails):
        wanted |= Q(contacts__email__iexact=email)
    return rows.filter(wanted).distinct() if wanted else ()


def _with_near_name(rows, name: str) -> list[Customer]:  # type: ignore[no-untyped-def]  # a queryset in
    wanted = bare_name(name)
    if len(wanted) < 3:
        return []
    beginning = max(wanted.split(), key=len)[:_BLOCK]
    candidates = search_customers(rows, beginning).order_by("name", "pk")[:_MOST_CANDIDATES]
    return [each for each in candidates if are_near(wanted, bare_name(each.name))]


def likely_duplicates(organisation: Organisation) -> list[Pair]:
    """The pairs among all active customers that may be one, the surest first, `MOST_PAIRS` at most."""
    rows = Customer.objects.of(organisation).filter(archived_at=None).order_by("pk")
    customers = {each.pk: each for each in rows.only("name", "siren", "siret", "vat_number", "city", "organisation")}
    pairs: dict[tuple[int, int], Likeness] = {}
    for likeness, one, other in _alike(organisation, customers):
        pairs.setdefault((min(one, other), max(one, other)), likeness)
        if len(pairs) >= MOST_PAIRS:
            break
    return [
        Pair(first=customers[one], second=customers[other], likeness=likeness)
        for (one, other), likeness in pairs.items()
        if not _are_two_firms(customers[one], customers[other])
    ]


def _alike(organisation: Organisation, customers: dict[int, Customer]) -> Iterator[tuple[Likeness, int, int]]:
    yield from _sharing(Likeness.SIREN, ((each.siren, pk) for pk, each in customers.items()))
    yield from _sharing(Likeness.VAT, ((each.vat_number, pk) for pk, each in customers.items()))
    emails = Contact.objects.of(organisation).filter(archived_at=None, customer__archived_at=None).exclude(email="")
    pairs = emails.order_by("customer_id").values_list("email", "customer_id")
    yield from _sharing(Likeness.EMAIL, ((email.lower(), pk) for email, pk in pairs))
    names = {pk: bare_name(each.name) for pk, each in customers.items()}
    yield from _sharing(Likeness.NAME, ((name, pk) for pk, name in names.items()))
    yield from _nearly_named(names)


def _sharing(likeness: Likeness, keyed: Iterable[tuple[str, int]]) -> Iterator[tuple[Likeness, int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for key, pk in keyed:
        if key and pk not in holders[key]:
            holders[key].append(pk)
    for pks in holders.values():
        for one, other in combinations(pks[:10], 2):
            yield likeness, one, other


def _nearly_named(names: dict[int, str]) -> Iterator[tuple[Likeness, int, int]]:
    """Names that begin alike, each compared with its neighbours in the alphabet: near names stand near."""
    ordered = sorted((name, pk) for pk, name in names.items() if len(name) >= 3)
    for place, (name, pk) in enumerate(ordered):
        for other, other_pk in ordered[place + 1 : place + 6]:
            if other[:_BLOCK] == name[:_BLOCK] and other != name and are_near(name, other):
                yield Likeness.NAME, pk, other_pk


def _are_two_firms(one: Customer, other: Customer) -> bool:
    """Two SIREN are two firms, however alike their names."""
    return bool(one.siren and other.siren and one.siren != other.siren)
