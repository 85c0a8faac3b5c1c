"""What the acts of collection are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

# Of the customer's side: promises, disputes, proposals, plans, notes.
tell(
    {
        "promise-made": Text(fr="{who} a noté une promesse de paiement ({what})", en="{who} made a promise ({what})"),
        "promise-kept": Text(fr="La promesse est tenue ({what})", en="The promise was kept ({what})"),
        "promise-broken": Text(fr="La promesse n'est pas tenue ({what})", en="The promise was broken ({what})"),
        "promise-withdrawn": Text(fr="{who} a retiré la promesse ({what})", en="{who} took the promise back ({what})"),
        "dispute-opened": Text(fr="{who} conteste {what}", en="{who} disputes {what}"),
        "dispute-said": Text(
            fr="{who} a écrit au sujet du litige sur {what}", en="{who} wrote about the dispute on {what}"
        ),
        "dispute-files-added": Text(
            fr="{who} a joint des fichiers au litige sur {what}", en="{who} added files to the dispute on {what}"
        ),
        "dispute-settled": Text(fr="{who} a réglé le litige sur {what}", en="{who} settled the dispute on {what}"),
        "dispute-rejected": Text(
            fr="{who} a répondu que {what} est due, avec ses raisons", en="{who} answered why {what} is due"
        ),
        "dispute-withdrawn": Text(
            fr="Le litige sur {what} est retiré ({who})", en="{who} withdrew the dispute on {what}"
        ),
        "proposal-drafted": Text(
            fr="{who} a préparé une proposition ({what})", en="{who} prepared a proposal ({what})"
        ),
        "proposal-sent": Text(fr="{who} a envoyé une proposition ({what})", en="{who} sent a proposal ({what})"),
        "proposal-accepted": Text(
            fr="{who} a accepté la proposition ({what})", en="{who} accepted the proposal ({what})"
        ),
        "proposal-refused": Text(fr="{who} a refusé la proposition ({what})", en="{who} refused the proposal ({what})"),
        "proposal-withdrawn": Text(
            fr="{who} a retiré la proposition ({what})", en="{who} withdrew the proposal ({what})"
        ),
        "proposal-expired": Text(
            fr="La proposition est restée sans réponse ({what})", en="The proposal was not answered ({what})"
        ),
        "proposal-said": Text(
            fr="{who} a écrit au sujet de la proposition ({what})", en="{who} wrote about the proposal ({what})"
        ),
        "proposal-kept": Text(fr="Ce qui était proposé est payé ({what})", en="What was proposed was paid ({what})"),
        "plan-asked": Text(fr="{who} demande un échéancier ({what})", en="{who} asks for a plan ({what})"),
        "plan-granted": Text(
            fr="L'échéancier est accordé à la demande du client ({what})",
            en="The plan that was asked for is granted ({what})",
        ),
        "request-refused": Text(fr="{who} a refusé la demande ({what})", en="{who} refused the request ({what})"),
        "plan-began": Text(fr="L'échéancier commence ({what})", en="The plan begins ({what})"),
        "plan-broken": Text(fr="L'échéancier n'est plus suivi ({what})", en="The plan is no longer kept ({what})"),
        "plan-completed": Text(fr="L'échéancier est payé en entier ({what})", en="The plan is paid in full ({what})"),
        "plan-ended": Text(fr="{who} a mis fin à l'échéancier ({what})", en="{who} ended the plan ({what})"),
        "note-written": Text(fr="{who} a écrit une note\N{NO-BREAK SPACE}: {what}", en="{who} wrote a note: {what}"),
        "call-logged": Text(fr="{who} a noté un appel\N{NO-BREAK SPACE}: {what}", en="{who} logged a call: {what}"),
        "email-filed": Text(
            fr="{who} a classé un e-mail\N{NO-BREAK SPACE}: {what}", en="{who} filed an e-mail: {what}"
        ),
        "note-deleted": Text(
            fr="{who} a retiré la note\N{NO-BREAK SPACE}: {what}", en="{who} deleted the note: {what}"
        ),
        "note-restored": Text(
            fr="{who} a remis la note\N{NO-BREAK SPACE}: {what}", en="{who} restored the note: {what}"
        ),
        "leeway-changed": Text(
            fr="{who} a changé ce que les clients obtiennent d'eux-mêmes",
            en="{who} changed what customers get by themselves",
        ),
    },
    fields={
        "amount_minor": Text(fr="Montant", en="Amount"),
        "by_day": Text(fr="Pour le", en="By"),
        "told_by": Text(fr="Dit par", en="Told by"),
        "name": Text(fr="Nom", en="Name"),
        "promise_days": Text(fr="Promesse, jours au plus", en="Promise, days at most"),
        "grants_plans": Text(fr="Échéancier accordé d'office", en="Plans granted at once"),
        "most_months": Text(fr="Échéancier, mois au plus", en="Plan, months at most"),
        "least_instalment_minor": Text(fr="Échéance la plus petite", en="Smallest instalment"),
        "first_percent": Text(fr="Premier paiement, % au moins", en="First payment, % at least"),
        "first_within_days": Text(fr="Premier paiement, jours au plus", en="First payment, days at most"),
        "money_percent": Text(fr="Coût de votre argent, % par an", en="Cost of your money, % a year"),
    },
)

# Of our side: policies, steps, letters, penalties, relationships.
tell(
    {
        "policy-written": Text(
            fr="{who} a écrit le scénario de relance {what}", en="{who} wrote the policy of reminders {what}"
        ),
        "policy-tried": Text(
            fr="{who} a simulé le scénario de relance {what}", en="{who} tried the policy of reminders {what}"
        ),
        "policy-switched-on": Text(
            fr="{who} a activé le scénario de relance {what}", en="{who} switched the policy of reminders {what} on"
        ),
        "policy-switched-off": Text(
            fr="{who} a désactivé les relances ({what})", en="{who} switched reminders off ({what})"
        ),
        "step-taken": Text(fr="{who} a décidé une étape de relance : {what}", en="{who} decided a step: {what}"),
        "step-dropped": Text(fr="L'étape est abandonnée : {what}", en="The step was let be: {what}"),
        "step-done": Text(fr="{who} a fait une étape de relance : {what}", en="{who} did a step: {what}"),
        "step-reopened": Text(fr="{who} a repris une étape : {what}", en="{who} took a step up again: {what}"),
        "letter-made": Text(fr="{who} a fait la lettre : {what}", en="{who} made the letter: {what}"),
        "letter-posted": Text(fr="{who} a posté la lettre : {what}", en="{who} posted the letter: {what}"),
        "penalties-claimed": Text(
            fr="{who} a réclamé des pénalités de retard ({what})", en="{who} claimed late-payment interest ({what})"
        ),
        "penalties-waived": Text(
            fr="{who} a renoncé aux pénalités de retard de {what}",
            en="{who} waived the late-payment interest of {what}",
        ),
        "waiver-undone": Text(
            fr="{who} revient sur l'abandon des pénalités de {what}",
            en="{who} took back the waiver of interest of {what}",
        ),
        "penalty-note-cancelled": Text(
            fr="{who} a annulé la note de pénalités {what}", en="{who} cancelled the note of penalties {what}"
        ),
        "relationship-changed": Text(
            fr="{who} a changé la relation avec {what}", en="{who} changed the relationship with {what}"
        ),
    },
    fields={
        "tone": Text(fr="Ton", en="Tone"),
        "channel": Text(fr="Moyen", en="Channel"),
        "task": Text(fr="Tâche", en="Task"),
        "outcome": Text(fr="Résultat", en="Outcome"),
        "tracking": Text(fr="Numéro de recommandé", en="Tracking number"),
        "stance": Text(fr="Profil", en="Profile"),
        "weekday": Text(fr="Jour préféré", en="Preferred day"),
        "difficulty": Text(fr="Difficulté connue", en="Known difficulty"),
        "is_strategic": Text(fr="Stratégique", en="Strategic"),
        "paused_until": Text(fr="Suspendu jusqu'au", en="Paused until"),
        "insolvent_since": Text(fr="Procédure collective depuis le", en="Insolvency proceedings since"),
        "limit_minor": Text(fr="Encours autorisé", en="Exposure accepted"),
    },
)
