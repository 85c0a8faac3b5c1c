"""Who a payer is, by name: without accents, legal forms and word order, cut by banks, with slips of the pen.

A rare word says more than a common one (*Services*, *Conseil*): each weighs by how few customers bear it. The likeness
of two names is the harmonic mean of how much of each is found in the other, 0 to 1.
"""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from reglo.core.folding import folded

_INITIALS = re.compile(r"\b(?:[a-z]\.\s?){2,}")
_WORD = re.compile(r"[a-z0-9]+")
#: Legal forms, titles and small words, which payers and banks add and leave out.
_SILENT = re.compile(
    "sas|sasu|sarl|eurl|sa|sci|snc|scop|scp|selarl|selas|ei|eirl|gie|earl|scea|ste|soc|societe|ets|etablissements?"
    "|cie|compagnie|gmbh|ag|ltd|limited|llc|inc|bv|nv|srl|sl|spa|plc|mr|mme|m|monsieur|madame|de|du|des|la|les?|l|d|et|and|the"
)
_CUT = 18  #: a name of so many signs may have been cut by the bank
_SLIP = 0.9  #: weight of a word with one wrong sign
_STUMP = 0.9  #: weight of the beginning of a word
_NEARLY = 0.99  #: most likeness of names that are not the same
_ONE_WORD = 0.82  #: most likeness of a text and a name of one word
_SHORTEST_STUMP = 3
_SHARED = 0.34  #: of a name that shares less, nothing is thought
_LONG_STUMP = 6  #: of a word that is not the last
_SHORTEST_SLIP = 5
_CROWD = 150  #: a word of so many customers finds none by itself
_KEPT = 8


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name that tell it apart; all of them, where none does."""
    plain = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", folded(name))
    words = tuple(_WORD.findall(plain))
    return tuple(each for each in words if len(each) > 1 and not _SILENT.fullmatch(each)) or words


def _uncut(words: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Without the beginning of a legal form at the end of a long name: "… BONNET ARCHITECTURE EUR"."""
    if len(words) > 1 and len(name) > _CUT and words[-1] in _STUMPS:
        return words[:-1]
    return words


_STUMPS = frozenset({"sar", "eur", "sas", "sc", "sco", "sel", "gm", "ltd", "lt", "sn", "eu", "so", "soc"})


