"""What a table of products would do: matched by reference, else by name; a price that differs begins today."""

from collections.abc import Sequence
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
from reglo.products.facts import ProductFacts, completed, facts_of, faults_of, price_faults, price_of
from reglo.products.models import Product, ProductPrice
from reglo.products.queries import with_price
from reglo.products.table.values import facts_in
from reglo.products.writing import new_price, new_row, next_reference, put, references_of

_BATCH = 500


@dataclass(slots=True)
class _Picture:
    """A product as the rows make it, before anything is written."""

    row: Product | None
    facts: ProductFacts
    price: Decimal | None  #: of today
    before: ProductFacts | None = None
    price_before: Decimal | None = None
    has_price_today: bool = False  #: one begins today already, and prices are never edited


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
        begun = set(
            ProductPrice.objects.of(self.organisation)
            .filter(valid_from=self.today)
            .values_list("product_id", flat=True)
        )
        products = with_price(Product.objects.of(self.organisation), self.today).order_by("pk")
        for row in products.iterator(chunk_size=2000):
            facts = facts_of(row)
            price = None if row.price_micro is None else price_of(row.price_micro)
            self._add(
                _Picture(
                    row=row,
                    facts=facts,
                    price=price,
                    before=facts,
                    price_before=price,
                    has_price_today=row.pk in begun,
                )
            )

    def _add(self, picture: _Picture) -> None:
        self.by_reference[picture.facts.reference] = picture
        self.by_name.setdefault(folded(picture.facts.name), picture)

    def step(self, row: Row) -> RowResult:
        """Take one row into the picture of its product."""
        faults = list(row.faults)
        given = facts_in(row.values, faults)
        price = row.values.get("price")
        label = str(given.get("name") or given.get("reference") or "")
        if faults:
            return RowResult(number=row.number, outcome=Outcome.REFUSED, label=label, faults=tuple(faults))
        known = self._find(given)
        facts = completed(replace(known.facts if known else ProductFacts(name=""), **given))
        faults += faults_of(facts)
        if isinstance(price, Decimal):
            faults += self._price_faults(known, price)
        if faults:
            return RowResult(number=row.number, outcome=Outcome.REFUSED, label=label, faults=tuple(faults))
        return self._take(row, known, facts, price if isinstance(price, Decimal) else None)

    def _find(self, given: dict[str, object]) -> _Picture | None:
        reference = " ".join(str(given.get("reference", "")).split())
        if reference:
            return self.by_reference.get(reference)
        return self.by_name.get(folded(str(given.get("name", ""))))

    def _price_faults(self, known: _Picture | None, price: Decimal) -> tuple[Fault, ...]:
        if faults := price_faults(price):
            return faults
        if known is not None and known.has_price_today and known.price != price:
            return (_begun_today(known),)
        return ()

    def _take(self, row: Row, known: _Picture | None, facts: ProductFacts, price: Decimal | None) -> RowResult:
        outcome = Outcome.UPDATED
        if known is None:
            if not facts.reference:
                facts = replace(facts, reference=next_reference(self.given))
                self.given.add(facts.reference)
            known = _Picture(row=None, facts=facts, price=None)
            outcome = Outcome.CREATED
        elif known.facts == facts and price in (None, known.price):
            return RowResult(number=row.number, outcome=Outcome.UNCHANGED, label=facts.name)
        known.facts = facts
        if price is not None and price != known.price:
            known.price, known.has_price_today = price, True
        self._add(known)
        self.touched[id(known)] = known
        return RowResult(number=row.number, outcome=outcome, label=facts.name)


def _begun_today(known: _Picture) -> Fault:
    return a_fault(
        "price",
        Text(
            fr=f"Un autre prix ({known.price}) commence déjà aujourd'hui.",
            en=f"Another price ({known.price}) begins today already.",
        ),
        Text(fr="Reprenez ce prix demain.", en="Take in this price tomorrow."),
    )


def _write(
    organisation: Organisation, pictures: Sequence[_Picture], today: date, by: Actor, now: datetime, progress: Progress
) -> None:
    for start in range(0, len(pictures), _BATCH):
        batch = pictures[start : start + _BATCH]
        _write_products(organisation, batch, now)
        ProductPrice.objects.bulk_create(
            new_price(each.row, each.price, today, now)
            for each in batch
            if each.row is not None and each.price is not None and each.price != each.price_before
        )
        record_all(map(_act, batch), organisation_id=organisation.pk, by=by, at=now)
        progress(start + len(batch))


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
    before = _told(picture.before, picture.price_before)
    after = _told(picture.facts, picture.price)
    changed = sorted(name for name in after if before.get(name) != after[name])
    return Act(
        "product-created" if picture.before is None else "product-changed",
        picture.row,
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed},
    )


def _told(facts: ProductFacts | None, price: Decimal | None) -> dict[str, str]:
    if facts is None:
        return {}
    told = asdict(facts) | {"nature": facts.nature.value}
    return told if price is None else told | {"price": str(price)}
