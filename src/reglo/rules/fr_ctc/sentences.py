"""The rules on a document as a whole, in words, and what they are called in each sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from reglo.core.findings import Text
from reglo.rules.fr_ctc import judgements, shapes
from reglo.rules.fr_ctc.judgements import Holds, Shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A rule under its names in both sheets; `holds` says whether a document is as it asks."""

    ubl: str
    cii: str
    where: str  #: the place in the model that a finding points to
    term: str
    holds: Holds
    statement: Text
    fix: Text
    example: Text
    shows: Shows = lambda _: None  #: the value that a finding repeats, where one stands there


def _note_entries() -> Iterator[Entry]:
    names = {
        "PMT": Text(fr="l'indemnité pour frais de recouvrement", en="the indemnity for recovery costs"),
        "PMD": Text(fr="les pénalités de retard", en="late-payment penalties"),
        "AAB": Text(fr="l'escompte, ou son absence", en="the early-payment discount, or that there is none"),
        "TXD": Text(fr="la taxe (option pour les débits, assujetti unique…)", en="the tax (VAT on debits, VAT group…)"),
    }
    for position, (subject, about) in enumerate(names.items(), 1):
        if subject != "TXD":
            yield Entry(
                ubl=f"BR-FR-05_BT-22-{position}",
                cii=f"BR-FR-05_BT-22_{subject}",
                where="notes",
                term="BT-22",
                holds=judgements.has_note(subject),
                statement=Text(fr=f"Une note {subject} dit {about.fr}.", en=f"A note {subject} states {about.en}."),
                fix=Text(
                    fr=f"Ajoutez une note dont l'objet est {subject} ; pour un particulier, elle dit que la mention "
                    "ne s'applique pas.",
                    en=f"Add a note with the subject {subject}; for a consumer it says that this does not apply.",
                ),
                example=Text(
                    fr=f"Bon : une note {subject} dans toute facture. En UBL : #{subject}#suivi du texte.",
                    en=f"Good: a note {subject} on every invoice. In UBL: #{subject}#followed by the text.",
                ),
            )
        yield Entry(
            ubl=f"BR-FR-06_BT-21-{position}",
            cii=f"BR-FR-06_BT-21_{subject}",
            where="notes",
            term="BT-21",
            holds=judgements.has_note_once(subject),
            statement=Text(
                fr=f"Une seule note au plus a l'objet {subject}, qui dit {about.fr}.",
                en=f"At most one note has the subject {subject}, which states {about.en}.",
            ),
            fix=Text(fr=f"Réunissez les notes {subject} en une seule.", en=f"Join the notes {subject} into one."),
            example=Text(fr=f"Mauvais : deux notes {subject}.", en=f"Bad: two notes {subject}."),
        )


