"""One walk over a document that finds what the tables are about, in time proportional to the document.

The paths of `unused` and `AT_MOST_ONCE` make a tree of steps. A `_State` is where one stands in it: the step reached
from the root, and the steps reached by paths that may begin anywhere. States are made when a document first leads to
them, and kept.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from lxml import etree

from reglo.formats.xml import clark, prefixed
from reglo.rules.codes import CodeList
from reglo.rules.schema import Kind, Mistake, Type, elements_with_stray_text, schema_of_ubl
from reglo.rules.ubl_syntax.demands import AT_MOST_ONCE, LINE, LINES, ROOT
from reglo.rules.ubl_syntax.table import unused

#: A rule or a mistake by the schema, the element that breaks it, and the attribute that does, if it is one.
Breach = tuple[str | Mistake, etree._Element, str | None]

#: A mistake among the elements inside another, and the position of the one at fault.
_Wrong = tuple[Mistake, int | None]

AMOUNTS = "UBL-DT-01"
AMOUNT_CURRENCIES = "BR-CL-03"
NAMED = "UBL-DT-18"  #: the attribute `name`, but on the code of a means of payment (BT-82)
_CURRENCIES = CodeList("currencies")
_COMMON = ("EUR", "USD", "GBP", "CHF")  #: some of them, to spare most documents the whole list
_CODED_AMOUNTS = frozenset(
    clark(f"cbc:{name}")
    for name in (
        *("Amount", "BaseAmount", "PriceAmount", "TaxAmount", "TaxableAmount", "LineExtensionAmount"),
        *("TaxExclusiveAmount", "TaxInclusiveAmount", "AllowanceTotalAmount", "ChargeTotalAmount"),
        *("PrepaidAmount", "PayableRoundingAmount", "PayableAmount"),
    )
)
_PRICE = clark("cac:Price")
_MEANS_CODE = clark("cbc:PaymentMeansCode")
_ALLOWANCE = clark("cac:AllowanceCharge")
_ANYWHERE = "//"
_LONGEST = 64  #: longer sequences of tags (the lines of an invoice) seldom come again
_MOST_KEPT = 500  #: children that a state keeps: more than UBL has, so that invented names fill no memory


class _Step:
    """A step of the tree of paths, and what its element or an attribute of it means to which rules."""

    __slots__ = ("attributes", "begins", "below", "counted", "unused")

    def __init__(self) -> None:
        self.below: dict[str, _Step] = {}
        self.unused: list[str] = []
        self.attributes: dict[str, list[str]] = {}
        self.begins: list[str] = []  #: rules that count below this element
        self.counted: list[str] = []  #: rules that count this element

    def follow(self, path: str) -> "_Step":
        """The step at the end of `path`, made if need be."""
        step = self
        for name in path.split("/"):
            step = step.below.setdefault(clark(name), _Step())
        return step


class _Tree:
    """All paths: those from the root, and those from anywhere."""

    __slots__ = ("anywhere", "from_root", "states")

    def __init__(self, *, extension: bool) -> None:
        self.from_root, self.anywhere = _Step(), _Step()
        self.states: dict[tuple[object, ...], _State] = {}
        for entry in unused():
            if entry.in_extension or not extension:
                for path in entry.paths:
                    self._add_unused(path, entry.rule)
        for demand in AT_MOST_ONCE:
            if not (extension and demand.standard):
                for at in LINES if demand.at == LINE else (demand.at,):
                    self._add_counted(at, demand.path, demand.rule)

    def _add_unused(self, path: str, rule: str) -> None:
        start = self.anywhere if path.startswith(_ANYWHERE) else self.from_root
        elements, _, attribute = path.removeprefix(_ANYWHERE).partition("@")
        step = start.follow(elements.rstrip("/")) if elements else start
        if attribute:
            step.attributes.setdefault(attribute, []).append(rule)
        else:
            step.unused.append(rule)

    def _add_counted(self, at: str, path: str, rule: str) -> None:
        start = self.from_root if at == ROOT else self.anywhere.follow(at)
        start.begins.append(rule)
        start.follow(path).counted.append(rule)

    def state(self, steps: tuple[_Step, ...], tag: str, type_: Type | None) -> "_State":
        """The state of standing at `steps` on an element `tag` of a type of the schema, made once."""
        is_amount = tag.endswith("Amount") and not tag.endswith("PriceAmount")
        key = (*map(id, steps), type_, is_amount, tag in _CODED_AMOUNTS, tag == _MEANS_CODE)
        if key not in self.states:
            self.states[key] = _State(self, steps, tag, type_, is_amount=is_amount)
        return self.states[key]


class _State:
    """Where a walk stands: what is said of the element itself, and where its children lead."""

    __slots__ = (
        "attributes",
        "begins",
        "counted",
        "following",
        "good_attributes",
        "is_amount",
        "is_coded",
        "is_structure",
        "is_told",
        "steps",
        "tree",
        "type",
        "unused",
        "wrong",
    )

    def __init__(self, tree: _Tree, steps: tuple[_Step, ...], tag: str, type_: Type | None, *, is_amount: bool) -> None:
        self.tree = tree
        self.type = type_  #: of the element in the schema; none inside of what that does not know
        self.wrong: dict[tuple[str, ...], list[_Wrong]] = {}  #: by the tags inside
        self.steps = steps
        self.following: dict[str, _State] = {}
        self.is_amount = is_amount  #: an amount of at most two decimals
        self.is_coded = tag in _CODED_AMOUNTS  #: an amount with a currency from the list
        self.unused = tuple(rule for step in steps for rule in step.unused)
        self.begins = tuple(rule for step in steps for rule in step.begins)
        self.counted = tuple(rule for step in steps for rule in step.counted)
        self.attributes = _attributes((*steps, tree.anywhere))
        if tag != _MEANS_CODE:
            self.attributes["name"] = [NAMED]
        #: whether there is anything to do but to look at attributes
        self.is_told = bool(self.unused or self.begins or self.counted or is_amount or self.is_coded)
        self.is_structure = type_ is not None and type_.is_structure
        self.good_attributes: set[tuple[str | bytes, ...]] = set()  #: names that nothing was said about together

    def follow(self, tag: str) -> "_State":
        """The state of a child."""
        steps = (*self.steps, self.tree.anywhere)
        inner = None if self.type is None else self.type.type_inside(tag)
        state = self.tree.state(tuple(step.below[tag] for step in steps if tag in step.below), tag, inner)
        if len(self.following) < _MOST_KEPT:
            self.following[tag] = state
        return state

    def judge(self, element: etree._Element, tags: tuple[str, ...]) -> list[_Wrong]:
        """What the schema says against elements of these tags inside `element`; remembered, unless they are many."""
        mistakes = [] if self.type is None else self.type.mistakes_inside(tags)
        if not tags and (element.text or "").strip():
            return [*mistakes, (Mistake(Kind.STRAY, prefixed(element.tag)), None)]
        if tags and len(tags) <= _LONGEST and len(self.wrong) < _MOST_KEPT:
            self.wrong[tags] = mistakes
        return mistakes


def _attributes(steps: Iterable[_Step]) -> dict[str, list[str]]:
    attributes: dict[str, list[str]] = {}
    for step in steps:
        for name, rules in step.attributes.items():
            attributes.setdefault(name, []).extend(rules)
    return attributes


@cache
def _tree(*, extension: bool) -> _Tree:
    return _Tree(extension=extension)


class _Walk:
    """One walk: what was found, and how often what is counted was met below the element that it is counted for."""

    __slots__ = ("_met", "found")

    def __init__(self) -> None:
        self.found: list[Breach] = []
        self._met: dict[str, tuple[etree._Element, int]] = {}

    def begin(self, rules: Iterable[str], element: etree._Element) -> None:
        """Count for `element` from now on."""
        for rule in rules:
            self._met[rule] = (element, 0)

    def below(self, element: etree._Element, state: _State) -> None:
        """Look at everything in `element`."""
        following, tags = state.following, list[str]()
        for child in element:
            tag = child.tag
            tags.append(tag)
            reached = following.get(tag) or state.follow(tag)
            if reached.is_told:
                self._look_at(child, reached)
            if tuple(child.keys()) not in reached.good_attributes:
                self.look_at_attributes(child, reached)
            if reached.is_structure or len(child):
                self.below(child, reached)
        wrong = state.wrong.get(tuple(tags))
        if wrong is None:
            wrong = state.judge(element, tuple(tags))
        if wrong:
            inside = list(element)
            self.found.extend((mistake, element if at is None else inside[at], None) for mistake, at in wrong)

    def look_at_attributes(self, element: etree._Element, state: _State) -> None:
        """Note the attributes that are not used, that the schema does not know, and that are missing."""
        names = tuple(element.keys())
        found: list[Breach] = [
            (rule, element, str(name)) for name in names for rule in state.attributes.get(str(name), ())
        ]
        mistakes = () if state.type is None else state.type.attribute_mistakes(names)
        found += [(mistake, element, None) for mistake in mistakes]
        self.found += found
        if not found and len(state.good_attributes) < _MOST_KEPT:
            state.good_attributes.add(names)

    def _look_at(self, element: etree._Element, state: _State) -> None:
        for rule in state.unused:
            self.found.append((rule, element, None))
        for rule in state.counted:
            self._count(rule)
        if state.begins:
            self.begin(state.begins, element)
        if state.is_coded and element.get("currencyID") not in _COMMON:
            self._look_at_currency(element)
        if state.is_amount and len((element.text or "").partition(".")[2]) > 2:
            self._look_at_decimals(element)

    def _count(self, rule: str) -> None:
        owner, met = self._met[rule]
        self._met[rule] = (owner, met + 1)
        if met == 1:
            self.found.append((rule, owner, None))

    def _look_at_currency(self, element: etree._Element) -> None:
        if (element.get("currencyID") or "").strip() not in _CURRENCIES:
            self.found.append((AMOUNT_CURRENCIES, element, "currencyID"))

    def _look_at_decimals(self, element: etree._Element) -> None:
        """In a price with a discount, any number of decimals is good."""
        if not any(price.find(_ALLOWANCE) is not None for price in element.iterancestors(_PRICE)):
            self.found.append((AMOUNTS, element, None))


def breaches_on_the_way(root: etree._Element, *, extension: bool) -> Iterator[Breach]:
    """What stands at a path that is not used or stands there twice, amounts with three decimals, unknown currencies,
    and what is against the schema.
    """
    tree = _tree(extension=extension)
    start = tree.state((tree.from_root,), root.tag, schema_of_ubl().type_inside(root.tag))
    walk = _Walk()
    walk.look_at_attributes(root, start)
    walk.begin(start.begins, root)
    walk.below(root, start)
    yield from walk.found
    for each in elements_with_stray_text(root):
        yield Mistake(Kind.STRAY, prefixed(each.tag)), each, None
