"""The families of demands on single texts, and the fields that each holds for.

A row names the field by its business terms and the rule in each sheet: the sheets for UBL and CII give different
identifiers to one demand, and now and then only one of them has it. Where a field stands is in `places`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reglo.core.findings import Text
from reglo.rules.fr_ctc import shapes
from reglo.rules.fr_ctc.wording import Family

LENGTH = Family(
    fr="compte au plus 35 caractères",
    en="has at most 35 characters",
    fix=Text(fr="Raccourcissez le numéro.", en="Shorten the number."),
    example=Text(
        fr="Bon : F2026-0001. Mauvais : un numéro de 36 caractères.",
        en="Good: F2026-0001. Bad: a number of 36 characters.",
    ),
    ubl=shapes.is_short,
    cii=shapes.is_short,
)
CHARACTERS = Family(
    fr="ne contient que des lettres sans accent, des chiffres et les signes + - _ /, sans espace",
    en="has only letters without accents, digits and the signs + - _ /, and no space",
    fix=Text(
        fr="Remplacez les autres caractères, par exemple l'espace et le point par un tiret.",
        en="Replace the other characters, a space or a full stop by a hyphen, say.",
    ),
    example=Text(fr="Bon : F2026/09-12. Mauvais : F 2026 n°12.", en="Good: F2026/09-12. Bad: F 2026 n°12."),
    ubl=shapes.is_identifier,
    cii=shapes.is_identifier,
)
DAY = Family(
    fr="est un jour qui existe, entre 2000 et 2099",
    en="is a day that exists, between 2000 and 2099",
    fix=Text(
        fr="Écrivez la date en huit chiffres en CII (20260915), avec tirets en UBL (2026-09-15), sans heure.",
        en="Write the date in eight digits in CII (20260915), with hyphens in UBL (2026-09-15), without time.",
    ),
    example=Text(
        fr="Bon : 2026-09-15. Mauvais : 2026-02-31 ; 1999-12-31 ; 2026-09-15+02:00.",
        en="Good: 2026-09-15. Bad: 2026-02-31; 1999-12-31; 2026-09-15+02:00.",
    ),
    ubl=shapes.is_dashed_day,
    cii=shapes.is_day,
)
DOCUMENT_TYPE = Family(
    fr="est l'un des types admis par la réforme : 380, 389, 393, 501, 386, 500, 384, 471, 472, 473, 261, 262, 381, "
    "396, 502, 503",
    en="is one of the types that the reform admits: 380, 389, 393, 501, 386, 500, 384, 471, 472, 473, 261, 262, 381, "
    "396, 502, 503",
    fix=Text(
        fr="Employez 380 pour une facture, 381 pour un avoir, 386 pour un acompte, 384 pour une facture rectificative.",
        en="Use 380 for an invoice, 381 for a credit note, 386 for a deposit, 384 for a corrective invoice.",
    ),
    example=Text(fr="Bon : 380. Mauvais : 326 (facture partielle).", en="Good: 380. Bad: 326 (partial invoice)."),
    ubl=shapes.is_document_type,
    cii=shapes.is_document_type,
)
FRAMEWORK = Family(
    fr="est l'un des cadres de facturation : B (biens), S (services) ou M (les deux), suivi de 1 à 9 selon le cas",
    en="is one of the billing frameworks: B (goods), S (services) or M (both), followed by 1 to 9 as the case may be",
    fix=Text(
        fr="Écrivez B1, S1 ou M1 pour une facture ordinaire, B2, S2 ou M2 si elle est déjà payée, B4, S4 ou M4 pour un "
        "solde après acompte.",
        en="Write B1, S1 or M1 for an ordinary invoice, B2, S2 or M2 if it is already paid, B4, S4 or M4 for a final "
        "invoice after a deposit.",
    ),
    example=Text(fr="Bon : S1. Mauvais : A1, ou rien.", en="Good: S1. Bad: A1, or nothing."),
    ubl=shapes.BILLING_FRAMEWORKS.__contains__,
    cii=shapes.BILLING_FRAMEWORKS.__contains__,
)
CATEGORY = Family(
    fr="est l'un des codes de TVA qui ont cours en France : S, E, AE, K, G, O, Z",
    en="is one of the VAT codes in use in France: S, E, AE, K, G, O, Z",
    fix=Text(
        fr="Employez S pour une opération taxée, E pour une exonération, AE pour l'autoliquidation, K pour une "
        "livraison intracommunautaire, G pour une exportation, O hors champ.",
        en="Use S for a taxed operation, E for an exemption, AE for the reverse charge, K for a supply within the "
        "Union, G for an export, O out of scope.",
    ),
    example=Text(fr="Bon : S. Mauvais : B, ou un code en minuscule.", en="Good: S. Bad: B, or a code in lower case."),
    ubl=shapes.is_vat_category,
    cii=shapes.is_vat_category,
)
NOT_SPANISH = Family(
    fr="n'est ni L (Canaries) ni M (Ceuta et Melilla), qui n'ont pas cours en France",
    en="is neither L (Canary Islands) nor M (Ceuta and Melilla), which are not in use in France",
    fix=CATEGORY.fix,
    example=Text(fr="Bon : S. Mauvais : L.", en="Good: S. Bad: L."),
    ubl=shapes.is_not_spanish,
    cii=shapes.is_not_spanish,
)
VAT_RATE = Family(
    fr="est un taux français, écrit avec deux décimales au plus",
    en="is a French rate, written with two decimals at most",
    fix=Text(
        fr="Employez un taux en vigueur : 20, 10, 5.5, 2.1, ou 0 sans taxe ; 8.5 outre-mer ; 13 ou 0.9 en Corse.",
        en="Use a rate in force: 20, 10, 5.5, 2.1, or 0 without tax; 8.5 overseas; 13 or 0.9 in Corsica.",
    ),
    example=Text(fr="Bon : 20.00. Mauvais : 21 ; 20.000.", en="Good: 20.00. Bad: 21; 20.000."),
    ubl=shapes.is_vat_rate,
    cii=shapes.is_vat_rate_or_empty,
)
FILLED = Family(
    fr="n'est pas vide",
    en="is not empty",
    fix=Text(fr="Remplissez ce champ ou retirez-le.", en="Fill in this field or remove it."),
    example=Text(fr="Bon : Couleur. Mauvais : un champ fait d'espaces.", en="Good: Colour. Bad: a field of spaces."),
    ubl=shapes.is_filled,
    cii=shapes.is_filled,
)
AMOUNT = Family(
    fr="est un montant de 19 chiffres au plus, dont deux décimales au plus",
    en="is an amount of at most 19 digits, two of them decimals at most",
    fix=Text(
        fr="Arrondissez à deux décimales, puis refaites les totaux.", en="Round to two decimals, then redo the totals."
    ),
    example=Text(fr="Bon : 2400.00. Mauvais : 2400.005 ; 2400.000.", en="Good: 2400.00. Bad: 2400.005; 2400.000."),
    ubl=shapes.is_amount,
    cii=shapes.is_amount,
)
QUANTITY = Family(
    fr="est une quantité de 19 chiffres au plus, dont quatre décimales au plus",
    en="is a quantity of at most 19 digits, four of them decimals at most",
    fix=Text(fr="Arrondissez la quantité à quatre décimales.", en="Round the quantity to four decimals."),
    example=Text(fr="Bon : 7.25. Mauvais : 0.33333.", en="Good: 7.25. Bad: 0.33333."),
    ubl=lambda text: text.strip() == "" or shapes.is_quantity(text),
    cii=shapes.is_quantity,
)
STRICT_QUANTITY = Family(
    fr=QUANTITY.fr,
    en=QUANTITY.en,
    fix=QUANTITY.fix,
    example=QUANTITY.example,
    ubl=shapes.is_quantity,
    cii=shapes.is_quantity,
)
PRICE = Family(
    fr="est un prix de 19 chiffres au plus, dont six décimales au plus, et n'est pas négatif",
    en="is a price of at most 19 digits, six of them decimals at most, and not negative",
    fix=Text(
        fr="Arrondissez le prix à six décimales ; pour une déduction, mettez le signe moins sur la quantité.",
        en="Round the price to six decimals; for a deduction, put the minus sign on the quantity.",
    ),
    example=Text(fr="Bon : 0.0125. Mauvais : -5.00.", en="Good: 0.0125. Bad: -5.00."),
    ubl=lambda text: text.strip() == "" or shapes.is_price(text),
    cii=shapes.is_price,
)
#: The same where two sellers bill each other (S9, B9, M9), whose prices may be negative.
SIGNED_PRICE = Family(
    fr=PRICE.fr,
    en=PRICE.en,
    fix=PRICE.fix,
    example=PRICE.example,
    ubl=lambda text: text.strip() == "" or shapes.is_signed_price(text),
    cii=shapes.is_signed_price,
)
RATE = Family(
    fr="est un taux de quatre chiffres au plus, dont deux décimales au plus, et n'est pas négatif",
    en="is a rate of at most four digits, two of them decimals at most, and not negative",
    fix=Text(fr="Écrivez le taux avec deux décimales au plus.", en="Write the rate with two decimals at most."),
    example=Text(fr="Bon : 5.5. Mauvais : 5.500 ; -20.", en="Good: 5.5. Bad: 5.500; -20."),
    ubl=shapes.is_rate,
    cii=shapes.is_rate,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One demand of a family on one field, and its name in each sheet."""

    family: Family
    field: str  #: the terms it carries, joined as in the sheets: "BT-92_BT-99"
    ubl: str | None
    cii: str | None

    @property
    def terms(self) -> tuple[str, ...]:
        """The business terms of the field."""
        return tuple(self.field.split("_"))


