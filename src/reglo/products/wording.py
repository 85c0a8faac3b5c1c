"""What natures of products are called."""

from collections.abc import Mapping

from reglo.core.findings import Text
from reglo.core.mentions import Nature

NATURES: Mapping[Nature, Text] = {
    Nature.SERVICES: Text(fr="Service", en="Service"),
    Nature.GOODS: Text(fr="Bien", en="Goods"),
    Nature.MIXED: Text(fr="Mixte", en="Mixed"),
}
