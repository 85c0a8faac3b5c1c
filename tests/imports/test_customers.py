"""Tables of customers: matched, mended, taken in once."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TransactionTestCase

from reglo.core.parties import french_vat_number
from reglo.core.terms import BuyerKind, parse_terms
from reglo.customers.facts import (
    AddressFacts,
    ContactFacts,
    CustomerFacts,
    address_facts_of,
    completed,
    contact_facts_of,
    facts_of,
)
from reglo.customers.models import AddressUse, Contact, Customer
from reglo.customers.services import create_customer, merge_customers
from reglo.customers.table.export import headers, rows_of
from reglo.imports.columns import BadMapping
from reglo.imports.kinds import Outcome, Plan
from reglo.imports.models import ImportMapping, TableImport
from reglo.imports.queries import plan_of
from reglo.imports.services import (
    AlreadyTakenIn,
    NothingToTakeIn,
    RowsRefused,
    map_columns,
    receive_table,
    take_in_table,
)
from reglo.journal.models import JournalEntry
from reglo.journal.services import Actor
from reglo.lists.files import csv_lines, xlsx_file
from reglo.organisations.models import Organisation
from tests.site import NOW, TODAY, a_member, an_organisation

SIRENS = ["732829320", "812345676", "404833048", "552100554", "542065479"]

EXAMPLE = """Code client;Raison sociale;SIREN;Code postal;Ville;Contact;E-mail;Conditions de paiement
C1;Librairie du Port;732 829 320;75007;Paris;Claire;claire@port.example;45 jours fin de mois
C2;Garage Martin;812345676;1000;Bourg;;;
C3;Boulangerie;;69001;Lyon;Zoé;pas une adresse;
;Mairie de Nantes;;44000;Nantes;;;
"""


def _actor(organisation: Organisation) -> Actor:
    return Actor(name="Inès", user_id=a_member(organisation).pk)


def _brought(organisation: Organisation, data: str | bytes, name: str = "clients.csv") -> TableImport:
    content = data.encode() if isinstance(data, str) else data
    return receive_table(
        organisation=organisation,
        kind="customers",
        file_name=name,
        content=content,
        by=_actor(organisation),
        now=NOW,
    )


def _taken(organisation: Organisation, data: str | bytes, *, all_or_nothing: bool = False) -> dict[str, int]:
    brought = _brought(organisation, data)
    return take_in_table(
        import_id=brought.pk,
        organisation=organisation,
        all_or_nothing=all_or_nothing,
        by=_actor(organisation),
        now=NOW,
    ).outcome


def _fates(plan: Plan) -> list[tuple[int, str]]:
    return [(row.number, row.outcome.value) for row in plan.rows]


@pytest.mark.django_db(transaction=True)
class TestTakingIn:
    def test_the_preview_says_what_becomes_of_each_row_and_how_to_mend_it(self) -> None:
        plan = plan_of(_brought(an_organisation(), EXAMPLE), TODAY)
        assert _fates(plan) == [(2, "created"), (3, "refused"), (4, "refused"), (5, "created")]
        assert [(row.faults[0].where.en, row.faults[0].fix.fr) for row in plan.refused] == [
            ("post_code", "Écrivez 01000."),
            ("contact.email", "Écrivez-la comme nom@exemple.fr."),
        ]
        assert not Customer.objects.exists()

    def test_good_rows_are_taken_in_and_the_same_file_again_changes_nothing(self) -> None:
        organisation = an_organisation()
        assert _taken(organisation, EXAMPLE) == {"created": 2, "updated": 0, "unchanged": 0, "refused": 2}
        port = Customer.objects.get(reference="C1")
        assert facts_of(port).default_terms == parse_terms("45 jours fin de mois")
        assert port.vat_number == french_vat_number("732829320")
        contact = port.contacts.get()
        assert (contact.name, contact.buys, contact.pays, contact.is_legal) == ("Claire", True, True, False)
        assert "claire@port.example" in port.search
        entries = JournalEntry.objects.filter(customer_id=port.pk).count()
        assert _taken(organisation, EXAMPLE) == {"created": 0, "updated": 0, "unchanged": 2, "refused": 2}
        assert (Customer.objects.count(), Contact.objects.count()) == (2, 1)
        assert JournalEntry.objects.filter(customer_id=port.pk).count() == entries == 1

    def test_all_or_nothing_takes_in_nothing_where_a_row_is_wrong(self) -> None:
        organisation = an_organisation()
        with pytest.raises(RowsRefused):
            _taken(organisation, EXAMPLE, all_or_nothing=True)
        assert not Customer.objects.exists()

    def test_a_table_of_faults_alone_is_not_taken_in(self) -> None:
        with pytest.raises(NothingToTakeIn):
            _taken(an_organisation(), "Nom;SIREN\nA;123456789\n")

    def test_a_table_is_taken_in_once_and_then_its_content_is_forgotten(self) -> None:
        organisation = an_organisation()
        brought = _brought(organisation, "Nom\nA\n")
        kwargs = {
            "import_id": brought.pk,
            "organisation": organisation,
            "all_or_nothing": True,
            "by": _actor(organisation),
            "now": NOW,
        }
        take_in_table(**kwargs)  # type: ignore[arg-type]
        with pytest.raises(AlreadyTakenIn):
            take_in_table(**kwargs)  # type: ignore[arg-type]
        brought.refresh_from_db()
        assert bytes(brought.content) == b""
        assert JournalEntry.objects.filter(act="table-taken-in").count() == 1

    def test_several_rows_of_a_customer_bring_several_people_and_places(self) -> None:
        organisation = an_organisation()
        table = (
            "Code client;Nom;Contact;E-mail;Signe;Autre adresse : usage;Autre adresse : ville\n"
            "C1;Port;Claire;claire@port.example;non;Livraison;Nantes\n"
            "C1;Port;Zoé;zoe@port.example;oui;Facturation;Brest\n"
        )
        assert _taken(organisation, table) == {"created": 1, "updated": 1, "unchanged": 0, "refused": 0}
        customer = Customer.objects.get()
        assert set(customer.contacts.values_list("name", "is_legal")) == {("Claire", False), ("Zoé", True)}
        assert set(customer.addresses.values_list("use", "city")) == {("delivery", "Nantes"), ("billing", "Brest")}

    @pytest.mark.parametrize(
        ("known", "row"),
        [
            ({"reference": "C1"}, "Code client;Nom\nC1;Nouveau nom\n"),
            ({"siren": "732829320"}, "SIREN;Nom\n732 829 320;Nouveau nom\n"),
            ({"siret": "73282932000074"}, "SIRET;Nom\n732 829 320 00074;Nouveau nom\n"),
            ({"vat_number": "DE136695976", "country": "DE"}, "N° TVA;Nom\nDE 136 695 976;Nouveau nom\n"),
        ],
    )
    def test_a_customer_is_recognised_by_its_numbers(self, known: dict[str, str], row: str) -> None:
        organisation = an_organisation()
        create_customer(
            organisation=organisation,
            facts=CustomerFacts(name="Ancien nom", **known),
            by=_actor(organisation),
            now=NOW,
        )
        assert _taken(organisation, row)["updated"] == 1
        assert Customer.objects.get().name == "Nouveau nom"

    def test_an_empty_cell_leaves_what_is_known(self) -> None:
        organisation = an_organisation()
        _taken(organisation, "Code client;Nom;Ville\nC1;Port;Paris\n")
        assert _taken(organisation, "Code client;Nom;Ville\nC1;Port;\n")["unchanged"] == 1
        assert Customer.objects.get().city == "Paris"

    def test_another_code_is_another_customer(self) -> None:
        organisation = an_organisation()
        _taken(organisation, "Code client;Nom;SIREN\nC1;Port Paris;732829320\n")
        assert _taken(organisation, "Code client;Nom;SIREN\nC2;Port Lyon;732829320\n")["created"] == 1

    def test_a_code_that_somebody_else_has_is_refused(self) -> None:
        organisation = an_organisation()
        _taken(organisation, "Code client;Nom;SIREN\nC1;Port;732829320\n")
        brought = _brought(organisation, "SIREN;Nom;Code client\n812345676;Garage;C1\n")
        assert plan_of(brought, TODAY).refused

    def test_a_row_about_a_merged_customer_changes_nothing(self) -> None:
        organisation = an_organisation()
        _taken(organisation, "Code client;Nom\nC1;Port\nC2;Porte\n")
        kept, merged = Customer.objects.order_by("reference")
        merge_customers(
            organisation=organisation, kept_id=kept.pk, merged_id=merged.pk, by=_actor(organisation), now=NOW
        )
        assert _taken(organisation, "Code client;Nom\nC2;Porte d'entrée\n")["unchanged"] == 1

    def test_customers_of_others_are_not_recognised(self) -> None:
        _taken(an_organisation(), "Code client;Nom\nC1;Port\n")
        assert _taken(an_organisation(), "Code client;Nom\nC1;Port\n")["created"] == 1

    def test_words_stand_for_codes_and_what_is_no_word_is_refused(self) -> None:
        table = (
            "Nom;Type;Pays;Langue\nA;Particulier;Belgique;anglais\n"
            "B;martien;FR;fr\nC;pro;Atlantide;fr\nD;pro;FR;latin\n"
        )
        organisation = an_organisation()
        plan = plan_of(_brought(organisation, table), TODAY)
        assert [row.faults[0].where.en for row in plan.refused] == ["kind", "country", "language"]
        _taken(organisation, table)
        customer = Customer.objects.get()
        assert (customer.kind, customer.country, customer.language) == ("consumer", "BE", "en")

    def test_an_old_mapping_is_remembered_for_the_same_headers(self) -> None:
        organisation = an_organisation()
        table = "Truc;Machin\nPort;Paris\n"
        brought = _brought(organisation, table)
        assert brought.columns == {"Truc": "", "Machin": ""}
        map_columns(import_id=brought.pk, organisation=organisation, columns={"Truc": "name", "Machin": "city"})
        assert _brought(organisation, "Truc;Machin\nAutre;Lyon\n").columns == {"Truc": "name", "Machin": "city"}
        assert _brought(an_organisation(), table).columns == {"Truc": "", "Machin": ""}
        assert ImportMapping.objects.count() == 1

    @pytest.mark.parametrize("columns", [{"A": "name", "B": "name"}, {"A": "password"}])
    def test_a_mapping_that_cannot_be_is_refused(self, columns: dict[str, str]) -> None:
        organisation = an_organisation()
        brought = _brought(organisation, "A;B\n1;2\n")
        with pytest.raises(BadMapping):
            map_columns(import_id=brought.pk, organisation=organisation, columns=columns)

    @pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\Users\\x\\clients.csv", "a\x00\nb.csv", "x" * 999, ""])
    def test_a_file_name_is_no_path(self, name: str) -> None:
        kept = _brought(an_organisation(), "Nom\nA\n", name).file_name
        assert 0 < len(kept) <= 200
        assert not set(kept) & set("/\\\x00\n")

    def test_formulas_come_out_guarded_and_back_as_they_were(self) -> None:
        organisation = an_organisation()
        _taken(organisation, "Code client;Nom;Téléphone;Contact\nC1;=CMD();+33 4 78 00 00 00;Claire\n")
        lines = b"".join(csv_lines(headers("fr"), rows_of(Customer.objects.all(), "fr"), language="fr"))
        assert b";'=CMD();" in lines
        assert _taken(organisation, lines)["unchanged"] == 1

    def test_a_large_table_takes_few_queries_to_plan(self, django_assert_max_num_queries: object) -> None:
        organisation = an_organisation()
        _taken(organisation, "Code client;Nom\n" + "".join(f"C{n};Client {n}\n" for n in range(50)))
        brought = _brought(organisation, "Code client;Nom\n" + "".join(f"C{n};Client {n}\n" for n in range(90)))
        with django_assert_max_num_queries(5):  # type: ignore[operator]
            plan = plan_of(brought, TODAY)
        assert (plan.count(Outcome.UNCHANGED), plan.count(Outcome.CREATED)) == (50, 40)


_words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="'"), max_size=20
)


@st.composite
def _customers(draw: st.DrawFn) -> list[tuple[CustomerFacts, list[ContactFacts], list[AddressFacts]]]:
    """Customers with codes, so that each is told from the others."""
    drawn = []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(list(BuyerKind)))
        siren = draw(st.sampled_from(["", *SIRENS]))
        terms = draw(st.sampled_from(["", "30 jours", "45 jours fin de mois, escompte 2 % à 10 jours", "comptant"]))
        facts = CustomerFacts(
            name=draw(_words) + f" {number}",
            reference=f"C{number}",
            kind=kind,
            siren=siren,
            vat_number=draw(st.sampled_from(["", french_vat_number(siren) if siren else ""])),
            line_1=draw(_words),
            post_code=draw(st.sampled_from(["", "01000", "2A004"])),
            city=draw(_words),
            language=draw(st.sampled_from(["fr", "en"])),
            buyer_reference=draw(_words),
            default_terms=parse_terms(terms) if terms else None,
            notes=draw(_words),
        )
        people = [
            ContactFacts(
                name=f"P{each} {draw(_words)}",
                email=f"p{each}@c{number}.example",
                phone=draw(st.sampled_from(["", "+33 4 78 00 00 00", "0102030405"])),
                buys=draw(st.booleans()),
                pays=draw(st.booleans()),
                is_legal=draw(st.booleans()),
            )
            for each in range(draw(st.integers(0, 3)))
        ]
        places = [
            AddressFacts(use=draw(st.sampled_from(list(AddressUse))), city=f"Ville {each}", line_1=draw(_words))
            for each in range(draw(st.integers(0, 2)))
        ]
        drawn.append((completed(facts), people, places))
    return drawn


class TestExportThenImport(TransactionTestCase):
    """What is exported comes in again as it was, and changes nothing where it still is."""

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(drawn=_customers(), language=st.sampled_from(["fr", "en"]), as_workbook=st.booleans())
    def test_is_the_identity(self, drawn: list, language: str, as_workbook: bool) -> None:
        here, there = an_organisation(), an_organisation()
        actor = _actor(here)
        for facts, people, places in drawn:
            create_customer(
                organisation=here,
                facts=facts,
                contacts=people,
                addresses=places,
                by=actor,
                now=datetime(2026, 1, 1, tzinfo=UTC),
            )
        rows = list(rows_of(Customer.objects.of(here).order_by("pk"), language))
        if as_workbook:
            data = xlsx_file("Clients", headers(language), rows).read()
        else:
            data = b"".join(csv_lines(headers(language), rows, language=language))
        assert _taken(here, data)["unchanged"] == len(rows)
        assert _taken(there, data)["refused"] == 0
        assert _state(there) == _state(here)
        assert not transaction.get_connection().in_atomic_block


def _state(organisation: Organisation) -> list[object]:
    return [
        (
            facts_of(each),
            {contact_facts_of(person) for person in each.contacts.all()},
            {address_facts_of(place) for place in each.addresses.all()},
            each.search,
        )
        for each in Customer.objects.of(organisation).order_by("reference")
    ]


def test_a_workbook_of_customers_opens() -> None:
    assert xlsx_file("Clients", headers("fr"), []).read()[:2] == b"PK"
