"""What keeps a draft from becoming a document, found all at once: a founder mends everything in one go."""

from collections.abc import Iterator
from decimal import Decimal

from reglo.core.composition.draft import Draft, DraftLine, FaultyDraft, IncompleteDraft, Reduction
from reglo.core.composition.lines import line_treatment
from reglo.core.errors import DomainError
from reglo.core.figures import is_usable, unusable
from reglo.core.findings import Text
from reglo.core.parties import BadIdentifier, IdentifierKind, VatRegime, require

#: Before the decimal point: more than any price, quantity or amount that a founder means to type.
_DIGITS = 12


def refuse_faults(draft: Draft) -> None:
    """Raise what is wrong with `draft`: a fault that is alone as it is, several in a FaultyDraft."""
    unusable_figures = tuple(_unusable_figures(draft))
    others = () if unusable_figures else (*_figure_faults(draft), *_line_faults(draft))
    faults: tuple[DomainError, ...] = (*unusable_figures, *others, *_nature_faults(draft), *_identifier_faults(draft))
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise FaultyDraft(faults)


def _unusable_figures(draft: Draft) -> Iterator[IncompleteDraft]:
    """Figures that nothing else can be judged with: no number, or too large to compute with."""
    for field, figure in _figures(draft):
        if not is_usable(figure, _DIGITS):
            yield IncompleteDraft(unusable(figure, _DIGITS), field=field)


def _figure_faults(draft: Draft) -> Iterator[IncompleteDraft]:
    if draft.euro_rate is not None and draft.euro_rate <= 0:
        yield IncompleteDraft(
            Text(fr="Un taux de change est plus que zéro.", en="A rate of exchange is more than zero."),
            field="euro_rate",
        )
    for place, deposit in enumerate(draft.deposits):
        if deposit.amount <= 0:
            yield IncompleteDraft(
                Text(
                    fr=f"Un acompte est un montant positif, pas {deposit.amount}.",
                    en=f"A deposit is a positive amount, not {deposit.amount}.",
                ),
                field=f"deposits[{place}].amount",
            )
    for field, reduction in _reductions(draft):
        yield from _reduction_faults(field, reduction)
    yield from _surcharges(draft)


def _surcharges(draft: Draft) -> Iterator[IncompleteDraft]:
    """Allowances of less than nothing, which would raise the total; on goods taken back they are in order."""
    returned = {f"lines[{place}]" for place, line in enumerate(draft.lines) if line.quantity < 0}
    for field, reduction in _reductions(draft):
        if reduction.amount is not None and reduction.amount < 0 and field.partition(".")[0] not in returned:
            yield IncompleteDraft(
                Text(
                    fr=f"La remise « {reduction.reason} » est un montant positif, pas {reduction.amount}.",
                    en=f"The allowance “{reduction.reason}” is a positive amount, not {reduction.amount}.",
                ),
                field=f"{field}.amount",
            )


def _reduction_faults(field: str, reduction: Reduction) -> Iterator[IncompleteDraft]:
    if (reduction.amount is None) == (reduction.percent is None):
        yield IncompleteDraft(
            Text(
                fr=f"La remise « {reduction.reason} » a un pourcentage ou un montant hors taxes, l'un des deux.",
                en=f"The allowance “{reduction.reason}” has a percentage or an amount without tax, and only one.",
            ),
            field=f"{field}.percent",
        )
    elif reduction.percent is not None and not 0 < reduction.percent <= 100:
        yield IncompleteDraft(
            Text(
                fr=f"La remise « {reduction.reason} » va de 0 à 100 %, pas {reduction.percent} %.",
                en=f"The allowance “{reduction.reason}” is 0 to 100 %, not {reduction.percent} %.",
            ),
            field=f"{field}.percent",
        )


def _line_faults(draft: Draft) -> Iterator[IncompleteDraft]:
    regime = draft.seller.identity.vat_regime
    for place, line in enumerate(draft.lines):
        if (line.price is None) == (line.price_with_vat is None):
            yield IncompleteDraft(
                Text(
                    fr="Une ligne a un prix unitaire, hors taxes ou toutes taxes comprises, et un seul.",
                    en="A line has one unit price, either without or with tax.",
                ),
                field=f"lines[{place}].price",
            )
        yield from _vat_faults(line, place, regime)


def _vat_faults(line: DraftLine, place: int, regime: VatRegime) -> Iterator[IncompleteDraft]:
    try:
        line_treatment(line, place, regime)
    except IncompleteDraft as fault:
        yield fault


def _nature_faults(draft: Draft) -> Iterator[IncompleteDraft]:
    if not draft.lines:
        yield IncompleteDraft(Text(fr="Ajoutez au moins une ligne.", en="Add at least one line."), field="lines")
    elif draft.nature is None and all(line.nature is None for line in draft.lines):
        yield IncompleteDraft(
            Text(
                fr="Dites si la facture porte sur des biens, des services ou les deux.",
                en="Say whether the invoice is for goods, services or both.",
            ),
            field="nature",
        )


def _identifier_faults(draft: Draft) -> Iterator[BadIdentifier]:
    for field, kind, value in _identifiers(draft):
        try:
            require(kind, value, field=field)
        except BadIdentifier as fault:
            yield fault


def _identifiers(draft: Draft) -> Iterator[tuple[str, IdentifierKind, str]]:
    """Every number that has a form to be judged by, where it was typed."""
    identity, seller, buyer, payment = draft.seller.identity, draft.seller, draft.buyer, draft.payment
    typed = (
        ("seller.siren", IdentifierKind.SIREN, identity.siren),
        ("seller.siret", IdentifierKind.SIRET, identity.siret),
        ("seller.vat_number", IdentifierKind.VAT, seller.vat_number),
        ("buyer.siren", IdentifierKind.SIREN, buyer.siren),
        ("buyer.siret", IdentifierKind.SIRET, buyer.siret),
        ("buyer.vat_number", IdentifierKind.VAT, buyer.vat_number or None),
        ("payment.iban", IdentifierKind.IBAN, payment.iban or None),
        ("payment.bic", IdentifierKind.BIC, payment.bic or None),
        ("payment.debited_iban", IdentifierKind.IBAN, payment.debited_iban or None),
        ("payment.creditor", IdentifierKind.CREDITOR, payment.creditor or None),
    )
    yield from ((field, kind, value) for field, kind, value in typed if value is not None)


def _reductions(draft: Draft) -> Iterator[tuple[str, Reduction]]:
    for place, line in enumerate(draft.lines):
        for number, each in enumerate(line.reductions):
            yield f"lines[{place}].reductions[{number}]", each
    for number, each in enumerate(draft.reductions):
        yield f"reductions[{number}]", each


def _figures(draft: Draft) -> Iterator[tuple[str, Decimal | None]]:
    yield "euro_rate", draft.euro_rate
    yield "rounding", draft.rounding
    for place, line in enumerate(draft.lines):
        where = f"lines[{place}]"
        yield f"{where}.quantity", line.quantity
        yield f"{where}.price", line.price
        yield f"{where}.price_with_vat", line.price_with_vat
        yield f"{where}.vat", line.vat if isinstance(line.vat, Decimal) else None
    for where, each in _reductions(draft):
        yield f"{where}.amount", each.amount
        yield f"{where}.percent", each.percent
        yield f"{where}.vat", each.vat if isinstance(each.vat, Decimal) else None
    for place, deposit in enumerate(draft.deposits):
        yield f"deposits[{place}].amount", deposit.amount
