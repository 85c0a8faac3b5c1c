"""Adding a seal to the chain of an organisation."""

from datetime import datetime

from reglo.billing.models import Invoice, Seal, SealChain, SealKind
from reglo.billing.seals import seal_hash


def locked_chain(organisation_id: int) -> SealChain:
    """The end of the chain, held until the transaction ends; the first seal of an organisation makes it."""
    chains = SealChain.objects.select_for_update()
    try:
        return chains.get(organisation_id=organisation_id)
    except SealChain.DoesNotExist:
        # Of two who make it at once, the second waits for the first, then finds its row.
        SealChain.objects.get_or_create(organisation_id=organisation_id)
        return chains.get(organisation_id=organisation_id)


def add_seal(chain: SealChain, invoice: Invoice, kind: SealKind, digest: str, *, at: datetime) -> Seal:
    """Seal something of an invoice at the end of a chain that is held."""
    seal = Seal(
        organisation_id=chain.organisation_id,
        sequence=chain.sequence + 1,
        invoice=invoice,
        kind=kind,
        digest=digest,
        previous=chain.hash,
        at=at,
    )
    seal.hash = seal_hash(seal, invoice.number)
    seal.save(force_insert=True)
    chain.sequence, chain.hash = seal.sequence, seal.hash
    chain.save(update_fields=["sequence", "hash"])
    return seal
