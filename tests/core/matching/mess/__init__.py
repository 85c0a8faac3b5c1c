"""Bank lines as customers and banks really make them, with what each truly pays: a generator of labelled mess.

Each kind of mess is a function that draws open items of a customer, and writes the line that the customer's bank would
send. The truth is what the customer says that it pays. Where it says nothing, C. civ. 1342-10 says it: among debts of
the same amount, and for a sum on account, the oldest. Nothing here knows how matching works.
"""

import random

from tests.core.matching.mess.generator import Generator
from tests.core.matching.mess.kinds import KINDS, MAKERS
from tests.core.matching.mess.labelled import Labelled, Mess

__all__ = ["KINDS", "Labelled", "Mess", "mess"]


def mess(*, seed: int, items: int, lines: int, shape: str = "F2026-{:05d}") -> Mess:
    """So many open items, and a statement of so many lines, of all kinds by their weights.

    shape: of invoice numbers, as a format of a running number.
    """
    generator = Generator(random.Random(seed), shape)
    generator.fill(items)
    generator.write(lines, MAKERS, KINDS)
    return generator.made
