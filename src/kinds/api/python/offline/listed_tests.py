"""Offline tests of streams that are found at run time, in the records of others."""

from unittest.mock import patch

from kinds.api.python.offline.base import CONFIG
from kinds.api.python.offline.parent_tests import ParentTests
from kinds.api.python.registry import STREAMS
from kinds.api.python.source import ApiSource


class ListedTests(ParentTests):
    def test_finds_a_stream_for_each_record_of_a_list(self):
        with patch('sys.argv', ['test']):
            source = ApiSource(config=CONFIG)
            templates = self.get_templates()
            for stream in templates.values():
                source.client.keys[stream.LIST.TABLE] = [
                    self.build_item(stream.LIST, n) for n in (1, 2)
                ]
            found = {entry.tap_stream_id: entry.schema for entry in source.discover().streams}
        self.assertEqual(len(found), len(STREAMS) + len(templates))
        for name, stream in source.found.items():
            self.assertNotIn(name, STREAMS)
            self.check_columns(found[name], stream)

    def check_columns(self, schema, stream):
        """Check that a stream has the columns that its list has of it."""

    def get_templates(self):
        return {name: stream for name, stream in STREAMS.items() if stream.LIST}

    def build_item(self, stream, number):
        item = {field: f'{field} {number}' for field in stream.CHILD_FIELDS}
        item = self.add_columns(item, stream)
        return item

    def add_columns(self, item, stream):
        """Return a record of a list with the columns that it has of its streams."""
        return item

    def give_lists(self, source):
        # Each list has a stream that is called as what is said of all of them.
        schemas = super(ApiSource, source).load_schemas_from_folder()
        source.found = {
            name: type(
                name, (stream,), {'FOUND': self.build_found(stream), 'SCHEMA': schemas[name]}
            )
            for name, stream in self.get_templates().items()
        }

    def build_found(self, stream):
        return {name: f'{name} 1' for name in stream.FIELDS}


class ListedColumnTests(ListedTests):
    """The lists have columns of the streams, too."""

    def add_columns(self, item, stream):
        for each in self.get_templates().values():
            if each.LIST is stream and each.COLUMNS_FIELD:
                column = {each.COLUMN_NAME: '"A" {b}', each.COLUMN_TYPE: next(iter(each.TYPES), '')}
                item[each.COLUMNS_FIELD] = [column]
        return item

    def check_columns(self, schema, stream):
        if stream.COLUMNS_FIELD:
            self.assertIn('a_b', schema.properties)
