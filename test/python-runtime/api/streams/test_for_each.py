from api.streams.support import FakeClient, StreamTest
from api.streams.test_parents import stream_of

from kinds.api.python.streams.child_bookmarks import ChildBookmarks
from kinds.api.python.streams.for_each import ForEach
from kinds.api.python.streams.incremental import Moments
from kinds.api.python.streams.parents import ParentParams

ITEM = {'ITEM': 'region', 'PATH': '{region}/deals'}


class ForEachTest(StreamTest):
    def read_items(self, constants, pages, config=None, features=(ForEach,)):
        client = FakeClient(pages, config)
        rows = list(stream_of('Deals', *features, **{**ITEM, **constants})(client).load_data())
        return client, rows

    def test_a_stream_is_read_for_each_item_and_has_it_as_a_column(self):
        client, rows = self.read_items({'ITEMS': ('e/u', 7)}, [[{'id': 1}], [{'id': 1}]])
        self.assertEqual(rows, [[{'id': 1, 'region': 'e/u'}], [{'id': 1, 'region': 7}], []])
        self.assertEqual(client.urls, [f'https://acme.test/{item}/deals' for item in ('e%2Fu', 7)])

    def test_parameters_have_the_item(self):
        constants = {'ITEMS': ('eu',), 'PATH': 'deals', 'PARAMS': {'q': 'in {region}'}}
        client, _ = self.read_items(constants, [[]], features=(ForEach, ParentParams))
        self.assertEqual(client.asked, [{'q': 'in eu'}])

    def test_items_are_configured_as_a_list_or_as_text(self):
        for found in ['eu', 'us', 'eu'], [' eu ', 'us', ''], 'eu, us,', 'eu,us':
            client, rows = self.read_items(
                {'ITEMS_KEY': 'regions'}, [[{'id': 1}], [{'id': 2}]], {'regions': found}
            )
            self.assertEqual([row['region'] for page in rows for row in page], ['eu', 'us'])
        _, rows = self.read_items({'ITEMS_KEY': 'years'}, [[{'id': 1}]], {'years': 2024})
        self.assertEqual(rows[0], [{'id': 1, 'region': '2024'}])

    def test_nothing_configured_is_told(self):
        for config in {}, {'regions': []}, {'regions': ' , '}:
            with self.assertRaisesRegex(RuntimeError, 'deals: regions in the configuration has no'):
                self.read_items({'ITEMS_KEY': 'regions'}, [], config)

    def test_other_streams_of_the_connector_have_none(self):
        _, rows = self.read_items({'ITEM': None, 'PATH': 'x'}, [[{'id': 1}]])
        self.assertEqual(rows, [[{'id': 1}], []])

    def test_items_come_with_each_record_of_a_parent(self):
        teams = stream_of('Teams', CHILD_FIELDS=('id',))
        constants = {'ITEMS': ('eu', 'us'), 'PARENTS': ((teams, {'team': 'id'}),)}
        client, _ = self.read_items(
            {**constants, 'PATH': '{team}/{region}'}, [[{'id': 1}, {'id': 2}], [], [], [], []]
        )
        places = ['1/eu', '1/us', '2/eu', '2/us']
        self.assertEqual(client.urls[1:], [f'https://acme.test/{place}' for place in places])

    def test_each_item_has_a_bookmark_of_its_own(self):
        constants = {**ITEM, 'ITEMS': ('eu', 'us'), 'REPLICATION_KEY': 'at'}
        cls = stream_of('Deals', ForEach, ChildBookmarks, Moments, **constants)
        stream = cls(FakeClient([[{'at': '2024-01-01'}, {'at': '2024-01-03'}]] * 2))
        stream.known, stream.start = {'["us"]': '2024-01-02'}, None
        rows = [row['region'] for page in stream.load_data() for row in page]
        self.assertEqual(rows, ['eu', 'eu', 'us'])
