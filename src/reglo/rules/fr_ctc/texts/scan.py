"""Holding every text of a document against the rules on its field, fast.

A document has thousands of texts, nearly all of them good. So elements are looked for by name, which lxml does in C;
a text that every rule for its name lets pass is done with, whatever its place; and only for another is the place
worked out, to see which rules it breaks. A few names mean too many things for that (`cbc:ID`): they are looked for
in the elements that hold them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from reglo.core.findings import Text
from reglo.core.rule import Rule, value_read

Path = tuple[str, ...]  #: names from below the root down to an element
Holds = Callable[[str], bool]
Broken = tuple[Rule, Text | None]
Judge = Callable[[etree._Element], Iterable[Broken]]
Breach = tuple[Rule, etree._Element, Text | None]

_REMEMBERED = 4096  #: texts known to be good, for each group of names


@dataclass(slots=True)
class _Texts:
    """The elements of some names, on which the same demands are made."""

    names: tuple[str, ...]
    holders: tuple[str, ...] | None  #: names of what holds them; none for the root; None to look for them everywhere
    demands: tuple[Holds, ...]  #: of all places together
    rules: dict[Path, list[tuple[Holds, Rule]]]
    good: set[str] = field(default_factory=set)

    def elements(self, root: etree._Element) -> Iterator[etree._Element]:
        if self.holders is None:
            return root.iter(*self.names)
        if not self.holders:
            return root.iterchildren(*self.names)
        return (child for holder in root.iter(*self.holders) for child in holder.iterchildren(*self.names))

    def is_good(self, text: str) -> bool:
        """Whether every demand is met, wherever the text stands."""
        if not all(holds(text) for holds in self.demands):
            return False
        if len(self.good) < _REMEMBERED:
            self.good.add(text)
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """A rule that an element breaks if a child is missing: to the sheets, an absent code is a wrong one."""

    rule: Rule
    spares: Callable[[etree._Element], bool]  #: whether an element need not have it


def is_never_spared(_: etree._Element) -> bool:
    """Every element must have the child."""
    return False


_MISSING = Text(fr="Ce champ manque.", en="This field is missing.")


class Layout:
    """Which rules look at which elements of a syntax.

    ambiguous: names of elements that mean too many things to be looked for everywhere.
    """

    def __init__(self, ambiguous: frozenset[str]) -> None:
        self._ambiguous = ambiguous
        self._rules: dict[Path, list[tuple[Holds, Rule]]] = {}
        self._required: dict[str, dict[Path, Required]] = {}
        self._judges: dict[Path, list[Judge]] = {}
        self._parties: dict[Path, Judge] = {}
        self._texts: list[_Texts] | None = None

    def demand(self, path: Path, holds: Holds, rule: Rule) -> None:
        """Hold the text of the elements at `path` against `rule`."""
        self._rules.setdefault(path, []).append((holds, rule))
        self._texts = None

    def require(self, path: Path, child: str, required: "Required") -> None:
        """Ask that the elements at `path` have a child of that name."""
        self._required.setdefault(child, {})[path] = required

    def judge(self, path: Path, judge: Judge) -> None:
        """Let `judge` see the elements at `path`. It may see others of their name too, whose breaches do not count."""
        self._judges.setdefault(path, []).append(judge)

    def judge_party(self, path: Path, judge: Judge) -> None:
        """Let `judge` see the elements at `path` alone: one name is a different role in each place."""
        self._parties[path] = judge

    def breaches(self, root: etree._Element) -> list[Breach]:
        """Every breach of the rules laid out, in the document `root`."""
        if self._texts is None:
            self._texts = self._grouped()
        found: list[Breach] = []
        for texts in self._texts:
            _scan(root, texts, found)
        self._look_for_required(root, found)
        self._run_judges(root, found)
        self._judge_parties(root, found)
        return found

    def _grouped(self) -> list[_Texts]:
        """The paths, put together where the same demands are made on elements that are looked for alike."""
        by_search: dict[tuple[str | None, str], list[Path]] = {}
        for path in self._rules:
            holder = (path[-2:-1] or ("",))[0] if path[-1] in self._ambiguous else None
            by_search.setdefault((holder, path[-1]), []).append(path)
        groups: dict[object, list[tuple[str | None, str]]] = {}
        for (holder, name), paths in by_search.items():
            demands = frozenset(holds for path in paths for holds, _ in self._rules[path])
            alike = None if holder is None else (name, holder == "")
            groups.setdefault((alike, demands), []).append((holder, name))
        return [self._group(searches, by_search) for searches in groups.values()]

    def _group(
        self, searches: list[tuple[str | None, str]], by_search: dict[tuple[str | None, str], list[Path]]
    ) -> _Texts:
        rules = {path: self._rules[path] for search in searches for path in by_search[search]}
        holders = None if searches[0][0] is None else tuple(holder for holder, _ in searches if holder)
        return _Texts(
            names=tuple(dict.fromkeys(name for _, name in searches)),
            holders=holders,
            demands=tuple({holds: None for place in rules.values() for holds, _ in place}),
            rules=rules,
        )

    def _look_for_required(self, root: etree._Element, found: list[Breach]) -> None:
        for child, places in self._required.items():
            for element in root.iter(*{path[-1] for path in places}):
                if next(element.iterchildren(child), None) is None:
                    required = places.get(path_of(element))
                    if required and not required.spares(element):
                        found.append((required.rule, element, _MISSING))

    def _run_judges(self, root: etree._Element, found: list[Breach]) -> None:
        for path, judges in self._judges.items():
            for element in root.iter(path[-1]) if path else (root,):
                for judge in judges:
                    for rule, detail in judge(element):
                        if path_of(element) == path:
                            found.append((rule, element, detail))

    def _judge_parties(self, root: etree._Element, found: list[Breach]) -> None:
        for element in root.iter(*{path[-1] for path in self._parties}):
            judge = self._parties.get(path_of(element))
            if judge is not None:
                found.extend((rule, element, detail) for rule, detail in judge(element))


def _scan(root: etree._Element, texts: _Texts, found: list[Breach]) -> None:
    good = texts.good
    for element in texts.elements(root):
        text = element.text or ""
        if text in good or texts.is_good(text):
            continue
        for holds, rule in texts.rules.get(path_of(element), ()):
            if not holds(text):
                found.append((rule, element, value_read(text)))


def path_of(element: etree._Element) -> Path:
    """The names from below the root down to `element`."""
    names = [element.tag, *(above.tag for above in element.iterancestors())]
    return tuple(reversed(names[:-1]))
