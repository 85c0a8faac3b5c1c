"""What an agreement says, word for word: parties, terms, an example, conditions of sale."""

from datetime import date

from reglo.core.findings import Text
from reglo.core.terms import agreement as agreement_wording
from reglo.formats.pdf.figures import day
from reglo.terms.models import TermsAgreement
from reglo.terms.queries import terms_of


def agreement_text(agreement: TermsAgreement, *, on: date) -> Text:
    """The text that the customer accepts, in both languages; what comes first in a quarrel is the French one."""
    wording = agreement_wording(terms_of(agreement))
    seller, buyer = agreement.organisation.name, agreement.customer.name
    french = [
        f"Accord de règlement, version {agreement.version}, proposé le {day(on, 'fr')}",
        f"Entre {seller} (le vendeur) et {buyer} (l'acheteur), pour les devis et les factures à venir.",
        wording.fr,
        *_conditions(agreement).fr.splitlines(),
        "Cet accord vaut jusqu'à l'acceptation d'une version suivante.",
    ]
    english = [
        f"Payment terms agreement, version {agreement.version}, proposed on {day(on, 'en')}",
        f"Between {seller} (the seller) and {buyer} (the buyer), for quotes and invoices to come.",
        wording.en,
        *_conditions(agreement).en.splitlines(),
        "This agreement holds until a later version is accepted. The French text prevails.",
    ]
    return Text(fr="\n\n".join(french), en="\n\n".join(english))


def _conditions(agreement: TermsAgreement) -> Text:
    conditions = agreement.conditions
    if conditions is None:
        return Text(fr="", en="")
    return Text(
        fr=f"Les conditions générales de vente « {conditions.title} », version {conditions.version}, en font partie.",
        en=f'The general conditions of sale "{conditions.title}", version {conditions.version}, are part of it.',
    )
