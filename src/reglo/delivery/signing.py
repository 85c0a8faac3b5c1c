"""The key in an address of the portal: the number of a link, signed, so that nobody can make or guess one."""

from django.conf import settings
from django.core.signing import BadSignature, Signer

_SIGNER = "reglo.delivery.portal-link"


def token_of(link_id: int) -> str:
    """The key of a link: always the same for the same link, so that it need not be stored."""
    return _signer().sign(str(link_id))


def link_id_of(token: str) -> int | None:
    """The link that `token` opens, or None where we did not sign it."""
    try:
        return int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def portal_address(link_id: int, path: str = "") -> str:
    """The whole address of a page of the portal; `path` is below the key: "invoices/12/"."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/p/{token_of(link_id)}/{path}"


def _signer() -> Signer:
    # Made at each use: the secrets may change while the process runs (tests), and it costs nothing.
    return Signer(salt=_SIGNER, sep=".")
