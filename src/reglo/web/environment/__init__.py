"""What the environment says (REGLO_…): read once, typed, refused with a sentence where it is wrong."""

from reglo.web.environment.errors import BadSetting
from reglo.web.environment.reading import Environment, read_environment
from reglo.web.environment.variables import VARIABLES, Variable

__all__ = ["VARIABLES", "BadSetting", "Environment", "Variable", "read_environment"]
