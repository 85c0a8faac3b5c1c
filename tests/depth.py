"""How much more is tried than on ordinary days: REGLO_DEEP=10 asks for ten times the examples and the kills."""

import os

TIMES = int(os.environ.get("REGLO_DEEP") or 1)
