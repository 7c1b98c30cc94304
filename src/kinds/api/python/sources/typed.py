"""A source of which some streams have columns that destinations hold in one form alone."""

from kinds.api.python.source import ApiSource
from mage_integrations.utils.schema_helpers import extract_selected_columns


class TypedSource(ApiSource):
    def set_schema(self, stream, source) -> None:
        names = extract_selected_columns(stream.metadata)
        columns = stream.schema.properties.items()
        source.schema = {name: column for name, column in columns if name in names}