_PARTY_ENTRIES: tuple[Entry, ...] = (
    Entry(
        ubl="BR-FR-10_BT-30",
        cii="BR-FR-10_BT-30",
        where="seller.legal_registration",
        term="BT-30",
        holds=judgements.seller_has_siren,
        shows=lambda facts: facts.seller.legal_number,
        statement=Text(
            fr="Le vendeur est désigné par son SIREN : neuf chiffres, schéma 0002.",
            en="The seller is named by its SIREN: nine digits, scheme 0002.",
        ),
        fix=Text(fr="Saisissez le SIREN du vendeur, sans espace.", en="Enter the SIREN of the seller, without spaces."),
        example=Text(
            fr="Bon : 732829320 (schéma 0002). Mauvais : 73282932000074 (c'est un SIRET).",
            en="Good: 732829320 (scheme 0002). Bad: 73282932000074 (that is a SIRET).",
        ),
    ),
    Entry(
        ubl="BR-FR-11_BT-47",
        cii="BR-FR-11_BT-47",
        where="buyer.legal_registration",
        term="BT-47",
        holds=judgements.buyer_has_siren,
        shows=lambda facts: facts.buyer.legal_number,
        statement=Text(
            fr="Quand la note BAR dit B2B, l'acheteur est désigné par son SIREN : neuf chiffres, schéma 0002.",
            en="Where the note BAR says B2B, the buyer is named by its SIREN: nine digits, scheme 0002.",
        ),
        fix=Text(
            fr="Saisissez le SIREN de l'acheteur ; s'il n'en a pas, la note BAR doit dire B2BINT ou B2C.",
            en="Enter the SIREN of the buyer; if it has none, the note BAR must say B2BINT or B2C.",
        ),
        example=Text(
            fr="Bon : note BAR « B2B » et SIREN 552100554. Mauvais : note BAR « B2B » sans SIREN.",
            en="Good: note BAR “B2B” and SIREN 552100554. Bad: note BAR “B2B” without SIREN.",
        ),
    ),
    Entry(
        ubl="BR-FR-12_BT-49",
        cii="BR-FR-12_BT-49",
        where="buyer.electronic_address",
        term="BT-49",
        holds=judgements.buyer_has_address,
        statement=Text(fr="L'acheteur a une adresse électronique.", en="The buyer has an electronic address."),
        fix=Text(
            fr="Saisissez l'adresse de l'acheteur dans l'annuaire (schéma 0225), ou à défaut son courriel (schéma EM).",
            en="Enter the buyer's address in the directory (scheme 0225), or failing that its e-mail (scheme EM).",
        ),
        example=Text(fr="Bon : 552100554, schéma 0225.", en="Good: 552100554, scheme 0225."),
    ),
    Entry(
        ubl="BR-FR-13_BT-34",
        cii="BR-FR-13_BT-34",
        where="seller.electronic_address",
        term="BT-34",
        holds=judgements.seller_has_address,
        statement=Text(fr="Le vendeur a une adresse électronique.", en="The seller has an electronic address."),
        fix=Text(
            fr="Saisissez l'adresse du vendeur dans l'annuaire (schéma 0225).",
            en="Enter the seller's address in the directory (scheme 0225).",
        ),
        example=Text(fr="Bon : 732829320, schéma 0225.", en="Good: 732829320, scheme 0225."),
    ),
    Entry(
        ubl="BR-FR-21_BT-49",
        cii="BR-FR-21_BT-49",
        where="buyer.electronic_address",
        term="BT-49",
        holds=judgements.buyer_is_addressed_by_siren,
        shows=lambda facts: facts.buyer.endpoint,
        statement=Text(
            fr="Quand la note BAR dit B2B, l'adresse de l'acheteur est de schéma 0225 et commence par son SIREN.",
            en="Where the note BAR says B2B, the buyer's address is of scheme 0225 and begins with its SIREN.",
        ),
        fix=Text(
            fr="Reprenez l'adresse de l'acheteur dans l'annuaire : SIREN, SIREN_SIRET ou SIREN_suffixe.",
            en="Take the buyer's address from the directory: SIREN, SIREN_SIRET or SIREN_suffix.",
        ),
        example=Text(
            fr="Bon : 552100554_compta, schéma 0225, SIREN 552100554. Mauvais : compta@exemple.fr, schéma EM.",
            en="Good: 552100554_compta, scheme 0225, SIREN 552100554. Bad: compta@exemple.fr, scheme EM.",
        ),
    ),
    Entry(
        ubl="BR-FR-22_BT-34",
        cii="BR-FR-22_BT-34",
        where="seller.electronic_address",
        term="BT-34",
        holds=judgements.seller_is_addressed_by_siren,
        shows=lambda facts: facts.seller.endpoint,
        statement=Text(
            fr="Pour une autofacture dont la note BAR dit B2B, l'adresse du vendeur est de schéma 0225 et commence par "
            "son SIREN.",
            en="For a self-billed invoice whose note BAR says B2B, the seller's address is of scheme 0225 and begins "
            "with its SIREN.",
        ),
        fix=Text(
            fr="Reprenez l'adresse du vendeur dans l'annuaire : SIREN, SIREN_SIRET ou SIREN_suffixe.",
            en="Take the seller's address from the directory: SIREN, SIREN_SIRET or SIREN_suffix.",
        ),
        example=Text(
            fr="Bon : type 389, adresse 732829320, SIREN 732829320. Mauvais : type 389, adresse de schéma EM.",
            en="Good: type 389, address 732829320, SIREN 732829320. Bad: type 389, address of scheme EM.",
        ),
    ),
    Entry(
        ubl="BR-FR-CO-14_BT-29-1",
        cii="BR-FR-CO-14_BT-29-1",
        where="notes",
        term="BT-29-1",
        holds=judgements.member_of_single_vat_group_says_so,
        statement=Text(
            fr="Le membre d'un assujetti unique (identifiant de schéma 0231) porte une note TXD "
            "« MEMBRE_ASSUJETTI_UNIQUE ».",
            en="A member of a VAT group (identifier of scheme 0231) has a note TXD “MEMBRE_ASSUJETTI_UNIQUE”.",
        ),
        fix=Text(
            fr="Ajoutez la note TXD, ou retirez l'identifiant de schéma 0231.",
            en="Add the note TXD, or remove the identifier of scheme 0231.",
        ),
        example=Text(
            fr="Mauvais : identifiant 0231 sans note TXD.",
            en="Bad: identifier 0231 without a note TXD.",
        ),
    ),
    Entry(
        ubl="BR-FR-CO-15_BT-29-1",
        cii="BR-FR-CO-15_BT-29-1",
        where="tax_representative",
        term="BT-29-1",
        holds=judgements.member_of_single_vat_group_names_it,
        statement=Text(
            fr="Le membre d'un assujetti unique (identifiant de schéma 0231) indique l'assujetti unique comme "
            "représentant fiscal, avec son numéro de TVA.",
            en="A member of a VAT group (identifier of scheme 0231) gives the group as its tax representative, with "
            "its VAT number.",
        ),
        fix=Text(
            fr="Saisissez l'assujetti unique et son numéro de TVA comme représentant fiscal.",
            en="Enter the VAT group and its VAT number as tax representative.",
        ),
        example=Text(
            fr="Mauvais : identifiant 0231 sans représentant fiscal.",
            en="Bad: identifier 0231 without tax representative.",
        ),
    ),
)

