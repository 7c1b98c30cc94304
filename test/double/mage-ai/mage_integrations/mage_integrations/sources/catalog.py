"""Mage's catalog: Singer's, with what the user chooses for each stream."""
from singer import catalog
from singer.schema import Schema


class CatalogEntry(catalog.CatalogEntry):
    def __init__(
        self,
        auto_add_new_fields=False,
        bookmark_properties=None,
        bookmark_property_operators=None,
        disable_column_type_check=None,
        partition_keys=None,
        run_in_parallel=False,
        unique_conflict_method=None,
        unique_constraints=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        # Mage ignores the argument: only a stored catalog can switch it on.
        self.auto_add_new_fields = False
        self.bookmark_properties = bookmark_properties
        self.bookmark_property_operators = bookmark_property_operators
        self.disable_column_type_check = disable_column_type_check
        self.partition_keys = partition_keys
        self.run_in_parallel = run_in_parallel
        self.unique_conflict_method = unique_conflict_method
        self.unique_constraints = unique_constraints

    def to_dict(self):
        """The operators of the bookmarks are not written."""
        result = super().to_dict()
        if self.auto_add_new_fields is not None:
            result['auto_add_new_fields'] = self.auto_add_new_fields
        if self.bookmark_properties:
            result['bookmark_properties'] = self.bookmark_properties
        if self.disable_column_type_check is not None:
            result['disable_column_type_check'] = self.disable_column_type_check
        for name in (
            'partition_keys', 'run_in_parallel', 'unique_conflict_method', 'unique_constraints',
        ):
            if getattr(self, name):
                result[name] = getattr(self, name)
        return result

    def update_schema(self, new_catalog_entry):
        """Takes over the columns that this entry doesn't have yet, as selected ones."""
        if isinstance(new_catalog_entry, dict):
            new_catalog_entry = Catalog.from_dict({'streams': [new_catalog_entry]}).streams[0]
        for column, schema in new_catalog_entry.schema.properties.items():
            if column in self.schema.properties:
                continue
            self.schema.properties[column] = schema
            for entry in new_catalog_entry.metadata:
                if list(entry.get('breadcrumb') or []) == ['properties', column]:
                    entry['metadata']['selected'] = True
                    self.metadata.append(entry)
        return self


class Catalog(catalog.Catalog):
    @classmethod
    def from_dict(cls, data):
        """The row count is not read."""
        streams = []
        for stream in data['streams']:
            entry = CatalogEntry(
                database=stream.get('database_name'),
                schema=Schema.from_dict(stream.get('schema')),
                table=stream.get('table_name'),
                **{name: stream.get(name) for name in (
                    'bookmark_properties', 'bookmark_property_operators',
                    'disable_column_type_check', 'is_view', 'key_properties', 'metadata',
                    'partition_keys', 'replication_key', 'replication_method',
                    'run_in_parallel', 'stream', 'stream_alias', 'tap_stream_id',
                    'unique_conflict_method', 'unique_constraints',
                )},
            )
            entry.auto_add_new_fields = stream.get('auto_add_new_fields')
            streams.append(entry)
        return cls(streams)

    def to_dict(self):
        return {
            'streams': [s if isinstance(s, dict) else s.to_dict() for s in self.streams],
        }
