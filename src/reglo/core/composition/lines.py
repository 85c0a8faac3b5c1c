"""Lines and reductions of a draft as those of a document."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from reglo.core.composition.draft import Draft, DraftLine, IncompleteDraft, Reduction
from reglo.core.composition.vat_situations import VatSituation, VatTreatment, treatment
from reglo.core.document import Allowance, Item, Line, LineKind, Note, Price, VatBreakdown
from reglo.core.findings import Text
from reglo.core.money import round_half_up
from reglo.core.parties import VatRegime

#: Decimals that the French rules allow a unit price (BR-FR-DEC-03).
_PRICE_PLACES = 6
_HUNDRED = Decimal(100)


def line_treatment(line: DraftLine, place: int, regime: VatRegime) -> VatTreatment:
    """How a line is taxed. In the franchise no line is, and none need say so."""
    return treatment(_vat(line.vat, regime, field=f"lines[{place}].vat"))


def document_lines(draft: Draft, treatments: tuple[VatTreatment, ...]) -> Iterator[Line]:
    """BG-25, in the order of the draft; a group is a line of its own above its parts, for which it is a sub-total."""
    taxed = zip(draft.lines, treatments, strict=True)
    number = 0
    for group, members in groupby(taxed, key=lambda each: each[0].group or None):
        if group is None:
            for line, treated in members:
                number += 1
                yield _document_line(line, treated, str(number))
            continue
        number += 1
        parent = str(number)
        yield Line(identifier=parent, kind=LineKind.GROUP, item=Item(name=group))
        for place, (line, treated) in enumerate(members, 1):
            part = _document_line(line, treated, f"{parent}.{place}")
            yield replace(part, parent=parent, kind=LineKind.DETAIL)


def _document_line(line: DraftLine, taxed: VatTreatment, identifier: str) -> Line:
    return Line(
        identifier=identifier,
        notes=(Note(text=line.note),) if line.note else (),
        quantity=line.quantity,
        unit=line.unit,
        order_line=line.order_line,
        period=line.period,
        allowances=tuple(_line_allowance(each) for each in line.reductions),
        price=Price(net=_net_price(line, taxed)),
        vat_category=taxed.category,
        vat_rate=taxed.rate,
        item=Item(name=line.name, description=line.description, seller_identifier=line.reference),
        order=line.order,
        despatch_advice=line.despatch_advice,
    )


def document_allowance(
    reduction: Reduction, draft: Draft, treatments: tuple[VatTreatment, ...], place: int
) -> Allowance:
    """BG-20: taxed as it says, or as all lines are."""
    taxed = _treatment_of(reduction, draft, treatments, place)
    return Allowance(
        amount=reduction.amount,
        percent=reduction.percent,
        reason=reduction.reason,
        vat_category=taxed.category,
        vat_rate=taxed.rate,
    )


def exemptions(treatments: tuple[VatTreatment, ...]) -> tuple[VatBreakdown, ...]:
    """Why each category bears no tax. Two reasons in one category are told together, without a code."""
    grouped: dict[tuple[str, Decimal | None], list[VatTreatment]] = {}
    for each in treatments:
        if each.reason is not None and each not in grouped.setdefault((each.category, each.rate), []):
            grouped[(each.category, each.rate)].append(each)
    return tuple(
        VatBreakdown(
            category=category,
            rate=rate,
            exemption_reason=" ; ".join(each.reason for each in group if each.reason),
            exemption_code=group[0].code if len({each.code for each in group}) == 1 else None,
        )
        for (category, rate), group in grouped.items()
    )


def _vat(vat: Decimal | VatSituation | None, regime: VatRegime, *, field: str) -> Decimal | VatSituation:
    if regime is VatRegime.FRANCHISE:
        if isinstance(vat, Decimal) and vat != 0:
            raise IncompleteDraft(
                Text(
                    fr=f"En franchise (article 293 B), on ne facture pas de TVA : retirez le taux de {vat} %.",
                    en=f"In the franchise (article 293 B) no VAT is charged: remove the rate of {vat} %.",
                ),
                field=field,
            )
        return vat if isinstance(vat, VatSituation) else VatSituation.FRANCHISE
    if vat is None or vat == 0:
        raise IncompleteDraft(
            Text(
                fr="Indiquez le taux de TVA de la ligne, ou pourquoi il n'y en a pas (export, autoliquidation…).",
                en="Give the VAT rate of the line, or why there is none (export, reverse charge…).",
            ),
            field=field,
        )
    return vat


def _net_price(line: DraftLine, taxed: VatTreatment) -> Decimal | None:
    """Price without tax: as given, or taken out of the price with tax to six decimals."""
    if line.price_with_vat is None:
        return line.price
    factor = 1 + (taxed.rate or Decimal(0)) / _HUNDRED
    return round_half_up(line.price_with_vat / factor, _PRICE_PLACES).normalize() + Decimal("0.00")


def _line_allowance(reduction: Reduction) -> Allowance:
    return Allowance(amount=reduction.amount, percent=reduction.percent, reason=reduction.reason)


def _treatment_of(reduction: Reduction, draft: Draft, treatments: tuple[VatTreatment, ...], place: int) -> VatTreatment:
    if reduction.vat is not None:
        return treatment(_vat(reduction.vat, draft.seller.identity.vat_regime, field=f"reductions[{place}].vat"))
    if len(set(treatments)) == 1:
        return treatments[0]
    raise IncompleteDraft(
        Text(
            fr=f"Les lignes ont plusieurs taux de TVA : dites auquel s'applique la remise « {reduction.reason} ».",
            en=f"The lines have several VAT rates: say to which the allowance “{reduction.reason}” applies.",
        ),
        field=f"reductions[{place}].vat",
    )