_NOTE_OF_TREATMENT = Text(
    fr="La note BAR dit comment traiter la facture : B2B, B2BINT, B2C, B2CINT, OUTOFSCOPE ou ARCHIVEONLY.",
    en="The note BAR says how to treat the invoice: B2B, B2BINT, B2C, B2CINT, OUTOFSCOPE or ARCHIVEONLY.",
)

_DOCUMENT_ENTRIES: tuple[Entry, ...] = (
    Entry(
        ubl="BR-FR-17_BT-123",
        cii="BR-FR-17_BT-123",
        where="supporting_documents",
        term="BT-123",
        holds=judgements.attachments_are_qualified,
        shows=lambda facts: ", ".join(facts.attachments),
        statement=Text(
            fr="La description d'une pièce jointe est l'une des qualifications admises : "
            f"{', '.join(sorted(shapes.ATTACHMENT_KINDS))}.",
            en="The description of an attached document is one of the qualifications admitted: "
            f"{', '.join(sorted(shapes.ATTACHMENT_KINDS))}.",
        ),
        fix=Text(
            fr="Employez la qualification qui convient, ou DOCUMENT_ANNEXE.",
            en="Use the qualification that fits, or DOCUMENT_ANNEXE.",
        ),
        example=Text(
            fr="Bon : BON_LIVRAISON. Mauvais : Bon de livraison.", en="Good: BON_LIVRAISON. Bad: Delivery note."
        ),
    ),
    Entry(
        ubl="BR-FR-18_BT-123",
        cii="BR-FR-18_BT-123",
        where="supporting_documents",
        term="BT-123",
        holds=judgements.one_attachment_is_the_invoice,
        statement=Text(
            fr="Une seule pièce jointe au plus est la version lisible de la facture (LISIBLE).",
            en="At most one attached document is the readable version of the invoice (LISIBLE).",
        ),
        fix=Text(
            fr="Gardez une seule pièce LISIBLE et qualifiez les autres DOCUMENT_ANNEXE.",
            en="Keep one document LISIBLE and qualify the others DOCUMENT_ANNEXE.",
        ),
        example=Text(fr="Mauvais : deux pièces LISIBLE.", en="Bad: two documents LISIBLE."),
    ),
    Entry(
        ubl="BR-FR-20_BT-21",
        cii="BR-FR-20_BT-21",
        where="notes",
        term="BT-21",
        holds=judgements.treatment_is_known,
        shows=lambda facts: ", ".join(facts.treatments),
        statement=_NOTE_OF_TREATMENT,
        fix=Text(
            fr="Écrivez B2B entre entreprises françaises, B2BINT avec l'étranger, B2C pour un particulier.",
            en="Write B2B between French companies, B2BINT with foreign ones, B2C for a consumer.",
        ),
        example=Text(fr="Bon : B2B. Mauvais : B2G.", en="Good: B2B. Bad: B2G."),
    ),
    Entry(
        ubl="BR-FR-30_BT-21",
        cii="BR-FR-31_BT-21",
        where="notes",
        term="BT-21",
        holds=judgements.treatment_is_single,
        statement=Text(
            fr="Une seule note au plus a l'objet BAR, qui dit comment traiter la facture.",
            en="At most one note has the subject BAR, which says how to treat the invoice.",
        ),
        fix=Text(fr="Gardez une seule note BAR.", en="Keep one note BAR."),
        example=Text(
            fr="Mauvais : une note BAR « B2B » et une autre « B2C ».", en="Bad: a note BAR “B2B” and another “B2C”."
        ),
    ),
    Entry(
        ubl="BR-FR-CO-03_BT-3",
        cii="BR-FR-CO-03_BT-3",
        where="type_code",
        term="BT-3",
        holds=judgements.annual_credit_has_contract_and_period,
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
        holds=judgements.corrective_invoice_has_one_reference,
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
        ubl="BR-FR-CO-07_BT-9",
        cii="BR-FR-CO-07_BT-9",
        where="due_date",
        term="BT-9",
        holds=judgements.due_date_is_not_before_issue,
        shows=lambda facts: ", ".join(facts.due_dates),
        statement=Text(
            fr="L'échéance n'est pas avant la date de la facture, sauf acompte (386, 500, 503) ou facture déjà payée "
            "(B2, S2, M2).",
            en="The due date is not before the invoice date, but for a deposit (386, 500, 503) or an invoice already "
            "paid (B2, S2, M2).",
        ),
        fix=Text(
            fr="Corrigez l'échéance, ou le cadre de facturation si la facture est déjà payée.",
            en="Correct the due date, or the billing framework if the invoice is already paid.",
        ),
        example=Text(
            fr="Bon : facture du 15 septembre, échéance le 15 octobre. Mauvais : échéance le 14 septembre.",
            en="Good: invoice of 15 September, due 15 October. Bad: due 14 September.",
        ),
    ),
    Entry(
        ubl="BR-FR-CO-08_BT-23",
        cii="BR-FR-CO-08_BT-23",
        where="business_process",
        term="BT-23",
        holds=judgements.deposit_is_not_a_final_invoice,
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
    Entry(
        ubl="BR-FR-CO-09_BT-23-1",
        cii="BR-FR-CO-09_BT-23-1",
        where="totals.paid",
        term="BT-113",
        holds=judgements.paid_invoice_is_paid_in_full,
        shows=lambda facts: facts.paid,
        statement=Text(
            fr="Une facture déjà payée (B2, S2, M2) porte comme montant payé son total TTC.",
            en="An invoice already paid (B2, S2, M2) has its total with VAT as the amount paid.",
        ),
        fix=Text(
            fr="Saisissez le montant payé, ou un autre cadre de facturation si tout n'est pas payé.",
            en="Enter the amount paid, or another billing framework if not all is paid.",
        ),
        example=Text(fr="Bon : S2, TTC 120.00, payé 120.00.", en="Good: S2, total 120.00, paid 120.00."),
    ),
    Entry(
        ubl="BR-FR-CO-09_BT-23-2",
        cii="BR-FR-CO-09_BT-23-2",
        where="totals.due",
        term="BT-115",
        holds=judgements.paid_invoice_has_nothing_due,
        shows=lambda facts: facts.due,
        statement=Text(
            fr="Une facture déjà payée (B2, S2, M2) n'a rien à payer : 0.00.",
            en="An invoice already paid (B2, S2, M2) has nothing due: 0.00.",
        ),
        fix=Text(fr="Saisissez le montant payé en entier.", en="Enter the full amount paid."),
        example=Text(
            fr="Bon : S2, net à payer 0.00. Mauvais : S2, net à payer 120.00.", en="Good: S2, due 0.00. Bad: 120.00."
        ),
    ),
    Entry(
        ubl="BR-FR-CO-09_BT-23-3",
        cii="BR-FR-CO-09_BT-23-3",
        where="due_date",
        term="BT-9",
        holds=judgements.paid_invoice_has_date_of_payment,
        statement=Text(
            fr="Une facture déjà payée (B2, S2, M2) porte comme échéance la date du paiement.",
            en="An invoice already paid (B2, S2, M2) has the day of payment as its due date.",
        ),
        fix=Text(fr="Saisissez la date du paiement comme échéance.", en="Enter the day of payment as due date."),
        example=Text(fr="Mauvais : S2 sans échéance.", en="Bad: S2 without due date."),
    ),
    Entry(
        ubl="BR-FR-CO-12_BT-5",
        cii="BR-FR-CO-12_BT-5",
        where="vat_currency",
        term="BT-5",
        holds=judgements.foreign_currency_has_vat_in_euro,
        shows=lambda facts: facts.vat_currency,
        statement=Text(
            fr="Une facture en devise donne aussi le total de la TVA en euros, devise de comptabilisation.",
            en="An invoice in a foreign currency gives the total VAT in euros too, its accounting currency.",
        ),
        fix=Text(
            fr="Indiquez EUR comme devise de comptabilisation de la TVA, et le total de la TVA en euros.",
            en="Give EUR as the VAT accounting currency, and the total VAT in euros.",
        ),
        example=Text(
            fr="Bon : devise USD, devise de TVA EUR, TVA 18.40 EUR. Mauvais : devise USD seule.",
            en="Good: currency USD, VAT currency EUR, VAT 18.40 EUR. Bad: currency USD alone.",
        ),
    ),
)

#: In the order of the sheets, but for the notes.
ENTRIES: tuple[Entry, ...] = (*_note_entries(), *_PARTY_ENTRIES, *_DOCUMENT_ENTRIES)
