"""Credit notes, corrective invoices and deposits: what the kind of a document asks of the rest."""

from reglo.core.findings import Text
from reglo.formats.reading import Syntax
from reglo.rules.fr_ctc.document.entry import Entry
from reglo.rules.fr_ctc.facts import Facts

_FINAL_FRAMEWORKS = ("B4", "S4", "M4")
_DEPOSIT_TYPES = ("386", "500", "503")
_CORRECTIVE_TYPES = ("384", "471", "472", "473")


def _annual_credit_has_contract_and_period(facts: Facts) -> bool:
    """BR-FR-CO-03. The UBL sheet knows credit notes only as such."""
    if facts.type_code != "262" or facts.syntax is Syntax.UBL_INVOICE:
        return True
    return bool(facts.contract and facts.period_start and facts.period_end)


def _corrective_invoice_has_one_reference(facts: Facts) -> bool:
    """BR-FR-CO-04. The UBL sheet knows corrective invoices only as such."""
    concerned = facts.type_code in _CORRECTIVE_TYPES and facts.syntax is not Syntax.UBL_CREDIT_NOTE
    return not concerned or facts.references == 1


def _deposit_is_not_a_final_invoice(facts: Facts) -> bool:
    """BR-FR-CO-08."""
    return not (facts.framework in _FINAL_FRAMEWORKS and facts.type_code in _DEPOSIT_TYPES)


KINDS: tuple[Entry, ...] = (
    Entry(
        ubl="BR-FR-CO-03_BT-3",
        cii="BR-FR-CO-03_BT-3",
        where="type_code",
        term="BT-3",
        holds=_annual_credit_has_contract_and_period,
        statement=Text(
            fr="Un avoir de remise globale (type 262) indique le contrat et la période qu'il concerne.",
            en="A credit note for a general rebate (type 262) gives the contract and the period that it concerns.",
        ),
        fix=Text(
            fr="Saisissez le contrat, le début et la fin de la période.",
            en="Enter the contract, the start and the end of the period.",
        ),
        example=Text(
            fr="Bon : type 262, contrat C-7, du 1er janvier au 31 décembre.",
            en="Good: type 262, contract C-7, from 1 January to 31 December.",
        ),
    ),
    Entry(
        ubl="BR-FR-CO-04_BT-3",
        cii="BR-FR-CO-04_BT-4",
        where="preceding_invoices",
        term="BT-3",
        holds=_corrective_invoice_has_one_reference,
        statement=Text(
            fr="Une facture rectificative (384, 471, 472, 473) renvoie à une facture antérieure, et à une seule.",
            en="A corrective invoice (384, 471, 472, 473) refers to one preceding invoice, and to one only.",
        ),
        fix=Text(
            fr="Indiquez le numéro et la date de la facture rectifiée ; faites une rectificative par facture.",
            en="Give the number and the date of the invoice corrected; make one corrective invoice for each.",
        ),
        example=Text(
            fr="Bon : type 384, facture antérieure F2026-0001. Mauvais : type 384 sans renvoi.",
            en="Good: type 384, preceding invoice F2026-0001. Bad: type 384 without reference.",
        ),
    ),
    Entry(
        ubl="BR-FR-CO-08_BT-23",
        cii="BR-FR-CO-08_BT-23",
        where="business_process",
        term="BT-23",
        holds=_deposit_is_not_a_final_invoice,
        statement=Text(
            fr="Une facture d'acompte (386, 500, 503) n'a pas le cadre d'une facture de solde (B4, S4, M4).",
            en="A deposit invoice (386, 500, 503) has not the framework of a final invoice (B4, S4, M4).",
        ),
        fix=Text(
            fr="Employez B1, S1 ou M1 pour l'acompte, et le type 380 pour le solde.",
            en="Use B1, S1 or M1 for the deposit, and the type 380 for the final invoice.",
        ),
        example=Text(fr="Bon : 386 et S1. Mauvais : 386 et S4.", en="Good: 386 and S1. Bad: 386 and S4."),
    ),
)
