"""Files that come along with invoices and are none: what each is, so that its refusal says more than "unknown"."""

from collections.abc import Mapping

from reglo.core.findings import Text

#: By the name of the root element. UBL 2.1 unless said otherwise; names are those of the standards.
_DOCUMENTS: Mapping[str, Text] = {
    "ApplicationResponse": Text(fr="un accusé de traitement", en="a response to a document"),
    "Catalogue": Text(fr="un catalogue", en="a catalogue"),
    "CrossDomainAcknowledgementAndResponse": Text(
        fr="un statut de facture (CDAR, cycle de vie)", en="a status of an invoice (CDAR, life cycle)"
    ),
    "DespatchAdvice": Text(fr="un avis d'expédition", en="a despatch advice"),
    "Facturae": Text(fr="une facture espagnole Facturae", en="a Spanish Facturae invoice"),
    "FatturaElettronica": Text(fr="une facture italienne FatturaPA", en="an Italian FatturaPA invoice"),
    "FreightInvoice": Text(fr="une facture de transport UBL", en="a UBL freight invoice"),
    "Order": Text(fr="une commande", en="an order"),
    "OrderCancellation": Text(fr="une annulation de commande", en="the cancellation of an order"),
    "OrderChange": Text(fr="une modification de commande", en="a change to an order"),
    "OrderResponse": Text(fr="une réponse à une commande", en="a response to an order"),
    "OrderResponseSimple": Text(fr="une réponse à une commande", en="a response to an order"),
    "Quotation": Text(fr="un devis", en="a quotation"),
    "ReceiptAdvice": Text(fr="un avis de réception", en="a receipt advice"),
    "Reminder": Text(fr="une relance", en="a reminder"),
    "SCRDMCCBDACIOMessageStructure": Text(fr="une commande Order-X", en="an Order-X order"),
    "SelfBilledCreditNote": Text(
        fr="un avoir UBL d'un type qu'EN 16931 n'a pas", en="a UBL credit note EN 16931 lacks"
    ),
    "SelfBilledInvoice": Text(fr="une facture UBL d'un type qu'EN 16931 n'a pas", en="a UBL invoice EN 16931 lacks"),
    "StandardBusinessDocument": Text(
        fr="une enveloppe Peppol, qui peut contenir une facture", en="a Peppol envelope, which may hold an invoice"
    ),
    "Statement": Text(fr="un relevé de compte", en="a statement of account"),
}

#: By their first bytes.
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM")


def document_named(root: str) -> Text | None:
    """What an XML file is whose root element has this name; None for one that nobody expects near an invoice."""
    return _DOCUMENTS.get(root)


def is_picture(data: bytes) -> bool:
    """Whether a file is a photograph or a scan: JPEG, PNG, GIF, TIFF or BMP."""
    return data.startswith(_PICTURES) and b"\0" in data[:64]
