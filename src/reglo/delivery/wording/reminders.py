"""Reminders (*rappels*, *relances*), what follows a broken word, and thanks.

The softer the tone, the fewer the words. Nothing is threatened that is not meant, nothing is said to be owed that is
not claimed: interest and the indemnity *may* be added, and consumers do not read of them (`{penalties}` is empty for
them, and its line left out). Each text leaves a way to pay, a way to answer and a way out.
"""

from collections.abc import Mapping

from reglo.core.findings import Text
from reglo.delivery.models import MessageKind
from reglo.delivery.wording.model import Wording

_VIEW = Text(fr="Voir et répondre", en="View and answer")
_PAY = Text(fr="Voir le détail et payer", en="See the details and pay")

REMINDER_WORDINGS: Mapping[MessageKind, Wording] = {
    MessageKind.GENTLE: Wording(
        subject=Text(
            fr="Échéance à venir : {documents} – {organisation}", en="Coming up: {documents} – {organisation}"
        ),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Tout est en ordre : ce message vous évite seulement d'y penser. Voici ce qui arrive à échéance.\n\n"
            "{tableau}\n\n"
            "S'il manque un bon de commande, une référence ou un document pour lancer le paiement, "
            "dites-le-nous dès maintenant : nous nous en occupons.\n\n"
            "Bien à vous,\n{organisation}",
            en="Hello {contact},\n\n"
            "All is in order: this message only saves you thinking of it. Here is what falls due soon.\n\n"
            "{table}\n\n"
            "If an order number, a reference or a document is missing to start the payment, "
            "tell us now and we will see to it.\n\n"
            "Kind regards,\n{organisation}",
        ),
        button=_VIEW,
    ),
    MessageKind.PRACTICAL: Wording(
        subject=Text(
            fr="Échéance le {echeance} : {documents} – {organisation}",
            en="Due on {due_date}: {documents} – {organisation}",
        ),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "L'échéance approche. Voici de quoi préparer le virement.\n\n"
            "{tableau}\n\n"
            "{paiement}\n\n"
            "Si le paiement est déjà programmé, vous n'avez rien à faire.\n\n"
            "Bien à vous,\n{organisation}",
            en="Hello {contact},\n\n"
            "The due date is near. Here is what you need to prepare the transfer.\n\n"
            "{table}\n\n"
            "{payment}\n\n"
            "If the payment is already scheduled, there is nothing to do.\n\n"
            "Kind regards,\n{organisation}",
        ),
        button=_PAY,
    ),
    MessageKind.FRIENDLY: Wording(
        subject=Text(
            fr="Un oubli, peut-être ? {documents} – {organisation}", en="An oversight? {documents} – {organisation}"
        ),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Sauf erreur de notre part, nous n'avons pas encore reçu ce paiement. C'est sans doute un oubli.\n\n"
            "{tableau}\n\n"
            "{paiement}\n\n"
            "S'il est parti entre-temps, merci, et ne tenez pas compte de ce message. Si quelque chose le retient, "
            "dites-le-nous en un clic : la date à laquelle vous pensez payer, ou ce qui ne va pas.\n\n"
            "Bien à vous,\n{organisation}",
            en="Hello {contact},\n\n"
            "Unless we are mistaken, this payment has not reached us yet. It is probably an oversight.\n\n"
            "{table}\n\n"
            "{payment}\n\n"
            "If it has left meanwhile, thank you, and please ignore this message. If something holds it up, "
            "tell us in a click: the day on which you expect to pay, or what is wrong.\n\n"
            "Kind regards,\n{organisation}",
        ),
        button=_PAY,
    ),
    MessageKind.FIRM: Wording(
        subject=Text(
            fr="Paiement en retard : {documents} – {organisation}", en="Payment overdue: {documents} – {organisation}"
        ),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Malgré notre précédent message, les sommes suivantes restent impayées. "
            "Merci de les régler sous huit jours.\n\n"
            "{tableau}\n\n"
            "{paiement}\n\n"
            "{penalites}\n\n"
            "Une difficulté, un désaccord ? Dites-le-nous dès maintenant : nous préférons chercher une solution avec "
            "vous, un délai ou un échéancier par exemple.\n\n"
            "Cordialement,\n{organisation}",
            en="Hello {contact},\n\n"
            "In spite of our previous message, the following sums remain unpaid. "
            "Please settle them within eight days.\n\n"
            "{table}\n\n"
            "{payment}\n\n"
            "{penalties}\n\n"
            "A difficulty, a disagreement? Tell us now: we would rather look for a solution with you, "
            "more time or instalments for instance.\n\n"
            "Regards,\n{organisation}",
        ),
        button=_PAY,
    ),
    MessageKind.LAST: Wording(
        subject=Text(
            fr="Dernière relance avant mise en demeure : {documents} – {organisation}",
            en="Last reminder before formal notice: {documents} – {organisation}",
        ),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Nos relances sont restées sans réponse et ces sommes restent dues.\n\n"
            "{tableau}\n\n"
            "{paiement}\n\n"
            "Sans paiement ni réponse de votre part sous huit jours, "
            "nous pourrons vous adresser une mise en demeure.\n\n"
            "{penalites}\n\n"
            "Il est encore temps de nous répondre : une date de paiement, un échéancier ou l'explication d'un "
            "désaccord suffit à suspendre ces démarches.\n\n"
            "Cordialement,\n{organisation}",
            en="Hello {contact},\n\n"
            "Our reminders have had no answer and these sums are still owed.\n\n"
            "{table}\n\n"
            "{payment}\n\n"
            "Without payment or an answer from you within eight days, we may send you a formal notice.\n\n"
            "{penalties}\n\n"
            "There is still time to answer us: a day of payment, instalments, or word of a disagreement is enough "
            "to suspend these steps.\n\n"
            "Regards,\n{organisation}",
        ),
        button=_PAY,
    ),
    MessageKind.PROMISE_BROKEN: Wording(
        subject=Text(
            fr="Le paiement prévu le {jour} : {documents} – {organisation}",
            en="The payment expected on {day}: {documents} – {organisation}",
        ),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Vous nous aviez annoncé un paiement pour le {jour}. Sauf erreur, il ne nous est pas parvenu.\n\n"
            "{tableau}\n\n"
            "{paiement}\n\n"
            "S'il est en route, merci. Sinon, dites-nous quelle date vous convient, ou si un paiement en plusieurs "
            "fois vous aiderait.\n\n"
            "Bien à vous,\n{organisation}",
            en="Hello {contact},\n\n"
            "You told us to expect a payment on {day}. Unless we are mistaken, it has not reached us.\n\n"
            "{table}\n\n"
            "{payment}\n\n"
            "If it is on its way, thank you. If not, tell us which day suits you, or whether paying in instalments "
            "would help.\n\n"
            "Kind regards,\n{organisation}",
        ),
        button=_PAY,
    ),
    MessageKind.PLAN_BROKEN: Wording(
        subject=Text(fr="Votre échéancier – {organisation}", en="Your instalment plan – {organisation}"),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "L'échéancier convenu n'a pas été suivi, et les sommes qu'il couvrait sont de nouveau dues.\n\n"
            "{tableau}\n\n"
            "{paiement}\n\n"
            "Si votre situation a changé, parlons-en : répondez à ce message ou proposez-nous autre chose en ligne.\n\n"
            "Cordialement,\n{organisation}",
            en="Hello {contact},\n\n"
            "The plan that we agreed was not kept, and the sums that it covered are due again.\n\n"
            "{table}\n\n"
            "{payment}\n\n"
            "If your situation has changed, let us talk: reply to this message or propose something else online.\n\n"
            "Regards,\n{organisation}",
        ),
        button=_VIEW,
    ),
    MessageKind.PLAN_LATE: Wording(
        subject=Text(
            fr="Une échéance de votre échéancier – {organisation}",
            en="An instalment of your plan – {organisation}",
        ),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "L'échéance du {echeance} de notre échéancier, d'un montant de {montant}, "
            "ne nous est pas encore parvenue.\n\n"
            "{paiement}\n\n"
            "Un virement dans les prochains jours suffit pour que l'échéancier continue. "
            "Si ce n'est pas possible, dites-le-nous avant.\n\n"
            "Bien à vous,\n{organisation}",
            en="Hello {contact},\n\n"
            "The instalment of {due_date} in our plan, {amount}, has not reached us yet.\n\n"
            "{payment}\n\n"
            "A transfer within the next few days is enough for the plan to go on. "
            "If that is not possible, tell us before.\n\n"
            "Kind regards,\n{organisation}",
        ),
        button=_PAY,
    ),
    MessageKind.PROPOSAL: Wording(
        subject=Text(fr="Notre proposition – {organisation}", en="Our proposal – {organisation}"),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Voici une proposition pour régler ce qui reste dû, dans des conditions qui vous conviennent aussi.\n\n"
            "{proposition}\n\n"
            "Elle est valable jusqu'au {validite}. "
            "Vous pouvez l'accepter en ligne, ou nous dire ce qui irait mieux.\n\n"
            "Bien à vous,\n{organisation}",
            en="Hello {contact},\n\n"
            "Here is a proposal to settle what is still owed, on terms that suit you too.\n\n"
            "{proposal}\n\n"
            "It is valid until {valid_until}. You can accept it online, or tell us what would be better.\n\n"
            "Kind regards,\n{organisation}",
        ),
        button=Text(fr="Lire et répondre", en="Read and answer"),
    ),
    MessageKind.ANSWER: Wording(
        subject=Text(fr="{sujet} – {organisation}", en="{subject} – {organisation}"),
        body=Text(
            fr="Bonjour {contact},\n\n{texte}\n\nBien à vous,\n{organisation}",
            en="Hello {contact},\n\n{text}\n\nKind regards,\n{organisation}",
        ),
        button=Text(fr="Voir et répondre", en="See and answer"),
    ),
    MessageKind.THANKS: Wording(
        subject=Text(
            fr="Paiement bien reçu, merci – {organisation}", en="Payment received, thank you – {organisation}"
        ),
        body=Text(
            fr="Bonjour {contact},\n\n"
            "Nous avons bien reçu votre paiement de {montant} du {date}. Merci.\n\n"
            "{documents} : c'est réglé, et nos rappels s'arrêtent là.\n\n"
            "Bien à vous,\n{organisation}",
            en="Hello {contact},\n\n"
            "We have received your payment of {amount} of {date}. Thank you.\n\n"
            "{documents}: settled, and our reminders end here.\n\n"
            "Kind regards,\n{organisation}",
        ),
        button=Text(fr="Voir mon compte", en="See my account"),
    ),
}