class NameIndex:
    """Finds customers by the name of a payer."""

    def __init__(self, names: Mapping[int, Iterable[str]]) -> None:
        self._names = sorted({(key, words) for key, own in names.items() for name in own if (words := words_of(name))})
        bearers = defaultdict[str, list[int]](list)
        joined = defaultdict[str, list[int]](list)
        for place, (_, words) in enumerate(self._names):
            joined["".join(words)].append(place)
            for word in set(words):
                bearers[word].append(place)
        self._bearers = {word: frozenset(places) for word, places in bearers.items()}
        self._joined = dict(joined)
        self._sorted = sorted(self._bearers)
        self._sorted_joined = sorted(self._joined)
        self._slips = _slips(self._bearers)
        count = len(self._names) + 1
        self._weight = {word: math.log(1 + count / len(places)) for word, places in self._bearers.items()}
        self._unknown = math.log(1 + count)
        self._size = [sum(self._weight[word] for word in set(words)) for _, words in self._names]
        self._seen: dict[tuple[str, bool], tuple[tuple[int, float], ...]] = {}

    def find(self, payer: str) -> tuple[tuple[int, float], ...]:
        """Customers whose name is like that of `payer`, with the likeness, best first."""
        return self._remembered(payer, is_text=False)

    def find_in_text(self, text: str) -> tuple[tuple[int, float], ...]:
        """Customers whose whole name stands within a text that tells other things too."""
        return self._remembered(text, is_text=True)

    def _remembered(self, name: str, *, is_text: bool) -> tuple[tuple[int, float], ...]:
        known = self._seen.get((name, is_text))
        if known is None:
            words = words_of(name) if is_text else _uncut(words_of(name), name)
            known = self._seen[name, is_text] = self._searched(words, is_text=is_text)
        return known

    def _searched(self, words: tuple[str, ...], *, is_text: bool) -> tuple[tuple[int, float], ...]:
        meant = {word: self._known(word, is_last=word == words[-1] and not is_text) for word in words}
        shared = self._shared(meant)
        mine = sum(max((self._weight[each] for each in near), default=self._unknown) for near in meant.values())
        most = max(shared.values(), default=0.0)
        best = dict[int, float]()
        for place, weight in shared.items():
            if weight < _SHARED * self._size[place]:
                continue
            if is_text:
                likeness = self._likeness_in_text(weight, place, most)
            else:
                likeness = 2 * weight / (mine + self._size[place])
            customer = self._names[place][0]
            best[customer] = max(best.get(customer, 0.0), min(likeness, _NEARLY))
        for place, likeness in self._written_together(words, is_text=is_text):
            customer = self._names[place][0]
            best[customer] = max(best.get(customer, 0.0), likeness)
        return tuple(sorted(best.items(), key=lambda each: (-each[1], each[0]))[:_KEPT])

    def _likeness_in_text(self, weight: float, place: int, most: float) -> float:
        """How much of a name a text has; less, where the text has more of another, or the name is one word."""
        likeness = weight / self._size[place] * (weight / most)
        return likeness if weight > self._unknown else min(likeness, _ONE_WORD)

    def _shared(self, meant: Mapping[str, Mapping[str, float]]) -> dict[int, float]:
        """For each name that shares a word, the weight of what it shares: rare words first, common ones add to them."""
        known = dict[str, float]()
        for near in meant.values():
            for each, how_well in near.items():
                known[each] = max(known.get(each, 0.0), how_well)
        shared = dict[int, float]()
        for word in sorted(known, key=lambda each: (len(self._bearers[each]), each)):
            bearers = self._bearers[word]
            weight = known[word] * self._weight[word]
            both = bearers.intersection(shared) if len(bearers) > _CROWD else None
            if both and len(shared) > _CROWD:
                shared = {place: shared[place] for place in both}  # who bears two common words is enough
            for place in bearers if both is None or not shared else both:
                shared[place] = shared.get(place, 0.0) + weight
        return shared

    def _known(self, word: str, *, is_last: bool) -> dict[str, float]:
        """Words of customers that `word` may stand for, and how well. The last one may have been cut."""
        if word in self._bearers:
            return {word: 1.0}
        near = dict[str, float]()
        if len(word) >= (_SHORTEST_STUMP if is_last else _LONG_STUMP):
            at = bisect_left(self._sorted, word)
            near.update({each: _STUMP for each in self._sorted[at : at + _KEPT] if each.startswith(word)})
        if len(word) >= _SHORTEST_SLIP:
            for hidden in (word, *_without_one(word)):
                near.update(dict.fromkeys(self._slips.get(hidden, ()), _SLIP))
        return near

    def _written_together(self, words: tuple[str, ...], *, is_text: bool) -> Iterator[tuple[int, float]]:
        """Names that are the same but for spaces, or that a bank cut."""
        together = "".join(words)
        for place in self._joined.get(together, ()):
            yield place, 1.0
        if not is_text and len(together) >= _CUT:
            at = bisect_left(self._sorted_joined, together)
            for each in self._sorted_joined[at : at + _KEPT]:
                if each.startswith(together):
                    for place in self._joined[each]:
                        yield place, _NEARLY


def _slips(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each long word with one sign left out, and for itself, the words it may come from."""
    found = defaultdict[str, list[str]](list)
    for word in words:
        if len(word) >= _SHORTEST_SLIP:
            for hidden in {word, *_without_one(word)}:
                found[hidden].append(word)
    return {hidden: tuple(known) for hidden, known in found.items()}


def _without_one(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}
