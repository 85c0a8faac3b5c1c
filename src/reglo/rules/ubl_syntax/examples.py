"""An example for each demand on UBL: what meets it, and what does not."""

from collections.abc import Mapping

from reglo.core.findings import Text


def of_unused(path: str) -> Text:
    """That of a path which a document does not use: the element or attribute at its end, in what holds it."""
    holder, _, last = path.removeprefix("//").rpartition("/")
    if last.startswith("@"):
        element = holder.rpartition("/")[2] or "cbc:Name"
        return Text(fr=f'Mauvais : <{element} {last[1:]}="…">.', en=f'Bad: <{element} {last[1:]}="…">.')
    inside = Text(fr=f"dans {holder}", en=f"in {holder}") if holder else _AT_THE_ROOT
    return Text(fr=f"Mauvais : {last} {inside.fr}.", en=f"Bad: {last} {inside.en}.")


def of_once(path: str) -> Text:
    """That of a path which leads to one element at most."""
    element = path.rpartition("/")[2]
    return Text(fr=f"Bon : un {element}. Mauvais : deux.", en=f"Good: one {element}. Bad: two.")


def of_special(identifier: str) -> Text:
    """That of a demand which is a function: most ask for one of something."""
    return _SPECIAL.get(identifier, _ONE)


_AT_THE_ROOT = Text(fr="à la racine", en="at the root")
_ONE = Text(fr="Bon : un. Mauvais : deux.", en="Good: one. Bad: two.")
_VAT_OF_A_LINE = Text(
    fr="Bon : S à 20 %. Mauvais : S et Z sur une ligne.", en="Good: S at 20 %. Bad: S and Z on a line."
)
_INCOTERM = Text(fr="Bon : EXW, Lyon. Mauvais : un texte libre.", en="Good: EXW, Lyon. Bad: free text.")

_SPECIAL: Mapping[str, Text] = {
    "UBL-SR-06": Text(
        fr="Bon : F2026-0001 et F2026-0002, un cac:BillingReference chacune. Mauvais : les deux dans un seul.",
        en="Good: F2026-0001 and F2026-0002, one cac:BillingReference each. Bad: both in one.",
    ),
    "UBL-SR-07": Text(fr="Bon : F2026-0001. Mauvais : la date seule.", en="Good: F2026-0001. Bad: the date alone."),
    "UBL-SR-19": Text(
        fr="Bon : vendeur Lumen SAS, bénéficiaire Affactura SA. Mauvais : Lumen SAS deux fois.",
        en="Good: seller Lumen SAS, payee Affactura SA. Bad: Lumen SAS twice.",
    ),
    "UBL-SR-42": Text(
        fr="Bon : FR44732829320. Mauvais : trois numéros.", en="Good: FR44732829320. Bad: three numbers."
    ),
    "UBL-SR-43": Text(
        fr="Bon : devis.pdf sans type. Mauvais : devis.pdf avec le type 50, dans une facture.",
        en="Good: quote.pdf without a type. Bad: quote.pdf with the type 50, in an invoice.",
    ),
    "UBL-SR-44": Text(
        fr="Bon : F2026-0042 partout. Mauvais : F2026-0042 pour un compte, LUMEN-42 pour l'autre.",
        en="Good: F2026-0042 everywhere. Bad: F2026-0042 for one account, LUMEN-42 for the other.",
    ),
    "UBL-SR-47": Text(fr="Bon : 30 et 30. Mauvais : 30 et 48.", en="Good: 30 and 30. Bad: 30 and 48."),
    "UBL-SR-48": _VAT_OF_A_LINE,
    "UBL-FREXT-SR-48": _VAT_OF_A_LINE,
    "UBL-SR-53": Text(
        fr="Bon : FR44732829320, taxe VAT. Mauvais : FR44732829320 seul.",
        en="Good: FR44732829320, tax VAT. Bad: FR44732829320 alone.",
    ),
    "UBL-CR-666": Text(
        fr="Bon : type 130, compteur 0042. Mauvais : type 130 et releve.pdf.",
        en="Good: type 130, meter 0042. Bad: type 130 and reading.pdf.",
    ),
    "UBL-CR-673": Text(
        fr="Bon : type 130, compteur 0042. Mauvais : type 130, « compteur du sous-sol ».",
        en="Good: type 130, meter 0042. Bad: type 130, “meter in the basement”.",
    ),
    "UBL-DT-01": Text(fr="Bon : 12.35. Mauvais : 12.345.", en="Good: 12.35. Bad: 12.345."),
    "UBL-DT-06": Text(
        fr='Bon : mimeCode="application/pdf". Mauvais : rien.', en='Good: mimeCode="application/pdf". Bad: nothing.'
    ),
    "UBL-DT-07": Text(fr='Bon : filename="devis.pdf". Mauvais : rien.', en='Good: filename="quote.pdf". Bad: nothing.'),
    "BR-CL-03": Text(fr="Bon : EUR. Mauvais : €, ou rien.", en="Good: EUR. Bad: €, or nothing."),
    "BR-CL-08": Text(
        fr="Bon : #PMT#Indemnité de 40 €. Mauvais : #XXY#Indemnité de 40 €.",
        en="Good: #PMT#Indemnity of 40 €. Bad: #XXY#Indemnity of 40 €.",
    ),
    "UBL-CR-002": Text(fr="Bon : 2.1. Mauvais : 2.0.", en="Good: 2.1. Bad: 2.0."),
    "UBL-CR-412": Text(
        fr="Mauvais : cac:PaymentMeans/cbc:PaymentDueDate dans une facture.",
        en="Bad: cac:PaymentMeans/cbc:PaymentDueDate in an invoice.",
    ),
    "UBL-CR-665": Text(
        fr="Mauvais : schemeID sur le numéro d'une pièce jointe.",
        en="Bad: schemeID on the number of an attached document.",
    ),
    "UBL-DT-18": Text(
        fr='Bon : <cbc:PaymentMeansCode name="Virement">. Mauvais : <cbc:ID name="…">.',
        en='Good: <cbc:PaymentMeansCode name="Transfer">. Bad: <cbc:ID name="…">.',
    ),
    "UBL-FREXT-CR-410": _INCOTERM,
    "UBL-FREXT-CR-645": _INCOTERM,
    "CII-FREXT-CR-490": Text(
        fr="Bon : USD, EUR, 0.92, 2026-09-15. Mauvais : un texte de plus.",
        en="Good: USD, EUR, 0.92, 2026-09-15. Bad: a text besides.",
    ),
}
