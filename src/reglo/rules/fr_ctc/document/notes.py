"""The notes of a document: what each must say once, and how the platform is to treat the invoice."""

from collections.abc import Iterator

from reglo.core.findings import Text
from reglo.rules.fr_ctc import shapes
from reglo.rules.fr_ctc.document.entry import Entry, Holds
from reglo.rules.fr_ctc.facts import Facts


def _has_note(subject: str) -> Holds:
    """BR-FR-05 for one subject."""
    return lambda facts: facts.count_of(subject) > 0 or not facts.has_place_for_notes


def _has_note_once(subject: str) -> Holds:
    """BR-FR-06 for one subject."""
    return lambda facts: facts.count_of(subject) <= 1


def _treatment_is_known(facts: Facts) -> bool:
    """BR-FR-20."""
    return all(treatment in shapes.TREATMENTS for treatment in facts.treatments)


def _treatment_is_single(facts: Facts) -> bool:
    """BR-FR-31, which the UBL sheet calls BR-FR-30."""
    if facts.is_ubl:
        return sum(facts.bar_notes.count(f"BAR#{treatment}#") for treatment in shapes.TREATMENTS) <= 1
    return sum(1 for text in facts.texts_of("BAR") if text.strip() in shapes.TREATMENTS) <= 1


#: What the notes of each subject say, in the order of the sheets.
_ABOUT = {
    "PMT": Text(fr="l'indemnité pour frais de recouvrement", en="the indemnity for recovery costs"),
    "PMD": Text(fr="les pénalités de retard", en="late-payment penalties"),
    "AAB": Text(fr="l'escompte, ou son absence", en="the early-payment discount, or that there is none"),
    "TXD": Text(fr="la taxe (option pour les débits, assujetti unique…)", en="the tax (VAT on debits, VAT group…)"),
}
#: A text for those that every invoice needs.
_SAMPLES = {
    "PMT": "Indemnité forfaitaire pour frais de recouvrement : 40 €",
    "PMD": "Pénalités de retard : trois fois le taux d'intérêt légal",
    "AAB": "Pas d'escompte pour paiement anticipé",
}


def _needed(position: int, subject: str, about: Text) -> Entry:
    """BR-FR-05: the note is there."""
    sample = _SAMPLES[subject]
    return Entry(
        ubl=f"BR-FR-05_BT-22-{position}",
        cii=f"BR-FR-05_BT-22_{subject}",
        where="notes",
        term="BT-22",
        holds=_has_note(subject),
        statement=Text(fr=f"Une note {subject} indique {about.fr}.", en=f"A note {subject} states {about.en}."),
        fix=Text(
            fr=f"Ajoutez une note dont l'objet est {subject} ; pour un particulier, elle dit que la mention "
            "ne s'applique pas.",
            en=f"Add a note with the subject {subject}; for a consumer it says that this does not apply.",
        ),
        example=Text(
            fr=f"Bon : {subject}, « {sample} ». En UBL : #{subject}#{sample}.",
            en=f"Good: {subject}, “{sample}”. In UBL: #{subject}#{sample}.",
        ),
    )


def _single(position: int, subject: str, about: Text) -> Entry:
    """BR-FR-06: the note is there once."""
    return Entry(
        ubl=f"BR-FR-06_BT-21-{position}",
        cii=f"BR-FR-06_BT-21_{subject}",
        where="notes",
        term="BT-21",
        holds=_has_note_once(subject),
        statement=Text(
            fr=f"Une seule note au plus a l'objet {subject}, qui dit {about.fr}.",
            en=f"At most one note has the subject {subject}, which states {about.en}.",
        ),
        fix=Text(fr=f"Réunissez les notes {subject} en une seule.", en=f"Join the notes {subject} into one."),
        example=Text(fr=f"Mauvais : deux notes {subject}.", en=f"Bad: two notes {subject}."),
    )


def _entries_of_subjects() -> Iterator[Entry]:
    for position, (subject, about) in enumerate(_ABOUT.items(), 1):
        if subject in _SAMPLES:
            yield _needed(position, subject, about)
        yield _single(position, subject, about)


NOTES: tuple[Entry, ...] = (
    *_entries_of_subjects(),
    Entry(
        ubl="BR-FR-20_BT-21",
        cii="BR-FR-20_BT-21",
        where="notes",
        term="BT-21",
        holds=_treatment_is_known,
        shows=lambda facts: ", ".join(facts.treatments),
        statement=Text(
            fr="La note BAR dit comment traiter la facture : B2B, B2BINT, B2C, B2CINT, OUTOFSCOPE ou ARCHIVEONLY.",
            en="The note BAR says how to treat the invoice: B2B, B2BINT, B2C, B2CINT, OUTOFSCOPE or ARCHIVEONLY.",
        ),
        fix=Text(
            fr="Écrivez B2B entre entreprises françaises, B2BINT avec l'étranger, B2C pour un particulier.",
            en="Write B2B between French companies, B2BINT with foreign ones, B2C for a consumer.",
        ),
        example=Text(fr="Bon : B2B. Mauvais : B2G.", en="Good: B2B. Bad: B2G."),
    ),
    Entry(
        ubl="BR-FR-30_BT-21",
        cii="BR-FR-31_BT-21",
        where="notes",
        term="BT-21",
        holds=_treatment_is_single,
        statement=Text(
            fr="Une seule note au plus a l'objet BAR, qui dit comment traiter la facture.",
            en="At most one note has the subject BAR, which says how to treat the invoice.",
        ),
        fix=Text(fr="Gardez une seule note BAR.", en="Keep one note BAR."),
        example=Text(
            fr="Mauvais : une note BAR « B2B » et une autre « B2C ».", en="Bad: a note BAR “B2B” and another “B2C”."
        ),
    ),
)
