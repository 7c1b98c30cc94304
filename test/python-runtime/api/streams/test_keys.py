from api.streams.support import FakeClient, StreamTest
from api.streams.test_parents import stream_of

from kinds.api.pagination.page.page import Pages
from kinds.api.python.streams.child_bookmarks import ChildBookmarks
from kinds.api.python.streams.incremental import Counters, Moments
from kinds.api.python.streams.keys import ChildKeys, IncrementalKeys, Keys
from kinds.api.python.streams.parents import Parents

ID = {'KEY_PROPERTIES': ['id']}
BY_TIME = {**ID, 'REPLICATION_KEY': 'at'}
DAYS = [f'2024-01-0{day}T00:00:00+00:00' for day in range(1, 10)]


def rows_of(*versions):
    return [{'id': id, 'at': DAYS[day - 1] if day else None} for id, day in versions]


class KeysTest(StreamTest):
    pagination = (Pages,)

    def test_a_row_without_a_key_is_an_error(self):
        with self.assertRaisesRegex(RuntimeError, 'items: a record has no value in id, of name'):
            self.read([Keys], [[{'name': 'a'}], []], **ID)

    def test_pages_that_shift_give_each_key_once(self):
        pages = [[{'id': 1}, {'id': '2'}], [{'id': '2'}, {'id': 2}], []]
        for features in [Keys], [IncrementalKeys, Moments]:
            _, rows = self.read(features, pages, **ID)
            self.assertEqual(rows, [pages[0], [{'id': 2}], []])

    def test_a_key_may_be_of_several_columns(self):
        page = [{'a': 1, 'b': 2}, {'a': 1, 'b': 3}, {'a': 1, 'b': 2}]
        _, rows = self.read([Keys], [page, []], KEY_PROPERTIES=['a', 'b'])
        self.assertEqual(rows, [page[:2], []])

    def test_without_keys_all_come(self):
        page = [{'id': 1}, {'id': 1}]
        for features in [Keys], [IncrementalKeys, Moments]:
            self.assertEqual(self.read(features, [page, []])[1], [page, []])

    def test_of_a_page_the_newest_comes_and_without_bookmarks_the_last(self):
        page = [{'id': 1, 'at': DAYS[1]}, {'id': 1, 'at': DAYS[2]}, {'id': 1, 'at': DAYS[0]}]
        _, rows = self.read([IncrementalKeys, Moments], [page, []], **BY_TIME)
        self.assertEqual(rows, [page[1:2], []])
        _, rows = self.read([Keys], [page, []], **ID)
        self.assertEqual(rows, [page[2:], []])
        page = rows_of((1, 0), (1, 2), (1, 0))
        _, rows = self.read([IncrementalKeys, Moments], [page, []], **BY_TIME)
        self.assertEqual(rows, [page[1:2], []])

    def state(self, *pages):
        stream, rows = self.read([IncrementalKeys, Moments], [*pages, []], **BY_TIME)
        return [row['id'] for page in rows for row in page], stream.get_state()

    def test_what_is_newer_than_what_was_written_is_left_to_the_next_run(self):
        self.assertEqual(self.state(rows_of((1, 1), (2, 5)), rows_of((1, 3))), ([1, 2], DAYS[2]))
        pages = rows_of((1, 1), (2, 2)), rows_of((1, 6), (2, 4)), rows_of((3, 9), (2, 8))
        self.assertEqual(self.state(*pages), ([1, 2, 3], DAYS[3]))
        self.assertEqual(self.state(rows_of((1, 0), (2, 5)), rows_of((1, 3))), ([1, 2], DAYS[2]))

    def test_what_is_not_newer_leaves_the_state_alone(self):
        pages = rows_of((1, 3), (2, 5)), rows_of((1, 3), (2, 4)), rows_of((1, 0))
        self.assertEqual(self.state(*pages), ([1, 2], DAYS[4]))

    def test_pages_that_repeat_a_few_keys_give_the_others(self):
        first, second = rows_of((1, 1), (2, 2)), rows_of((2, 1), (3, 3), (1, 1), (4, 4))
        self.assertEqual(self.state(first, second), ([1, 2, 3, 4], DAYS[3]))
        pages = [[{'id': 1}, {'id': 2}], [{'id': 2}, {'id': 3}, {'id': 3}, {'id': 4}], []]
        _, rows = self.read([Keys], pages, **ID)
        self.assertEqual(rows[1], [{'id': 3}, {'id': 4}])

    def test_counters_tell_versions_of_any_size(self):
        great = 2**70
        pages = [{'id': 'a', 'n': 9}, {'id': 'b', 'n': great}], [{'id': 'a', 'n': 10}]
        constants = {**ID, 'REPLICATION_KEY': 'n'}
        stream, _ = self.read([IncrementalKeys, Counters], [*pages, []], **constants)
        self.assertEqual(stream.get_state(), 10)
        pages = [{'id': 'a', 'n': 0}, {'id': 'b', 'n': 7}], [{'id': 'a', 'n': 0}]
        stream, _ = self.read([IncrementalKeys, Counters], [*pages, []], **constants)
        self.assertEqual(stream.get_state(), 7)


class ChildKeysTest(StreamTest):
    def test_children_and_those_of_several_parents_come_once(self):
        teams = stream_of('Teams', Keys, Parents, CHILD_FIELDS=('id', 'lead'), **ID)
        users = stream_of('Users', Keys, Parents, PARENTS=((teams, {'lead': 'lead'}),), **ID)
        pages = [[{'id': 1, 'lead': 7}, {'id': 1, 'lead': 7}, {'id': 2, 'lead': 7}], [{'id': 3}]]
        client = FakeClient(pages)
        rows = [row for rows in users(client).load_data() for row in rows]
        self.assertEqual(client.keys['teams'], [{'id': 1, 'lead': 7}, {'id': 2, 'lead': 7}])
        self.assertEqual(rows, [{'id': 3, 'lead': 7}])

    def test_each_parent_has_a_bookmark_of_what_came_and_holds_back_its_own(self):
        features = (ChildKeys, ChildBookmarks, Moments)
        teams = stream_of('Teams', *features, CHILD_FIELDS=('id',))
        users = stream_of('Users', *features, PARENTS=((teams, {'team': 'id'}),), **BY_TIME)
        of_parents = rows_of((1, 1), (2, 2)), rows_of((1, 3), (3, 4)), rows_of((2, 2), (4, 5))
        stream = users(FakeClient([[{'id': 1}, {'id': 2}, {'id': 3}], *of_parents]))
        stream.known, stream.start = {}, None
        states = [stream.get_state() for _ in stream.load_data()]
        self.assertEqual(states[:3], [DAYS[1], DAYS[2], DAYS[4]])
