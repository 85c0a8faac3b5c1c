"""What a table of products would do: matched by reference, else by name; prices and costs that differ begin today."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from reglo.core.findings import Text
from reglo.core.folding import folded
from reglo.formats.data.faults import Fault
from reglo.imports.faults import a_fault
from reglo.imports.kinds import Outcome, Plan, Progress, Row, RowResult
from reglo.journal.services import Act, Actor, record_all
from reglo.organisations.models import Organisation
from reglo.products.facts import ProductFacts, completed, cost_faults, facts_of, faults_of, price_faults, price_of
from reglo.products.models import Product, ProductCost, ProductPrice
from reglo.products.queries import with_cost, with_price
from reglo.products.table.values import facts_in
from reglo.products.writing import new_cost, new_price, new_row, next_reference, put, references_of

_BATCH = 500


_CHECKS: Mapping[str, Callable[[Decimal], tuple[Fault, ...]]] = {"price": price_faults, "cost": cost_faults}


@dataclass(slots=True)
class _Dated:
    """A price or a cost, of today."""

    now: Decimal | None = None
    before: Decimal | None = None
    begins_today: bool = False  #: one does already, and they are never edited

    @property
    def is_new(self) -> bool:
        """Whether a row of it is to be written."""
        return self.now is not None and self.now != self.before


@dataclass(slots=True)
class _Picture:
    """A product as the rows make it, before anything is written."""

    row: Product | None
    facts: ProductFacts
    before: ProductFacts | None = None
    dated: dict[str, _Dated] = field(default_factory=lambda: {name: _Dated() for name in _CHECKS})


def plan_products(organisation: Organisation, rows: Sequence[Row], mapped: frozenset[str], today: date) -> Plan:
    """What taking in these rows does to the products of an organisation."""
    del mapped  # an empty cell and a column that is not there say the same of a product
    planning = _Planning(organisation, today)
    results = tuple(planning.step(row) for row in rows)

    def write(by: Actor, now: datetime, progress: Progress) -> None:
        _write(organisation, list(planning.touched.values()), today, by, now, progress)

    return Plan(rows=results, write=write)


@dataclass(slots=True)
class _Planning:
    organisation: Organisation
    today: date
    by_reference: dict[str, _Picture] = field(default_factory=dict)
    by_name: dict[str, _Picture] = field(default_factory=dict)
    touched: dict[int, _Picture] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)  #: references of our own series

    def __post_init__(self) -> None:
        self.given = references_of(self.organisation)
        today = {"organisation": self.organisation, "valid_from": self.today}
        priced = set(ProductPrice.objects.filter(**today).values_list("product_id", flat=True))
        costed = set(ProductCost.objects.filter(**today).values_list("product_id", flat=True))
        products = with_price(with_cost(Product.objects.of(self.organisation), self.today), self.today)
        for row in products.order_by("pk").iterator(chunk_size=2000):
            facts = facts_of(row)
            dated = {
                "price": _dated(row.price_micro, row.pk in priced),
                "cost": _dated(row.cost_micro, row.pk in costed),
            }
            self._add(_Picture(row=row, facts=facts, before=facts, dated=dated))

    def _add(self, picture: _Picture) -> None:
        self.by_reference[picture.facts.reference] = picture
        self.by_name.setdefault(folded(picture.facts.name), picture)

    def step(self, row: Row) -> RowResult:
        """Take one row into the picture of its product."""
        faults = list(row.faults)
        given = facts_in(row.values, faults)
        figures = {name: value for name in _CHECKS if isinstance(value := row.values.get(name), Decimal)}
        label = str(given.get("name") or given.get("reference") or "")
        if faults:
            return RowResult(number=row.number, outcome=Outcome.REFUSED, label=label, faults=tuple(faults))
        known = self._find(given)
        facts = completed(replace(known.facts if known else ProductFacts(name=""), **given))
        faults += faults_of(facts)
        faults += [fault for name, figure in figures.items() for fault in _figure_faults(known, name, figure)]
        if faults:
            return RowResult(number=row.number, outcome=Outcome.REFUSED, label=label, faults=tuple(faults))
        return self._take(row, known, facts, figures)

    def _find(self, given: dict[str, object]) -> _Picture | None:
        reference = " ".join(str(given.get("reference", "")).split())
        if reference:
            return self.by_reference.get(reference)
        return self.by_name.get(folded(str(given.get("name", ""))))

    def _take(self, row: Row, known: _Picture | None, facts: ProductFacts, figures: Mapping[str, Decimal]) -> RowResult:
        outcome = Outcome.UPDATED
        if known is None:
            if not facts.reference:
                facts = replace(facts, reference=next_reference(self.given))
                self.given.add(facts.reference)
            known = _Picture(row=None, facts=facts)
            outcome = Outcome.CREATED
        elif known.facts == facts and all(known.dated[name].now == figure for name, figure in figures.items()):
            return RowResult(number=row.number, outcome=Outcome.UNCHANGED, label=facts.name)
        known.facts = facts
        for name, figure in figures.items():
            if figure != known.dated[name].now:
                known.dated[name].now, known.dated[name].begins_today = figure, True
        self._add(known)
        self.touched[id(known)] = known
        return RowResult(number=row.number, outcome=outcome, label=facts.name)


def _dated(micro: int | None, begins_today: bool) -> _Dated:
    figure = None if micro is None else price_of(micro)
    return _Dated(now=figure, before=figure, begins_today=begins_today)


def _figure_faults(known: _Picture | None, name: str, figure: Decimal) -> tuple[Fault, ...]:
    if faults := _CHECKS[name](figure):
        return faults
    if known is not None and known.dated[name].begins_today and known.dated[name].now != figure:
        return (_begun_today(name, known.dated[name].now),)
    return ()


def _begun_today(name: str, figure: Decimal | None) -> Fault:
    if name == "price":
        words = Text(
            fr=f"Un autre prix ({figure}) commence déjà aujourd'hui.",
            en=f"Another price ({figure}) begins today already.",
        )
        return a_fault(name, words, Text(fr="Reprenez ce prix demain.", en="Take in this price tomorrow."))
    words = Text(
        fr=f"Un autre coût ({figure}) commence déjà aujourd'hui.",
        en=f"Another cost ({figure}) begins today already.",
    )
    return a_fault(name, words, Text(fr="Reprenez ce coût demain.", en="Take in this cost tomorrow."))


def _write(
    organisation: Organisation, pictures: Sequence[_Picture], today: date, by: Actor, now: datetime, progress: Progress
) -> None:
    for start in range(0, len(pictures), _BATCH):
        batch = pictures[start : start + _BATCH]
        _write_products(organisation, batch, now)
        ProductPrice.objects.bulk_create(
            new_price(row, price, today, now) for row, price in _new_figures(batch, "price")
        )
        ProductCost.objects.bulk_create(new_cost(row, cost, today, now) for row, cost in _new_figures(batch, "cost"))
        record_all(map(_act, batch), organisation_id=organisation.pk, by=by, at=now)
        progress(start + len(batch))


def _new_figures(batch: Sequence[_Picture], name: str) -> Iterator[tuple[Product, Decimal]]:
    for each in batch:
        figure = each.dated[name]
        if each.row is not None and figure.now is not None and figure.is_new:
            yield each.row, figure.now


def _write_products(organisation: Organisation, pictures: Sequence[_Picture], now: datetime) -> None:
    created = []
    for picture in pictures:
        if picture.row is None:
            picture.row = new_row(organisation, picture.facts, now)
            created.append(picture.row)
        elif picture.facts != picture.before:
            put(picture.row, picture.facts)
            picture.row.save()
    Product.objects.bulk_create(created)


def _act(picture: _Picture) -> Act:
    """What the journal says of a product: what it is, or what changed."""
    assert picture.row is not None
    before = _told(picture.before, {name: each.before for name, each in picture.dated.items()})
    after = _told(picture.facts, {name: each.now for name, each in picture.dated.items()})
    changed = sorted(name for name in after if before.get(name) != after[name])
    return Act(
        "product-created" if picture.before is None else "product-changed",
        picture.row,
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed},
    )


def _told(facts: ProductFacts | None, figures: Mapping[str, Decimal | None]) -> dict[str, str]:
    if facts is None:
        return {}
    given = {name: str(figure) for name, figure in figures.items() if figure is not None}
    return asdict(facts) | {"nature": facts.nature.value} | given
