"""The whole way of a founder and a customer, from the first click to an invoice that was opened, by visible labels.

The site, its worker and the mail server are real processes and sockets. REGLO_SHOTS names a folder for screenshots.
"""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from reglo.formats.detect import read_document
from reglo.rules.check import check_document
from tests.browser.conftest import PHONE, WIDE
from tests.browser.people import Person, link_in, received
from tests.browser.seed import LOGO
from tests.browser.server import running_command
from tests.delivery.mail_server import MailServer

pytestmark = pytest.mark.smtp
FOUNDER, CUSTOMER = "camille@atelier-duval.example", "helene@librairie.example"
PASSWORD = "violettes au jardin"  # of nobody


@pytest.fixture
def address(post: MailServer, tmp_path: Path) -> Iterator[str]:
    """A new site without anybody, with its worker."""
    with running_command("serve", tmp_path, REGLO_EMAIL=f"smtp://127.0.0.1:{post.port}") as url:
        yield url


@pytest.fixture
def founder(browser: Browser, address: str) -> Iterator[Person]:
    with browser.new_context(base_url=address, viewport=WIDE, locale="fr-FR", reduced_motion="reduce") as context:
        yield Person(context.new_page(), "founder")


@pytest.fixture
def customer(browser: Browser, address: str) -> Iterator[Person]:
    """Somebody else, with a telephone."""
    with browser.new_context(base_url=address, viewport=PHONE, locale="fr-FR", reduced_motion="reduce") as context:
        yield Person(context.new_page(), "customer")


def test_a_founder_gets_from_signing_up_to_an_invoice_that_was_opened(
    founder: Person, customer: Person, post: MailServer
) -> None:
    sign_up(founder, post)
    make_the_organisation(founder)
    make_the_customer(founder)
    propose_terms(founder)
    accept_the_terms(customer, received(post, CUSTOMER, "conditions de paiement"))
    write_a_quote(founder)
    sign_the_quote(customer, received(post, CUSTOMER, "devis D"))
    bill_the_deposit(founder)
    bill_the_rest(founder)
    message = received(post, CUSTOMER, "facture F")
    assert_it_carries_the_invoice(message)
    open_the_invoice(customer, message)
    see_that_it_was_opened(founder)


def sign_up(founder: Person, post: MailServer) -> None:
    founder.opens("/")
    founder.keeps_a_picture("start")
    founder.follows("Créer un compte")
    founder.page.get_by_label(re.compile("E-mail|Courriel")).fill(FOUNDER)
    founder.field("Mot de passe").fill(PASSWORD)
    founder.presses("Créer mon compte")
    founder.opens(link_in(received(post, FOUNDER, "Confirmez")))
    founder.presses("Confirmer")


def make_the_organisation(founder: Person) -> None:
    founder.fills(SIREN="732 829 320", Nom="Atelier Duval")
    founder.reads("Ce SIREN est valide")
    founder.presses("Créer l'organisation")
    founder.fills(Forme_juridique="SAS", Ville_du_registre="Lyon", SIRET="73282932000074")
    founder.field("Capital social (€)").fill("10 000")
    founder.fills(Adresse="3 quai Sud", Code_postal="69002", Ville="Lyon")
    founder.presses("Enregistrer")
    founder.follows("Logo et couleur")
    founder.field("Logo").set_input_files({"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": LOGO})
    founder.presses("Envoyer")
    founder.follows("Tableau de bord")
    founder.reads("8 sur 10")
    founder.keeps_a_picture("guide")
    founder.page.get_by_role("link", name="Ajouter un compte bancaire").click()
    founder.fills(Nom_du_compte="Compte courant", IBAN="FR76 3000 6000 0112 3456 7890 189")
    founder.presses("Ajouter")
    founder.reads("Le compte bancaire est ajouté.")


def make_the_customer(founder: Person) -> None:
    founder.follows("Tableau de bord")
    founder.follows("Ajouter un premier client")
    founder.fills(Nom="Librairie du Port", SIREN="552 100 554")
    founder.fills(Adresse="8 rue des Quais", Code_postal="13002", Ville="Marseille")
    founder.fills(Nom_du_contact="Hélène Faure")
    founder.field("E-mail").fill(CUSTOMER)
    founder.keeps_a_picture("customer")
    founder.presses("Créer le client")
    founder.reads("FR96552100554")


def propose_terms(founder: Person) -> None:
    founder.follows("Nouvel accord")
    founder.fills(En_toutes_lettres="30 % à la commande, solde à 30 jours fin de mois")
    founder.presses("Remplir le formulaire")
    founder.reads("La loi permet ces conditions.")
    founder.keeps_a_picture("terms")
    founder.presses("Enregistrer ces conditions")
    founder.follows("Envoyer au client")
    founder.presses("Envoyer")
    founder.reads("Le message part dans quelques secondes.")


