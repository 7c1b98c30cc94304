"""Offline tests of streams that have parents."""

from unittest.mock import patch

from kinds.api.python.offline.base import OfflineTest, to_moment
from kinds.api.python.registry import STREAMS


class ParentTests(OfflineTest):
    def test_gives_children_the_fields_of_their_parents(self):
        for name in STREAMS:
            with self.subTest(name):
                # Without keys, which the records of all parents have in common.
                with patch.object(STREAMS[name], 'KEY_PROPERTIES', []):
                    messages = self.read(name, self.build_records(name)).messages
                rows = [message['record'] for message in messages if message['type'] == 'RECORD']
                for column in self.get_parent_columns(name):
                    self.assertEqual({row[column] for row in rows}, {1, 2})
                self.check_items(rows, name)

    def check_items(self, rows, name):
        """Check that the rows have what the stream was asked for by."""

    def get_parent_columns(self, name):
        return [column for _, fields in STREAMS[name].PARENTS for column in fields]

    def give_parents(self, source, name):
        self.note_client(source)
        self.give_lists(source)
        for parent, _ in STREAMS[name].PARENTS:
            keys = [dict.fromkeys(parent.CHILD_FIELDS, number) for number in (1, 2)]
            source.client.keys[parent.TABLE] = keys

    def give_lists(self, source):
        """Give streams that are found at run time the lists that they are found in."""

    def note_client(self, source):
        """Keep what knows the configuration."""

    def unite_parents(self, rows, name):
        """Return what a stream gives for one of its parents, which is the same for each.

        A key that has nothing of a parent comes once.
        """
        parents, keys = STREAMS[name].PARENTS, STREAMS[name].KEY_PROPERTIES
        count = 2 ** len(
            [1 for _, fields in parents if not keys or not fields.keys().isdisjoint(keys)]
        )
        count = self.count_items(count, name)
        records = rows[: len(rows) // count]
        self.assertEqual(rows, records * count)
        return records

    def count_items(self, count, name):
        return count

    def leave_to_parents(self, columns, name):
        added = self.get_parent_columns(name)
        added = self.add_item(added, name)
        return {column: schema for column, schema in columns.items() if column not in added}

    def add_item(self, columns, name):
        return columns


class MomentParentTests(ParentTests):
    """Some streams take moments of their parents."""

    def test_gives_children_the_fields_of_their_parents(self):
        for name in STREAMS:
            with self.subTest(name):
                # Without keys, which the records of all parents have in common.
                with patch.object(STREAMS[name], 'KEY_PROPERTIES', []):
                    messages = self.read(name, self.build_records(name)).messages
                rows = [message['record'] for message in messages if message['type'] == 'RECORD']
                for column in self.get_parent_columns(name):
                    self.assertEqual(len({row[column] for row in rows}), 2)
                self.check_items(rows, name)

    def give_parents(self, source, name):
        self.note_client(source)
        self.give_lists(source)
        self.begin_anywhere()
        columns = source.discover(streams=[name]).streams[0].schema.properties
        for parent, fields in STREAMS[name].PARENTS:
            source.client.keys[parent.TABLE] = [
                {field: self.build_field(columns[column], at) for column, field in fields.items()}
                for at in (1, 2)
            ]

    def build_field(self, schema, number):
        return to_moment(number).isoformat() if schema.format else number

    def begin_anywhere(self):
        """Have children ask by all that there is of their parents."""


class ChangedParentTests(MomentParentTests):
    """Some streams are asked for by what has changed of a parent, or is there since a start."""

    def begin_anywhere(self):
        for stream in STREAMS.values():
            patched = patch.object(stream, 'get_since', lambda *_: None)
            patched.start()
            self.addCleanup(patched.stop)
