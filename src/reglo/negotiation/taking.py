"""An offer as the value of a button, signed, by which a point of a table is taken into the sliders."""

import json

from django.core.signing import BadSignature, Signer

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.negotiation import Offer
from reglo.formats.data.stored import read_stored, write_stored

_SIGNER = Signer(salt="reglo.negotiation.taking")


class NoOffer(DomainError):
    """What was sent is no offer that stood on a page."""

    code = "no-offer"


def packed(offer: Offer) -> str:
    """An offer as a text of one line."""
    return _SIGNER.sign(json.dumps(write_stored(offer), separators=(",", ":")))


def unpacked(text: str) -> Offer:
    """The offer that `packed` made a text of; nothing else that comes from a browser is read. Raises NoOffer."""
    try:
        whole = _SIGNER.unsign(text)
    except BadSignature:
        raise NoOffer(
            Text(
                fr="Cette offre est illisible\N{NO-BREAK SPACE}: prenez-la dans le tableau.",
                en="This offer is unreadable: take it from the table.",
            )
        ) from None
    return read_stored(Offer, json.loads(whole))