def accept_the_terms(customer: Person, message: EmailMessage) -> None:
    customer.opens(link_in(message))
    customer.fills(Vos_prénom_et_nom="Hélène Faure")
    customer.field("J'ai lu ces conditions et je les accepte.").press("Space")
    customer.keeps_a_picture("terms")
    customer.presses("J'accepte ces conditions")
    customer.reads("Accepté par Hélène Faure.")


def write_a_quote(founder: Person) -> None:
    founder.follows("Clients")
    founder.follows("Librairie du Port")
    founder.presses("Nouveau devis")
    founder.reads("Comme convenu avec le client (version 1)")
    founder.fills(Objet="Vitrine de Noël")
    founder.page.get_by_role("combobox", name="Désignation 1").focus()
    for cells in (("Étude de la vitrine", "1", "", "400"), ("Pose sur place", "2", "", "300")):
        for cell in cells[:-1]:
            founder.page.keyboard.type(cell)
            founder.page.keyboard.press("Tab")
        founder.page.keyboard.type(cells[-1])
        founder.page.keyboard.press("Enter")
    founder.page.get_by_role("link", name="Dites si la facture porte").first.press("Enter")
    founder.page.keyboard.type("Services")
    founder.reads("Il ne manque rien")
    expect(founder.page.get_by_role("status").filter(has_text="Enregistré")).to_be_visible()
    founder.keeps_a_picture("quote")
    founder.page.get_by_role("button", name="Relire et envoyer").or_(
        founder.page.get_by_role("link", name="Relire et envoyer")
    ).press("Enter")
    founder.follows("Envoyer au client")
    founder.presses("Envoyer")
    founder.reads("D20")


def sign_the_quote(customer: Person, message: EmailMessage) -> None:
    customer.opens(link_in(message))
    customer.fills(Vos_prénom_et_nom="Hélène Faure")
    customer.page.get_by_role("checkbox", name="Bon pour accord").press("Space")
    customer.keeps_a_picture("quote")
    customer.presses("Signer le devis")
    customer.reads("Signé par Hélène Faure.")


def bill_the_deposit(founder: Person) -> None:
    founder.page.reload()
    founder.follows("Facturer")
    founder.page.get_by_role("radio", name="Une facture d'acompte").press("Space")
    founder.presses("Établir le brouillon")
    issue(founder, "deposit")
    founder.reads("Facture d'acompte")


def bill_the_rest(founder: Person) -> None:
    founder.page.get_by_role("link", name=re.compile(r"^D20\d\d-0001")).first.click()
    founder.follows("Facturer")
    founder.page.get_by_role("radio", name="La facture de solde").press("Space")
    founder.presses("Établir le brouillon")
    issue(founder, "invoice")
    founder.reads("840,00")
    founder.follows("Envoyer")
    founder.presses("Envoyer")
    founder.reads("Le message part dans quelques secondes.")


def issue(founder: Person, what: str) -> None:
    """Issue what is in the editor, after the question that says what will happen."""
    founder.reads("Il ne manque rien")
    founder.keeps_a_picture(what)
    founder.page.get_by_role("button", name="Émettre…").or_(founder.page.get_by_role("link", name="Émettre…")).press(
        "Enter"
    )
    founder.page.get_by_role("dialog").get_by_role("button", name="Émettre").press("Enter")
    founder.page.wait_for_url(re.compile(r"/invoices/\d+/$"))
    founder.keeps_a_picture(f"{what}-issued")


def assert_it_carries_the_invoice(message: EmailMessage) -> None:
    """Factur-X that the rules accept, with the deposit taken off."""
    [attachment] = message.iter_attachments()
    reading = read_document(attachment.get_content(), attachment.get_filename() or "")
    assert check_document(reading).accepted
    assert reading.invoice
    assert reading.invoice.totals
    totals = reading.invoice.totals
    assert (str(totals.gross), str(totals.paid), str(totals.due)) == ("1200.00", "360.00", "840.00")


def open_the_invoice(customer: Person, message: EmailMessage) -> None:
    with customer.page.expect_response(lambda answer: "/seen/" in answer.url):
        customer.opens(link_in(message))
    customer.reads("840,00")
    customer.reads("FR76 3000 6000 0112 3456 7890 189")
    customer.keeps_a_picture("invoice")


def see_that_it_was_opened(founder: Person) -> None:
    founder.page.reload()
    founder.reads("ouvert")
    founder.keeps_a_picture("opened")
    founder.follows("Tableau de bord")
    founder.reads("a ouvert la facture")
    founder.keeps_a_picture("dashboard")
