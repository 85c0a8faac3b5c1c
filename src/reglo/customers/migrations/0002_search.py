"""PostgreSQL finds texts within `search` by an index."""

from django.db import migrations

from reglo.lists.search_index import search_index


class Migration(migrations.Migration):
    """The index of the search."""

    dependencies = [("customers", "0001_initial")]
    operations = [search_index("customers_customer")]
