"""UBL 2.1 Invoice and CreditNote, as EN 16931, XRechnung, Peppol and EXTENDED-CTC-FR use them.

One binding, in `tables`, says where each term of the model stands; `read`, `write` and `locate` follow it.
"""

from reglo.formats.ubl.locate import UblLocator, locate_ubl
from reglo.formats.ubl.read import read_ubl
from reglo.formats.ubl.write import write_ubl

__all__ = ["UblLocator", "locate_ubl", "read_ubl", "write_ubl"]
