"""Bank files of our own: one small good one of each format, all telling the same four movements."""

from datetime import date
from decimal import Decimal

from reglo.core.bank import Balance, BankAccount, BankLine, LineKind, Statement

IBAN = "FR7630006000011234567890189"
PAYER_IBAN = "FR1420041010050500013M02606"


def a_line(**changes: object) -> BankLine:
    """A transfer of 1,200 € for an invoice."""
    facts: dict[str, object] = {
        "booked": date(2026, 3, 2),
        "amount": Decimal("1200.00"),
        "currency": "EUR",
        "valued": date(2026, 3, 3),
        "kind": LineKind.TRANSFER,
        "text": "Facture F-2026-0012",
        "payer": "Société Générale des Œufs & fils",
        "payer_iban": PAYER_IBAN,
    }
    return BankLine(**(facts | changes))  # type: ignore[arg-type]  # the caller gives each field its type


def a_statement(*lines: BankLine, opening: str = "500.00") -> Statement:
    """A statement of March 2026 whose balances add up."""
    start = Decimal(opening)
    return Statement(
        account=BankAccount(iban=IBAN, currency="EUR", owner="Atelier Réglo"),
        lines=lines,
        identifier="2026-03",
        opening=Balance(on=date(2026, 2, 28), amount=start),
        closing=Balance(on=date(2026, 3, 31), amount=start + sum((line.amount for line in lines), Decimal(0))),
    )


def record(code: str, rest: str, amount: str = "") -> str:
    """A record of CFONB 120: what stands before column 35 and from there on, and the amount in its columns."""
    head = f"{code}30006    00001EUR2 12345678901"
    return f"{head}{rest}".ljust(90)[:90] + amount.rjust(14, "0") + " " * 16 if amount else f"{head}{rest}".ljust(120)


CFONB = "\r\n".join(
    (
        record("01", "  280226", "5000{"),
        record("04", "05020326  030326VIR SOCIETE DES OEUFS", "12000{"),
        record("05", "05020326     NPYSOCIETE GENERALE DES OEUFS"),
        record("05", "05020326     RCNF-2026-0012"),
        record("05", "05020326     LCCREGLEMENT FACTURE F-2026-0012"),
        record("04", "08050326  050326PRLV EDF", "851}"),
        record("07", "  310326", "16149{"),
    )
)
MT940 = "\r\n".join(
    (
        "{1:F01AGRIFRPPAXXX0000000000}{2:O9400000260331AGRIFRPPXXXX00000000002603310000N}{4:",
        ":20:260331",
        f":25:{IBAN}EUR",
        ":28C:3/1",
        ":60F:C260228EUR500,00",
        ":61:2603030302C1200,NTRFF-2026-0012//B1",
        "/OCMT/EUR1200,/",
        ":86:/TRTP/SEPA TRANSFER/IBAN/FR1420041010050500013M02606/NAME/SOCIETE DE",
        "S OEUFS/REMI/USTD//FACTURE F-2026-0012/EREF/E2E-12",
        ":61:2603050305D85,10NDDTNONREF//B2",
        ":86:105?00PRELEVEMENT?20EREF+EDF-9?21SVWZ+ELECTRICITE MA?22RS?32EDF?33 SA",
        ":62F:C260331EUR1614,90",
        "-}",
    )
)
OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260331
<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>30006<BRANCHID>00001<ACCTID>12345678901<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260301<DTEND>20260331
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260302<TRNAMT>+1200.00<FITID>B1<NAME>VIR SOCIETE DES OEUFS
<MEMO>FACTURE F-2026-0012 D&amp;G</STMTTRN>
<STMTTRN><TRNTYPE>DIRECTDEBIT<DTPOSTED>20260305120000[+1:CET]<TRNAMT>-85,10<FITID>B2<NAME>EDF<MEMO></STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>1614.90<DTASOF>20260331</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
CSV = (
    "Date;Date de valeur;Débit;Crédit;Libellé;Solde\r\n"
    "02/03/2026;03/03/2026;;1 200,00;VIR SOCIETE DES OEUFS F-2026-0012;1 700,00\r\n"
    "05/03/2026;05/03/2026;-85,10;;PRLV EDF;1 614,90\r\n"
)
