"""Writing negotiations: one transaction, journal, refusals that say how to mend."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from reglo.core.negotiation import Side, UnusableDeal
from reglo.journal.models import JournalEntry
from reglo.journal.wording import is_told
from reglo.negotiation import services
from reglo.negotiation.in_play import InPlay, levers_of
from reglo.negotiation.models import MoneySource, Negotiation, NegotiationState, Round
from reglo.negotiation.stored import deal_of, in_play_of, limits_of, offer_of, position_of
from reglo.terms.models import AgreementState
from reglo.terms.queries import terms_of
from reglo.terms.services import add_conditions
from tests.negotiation.deals import ASKED, DEAL, LINE, OURS, TEN_YEARS, a_negotiation, a_round, who
from tests.site import TODAY, a_customer, an_organisation

pytestmark = pytest.mark.django_db


def test_what_is_stored_comes_back_as_it_was() -> None:
    row = a_negotiation(an_organisation())
    in_play = InPlay(prices=(), volumes=(Decimal(0), Decimal(150_000)))
    services.choose_levers(negotiation_id=row.pk, in_play=in_play, **who(row.organisation))
    services.keep_position(negotiation_id=row.pk, offer=OURS, **who(row.organisation))
    row.refresh_from_db()
    assert (deal_of(row), limits_of(row), in_play_of(row), position_of(row)) == (DEAL, (LINE,), in_play, OURS)


def test_levers_left_empty_stay_as_they_are_and_discounts_lie_across_the_band() -> None:
    levers = levers_of(InPlay(delays=(), end_of_month=(), deposits=(), prices=()), DEAL)
    assert not any((levers.delays, levers.deposits, levers.prices, levers.instalments))
    assert [tier.percent for tiers in levers.discounts for tier in tiers] == [
        Decimal("0.24"), Decimal("0.29"), Decimal("0.34")
    ]  # fmt: skip
    thirds = levers_of(InPlay(parts=(1, 3)), DEAL).instalments
    assert [len(each) for each in thirds] == [0, 2]


def test_too_many_combinations_are_refused_before_they_are_kept() -> None:
    row = a_negotiation(an_organisation())
    many = tuple(range(12))
    greedy = InPlay(delays=many, prices=tuple(map(Decimal, many)), volumes=tuple(map(Decimal, many)))
    with pytest.raises(UnusableDeal, match="Too many combinations"):
        services.choose_levers(negotiation_id=row.pk, in_play=greedy, **who(row.organisation))
    row.refresh_from_db()
    assert row.in_play is None


def test_nothing_is_offered_before_the_facts_are_given() -> None:
    row = a_negotiation(an_organisation(), deal=None)
    with pytest.raises(services.NoFacts):
        a_round(row)
    with pytest.raises(services.NoFacts):
        services.keep_position(negotiation_id=row.pk, offer=ASKED, **who(row.organisation))


def test_we_offer_nothing_unlawful_but_note_what_others_ask_for() -> None:
    row = a_negotiation(an_organisation())
    with pytest.raises(services.UnlawfulOffer, match="L441-10"):
        a_round(row, TEN_YEARS, Side.OURS)
    theirs = a_round(row, TEN_YEARS, Side.THEIRS)
    assert offer_of(theirs) == TEN_YEARS
    with pytest.raises(services.UnlawfulOffer):
        services.agree(round_id=theirs.pk, on=TODAY, **who(row.organisation))


def test_a_negotiation_ends_with_the_round_that_was_agreed_and_can_be_reopened() -> None:
    row = a_negotiation(an_organisation())
    made, facts = a_round(row, OURS, Side.OURS), who(row.organisation)
    agreed = services.agree(round_id=made.pk, on=TODAY, **facts)
    assert (agreed.state, agreed.agreed_round, agreed.closed_on) == (NegotiationState.AGREED, made, TODAY)
    for act in (
        lambda: a_round(row),
        lambda: services.agree(round_id=made.pk, on=TODAY, **facts),
        lambda: services.abandon(negotiation_id=row.pk, on=TODAY, **facts),
        lambda: services.withdraw_round(round_id=made.pk, **facts),
        lambda: services.draw_limits(negotiation_id=row.pk, limits=[], **facts),
        lambda: services.give_facts(negotiation_id=row.pk, deal=DEAL, source=MoneySource.SPARE, **facts),
    ):
        with pytest.raises(services.Closed):
            act()
    reopened = services.reopen(negotiation_id=row.pk, **facts)
    assert (reopened.state, reopened.agreed_round, reopened.closed_on) == (NegotiationState.OPEN, None, None)
    assert services.abandon(negotiation_id=row.pk, on=TODAY, **facts).state == NegotiationState.ABANDONED


def test_an_offer_that_was_taken_back_cannot_be_agreed_until_it_is_restored() -> None:
    row = a_negotiation(an_organisation())
    made, facts = a_round(row), who(row.organisation)
    services.withdraw_round(round_id=made.pk, **facts)
    with pytest.raises(Round.DoesNotExist):
        services.agree(round_id=made.pk, on=TODAY, **facts)
    services.restore_round(round_id=made.pk, **facts)
    assert services.agree(round_id=made.pk, on=TODAY, **facts).agreed_round == made


def test_an_offer_becomes_a_draft_agreement_once_and_only_with_a_customer() -> None:
    organisation = an_organisation()
    row, facts = a_negotiation(organisation), who(organisation)
    conditions = add_conditions(title="CGV", text="Article 1.", file=None, **facts)
    made = a_round(row, OURS, Side.OURS)
    with pytest.raises(services.NoCustomer):
        services.draft_agreement(round_id=made.pk, **facts)
    services.name_customer(negotiation_id=row.pk, customer=a_customer(organisation), **facts)
    agreement = services.draft_agreement(round_id=made.pk, **facts)
    assert (agreement.state, terms_of(agreement)) == (AgreementState.DRAFT, OURS.terms)
    assert agreement.conditions == conditions
    made.refresh_from_db()
    assert made.agreement == agreement
    with pytest.raises(services.AlreadyDrafted):
        services.draft_agreement(round_id=made.pk, **facts)


def test_what_they_ask_for_unlawfully_becomes_no_agreement() -> None:
    organisation = an_organisation()
    row = a_negotiation(organisation, a_customer(organisation))
    made = a_round(row, TEN_YEARS)
    with pytest.raises(services.UnlawfulOffer):
        services.draft_agreement(round_id=made.pk, **who(organisation))


def test_only_our_offers_have_letters() -> None:
    row = a_negotiation(an_organisation())
    words: dict[str, Any] = {"language": "fr", "subject": "Conditions", "letter": "Bonjour."}
    with pytest.raises(services.NotOurs):
        services.write_letter(round_id=a_round(row).pk, **words, **who(row.organisation))
    ours = a_round(row, OURS, Side.OURS)
    assert services.write_letter(round_id=ours.pk, **words, **who(row.organisation)).letter == "Bonjour."


def test_what_has_offers_is_put_away_and_what_has_none_can_be_deleted() -> None:
    row = a_negotiation(an_organisation())
    a_round(row)
    with pytest.raises(services.HasRounds):
        services.delete_negotiation(negotiation_id=row.pk, **who(row.organisation))
    assert services.archive_negotiation(negotiation_id=row.pk, **who(row.organisation)).archived_at
    assert services.restore_negotiation(negotiation_id=row.pk, **who(row.organisation)).archived_at is None
    other = a_negotiation(row.organisation)
    services.delete_negotiation(negotiation_id=other.pk, **who(row.organisation))
    assert not Negotiation.objects.filter(pk=other.pk).exists()


def test_each_act_is_told_in_the_journal() -> None:
    organisation = an_organisation()
    row = a_negotiation(organisation, a_customer(organisation))
    services.give_facts(
        negotiation_id=row.pk, deal=replace(DEAL, orders=6), source=MoneySource.SPARE, **who(organisation)
    )
    made = a_round(row)
    services.withdraw_round(round_id=made.pk, **who(organisation))
    entries = JournalEntry.objects.filter(organisation=organisation)
    acts = [each.act for each in entries.order_by("sequence")]
    assert acts == [
        "negotiation-begun", "negotiation-facts-given", "negotiation-limits-drawn", "negotiation-facts-given",
        "round-noted", "round-withdrawn",
    ]  # fmt: skip
    assert all(map(is_told, acts))
    assert {each.customer_id for each in entries} == {row.customer_id}


def test_nothing_of_another_organisation_is_found() -> None:
    row, other = a_negotiation(an_organisation()), an_organisation()
    made = a_round(row)
    with pytest.raises(Negotiation.DoesNotExist):
        services.reopen(negotiation_id=row.pk, **who(other))
    with pytest.raises(Round.DoesNotExist):
        services.withdraw_round(round_id=made.pk, **who(other))
