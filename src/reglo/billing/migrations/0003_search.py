"""PostgreSQL finds texts within `search` by an index."""

from django.db import migrations

from reglo.lists.search_index import search_index


class Migration(migrations.Migration):
    """The indexes of the search."""

    dependencies = [("billing", "0002_triggers")]
    operations = [search_index("billing_invoice"), search_index("billing_quote")]
