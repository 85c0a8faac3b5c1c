"""What the XML schemas of CII and UBL demand: which element stands where, in which order, how often, what it carries.

    types    the tables, and what of an element or of the elements inside it is against its type
    choice   which table a document is held to
    values   what is no number or date where the readers do not look
    words    the same as rules

The walks of `reglo.rules.cii_syntax` and `reglo.rules.ubl_syntax` carry the type of each element along, so that a
document is walked over once. Whether a value that the model holds is a number or a date is the affair of the readers.
"""

from reglo.rules.schema.choice import schema_of_cii, schema_of_ubl
from reglo.rules.schema.types import Kind, Mistake, Type, elements_with_stray_text
from reglo.rules.schema.values import wrong_values
from reglo.rules.schema.words import SCHEMA_RULES, finding_of, without_repetitions

__all__ = [
    "SCHEMA_RULES",
    "Kind",
    "Mistake",
    "Type",
    "elements_with_stray_text",
    "finding_of",
    "schema_of_cii",
    "schema_of_ubl",
    "without_repetitions",
    "wrong_values",
]