def _rows(family: Family, *rows: tuple[str, str | None, str | None]) -> Iterator[Row]:
    for field, ubl, cii in rows:
        yield Row(family=family, field=field, ubl=ubl, cii=cii)


def _same(family: Family, rule: str, *fields: str) -> Iterator[Row]:
    """Rows whose rules are called alike in both sheets: BR-FR-DEC-01_BT-106."""
    for field in fields:
        yield Row(family=family, field=field, ubl=f"{rule}_{field}", cii=f"{rule}_{field}")


ROWS: tuple[Row, ...] = (
    *_rows(
        LENGTH,
        ("BT-1", "BR-FR-01_BT-1-1", "BR-FR-01_BT-1"),
        ("BT-25", "BR-FR-01_BT-25-1", "BR-FR-01_BT-25"),
        ("EXT-FR-FE-136", "BR-FR-01_EXT-FR-FE-136-1", "BR-FR-01_EXT-FR-FE-136"),
    ),
    *_rows(
        CHARACTERS,
        ("BT-1", "BR-FR-01_BT-1-2", None),
        ("BT-25", "BR-FR-01_BT-25-2", None),
        ("EXT-FR-FE-136", "BR-FR-01_EXT-FR-FE-136-2", None),
    ),
    *_same(CHARACTERS, "BR-FR-02", "BT-1", "BT-25", "EXT-FR-FE-136"),
    *_same(DAY, "BR-FR-03", "BT-2", "BT-7", "BT-9", "BT-26", "BT-72", "BT-73", "BT-74"),
    *_same(DAY, "BR-FR-03", "EXT-FR-FE-138", "EXT-FR-FE-158"),
    *_rows(
        DAY,
        ("BT-134", "BR-FR-03_BT-134", "BR-FR-03_EXT-FR-FE-134"),
        ("BT-135", "BR-FR-03_BT-135", "BR-FR-03_EXT-FR-FE-135"),
    ),
    *_same(DOCUMENT_TYPE, "BR-FR-04", "BT-3", "EXT-FR-FE-02", "EXT-FR-FE-137"),
    *_same(FRAMEWORK, "BR-FR-08", "BT-23"),
    *_rows(
        CATEGORY,
        ("BT-95_BT-102", "BR-FR-15_BT-95_BT-102-1", "BR-FR-15_BT-95_BT-102"),
        ("BT-118", "BR-FR-15_BT-118-1", "BR-FR-15_BT-95_BT-118"),
        ("BT-151", "BR-FR-15_BT-151-1", "BR-FR-15_BT-95_BT-151"),
    ),
    *_rows(
        NOT_SPANISH,
        ("BT-95_BT-102", "BR-FR-15_BT-95_BT-102-2", "BR-FR-15_BT-95_BT-102_LM"),
        ("BT-118", "BR-FR-15_BT-118-2", "BR-FR-15_BT-95_BT-118_LM"),
        ("BT-151", "BR-FR-08_BT-151-2", "BR-FR-15_BT-95_BT-151_LM"),
    ),
    *_rows(VAT_RATE, ("BT-96_BT-103", "BR-FR-16_BT-96", "BR-FR-16_BT-96_BT-103")),
    *_same(VAT_RATE, "BR-FR-16", "BT-119", "BT-152"),
    *_same(FILLED, "BR-FR-27", "BT-160", "EXT-FR-FE-159"),
    *_same(AMOUNT, "BR-FR-DEC-01", "BT-92_BT-99", "BT-93_BT-100", "BT-106", "BT-107", "BT-108", "BT-109", "BT-110"),
    *_same(AMOUNT, "BR-FR-DEC-01", "BT-111", "BT-112", "BT-113", "BT-114", "BT-115", "BT-116", "BT-117", "BT-131"),
    *_same(AMOUNT, "BR-FR-DEC-01", "BT-136_BT-141", "BT-137_BT-142"),
    *_same(STRICT_QUANTITY, "BR-FR-DEC-02", "BT-129"),
    *_same(QUANTITY, "BR-FR-DEC-02", "BT-149"),
    *_same(PRICE, "BR-FR-DEC-03", "BT-146", "BT-147", "BT-148"),
    *_same(RATE, "BR-FR-DEC-04", "BT-96_BT-103", "BT-119", "BT-152"),
)
