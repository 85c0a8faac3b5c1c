"""The second opinion of `--official`: the official Schematron on the XML itself, or on the CII that we would write."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from reglo.cli.documents import Document
from reglo.core.findings import Finding, Severity, Text

_SCHEMA = "XSD"
_OUR_SCHEMA = "REGLO-XML-"
_LAW = "FR-LAW-"
_OURS_ALONE = (_LAW, "REGLO-")  #: what no official artefact checks
_THREW = "OFFICIAL-ERROR"
_SAME = Text(fr="Avis officiel : le même.", en="Official opinion: the same.")
_SAME_BUT = Text(
    fr="Avis officiel : le même, sauf sur ce que seul Réglo vérifie.",
    en="Official opinion: the same, except for what only Réglo checks.",
)

_Key = tuple[str, Severity]


@dataclass(frozen=True)
class Opinion:
    """What the official artefacts say of a document, beside what Réglo says of it.

    The two are the same where rule and severity are: places are not compared, for the sheets stop at larger parts than
    we do. The schema has one rule for every fault, so there the place decides: that of a fatal finding of ours, or just
    below it, for the schema finds out that an element is missing at the one that follows.
    """

    ours: tuple[Finding, ...]
    theirs: tuple[Finding, ...]

    def confirms(self, finding: Finding) -> bool:
        """Whether the artefacts find what we found; of several rules in one finding, all of them."""
        return all(self._confirms(rule, finding) for rule in finding.rule.split(", "))

    def _confirms(self, rule: str, finding: Finding) -> bool:
        if rule.startswith(_OUR_SCHEMA):  # the schema names the first of several faults beside each other
            return not self._places_of_schema.isdisjoint(_places(finding))
        return (rule, finding.severity) in self._their_keys

    @cached_property
    def alone(self) -> tuple[Finding, ...]:
        """What the artefacts alone find."""
        keys = frozenset(map(_key, self.ours))
        fatal = (each for each in self.ours if each.severity is Severity.FATAL and not each.rule.startswith(_LAW))
        places = frozenset(map(_element, fatal))
        return tuple(
            each
            for each in self.theirs
            if (places.isdisjoint(_places(each)) if each.rule == _SCHEMA else _key(each) not in keys)
        )

    @property
    def sentence(self) -> Text | None:
        """Whether the artefacts agree with us; nothing where what they alone find, or their failure, says it."""
        if any(each.rule == _THREW for each in self.theirs):
            return None
        unconfirmed = dict.fromkeys(each.rule for each in self.ours if not self.confirms(each))
        denied = [rule for rule in unconfirmed if not _is_ours_alone(rule)]
        if denied:
            names = ", ".join(denied)
            return Text(
                fr=f"Avis officiel : il ne relève pas {names}.", en=f"Official opinion: it does not find {names}."
            )
        if self.alone:
            return None
        return _SAME_BUT if unconfirmed else _SAME

    @cached_property
    def _their_keys(self) -> frozenset[_Key]:
        return frozenset(map(_key, self.theirs))

    @cached_property
    def _places_of_schema(self) -> frozenset[str]:
        return frozenset(place for each in self.theirs if each.rule == _SCHEMA for place in _places(each))


def _key(finding: Finding) -> _Key:
    return finding.rule, finding.severity


def _element(finding: Finding) -> str:
    """The place of a finding, or of the element whose attribute it is about."""
    return (finding.where or "").partition("/@")[0]


def _places(finding: Finding) -> tuple[str, str]:
    """The place of a finding, and the one above."""
    place = _element(finding)
    return place, place.rpartition("/")[0]


def _is_ours_alone(rule: str) -> bool:
    return rule.startswith(_OURS_ALONE) and not rule.startswith(_OUR_SCHEMA)


def second_opinion(document: Document, ours: tuple[Finding, ...], rule_sets: Collection[str]) -> Opinion:
    """What the official artefacts say, beside `ours`. Raises DomainError where they are not installed."""
    return Opinion(ours=ours, theirs=_ask(document, rule_sets))


def _ask(document: Document, rule_sets: Collection[str]) -> tuple[Finding, ...]:
    from reglo.rules.check import FR_CTC
    from reglo.rules.official import official_findings

    assert document.reading is not None
    xml = document.xml
    if xml is None:
        from reglo.formats.cii import write_cii

        xml = write_cii(document.reading.invoice)
    return official_findings(xml, fr_ctc=FR_CTC in rule_sets)
