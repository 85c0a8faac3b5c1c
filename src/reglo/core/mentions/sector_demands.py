"""Mentions of some trades, and towards consumers."""

from reglo.core.findings import Text
from reglo.core.mentions import duties
from reglo.core.mentions.evidence import APPROVED_BODY, INSURANCE, MEDIATOR
from reglo.core.mentions.model import Demand, Duty, Facts


def _has_gross_total(facts: Facts) -> bool:
    return facts.invoice.totals is not None and facts.invoice.totals.gross is not None


SECTOR_DEMANDS: tuple[Demand, ...] = (
    Demand(
        identifier="insurance",
        title=Text(fr="Assurance décennale", en="Ten-year insurance"),
        statement=Text(
            fr="Un artisan du bâtiment nomme son assurance décennale, l'assureur et le territoire couvert.",
            en="A building craft names its ten-year insurance, the insurer and the territory covered.",
        ),
        mend=Text(
            fr="Ajoutez une note : assurance, assureur et ses coordonnées, couverture géographique.",
            en="Add a note: insurance, insurer and how to reach it, territory covered.",
        ),
        article="loi 2014-626 art. 22, C. assur. L243-2",
        term="BT-22",
        where="notes",
        duty=lambda facts: Duty.REQUIRED if facts.situation.building_craft else Duty.CONDITIONAL,
        present=lambda facts: facts.evidence.says(INSURANCE),
        wording=Text(
            fr="Assurance décennale : [assureur, coordonnées] ; couverture géographique : France métropolitaine.",
            en="Assurance décennale : [insurer, address] ; couverture géographique : France métropolitaine.",
        ),
    ),
    Demand(
        identifier="approved-body",
        title=Text(fr="Membre d'un organisme agréé", en="Member of an approved body"),
        statement=Text(
            fr="Un adhérent d'organisme agréé écrit qu'il accepte les chèques et les cartes bancaires.",
            en="A member of an approved body says that it accepts cheques and cards.",
        ),
        mend=Text(fr="Ajoutez-le en note.", en="Add it as a note."),
        article="CGI ann. II art. 371 LB",
        term="BT-22",
        where="notes",
        duty=lambda facts: Duty.REQUIRED if facts.situation.approved_body_member else Duty.CONDITIONAL,
        present=lambda facts: facts.evidence.says(APPROVED_BODY),
        wording=Text(
            fr="Membre d'un organisme de gestion agréé, acceptant à ce titre les règlements par chèque et par carte.",
            en="Member of an approved management body; accepts payment by cheque and by card.",
        ),
    ),
    Demand(
        identifier="consumer-total",
        title=Text(fr="Total toutes taxes comprises", en="Total with tax"),
        statement=Text(
            fr="La note remise à un consommateur porte la somme totale TTC.",
            en="The bill given to a consumer has the total with tax.",
        ),
        mend=Text(fr="Indiquez le total TTC (BT-112).", en="Give the total with tax (BT-112)."),
        article="arrêté n° 83-50/A du 3 octobre 1983",
        term="BT-112",
        where="totals.gross",
        duty=duties.consumers,
        present=_has_gross_total,
        standard="BR-14",
    ),
    Demand(
        identifier="mediator",
        optional=True,
        title=Text(fr="Médiateur de la consommation", en="Consumer mediator"),
        statement=Text(
            fr="Les conditions de vente, le site ou, à défaut, la facture nomment le médiateur de la consommation.",
            en="The conditions of sale, the site or, failing them, the invoice name the consumer mediator.",
        ),
        mend=Text(
            fr="Nommez le médiateur et son site dans vos conditions ou en note.",
            en="Name the mediator and its site in your conditions or in a note.",
        ),
        article="C. conso L616-1, R616-1",
        term="BT-22",
        where="notes",
        duty=lambda facts: Duty.CONDITIONAL if duties.consumers(facts) else None,
        present=lambda facts: facts.evidence.says(MEDIATOR),
    ),
)
