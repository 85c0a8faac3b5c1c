import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Severity
from reglo.formats.fec import AmountStyle, FecEncoding, FecLayout, FecRow, Regime, Separator
from reglo.rules.fec import RULES, FecReport, check_fec
from reglo.rules.fec.fault import MOST_KEPT
from tests.formats.fec.samples import GOOD, NAME, a_row, good_lines, rows, written
from tests.rules.fec.samples import BROKEN, NAMES, instead

#: Broken by files that these tests make themselves.
ELSEWHERE = {"FEC-TOTAL", "FEC-UNJUDGED"}


def check(content: bytes, name: str | None = NAME, **facts: object) -> FecReport:
    """The report on these bytes."""
    return check_fec(io.BytesIO(content), name=name, **facts)  # type: ignore[arg-type]  # named facts of check_fec


def broken(report: FecReport) -> set[str]:
    """The rules that the file breaks."""
    return {breach.rule.identifier for breach in report.breaches}


def test_a_good_file_breaks_no_rule_and_is_summed_up() -> None:
    report = check(GOOD.encode())
    assert (report.breaches, report.is_accepted, report.encoding, report.separator) == ((), True, "UTF-8", "|")
    summary = report.summary
    assert (summary.entries, summary.lines, summary.debit, summary.credit) == (3, 7, Decimal(332), Decimal(332))
    assert (summary.first, summary.last) == (date(2026, 1, 15), date(2026, 3, 1))
    assert summary.accounts == {"411000", "445710", "512000", "706000"}
    assert {code: (each.label, each.lines, each.debit) for code, each in summary.journals.items()} == {
        "VE": ("Ventes", 5, Decimal(212)),
        "BQ": ("Banque", 2, Decimal(120)),
    }


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_is_broken_alone(rule: str) -> None:
    assert broken(check(BROKEN[rule])) == {rule}


@pytest.mark.parametrize("rule", NAMES)
def test_each_rule_on_the_name_is_broken_alone(rule: str) -> None:
    assert broken(check(GOOD.encode(), NAMES[rule])) == {rule}


def test_every_rule_has_a_file_that_breaks_it() -> None:
    assert {*BROKEN, *NAMES, *ELSEWHERE} == set(RULES)


def test_every_rule_says_its_source_and_mend_in_both_languages() -> None:
    for rule in RULES.values():
        assert rule.source
        assert rule.example is not None
        for text in (rule.statement, rule.fix, rule.example):
            assert text.fr.endswith(".")
            assert text.en.endswith(".")
            assert text.fr != text.en


def test_a_fault_names_line_column_and_value() -> None:
    (breach,) = check(instead("20260115|Facture", "15/01/2026|Facture", 2)).breaches
    assert breach.count == 2
    first = breach.faults[0]
    assert (first.row, first.column, first.value) == (2, "PieceDate", "15/01/2026")
    assert first.detail is not None
    assert "15/01/2026" in first.detail.fr


def test_an_entry_that_does_not_balance_says_by_how_much_and_the_total_too() -> None:
    report = check(instead("0,00|20,00", "0,00|19,00"))
    assert broken(report) == {"FEC-BALANCE", "FEC-TOTAL"}
    balance, total = (breach.faults[0] for breach in report.breaches)
    assert balance.row == 2
    assert balance.said is not None
    assert balance.said.fr == "VE 1 : 1,00 de trop au débit."
    assert total.said is not None
    assert total.said.en == "Debit 332.00, credit 331.00."


def test_lines_of_an_entry_need_not_stand_together() -> None:
    lines = good_lines()
    mixed = [lines[0], lines[1], lines[4], lines[2], lines[5], lines[3], *lines[6:]]
    assert broken(check("\n".join(mixed).encode())) == {"FEC-ORDER"}


def test_numbers_may_run_in_each_journal_or_in_the_whole_file() -> None:
    in_journals = GOOD.replace("BQ|Banque|2|", "BQ|Banque|1|").replace("VE|Ventes|3|", "VE|Ventes|2|")
    assert broken(check(in_journals.encode())) == set()
    with_letters = in_journals.replace("|1|2026", "|VE-0099|2026").replace("|2|2026", "|VE-0100|2026")
    assert broken(check(with_letters.encode())) == set()


def test_gaps_are_told_in_one_piece() -> None:
    (breach,) = check(GOOD.replace("VE|Ventes|3|", "VE|Ventes|120|").encode()).breaches
    assert breach.count == 1
    assert breach.faults[0].said is not None
    assert breach.faults[0].said.fr == "Il manque 3 à 119."


def test_faults_of_a_rule_are_counted_and_only_the_first_are_kept() -> None:
    lines = good_lines()
    content = "\n".join([*lines, *[lines[7].replace("0,00", "0.00")] * 3000])
    report = check(content.encode())
    amounts = next(breach for breach in report.breaches if breach.rule.identifier == "FEC-AMOUNT")
    assert (amounts.count, len(amounts.faults)) == (3000, MOST_KEPT)


def test_fatal_breaches_come_first() -> None:
    content = instead("20260131||\n", "20260131||\n\n").replace(b"collect\xc3\xa9e", b"").replace(b"TVA ", b"")
    assert [breach.rule.severity for breach in check(content).breaches] == [Severity.FATAL, Severity.WARNING]


def test_siren_and_closing_are_those_that_one_says() -> None:
    assert broken(check(GOOD.encode(), siren="123456782", closing=date(2026, 12, 31))) == set()
    assert broken(check(GOOD.encode(), siren="732829320")) == {"FEC-SIREN"}
    assert broken(check(GOOD.encode(), closing=date(2026, 6, 30))) == {"FEC-CLOSING"}
    assert broken(check(GOOD.encode(), None, closing=date(2026, 2, 28))) == {"FEC-AFTER-CLOSING"}
    assert broken(check(GOOD.encode(), None)) == set()


