"""Bank files as statements of `reglo.core.bank`: camt, CFONB 120, MT940, OFX, and tables of any bank."""

from reglo.formats.bank.camt.write import write_camt053
from reglo.formats.bank.cfonb.write import write_cfonb120
from reglo.formats.bank.detect import read_bank_file
from reglo.formats.bank.reading import BankFormat, BankReading, UnreadableBankFile
from reglo.formats.bank.table import ColumnMapping, DateOrder, guess_mapping

__all__ = [
    "BankFormat",
    "BankReading",
    "ColumnMapping",
    "DateOrder",
    "UnreadableBankFile",
    "guess_mapping",
    "read_bank_file",
    "write_camt053",
    "write_cfonb120",
]
