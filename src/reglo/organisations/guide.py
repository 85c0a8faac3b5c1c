"""What is still missing before the first invoice can be legal: each step with its reason and its place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from reglo.core.findings import Severity, Text
from reglo.core.parties import Register, VatRegime
from reglo.core.terms import check_terms
from reglo.organisations.models import BankAccount, Organisation
from reglo.organisations.queries import default_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do before the first invoice."""

    key: str  #: stable: "bank-account"
    title: Text
    why: Text
    source: str  #: article; empty where only good sense asks for it
    url: str
    is_done: bool
    is_needed: bool = True  #: without it no invoice is legal; else it is only better


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """All steps, and how far one has come."""

    steps: Sequence[Step]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(each.is_done for each in self.steps)

    @property
    def next_step(self) -> Step | None:
        """The first step to do, needed ones first."""
        return min((each for each in self.steps if not each.is_done), key=lambda each: not each.is_needed, default=None)

    @property
    def is_ready(self) -> bool:
        """Whether an invoice can be legal now."""
        return all(each.is_done for each in self.steps if each.is_needed)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == len(self.steps)


def first_run_guide(organisation: Organisation, *, today: date, further: Iterable[Step] = ()) -> Guide:
    """The steps of an organisation, then those of rooms above (customers, series), which the caller knows."""
    return Guide(steps=(*organisation_steps(organisation, today), *further))


def organisation_steps(organisation: Organisation, today: date) -> tuple[Step, ...]:
    """What an organisation's own settings must say."""
    return (
        _identity(organisation),
        _address(organisation),
        *_company_steps(organisation),
        _vat(organisation),
        _bank_account(organisation),
        _terms(organisation, today),
        _contact(organisation),
        _logo(organisation),
    )


def _identity(organisation: Organisation) -> Step:
    return Step(
        key="siren",
        title=Text(fr="Indiquer le SIREN", en="Give the SIREN"),
        why=Text(
            fr="Le numéro unique d'identification figure sur toutes les factures.",
            en="The identification number stands on all invoices.",
        ),
        source="C. com. R123-237 ; CGI ann. II 242 nonies A, I 1°",
        url=_url(organisation, "identity", "siren"),
        is_done=bool(organisation.siren and organisation.name),
    )


def _address(organisation: Organisation) -> Step:
    return Step(
        key="address",
        title=Text(fr="Indiquer l'adresse du siège", en="Give the address"),
        why=Text(
            fr="Le nom et l'adresse du vendeur sont obligatoires.", en="Name and address of the seller are a must."
        ),
        source="CGI ann. II 242 nonies A, I 1° ; C. com. L441-9",
        url=_url(organisation, "identity", "line_1"),
        is_done=bool(organisation.line_1 and organisation.post_code and organisation.city),
    )


def _company_steps(organisation: Organisation) -> tuple[Step, ...]:
    """Form, capital and register: what a company must say and a sole trader need not."""
    town = Step(
        key="register-town",
        title=Text(fr="Indiquer la ville du RCS", en="Give the town of the register"),
        why=Text(
            fr="La mention RCS est suivie de la ville du greffe.", en="“RCS” is followed by the town of the register."
        ),
        source="C. com. R123-237, 2°",
        url=_url(organisation, "identity", "register_town"),
        is_done=bool(organisation.register_town),
    )
    form = Step(
        key="legal-form",
        title=Text(fr="Indiquer la forme juridique et le capital", en="Give the legal form and the capital"),
        why=Text(
            fr="Une société indique sa forme et son capital sur ses factures.",
            en="A company says its form and its capital on invoices.",
        ),
        source="C. com. R123-238",
        url=_url(organisation, "identity", "legal_form"),
        is_done=bool(organisation.legal_form) and organisation.capital_minor is not None,
    )
    steps = []
    if not organisation.sole_trader and organisation.register == Register.RCS:
        steps.append(form)
    if organisation.register == Register.RCS:
        steps.append(town)
    return tuple(steps)


def _vat(organisation: Organisation) -> Step:
    return Step(
        key="vat",
        title=Text(fr="Vérifier le régime de TVA", en="Check the VAT regime"),
        why=Text(
            fr="Le numéro de TVA, ou la mention de la franchise, figure sur la facture.",
            en="The VAT number, or the mention of the franchise, stands on the invoice.",
        ),
        source="CGI ann. II 242 nonies A, I 2° ; CGI 293 E",
        url=_url(organisation, "vat", "vat_regime"),
        is_done=bool(organisation.vat_number) or organisation.vat_regime == VatRegime.FRANCHISE,
    )


def _bank_account(organisation: Organisation) -> Step:
    return Step(
        key="bank-account",
        title=Text(fr="Ajouter un compte bancaire", en="Add a bank account"),
        why=Text(
            fr="Sans IBAN sur la facture, un virement n'arrive pas.", en="Without an IBAN no transfer finds its way."
        ),
        source="",
        url=_url(organisation, "accounts", "iban"),
        is_done=BankAccount.objects.of(organisation).filter(is_default=True).exists(),
        is_needed=False,
    )


def _terms(organisation: Organisation, today: date) -> Step:
    findings = check_terms(default_terms(organisation), on=today)
    return Step(
        key="terms",
        title=Text(fr="Choisir les conditions de paiement", en="Choose the payment terms"),
        why=Text(
            fr="L'échéance, les pénalités et l'indemnité de 40 € figurent sur la facture, dans les limites de la loi.",
            en="Due date, penalties and the indemnity of €40 stand on the invoice, within the limits of the law.",
        ),
        source="C. com. L441-9, L441-10",
        url=_url(organisation, "terms", "terms"),
        is_done=all(each.severity is not Severity.FATAL for each in findings),
    )


def _contact(organisation: Organisation) -> Step:
    return Step(
        key="contact",
        title=Text(fr="Indiquer une adresse e-mail", en="Give an e-mail address"),
        why=Text(fr="Vos clients savent à qui poser leurs questions.", en="Customers know whom to ask."),
        source="",
        url=_url(organisation, "identity", "email"),
        is_done=bool(organisation.email),
        is_needed=False,
    )


def _logo(organisation: Organisation) -> Step:
    return Step(
        key="logo",
        title=Text(fr="Ajouter un logo", en="Add a logo"),
        why=Text(fr="Vos documents vous ressemblent.", en="Documents look like you."),
        source="",
        url=_url(organisation, "look", "logo"),
        is_done=bool(organisation.logo),
        is_needed=False,
    )


def _url(organisation: Organisation, page: str, field: str) -> str:
    """The field of a page of settings."""
    return f"{reverse(f'organisations:{page}', kwargs={'slug': organisation.slug})}#id_{field}"
