"""Attached documents: which qualification each bears."""

from reglo.core.findings import Text
from reglo.rules.fr_ctc import shapes
from reglo.rules.fr_ctc.document.entry import Entry
from reglo.rules.fr_ctc.facts import Facts


def _attachments_are_qualified(facts: Facts) -> bool:
    """BR-FR-17."""
    if facts.is_ubl:
        return all(name in shapes.ATTACHMENT_KINDS for name in facts.attachments)
    return all(name.strip() in shapes.ATTACHMENT_KINDS for name in facts.attachments if name.strip())


def _one_attachment_is_the_invoice(facts: Facts) -> bool:
    """BR-FR-18."""
    return facts.attachments.count("LISIBLE") <= 1


ATTACHMENTS: tuple[Entry, ...] = (
    Entry(
        ubl="BR-FR-17_BT-123",
        cii="BR-FR-17_BT-123",
        where="supporting_documents",
        term="BT-123",
        holds=_attachments_are_qualified,
        shows=lambda facts: ", ".join(facts.attachments),
        statement=Text(
            fr="La description d'une pièce jointe est l'une des qualifications admises : "
            f"{', '.join(sorted(shapes.ATTACHMENT_KINDS))}.",
            en="The description of an attached document is one of the qualifications admitted: "
            f"{', '.join(sorted(shapes.ATTACHMENT_KINDS))}.",
        ),
        fix=Text(
            fr="Employez la qualification qui convient, ou DOCUMENT_ANNEXE.",
            en="Use the qualification that fits, or DOCUMENT_ANNEXE.",
        ),
        example=Text(
            fr="Bon : BON_LIVRAISON. Mauvais : Bon de livraison.", en="Good: BON_LIVRAISON. Bad: Delivery note."
        ),
    ),
    Entry(
        ubl="BR-FR-18_BT-123",
        cii="BR-FR-18_BT-123",
        where="supporting_documents",
        term="BT-123",
        holds=_one_attachment_is_the_invoice,
        statement=Text(
            fr="Une seule pièce jointe au plus est la version lisible de la facture (LISIBLE).",
            en="At most one attached document is the readable version of the invoice (LISIBLE).",
        ),
        fix=Text(
            fr="Gardez une seule pièce LISIBLE et qualifiez les autres DOCUMENT_ANNEXE.",
            en="Keep one document LISIBLE and qualify the others DOCUMENT_ANNEXE.",
        ),
        example=Text(fr="Mauvais : deux pièces LISIBLE.", en="Bad: two documents LISIBLE."),
    ),
)