def test_a_bnc_or_ba_may_leave_journal_and_account_blank() -> None:
    content = instead("VE|Ventes|", "||", -1).replace(b"411000", b"")
    assert broken(check(content)) == {"FEC-EMPTY"}
    assert broken(check(content, is_liberal=True)) == set()


def test_entries_of_cash_books_need_not_balance() -> None:
    row = a_row(journal="", journal_label="", account="", paid_on=date(2026, 1, 15), paid_by="Virement")
    report = check(written(row, layout=FecLayout(regime=Regime.LIBERAL_CASH)))
    assert (report.regime, broken(report)) == (Regime.LIBERAL_CASH, set())
    without = a_row(paid_on=date(2026, 1, 15))
    assert broken(check(written(without, layout=FecLayout(regime=Regime.AGRICULTURAL_CASH)))) == {"FEC-EMPTY"}


def test_montant_and_sens_are_as_good_as_debit_and_credit() -> None:
    for debit, credit in (("D", "C"), ("+1", "-1")):
        content = BROKEN["FEC-SIGN"].replace("|Débit|".encode(), b"|D|").replace(b"|D|", f"|{debit}|".encode())
        report = check(content.replace(b"|C|", f"|{credit}|".encode()))
        assert broken(report) == set()
        assert report.summary.debit == report.summary.credit == Decimal(332)


def test_a_rule_that_would_take_too_much_memory_gives_up_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("entry_rules", "allocation_rules"):
        monkeypatch.setattr(f"reglo.rules.fec.{module}.MOST_REMEMBERED", 50)
    disorder = [a_row(number=f"N{5000 * number}", allocation=f"L{number}") for number in range(200)]
    report = check(written(*disorder))
    unjudged = next(breach for breach in report.breaches if breach.rule.identifier == "FEC-UNJUDGED")
    assert {fault.said.en.split()[0] for fault in unjudged.faults if fault.said} == {
        "FEC-BALANCE",
        "FEC-NUMBER-GAP",
        "FEC-ALLOCATION-BALANCE",
    }
    assert "FEC-TOTAL" in broken(report)


def test_progress_is_told_in_bytes() -> None:
    read: list[int] = []
    check_fec(io.BytesIO(GOOD.encode()), advance=read.append)
    assert sum(read) == len(GOOD.encode())


def _has_one_reading(text: str) -> bool:
    """Whether its bytes in ISO 8859-15 are no UTF-8 too: «ÄŠ» are, and nobody can tell which was meant."""
    latin = text.encode("iso-8859-15", errors="ignore")
    try:
        latin.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return latin.isascii()


@st.composite
def books(draw: st.DrawFn) -> list[FecRow]:
    """Balanced entries of a year, numbered in the order of their validation."""
    amounts = st.integers(1, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
    days = sorted(draw(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), min_size=1, max_size=6)))
    them: list[FecRow] = []
    for number, day in enumerate(days, 1):
        parts = draw(st.lists(amounts, min_size=1, max_size=4))
        facts = {"number": f"E{number:04}", "booked_on": day, "validated_on": day, "reference_date": day}
        label = draw(
            st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Sc", "Sm"], exclude_characters="ÃÂâ")).filter(
                _has_one_reading
            )
        )
        them.append(a_row(debit=sum(parts, Decimal(0)), label=f"Facture {label}", **facts))
        them.extend(a_row(debit=Decimal(0), credit=part, account="706000", **facts) for part in parts)
    return them


@given(
    books(),
    st.builds(
        FecLayout,
        separator=st.sampled_from(Separator),
        encoding=st.sampled_from(FecEncoding),
        style=st.sampled_from(AmountStyle),
        line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    ),
)
def test_good_books_written_in_any_layout_break_no_rule(them: list[FecRow], layout: FecLayout) -> None:
    report = check(written(*them, layout=layout))
    assert report.breaches == ()
    assert report.summary.entries == len({row.number for row in them})


@given(st.lists(rows(), max_size=8))
def test_sums_are_those_of_the_rows(them: list[FecRow]) -> None:
    report = check(written(*them))
    assert report.summary.lines == len(them)
    assert report.summary.debit == sum((row.debit for row in them), Decimal(0))
    assert report.summary.credit == sum((row.credit for row in them), Decimal(0))


@given(
    st.lists(st.tuples(st.integers(0, len(GOOD.encode()) - 1), st.binary(max_size=3)), min_size=1, max_size=8),
    st.booleans(),
)
def test_damaged_bytes_are_reported_or_refused(changes: list[tuple[int, bytes]], is_liberal: bool) -> None:
    content = bytearray(GOOD.encode())
    for place, instead_of in changes:
        content[place : place + 1] = instead_of
    try:
        report = check(bytes(content), is_liberal=is_liberal)
    except UnreadableDocument:
        return
    assert all(breach.count >= len(breach.faults) > 0 for breach in report.breaches)


@given(st.permutations(good_lines()[1:]))
def test_order_of_lines_changes_no_sum_and_no_balance(lines: list[str]) -> None:
    report = check("\n".join([good_lines()[0], *lines]).encode())
    assert not broken(report) & {"FEC-BALANCE", "FEC-TOTAL", "FEC-ALLOCATION-BALANCE", "FEC-NUMBER-GAP"}
    assert report.summary.debit == Decimal(332)
