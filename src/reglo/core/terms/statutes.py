"""What French law demands of payment terms, one rule a row, to be explained by its identifier.

How the rules are run is in `reglo.core.terms.law`. The caps of L441-11 and L441-12 for single trades know exceptions,
by decree and by agreement of the trade, and are therefore warnings: read the article before relying on them.
"""

from collections.abc import Mapping

from reglo.core.findings import Severity, Text
from reglo.core.rule import Rule

_SHORTEN = Text(
    fr="Raccourcissez le délai, ou supprimez l'échéance trop lointaine.",
    en="Shorten the delay, or drop the instalment that is too far off.",
)
_SHORTEN_OR_CHECK = Text(
    fr="Raccourcissez le délai, ou vérifiez dans l'article qu'une exception couvre cette vente.",
    en="Shorten the delay, or read in the article whether an exception covers this sale.",
)

_RULES = (
    Rule(
        identifier="FR-TERMS-CAP",
        term="BT-20",
        statement=Text(
            fr="Entre professionnels, le délai convenu est au plus 60 jours date de facture, ou 45 jours fin de mois.",
            en="The delay agreed between firms is at most 60 days from the date of invoice, or 45 days end of month.",
        ),
        fix=_SHORTEN,
        source="C. com. L441-10 I",
        example=Text(
            fr="Bon : 60 jours date de facture. Mauvais : 60 jours fin de mois, ou trois fois à 30, 60 et 90 jours.",
            en="Good: 60 days from the invoice date. Bad: 60 days end of month, or instalments at 30, 60 and 90 days.",
        ),
    ),
    Rule(
        identifier="FR-TERMS-DEFAULT",
        term="BT-20",
        statement=Text(
            fr="Sans accord, on paie dans les 30 jours de la réception des marchandises ou de l'exécution du service.",
            en="Where nothing is agreed, one pays within 30 days of receipt of the goods or end of the service.",
        ),
        fix=Text(
            fr="Faites accepter ce délai par le client (contrat, devis, conditions signées), ou ramenez-le à 30 jours.",
            en="Have the customer accept this delay (contract, quote or signed conditions), or make it 30 days.",
        ),
        source="C. com. L441-10 I",
        example=Text(
            fr="Bon : 30 jours. Mauvais : 45 jours écrits sur la facture seulement.",
            en="Good: 30 days. Bad: 45 days written on the invoice alone.",
        ),
    ),
    Rule(
        identifier="FR-TERMS-END-OF-MONTH",
        term="BT-20",
        statement=Text(
            fr="45 jours fin de mois est à convenir expressément, sans abus manifeste envers le créancier.",
            en="45 days end of month is to be agreed expressly, without manifest abuse of the creditor.",
        ),
        fix=Text(
            fr="Écrivez-le dans le contrat, avec la manière de compter (les jours d'abord, ou la fin du mois d'abord).",
            en="Write it into the contract, with the way of counting (days first, or end of month first).",
        ),
        source="C. com. L441-10 I",
        severity=Severity.INFORMATION,
        obliges=True,
        example=Text(
            fr="Facture du 20 janvier 2026 : 45 jours puis fin de mois, le 31 mars ; fin de mois puis 45 jours, le 17.",
            en="Invoice of 20 January 2026: 45 days then end of month, 31 March; end of month then 45 days, the 17th.",
        ),
    ),
    Rule(
        identifier="FR-TERMS-PERIODIC",
        term="BT-20",
        statement=Text(
            fr="Une facture périodique (récapitulative) se paie dans les 45 jours de sa date.",
            en="A periodic (summary) invoice is paid within 45 days of its date.",
        ),
        fix=_SHORTEN,
        source="C. com. L441-10 I; CGI art. 289 I 3",
        example=Text(
            fr="Bon : 45 jours date de facture. Mauvais : 45 jours fin de mois.",
            en="Good: 45 days from the date of invoice. Bad: 45 days end of month.",
        ),
    ),
    Rule(
        identifier="FR-TERMS-TRANSPORT",
        term="BT-20",
        statement=Text(
            fr="Transport, location de véhicules, commission, transit, affrètement : 30 jours date de facture au plus.",
            en="Transport, vehicle rental, forwarding, freight agency: at most 30 days from the date of invoice.",
        ),
        fix=_SHORTEN_OR_CHECK,
        source="C. com. L441-11 II",
        severity=Severity.WARNING,
        example=Text(fr="Mauvais : 45 jours date de facture.", en="Bad: 45 days from the date of invoice."),
    ),
    Rule(
        identifier="FR-TERMS-PERISHABLE",
        term="BT-20",
        statement=Text(
            fr=(
                "Denrées périssables : 30 jours après la livraison au plus, ou après la fin de la décade de livraison "
                "si la facture est périodique."
            ),
            en=(
                "Perishable food: at most 30 days after delivery, or after the end of the ten days of delivery if the "
                "invoice is periodic."
            ),
        ),
        fix=_SHORTEN_OR_CHECK,
        source="C. com. L441-11 II 1°",
        severity=Severity.WARNING,
        example=Text(
            fr="Livraison du 12 mars, facture périodique : au plus tard le 19 avril (30 jours après le 20 mars).",
            en="Delivery of 12 March, periodic invoice: at the latest 19 April (30 days after 20 March).",
        ),
    ),
    Rule(
        identifier="FR-TERMS-LIVESTOCK",
        term="BT-20",
        statement=Text(
            fr="Bétail sur pied destiné à la consommation et viandes fraîches : 20 jours après la livraison au plus.",
            en="Live cattle for consumption and fresh meat: at most 20 days after delivery.",
        ),
        fix=_SHORTEN_OR_CHECK,
        source="C. com. L441-11 II 2°",
        severity=Severity.WARNING,
        example=Text(fr="Mauvais : 30 jours.", en="Bad: 30 days."),
    ),
    Rule(
        identifier="FR-TERMS-ALCOHOL",
        term="BT-20",
        statement=Text(
            fr="Boissons alcooliques soumises à l'accise sur les alcools : 30 jours fin du mois de livraison au plus.",
            en="Alcoholic drinks under the duty on alcohols: at most 30 days after the end of the month of delivery.",
        ),
        fix=_SHORTEN_OR_CHECK,
        source="C. com. L441-11 II 3°",
        severity=Severity.WARNING,
        example=Text(
            fr="Bon : fin de mois 30 jours. Mauvais : 60 jours.", en="Good: end of month 30 days. Bad: 60 days."
        ),
    ),
    Rule(
        identifier="FR-TERMS-WINE",
        term="BT-20",
        statement=Text(
            fr="Raisins, moûts, vins : 45 jours fin de mois ou 60 jours date de facture, sauf accord de filière.",
            en="Grapes, must, wine: at most 45 days end of month or 60 days from the invoice, trade agreement aside.",
        ),
        fix=_SHORTEN_OR_CHECK,
        source="C. com. L441-11 II 4°",
        severity=Severity.WARNING,
        example=Text(fr="Mauvais : 60 jours fin de mois.", en="Bad: 60 days end of month."),
    ),
    Rule(
        identifier="FR-TERMS-EXPORT",
        term="BT-20",
        statement=Text(
            fr="Achats en franchise pour revente en l'état hors de l'Union : 90 jours date de facture au plus.",
            en="Goods bought free of VAT for resale as they are outside the EU: at most 90 days from the invoice date.",
        ),
        fix=_SHORTEN_OR_CHECK,
        source="C. com. L441-12; CGI art. 275",
        severity=Severity.WARNING,
        example=Text(fr="Mauvais : 90 jours fin de mois.", en="Bad: 90 days end of month."),
    ),
    Rule(
        identifier="FR-TERMS-PUBLIC",
        term="BT-20",
        statement=Text(
            fr=(
                "Un acheteur public paie dans les 30 jours de la réception de la facture, un établissement public de "
                "santé dans les 50 jours, une entreprise publique dans les 60 jours."
            ),
            en=(
                "A public buyer pays within 30 days of receipt of the invoice, a public health establishment within 50 "
                "days, a public company within 60 days."
            ),
        ),
        fix=_SHORTEN,
        source="CCP R2192-10, R2192-11",
        example=Text(
            fr="Commune. Bon : 30 jours à compter de la réception. Mauvais : 30 jours fin de mois.",
            en="Municipality. Good: 30 days from receipt. Bad: 30 days end of month.",
        ),
    ),
    Rule(
        identifier="FR-TERMS-PUBLIC-RATE",
        statement=Text(
            fr="Un acheteur public doit le taux de la BCE majoré de 8 points, quoi que disent les conditions.",
            en="A public buyer owes the ECB rate plus 8 points, whatever the terms say.",
        ),
        fix=Text(
            fr="Rien à faire sur la facture\N{NO-BREAK SPACE}: sa note de pénalités dit ce taux.",
            en="Nothing to do on the invoice: its penalty note says this rate.",
        ),
        source="CCP L2192-13, R2192-31",
        severity=Severity.INFORMATION,
        obliges=True,
        term="BT-22",
        example=Text(fr="Mauvais : 15 % par an.", en="Bad: 15% a year."),
    ),
    Rule(
        identifier="FR-TERMS-PENALTY",
        statement=Text(
            fr="Les conditions entre professionnels disent le taux des pénalités de retard.",
            en="Terms between firms say the rate of late penalties.",
        ),
        fix=Text(
            fr="Indiquez un taux, par exemple celui de la loi\N{NO-BREAK SPACE}: taux de la BCE majoré de 10 points.",
            en="Give a rate, for example that of the law: ECB rate plus 10 points.",
        ),
        source="C. com. L441-10 II, L441-9",
        term="BT-22",
        example=Text(fr="Bon : 3 fois le taux d'intérêt légal.", en="Good: 3 times the French legal rate."),
    ),
    Rule(
        identifier="FR-TERMS-PENALTY-FLOOR",
        statement=Text(
            fr="Le taux des pénalités convenu n'est pas inférieur à trois fois le taux d'intérêt légal.",
            en="The agreed penalty rate is at least three times the French legal rate.",
        ),
        fix=Text(
            fr="Relevez le taux, ou dites «\N{NO-BREAK SPACE}3 fois le taux d'intérêt légal\N{NO-BREAK SPACE}».",
            en='Raise the rate, or say "3 times the French legal rate".',
        ),
        source="C. com. L441-10 II",
        term="BT-22",
        example=Text(
            fr="Au premier semestre 2026 (taux légal 2,62 %), le plancher est 7,86 %. Mauvais : 5 % par an.",
            en="In the first half of 2026 (legal rate 2.62%) the floor is 7.86%. Bad: 5% a year.",
        ),
    ),
    Rule(
        identifier="FR-TERMS-INDEMNITY",
        statement=Text(
            fr="Les conditions entre professionnels disent l'indemnité forfaitaire de recouvrement, 40 € au moins.",
            en="Terms between firms say the fixed indemnity for recovery costs, €40 at least.",
        ),
        fix=Text(fr="Indiquez l'indemnité de 40 €.", en="Write the indemnity of €40."),
        source="C. com. L441-10 II, D441-5",
        term="BT-22",
        example=Text(fr="Mauvais : indemnité de 15 €, ou aucune.", en="Bad: an indemnity of €15, or none."),
    ),
    Rule(
        identifier="FR-TERMS-CONSUMER",
        statement=Text(
            fr="Un consommateur ne doit ni pénalités de l'article L441-10 ni indemnité forfaitaire de recouvrement.",
            en="A consumer owes neither the penalties of C. com. L441-10 nor the fixed indemnity for recovery costs.",
        ),
        fix=Text(
            fr="Rien à faire sur la facture\N{NO-BREAK SPACE}: ses notes disent qu'elles ne s'appliquent pas.",
            en="Nothing to do on the invoice: its notes say that they do not apply.",
        ),
        source="C. com. L441-10 II (between firms only)",
        severity=Severity.INFORMATION,
        obliges=True,
        term="BT-22",
        example=Text(fr="Mauvais : 40 € à un particulier.", en="Bad: €40 asked from a private person."),
    ),
    Rule(
        identifier="FR-TERMS-FROM-RECEIPT",
        term="BT-20",
        statement=Text(
            fr="Entre professionnels, un délai convenu se compte de la date de la facture, non de sa réception.",
            en="Between firms, an agreed delay is counted from the date of the invoice, not from its receipt.",
        ),
        fix=Text(
            fr="Comptez le délai de la date de facture, de la livraison ou de la fin de la prestation.",
            en="Count the delay from the date of invoice, from delivery or from completion of the service.",
        ),
        source="C. com. L441-10 I; CEPC, avis 17-5",
        severity=Severity.WARNING,
        example=Text(
            fr="Bon : 30 jours date de facture, ou à réception. Mauvais : 60 jours après réception de la facture.",
            en="Good: 30 days from the date of invoice, or on receipt. Bad: 60 days from receipt of the invoice.",
        ),
    ),
    Rule(
        identifier="FR-TERMS-BUSINESS-DAY",
        term="BT-20",
        statement=Text(
            fr="Reporter l'échéance au jour ouvré suivant ne fait pas dépasser le délai maximal.",
            en="Moving the due date to the next business day does not go beyond the longest delay allowed.",
        ),
        fix=Text(
            fr="Retirez le report au jour ouvré suivant, ou raccourcissez le délai de quelques jours.",
            en="Drop the move to the next business day, or shorten the delay by some days.",
        ),
        source="C. com. L441-10 I, L441-11 II",
        severity=Severity.WARNING,
        example=Text(
            fr="Mauvais : 60 jours date de facture, reporté au lundi quand l'échéance tombe un samedi.",
            en="Bad: 60 days from the date of invoice, moved to Monday when it falls on a Saturday.",
        ),
    ),
)

TERM_RULES: Mapping[str, Rule] = {rule.identifier: rule for rule in _RULES}
"""All rules on payment terms, by identifier."""
