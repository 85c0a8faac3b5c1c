"""How an organisation invoices: VAT regime, look, terms, languages, e-mails."""

from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.parties import VatRegime, french_vat_number
from reglo.core.terms import parse_terms
from reglo.formats.data.stored import write_stored
from reglo.formats.pdf.logo import LogoRefused, prepared_logo
from reglo.journal.services import Actor, record
from reglo.organisations.models import FranchiseActivity, Organisation
from reglo.organisations.services.changing import locked, write_changes

MAX_LOGO_BYTES = 2 * 1024 * 1024


class SendingRefused(DomainError):
    """E-mails cannot be sent like this."""

    code = "sending-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingFacts:
    """From whom e-mails come and who gets the answers."""

    sender_name: str = ""
    sender_address: str = ""
    reply_to: str = ""


def change_vat_regime(
    *, organisation: Organisation, regime: VatRegime, activity: FranchiseActivity, by: Actor, now: datetime
) -> Organisation:
    """Change how an organisation stands towards VAT; leaving the franchise, it gets its VAT number."""
    with transaction.atomic(durable=True):
        found = locked(organisation)
        values: dict[str, object] = {"vat_regime": regime.value, "franchise_activity": activity.value}
        if regime is not VatRegime.FRANCHISE and not found.vat_number and found.siren:
            values["vat_number"] = french_vat_number(found.siren)
        write_changes(found, values, act="vat-regime-changed", by=by, now=now)
    return found


def change_fiscal_year(
    *, organisation: Organisation, closing_month: int, closing_day: int, by: Actor, now: datetime
) -> Organisation:
    """Change on which day of each year the fiscal year ends: 6 and 30 for 30 June, 2 and 31 for the end of February."""
    with transaction.atomic(durable=True):
        found = locked(organisation)
        values = {"closing_month": closing_month, "closing_day": closing_day}
        write_changes(found, values, act="fiscal-year-changed", by=by, now=now)
    return found


def change_logo(*, organisation: Organisation, logo: bytes, by: Actor, now: datetime) -> Organisation:
    """Keep a logo of PNG, JPEG or SVG as it came: pages and documents only ever get it sifted.

    Raises LogoRefused for another kind of file, a damaged, huge or dangerous one.
    """
    if len(logo) > MAX_LOGO_BYTES:
        raise LogoRefused(
            Text(fr="Le logo dépasse 2 Mio. Réduisez-le.", en="The logo is larger than 2 MiB. Make it smaller."),
            field="logo",
        )
    prepared_logo(logo)
    return _set_logo(organisation, logo, act="logo-changed", by=by, now=now)


def remove_logo(*, organisation: Organisation, by: Actor, now: datetime) -> Organisation:
    """Print documents with the name alone."""
    return _set_logo(organisation, None, act="logo-removed", by=by, now=now)


def change_accent(*, organisation: Organisation, accent: str, by: Actor, now: datetime) -> Organisation:
    """Change the colour of documents, "#rrggbb" or empty for the usual one."""
    with transaction.atomic(durable=True):
        found = locked(organisation)
        write_changes(found, {"accent": accent}, act="accent-changed", by=by, now=now)
    return found


def change_default_terms(*, organisation: Organisation, text: str, by: Actor, now: datetime) -> Organisation:
    """Change the terms that hold where none were agreed, from words. Raises TermsNotUnderstood or InvalidTerms."""
    terms = write_stored(parse_terms(text))
    with transaction.atomic(durable=True):
        found = locked(organisation)
        write_changes(found, {"default_terms": terms}, act="default-terms-changed", by=by, now=now)
    return found


def change_languages(
    *, organisation: Organisation, language: str, quote_validity_days: int, by: Actor, now: datetime
) -> Organisation:
    """Change the language of documents, and for how long quotes hold."""
    with transaction.atomic(durable=True):
        found = locked(organisation)
        values = {"language": language, "quote_validity_days": quote_validity_days}
        write_changes(found, values, act="documents-changed", by=by, now=now)
    return found


def change_sending(*, organisation: Organisation, facts: SendingFacts, by: Actor, now: datetime) -> Organisation:
    """Change from whom e-mails come. Raises SendingRefused where a name would break a header."""
    if any(mark in facts.sender_name for mark in '\r\n<>"'):
        raise SendingRefused(
            Text(
                fr="Le nom de l'expéditeur ne contient ni guillemets, ni chevrons, ni retours à la ligne.",
                en="The name of the sender has no quotes, angle brackets or line breaks.",
            ),
            field="sender_name",
        )
    with transaction.atomic(durable=True):
        found = locked(organisation)
        write_changes(found, asdict(facts), act="sending-changed", by=by, now=now)
    return found


def _set_logo(organisation: Organisation, logo: bytes | None, *, act: str, by: Actor, now: datetime) -> Organisation:
    """The journal gets the hashes of the pictures, not the pictures."""
    with transaction.atomic(durable=True):
        found = locked(organisation)
        before = bytes(found.logo) if found.logo else None
        if before == logo:
            return found
        found.logo = logo
        found.save(update_fields=["logo"])
        record(
            act,
            organisation_id=found.pk,
            subject=found,
            by=by,
            at=now,
            before={"logo": _fingerprint(before)},
            after={"logo": _fingerprint(logo)},
        )
    return found


def _fingerprint(logo: bytes | None) -> str | None:
    return None if logo is None else f"SHA-256 {sha256(logo).hexdigest()[:16]}…"
