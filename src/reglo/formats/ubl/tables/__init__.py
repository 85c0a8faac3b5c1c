"""The binding of UBL 2.1: which element carries which term, in the order of the UBL schema.

Sources: EN 16931-3-2 (syntax binding to UBL 2.1) and, for the terms of EXTENDED-CTC-FR, XP Z12-012 as its Schematron
addresses them.

What UBL and the model cannot tell each other:

================================  ================================================================================
term                              in UBL
================================  ================================================================================
is_iban (of BT-84)                not said: read from the shape of the identifier
BT-21                             at the head of the text, «#AAI#»; a text that itself begins so is read as a code
BT-147, BT-148                    BT-148 never stands without BT-147: BT-148 − BT-146 is written
BT-110                            stands with each breakdown (BG-23): its sum is written where the invoice says none
BT-9 of a credit note, BT-83,     in cac:PaymentMeans: where the invoice names no means of payment, one with code 1
BT-89, the payer (EXT)            (not defined) is written for them, and read back
BT-90                             among the identifiers of the seller: not without one
BT-82                             once, as in EN 16931, though there be several means of payment (UBL-SR-46)
a unit without a quantity         nowhere
a group without content           not written
order.line of a line              the same element as BT-132
BT-111 without BT-6               not told apart from BT-110
several categories on a line      one (UBL-SR-48)
sub-lines                         EXTENDED-CTC-FR uses a reference of the line to its own document;
                                  cac:SubInvoiceLine (XRechnung extension) counts otherwise and is reported unknown
================================  ================================================================================
"""

from reglo.formats.ubl.tables.document import CREDIT_NOTE, INVOICE

__all__ = ["CREDIT_NOTE", "INVOICE"]
