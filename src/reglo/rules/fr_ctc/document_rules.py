"""The rules on a document as a whole: its notes, parties, references and totals among each other.

Each rule has a function that says whether the facts are as they must be. The sheets call most of them alike; where
they do not, or only one of them has the rule, the table at the end says so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reglo.core.findings import Finding, Text
from reglo.formats.reading import Syntax
from reglo.rules.fr_ctc import shapes
from reglo.rules.fr_ctc.facts import Facts, PartyFacts
from reglo.rules.fr_ctc.wording import rule_of
from reglo.rules.rule import Rule

_PAID_FRAMEWORKS = ("B2", "S2", "M2")
_FINAL_FRAMEWORKS = ("B4", "S4", "M4")
_DEPOSIT_TYPES = ("386", "500", "503")
_CORRECTIVE_TYPES = ("384", "471", "472", "473")
_SINGLE_VAT_MEMBER = "MEMBRE_ASSUJETTI_UNIQUE"
_SINGLE_VAT_SCHEME = "0231"

Holds = Callable[[Facts], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRule:
    """A rule and the function that judges it. `where` is the place in the model that a finding points to."""

    rule: Rule
    where: str
    holds: Holds


def _has_note(subject: str) -> Holds:
    return lambda facts: facts.count_of(subject) > 0 or not facts.has_place_for_notes


def _has_note_once(subject: str) -> Holds:
    return lambda facts: facts.count_of(subject) <= 1


def seller_has_siren(facts: Facts) -> bool:
    """BR-FR-10. The UBL sheet judges each legal entity of the seller, so none is no breach there."""
    if facts.is_ubl:
        return all(number and number[0] == "0002" and shapes.is_siren(number[1]) for number in _legal(facts.seller))
    return shapes.is_siren(facts.seller.siren)


def _legal(party: PartyFacts) -> tuple[tuple[str | None, str] | None, ...]:
    return party.legal_numbers


def buyer_has_siren(facts: Facts) -> bool:
    """BR-FR-11."""
    if "B2B" not in facts.treatments:
        return True
    siren = facts.buyer.siren
    return shapes.is_siren(siren) and (facts.is_ubl or siren == (siren or "").strip())


def _has_address(party: PartyFacts, facts: Facts) -> bool:
    endpoint = party.endpoint or ""
    return shapes.is_filled(endpoint) if facts.is_ubl else endpoint != ""


def buyer_has_address(facts: Facts) -> bool:
    """BR-FR-12."""
    return _has_address(facts.buyer, facts)


def seller_has_address(facts: Facts) -> bool:
    """BR-FR-13."""
    return _has_address(facts.seller, facts)


def attachments_are_qualified(facts: Facts) -> bool:
    """BR-FR-17."""
    if facts.is_ubl:
        return all(name in shapes.ATTACHMENT_KINDS for name in facts.attachments)
    return all(name.strip() in shapes.ATTACHMENT_KINDS for name in facts.attachments if name.strip())


def one_attachment_is_the_invoice(facts: Facts) -> bool:
    """BR-FR-18."""
    return facts.attachments.count("LISIBLE") <= 1


def treatment_is_known(facts: Facts) -> bool:
    """BR-FR-20."""
    return all(treatment in shapes.TREATMENTS for treatment in facts.treatments)


def _is_addressed_by_siren(party: PartyFacts, facts: Facts) -> bool:
    siren = party.siren if facts.is_ubl else party.legal_number
    return party.endpoint_scheme == "0225" and (party.endpoint or "").startswith(siren or "")


def buyer_is_addressed_by_siren(facts: Facts) -> bool:
    """BR-FR-21: the buyer receives the invoice, unless it is the one who made it."""
    concerned = "B2B" in facts.treatments and facts.type_code not in shapes.SELF_BILLED_TYPES
    return not concerned or _is_addressed_by_siren(facts.buyer, facts)


def seller_is_addressed_by_siren(facts: Facts) -> bool:
    """BR-FR-22: the seller receives a self-billed invoice."""
    concerned = "B2B" in facts.treatments and facts.type_code in shapes.SELF_BILLED_TYPES
    return not concerned or _is_addressed_by_siren(facts.seller, facts)


def treatment_is_single(facts: Facts) -> bool:
    """BR-FR-31, which the UBL sheet calls BR-FR-30."""
    if facts.is_ubl:
        return sum(facts.bar_notes.count(f"BAR#{treatment}#") for treatment in shapes.TREATMENTS) <= 1
    return sum(1 for text in facts.texts_of("BAR") if text.strip() in shapes.TREATMENTS) <= 1


def annual_credit_has_contract_and_period(facts: Facts) -> bool:
    """BR-FR-CO-03. The UBL sheet knows credit notes only as such."""
    if facts.type_code != "262" or facts.syntax is Syntax.UBL_INVOICE:
        return True
    return bool(facts.contract and facts.period_start and facts.period_end)


def corrective_invoice_has_one_reference(facts: Facts) -> bool:
    """BR-FR-CO-04. The UBL sheet knows corrective invoices only as such."""
    concerned = facts.type_code in _CORRECTIVE_TYPES and facts.syntax is not Syntax.UBL_CREDIT_NOTE
    return not concerned or facts.references == 1


def due_date_is_not_before_issue(facts: Facts) -> bool:
    """BR-FR-CO-07. Dates of one format are in order as texts are. In CII, no issue date is no order."""
    if facts.type_code in _DEPOSIT_TYPES or facts.framework in _PAID_FRAMEWORKS:
        return True
    if facts.is_ubl:
        return facts.issue_date is None or all(day >= facts.issue_date for day in facts.due_dates)
    if not any(shapes.is_filled(day) for day in facts.due_dates):
        return True
    return facts.issue_date is not None and all(day >= facts.issue_date for day in facts.due_dates)


def deposit_is_not_a_final_invoice(facts: Facts) -> bool:
    """BR-FR-CO-08."""
    return not (facts.framework in _FINAL_FRAMEWORKS and facts.type_code in _DEPOSIT_TYPES)


def paid_invoice_is_paid_in_full(facts: Facts) -> bool:
    """BR-FR-CO-09, on BT-113."""
    if facts.framework not in _PAID_FRAMEWORKS:
        return True
    paid, gross = shapes.number_of(facts.paid), shapes.number_of(facts.gross)
    return paid is not None and paid == gross


def paid_invoice_has_nothing_due(facts: Facts) -> bool:
    """BR-FR-CO-09, on BT-115."""
    return facts.framework not in _PAID_FRAMEWORKS or shapes.number_of(facts.due) == 0


def paid_invoice_has_date_of_payment(facts: Facts) -> bool:
    """BR-FR-CO-09, on BT-9."""
    if facts.framework not in _PAID_FRAMEWORKS:
        return True
    return any(day != "" if facts.is_ubl else shapes.is_filled(day) for day in facts.due_dates)


def foreign_currency_has_vat_in_euro(facts: Facts) -> bool:
    """BR-FR-CO-12."""
    if facts.currency in (None, "EUR"):
        return True
    return facts.vat_currency == "EUR" and bool(facts.vat_in_euro)


def member_of_single_vat_group_says_so(facts: Facts) -> bool:
    """BR-FR-CO-14."""
    if facts.seller.identified_by(_SINGLE_VAT_SCHEME) is None:
        return True
    return _SINGLE_VAT_MEMBER in facts.texts_of("TXD")


def member_of_single_vat_group_names_it(facts: Facts) -> bool:
    """BR-FR-CO-15."""
    return facts.seller.identified_by(_SINGLE_VAT_SCHEME) is None or bool(facts.tax_representative_vat)


# Each entry: identifier in the UBL sheet, identifier in the CII sheet, place, term, function, and what the rule says.
_Entry = tuple[str | None, str | None, str, str, Holds, Text, Text, Text]


def _note_entries() -> Iterator[_Entry]:
    names = {
        "PMT": Text(fr="l'indemnité pour frais de recouvrement", en="the indemnity for recovery costs"),
        "PMD": Text(fr="les pénalités de retard", en="late-payment penalties"),
        "AAB": Text(fr="l'escompte, ou son absence", en="the early-payment discount, or that there is none"),
        "TXD": Text(fr="la taxe (option pour les débits, assujetti unique…)", en="the tax (VAT on debits, VAT group…)"),
    }
    for position, (subject, about) in enumerate(names.items(), 1):
        if subject != "TXD":
            yield (
                f"BR-FR-05_BT-22-{position}",
                f"BR-FR-05_BT-22_{subject}",
                "notes",
                "BT-22",
                _has_note(subject),
                Text(fr=f"Une note {subject} dit {about.fr}.", en=f"A note {subject} states {about.en}."),
                Text(
                    fr=f"Ajoutez une note dont l'objet est {subject} ; pour un particulier, elle dit que la mention "
                    "ne s'applique pas.",
                    en=f"Add a note with the subject {subject}; for a consumer it says that this does not apply.",
                ),
                Text(
                    fr=f"Bon : une note {subject} dans toute facture. En UBL : #{subject}#suivi du texte.",
                    en=f"Good: a note {subject} on every invoice. In UBL: #{subject}#followed by the text.",
                ),
            )
        yield (
            f"BR-FR-06_BT-21-{position}",
            f"BR-FR-06_BT-21_{subject}",
            "notes",
            "BT-21",
            _has_note_once(subject),
            Text(
                fr=f"Une seule note au plus a l'objet {subject}, qui dit {about.fr}.",
                en=f"At most one note has the subject {subject}, which states {about.en}.",
            ),
            Text(fr=f"Réunissez les notes {subject} en une seule.", en=f"Join the notes {subject} into one."),
            Text(fr=f"Mauvais : deux notes {subject}.", en=f"Bad: two notes {subject}."),
        )


_PARTY_ENTRIES: tuple[_Entry, ...] = (
    (
        "BR-FR-10_BT-30",
        "BR-FR-10_BT-30",
        "seller.legal_registration",
        "BT-30",
        seller_has_siren,
        Text(
            fr="Le vendeur est désigné par son SIREN : neuf chiffres, schéma 0002.",
            en="The seller is named by its SIREN: nine digits, scheme 0002.",
        ),
        Text(fr="Saisissez le SIREN du vendeur, sans espace.", en="Enter the SIREN of the seller, without spaces."),
        Text(
            fr="Bon : 732829320 (schéma 0002). Mauvais : 73282932000074 (c'est un SIRET).",
            en="Good: 732829320 (scheme 0002). Bad: 73282932000074 (that is a SIRET).",
        ),
    ),
    (
        "BR-FR-11_BT-47",
        "BR-FR-11_BT-47",
        "buyer.legal_registration",
        "BT-47",
        buyer_has_siren,
        Text(
            fr="Quand la note BAR dit B2B, l'acheteur est désigné par son SIREN : neuf chiffres, schéma 0002.",
            en="Where the note BAR says B2B, the buyer is named by its SIREN: nine digits, scheme 0002.",
        ),
        Text(
            fr="Saisissez le SIREN de l'acheteur ; s'il n'en a pas, la note BAR doit dire B2BINT ou B2C.",
            en="Enter the SIREN of the buyer; if it has none, the note BAR must say B2BINT or B2C.",
        ),
        Text(
            fr="Bon : note BAR « B2B » et SIREN 552100554. Mauvais : note BAR « B2B » sans SIREN.",
            en="Good: note BAR “B2B” and SIREN 552100554. Bad: note BAR “B2B” without SIREN.",
        ),
    ),
    (
        "BR-FR-12_BT-49",
        "BR-FR-12_BT-49",
        "buyer.electronic_address",
        "BT-49",
        buyer_has_address,
        Text(fr="L'acheteur a une adresse électronique.", en="The buyer has an electronic address."),
        Text(
            fr="Saisissez l'adresse de l'acheteur dans l'annuaire (schéma 0225), ou à défaut son courriel (schéma EM).",
            en="Enter the buyer's address in the directory (scheme 0225), or failing that its e-mail (scheme EM).",
        ),
        Text(fr="Bon : 552100554, schéma 0225.", en="Good: 552100554, scheme 0225."),
    ),
    (
        "BR-FR-13_BT-34",
        "BR-FR-13_BT-34",
        "seller.electronic_address",
        "BT-34",
        seller_has_address,
        Text(fr="Le vendeur a une adresse électronique.", en="The seller has an electronic address."),
        Text(
            fr="Saisissez l'adresse du vendeur dans l'annuaire (schéma 0225).",
            en="Enter the seller's address in the directory (scheme 0225).",
        ),
        Text(fr="Bon : 732829320, schéma 0225.", en="Good: 732829320, scheme 0225."),
    ),
    (
        "BR-FR-21_BT-49",
        "BR-FR-21_BT-49",
        "buyer.electronic_address",
        "BT-49",
        buyer_is_addressed_by_siren,
        Text(
            fr="Quand la note BAR dit B2B, l'adresse de l'acheteur est de schéma 0225 et commence par son SIREN.",
            en="Where the note BAR says B2B, the buyer's address is of scheme 0225 and begins with its SIREN.",
        ),
        Text(
            fr="Reprenez l'adresse de l'acheteur dans l'annuaire : SIREN, SIREN_SIRET ou SIREN_suffixe.",
            en="Take the buyer's address from the directory: SIREN, SIREN_SIRET or SIREN_suffix.",
        ),
        Text(
            fr="Bon : 552100554_compta, schéma 0225, SIREN 552100554. Mauvais : compta@exemple.fr, schéma EM.",
            en="Good: 552100554_compta, scheme 0225, SIREN 552100554. Bad: compta@exemple.fr, scheme EM.",
        ),
    ),
    (
        "BR-FR-22_BT-34",
        "BR-FR-22_BT-34",
        "seller.electronic_address",
        "BT-34",
        seller_is_addressed_by_siren,
        Text(
            fr="Pour une autofacture dont la note BAR dit B2B, l'adresse du vendeur est de schéma 0225 et commence par "
            "son SIREN.",
            en="For a self-billed invoice whose note BAR says B2B, the seller's address is of scheme 0225 and begins "
            "with its SIREN.",
        ),
        Text(
            fr="Reprenez l'adresse du vendeur dans l'annuaire : SIREN, SIREN_SIRET ou SIREN_suffixe.",
            en="Take the seller's address from the directory: SIREN, SIREN_SIRET or SIREN_suffix.",
        ),
        Text(
            fr="Bon : type 389, adresse 732829320, SIREN 732829320. Mauvais : type 389, adresse de schéma EM.",
            en="Good: type 389, address 732829320, SIREN 732829320. Bad: type 389, address of scheme EM.",
        ),
    ),
    (
        "BR-FR-CO-14_BT-29-1",
        "BR-FR-CO-14_BT-29-1",
        "notes",
        "BT-29-1",
        member_of_single_vat_group_says_so,
        Text(
            fr="Le membre d'un assujetti unique (identifiant de schéma 0231) porte une note TXD "
            "« MEMBRE_ASSUJETTI_UNIQUE ».",
            en="A member of a VAT group (identifier of scheme 0231) has a note TXD “MEMBRE_ASSUJETTI_UNIQUE”.",
        ),
        Text(
            fr="Ajoutez la note TXD, ou retirez l'identifiant de schéma 0231.",
            en="Add the note TXD, or remove the identifier of scheme 0231.",
        ),
        Text(
            fr="Mauvais : identifiant 0231 sans note TXD.",
            en="Bad: identifier 0231 without a note TXD.",
        ),
    ),
    (
        "BR-FR-CO-15_BT-29-1",
        "BR-FR-CO-15_BT-29-1",
        "tax_representative",
        "BT-29-1",
        member_of_single_vat_group_names_it,
        Text(
            fr="Le membre d'un assujetti unique (identifiant de schéma 0231) indique l'assujetti unique comme "
            "représentant fiscal, avec son numéro de TVA.",
            en="A member of a VAT group (identifier of scheme 0231) gives the group as its tax representative, with "
            "its VAT number.",
        ),
        Text(
            fr="Saisissez l'assujetti unique et son numéro de TVA comme représentant fiscal.",
            en="Enter the VAT group and its VAT number as tax representative.",
        ),
        Text(
            fr="Mauvais : identifiant 0231 sans représentant fiscal.",
            en="Bad: identifier 0231 without tax representative.",
        ),
    ),
)

_NOTE_OF_TREATMENT = Text(
    fr="La note BAR dit comment traiter la facture : B2B, B2BINT, B2C, B2CINT, OUTOFSCOPE ou ARCHIVEONLY.",
    en="The note BAR says how to treat the invoice: B2B, B2BINT, B2C, B2CINT, OUTOFSCOPE or ARCHIVEONLY.",
)

_DOCUMENT_ENTRIES: tuple[_Entry, ...] = (
    (
        "BR-FR-17_BT-123",
        "BR-FR-17_BT-123",
        "supporting_documents",
        "BT-123",
        attachments_are_qualified,
        Text(
            fr="La description d'une pièce jointe est l'une des qualifications admises : "
            f"{', '.join(sorted(shapes.ATTACHMENT_KINDS))}.",
            en="The description of an attached document is one of the qualifications admitted: "
            f"{', '.join(sorted(shapes.ATTACHMENT_KINDS))}.",
        ),
        Text(
            fr="Employez la qualification qui convient, ou DOCUMENT_ANNEXE.",
            en="Use the qualification that fits, or DOCUMENT_ANNEXE.",
        ),
        Text(fr="Bon : BON_LIVRAISON. Mauvais : Bon de livraison.", en="Good: BON_LIVRAISON. Bad: Delivery note."),
    ),
    (
        "BR-FR-18_BT-123",
        "BR-FR-18_BT-123",
        "supporting_documents",
        "BT-123",
        one_attachment_is_the_invoice,
        Text(
            fr="Une seule pièce jointe au plus est la version lisible de la facture (LISIBLE).",
            en="At most one attached document is the readable version of the invoice (LISIBLE).",
        ),
        Text(
            fr="Gardez une seule pièce LISIBLE et qualifiez les autres DOCUMENT_ANNEXE.",
            en="Keep one document LISIBLE and qualify the others DOCUMENT_ANNEXE.",
        ),
        Text(fr="Mauvais : deux pièces LISIBLE.", en="Bad: two documents LISIBLE."),
    ),
    (
        "BR-FR-20_BT-21",
        "BR-FR-20_BT-21",
        "notes",
        "BT-21",
        treatment_is_known,
        _NOTE_OF_TREATMENT,
        Text(
            fr="Écrivez B2B entre entreprises françaises, B2BINT avec l'étranger, B2C pour un particulier.",
            en="Write B2B between French companies, B2BINT with foreign ones, B2C for a consumer.",
        ),
        Text(fr="Bon : B2B. Mauvais : B2G.", en="Good: B2B. Bad: B2G."),
    ),
    (
        "BR-FR-30_BT-21",
        "BR-FR-31_BT-21",
        "notes",
        "BT-21",
        treatment_is_single,
        Text(
            fr="Une seule note au plus a l'objet BAR, qui dit comment traiter la facture.",
            en="At most one note has the subject BAR, which says how to treat the invoice.",
        ),
        Text(fr="Gardez une seule note BAR.", en="Keep one note BAR."),
        Text(fr="Mauvais : une note BAR « B2B » et une autre « B2C ».", en="Bad: a note BAR “B2B” and another “B2C”."),
    ),
    (
        "BR-FR-CO-03_BT-3",
        "BR-FR-CO-03_BT-3",
        "type_code",
        "BT-3",
        annual_credit_has_contract_and_period,
        Text(
            fr="Un avoir de remise globale (type 262) indique le contrat et la période qu'il concerne.",
            en="A credit note for a general rebate (type 262) gives the contract and the period that it concerns.",
        ),
        Text(
            fr="Saisissez le contrat, le début et la fin de la période.",
            en="Enter the contract, the start and the end of the period.",
        ),
        Text(
            fr="Bon : type 262, contrat C-7, du 1er janvier au 31 décembre.",
            en="Good: type 262, contract C-7, from 1 January to 31 December.",
        ),
    ),
    (
        "BR-FR-CO-04_BT-3",
        "BR-FR-CO-04_BT-4",
        "preceding_invoices",
        "BT-3",
        corrective_invoice_has_one_reference,
        Text(
            fr="Une facture rectificative (384, 471, 472, 473) renvoie à une facture antérieure, et à une seule.",
            en="A corrective invoice (384, 471, 472, 473) refers to one preceding invoice, and to one only.",
        ),
        Text(
            fr="Indiquez le numéro et la date de la facture rectifiée ; faites une rectificative par facture.",
            en="Give the number and the date of the invoice corrected; make one corrective invoice for each.",
        ),
        Text(
            fr="Bon : type 384, facture antérieure F2026-0001. Mauvais : type 384 sans renvoi.",
            en="Good: type 384, preceding invoice F2026-0001. Bad: type 384 without reference.",
        ),
    ),
    (
        "BR-FR-CO-07_BT-9",
        "BR-FR-CO-07_BT-9",
        "due_date",
        "BT-9",
        due_date_is_not_before_issue,
        Text(
            fr="L'échéance n'est pas avant la date de la facture, sauf acompte (386, 500, 503) ou facture déjà payée "
            "(B2, S2, M2).",
            en="The due date is not before the invoice date, but for a deposit (386, 500, 503) or an invoice already "
            "paid (B2, S2, M2).",
        ),
        Text(
            fr="Corrigez l'échéance, ou le cadre de facturation si la facture est déjà payée.",
            en="Correct the due date, or the billing framework if the invoice is already paid.",
        ),
        Text(
            fr="Bon : facture du 15 septembre, échéance le 15 octobre. Mauvais : échéance le 14 septembre.",
            en="Good: invoice of 15 September, due 15 October. Bad: due 14 September.",
        ),
    ),
    (
        "BR-FR-CO-08_BT-23",
        "BR-FR-CO-08_BT-23",
        "business_process",
        "BT-23",
        deposit_is_not_a_final_invoice,
        Text(
            fr="Une facture d'acompte (386, 500, 503) n'a pas le cadre d'une facture de solde (B4, S4, M4).",
            en="A deposit invoice (386, 500, 503) has not the framework of a final invoice (B4, S4, M4).",
        ),
        Text(
            fr="Employez B1, S1 ou M1 pour l'acompte, et le type 380 pour le solde.",
            en="Use B1, S1 or M1 for the deposit, and the type 380 for the final invoice.",
        ),
        Text(fr="Bon : 386 et S1. Mauvais : 386 et S4.", en="Good: 386 and S1. Bad: 386 and S4."),
    ),
    (
        "BR-FR-CO-09_BT-23-1",
        "BR-FR-CO-09_BT-23-1",
        "totals.paid",
        "BT-113",
        paid_invoice_is_paid_in_full,
        Text(
            fr="Une facture déjà payée (B2, S2, M2) porte comme montant payé son total TTC.",
            en="An invoice already paid (B2, S2, M2) has its total with VAT as the amount paid.",
        ),
        Text(
            fr="Saisissez le montant payé, ou un autre cadre de facturation si tout n'est pas payé.",
            en="Enter the amount paid, or another billing framework if not all is paid.",
        ),
        Text(fr="Bon : S2, TTC 120.00, payé 120.00.", en="Good: S2, total 120.00, paid 120.00."),
    ),
    (
        "BR-FR-CO-09_BT-23-2",
        "BR-FR-CO-09_BT-23-2",
        "totals.due",
        "BT-115",
        paid_invoice_has_nothing_due,
        Text(
            fr="Une facture déjà payée (B2, S2, M2) n'a rien à payer : 0.00.",
            en="An invoice already paid (B2, S2, M2) has nothing due: 0.00.",
        ),
        Text(fr="Saisissez le montant payé en entier.", en="Enter the full amount paid."),
        Text(fr="Bon : S2, net à payer 0.00. Mauvais : S2, net à payer 120.00.", en="Good: S2, due 0.00. Bad: 120.00."),
    ),
    (
        "BR-FR-CO-09_BT-23-3",
        "BR-FR-CO-09_BT-23-3",
        "due_date",
        "BT-9",
        paid_invoice_has_date_of_payment,
        Text(
            fr="Une facture déjà payée (B2, S2, M2) porte comme échéance la date du paiement.",
            en="An invoice already paid (B2, S2, M2) has the day of payment as its due date.",
        ),
        Text(fr="Saisissez la date du paiement comme échéance.", en="Enter the day of payment as due date."),
        Text(fr="Mauvais : S2 sans échéance.", en="Bad: S2 without due date."),
    ),
    (
        "BR-FR-CO-12_BT-5",
        "BR-FR-CO-12_BT-5",
        "vat_currency",
        "BT-5",
        foreign_currency_has_vat_in_euro,
        Text(
            fr="Une facture en devise donne aussi le total de la TVA en euros, devise de comptabilisation.",
            en="An invoice in a foreign currency gives the total VAT in euros too, its accounting currency.",
        ),
        Text(
            fr="Indiquez EUR comme devise de comptabilisation de la TVA, et le total de la TVA en euros.",
            en="Give EUR as the VAT accounting currency, and the total VAT in euros.",
        ),
        Text(
            fr="Bon : devise USD, devise de TVA EUR, TVA 18.40 EUR. Mauvais : devise USD seule.",
            en="Good: currency USD, VAT currency EUR, VAT 18.40 EUR. Bad: currency USD alone.",
        ),
    ),
)


def _tables() -> tuple[tuple[DocumentRule, ...], tuple[DocumentRule, ...]]:
    ubl: list[DocumentRule] = []
    cii: list[DocumentRule] = []
    for in_ubl, in_cii, where, term, holds, statement, fix, example in (
        *_note_entries(),
        *_PARTY_ENTRIES,
        *_DOCUMENT_ENTRIES,
    ):
        for identifier, table in ((in_ubl, ubl), (in_cii, cii)):
            if identifier is not None:
                rule = rule_of(identifier, term=term, statement=statement, fix=fix, example=example)
                table.append(DocumentRule(rule=rule, where=where, holds=holds))
    return tuple(ubl), tuple(cii)


UBL_RULES, CII_RULES = _tables()


def check_facts(facts: Facts) -> Iterator[Finding]:
    """A finding for each rule on the whole document that is broken."""
    for each in UBL_RULES if facts.is_ubl else CII_RULES:
        if not each.holds(facts):
            yield each.rule.finding(each.where)
