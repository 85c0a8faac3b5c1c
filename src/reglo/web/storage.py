"""How static files are kept: compressed, under names that change with what they hold."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """As whitenoise does it, and modules import each other by those names too."""

    support_js_module_import_aggregation = True
