from api.streams.support import FakeClient, StreamTest

from kinds.api.pagination.none.none import Whole
from kinds.api.python.streams.changed_parents import ChangedParents
from kinds.api.python.streams.child_bookmarks import ChildBookmarks
from kinds.api.python.streams.filters import PatternFilter
from kinds.api.python.streams.incremental import Moments
from kinds.api.python.streams.parents import (
    IncrementalParents,
    OptionalParentBodies,
    OptionalParentParams,
    ParentParams,
    Parents,
)


def stream_of(name, *features, **constants):
    known = {'BASE_URL': 'https://acme.test', 'TABLE': name.lower(), 'PATH': name.lower()}
    return type(name, (*(features or (Parents,)), Whole), {**known, **constants})


class ParentsTest(StreamTest):
    def test_children_are_read_for_each_record_and_have_its_fields(self):
        teams = stream_of('Teams', CHILD_FIELDS=('id',))
        users = stream_of('Users', PATH='teams/{team}/users', PARENTS=((teams, {'team': 'id'}),))
        pages = [
            [{'id': 'a/b'}, {'id': 2}],
            [{'name': 'x'}],
            [{'name': 'y', 'team': '2'}, {'team': None}],
        ]
        client = FakeClient(pages)
        rows = list(users(client).load_data())
        self.assertEqual(
            rows, [[{'name': 'x', 'team': 'a/b'}], [{'name': 'y', 'team': '2'}, {'team': 2}], []]
        )
        self.assertEqual(
            client.urls[1:], [f'https://acme.test/teams/{id}/users' for id in ('a%2Fb', 2)]
        )

    def test_a_record_that_has_another_value_itself_is_an_error(self):
        orders = stream_of('Orders', CHILD_FIELDS=('id',))
        lines = stream_of('Lines', PARENTS=((orders, {'id': 'id'}),))
        message = 'lines: a record has 7 as id, and its parent 1: take it by another name'
        with self.assertRaisesRegex(RuntimeError, message):
            list(lines(FakeClient([[{'id': 1}], [{'id': 7}]])).load_data())

    def test_a_parent_is_read_once_whoever_reads_it_first(self):
        teams = stream_of('Teams', CHILD_FIELDS=('id',))
        users = stream_of('Users', PARENTS=((teams, {'team': 'id'}),))
        client = FakeClient([[{'id': 1}], [], []])
        self.assertEqual(list(teams(client).load_data()), [[{'id': 1}], []])
        for _ in range(2):
            self.assertEqual(list(users(client).load_data()), [[], []])
        self.assertEqual(len(client.urls), 3)

    def test_a_parent_is_read_once_since_each_moment(self):
        features = (ChangedParents, Moments, PatternFilter)
        bookmark = {'REPLICATION_KEY': 'at', 'BOOKMARK_PARAM': 'since'}
        orders = stream_of('Orders', *features, CHILD_FIELDS=('id', 'at'), **bookmark)
        taken = ((orders, {'order': 'id', 'at': 'at'}),)
        lines = stream_of('Lines', *features, PARENTS=taken, CHANGED_PARENTS=True)
        parts = stream_of('Parts', *features, PARENTS=taken)
        since = '2024-01-02T00:00:00+00:00'
        client = FakeClient([[{'id': 2, 'at': since}], [{'n': 1}], [{'n': 1}], [{'id': 1}], [{}]])
        for _ in range(2):
            changed = lines(client)
            changed.since = since
            rows = [row for page in changed.load_data() for row in page]
            self.assertEqual(rows, [{'n': 1, 'order': 2, 'at': since}])
        whole = parts(client)
        whole.since = since
        with self.assertRaisesRegex(RuntimeError, 'a record of a parent has no at'):
            list(whole.load_data())
        self.assertEqual(
            [params.get('since') for params in client.asked],
            ['2024-01-01T23:59:59Z', None, None, None],
        )

    def test_several_parents_give_all_combinations(self):
        teams = stream_of('Teams', CHILD_FIELDS=('id',))
        years = stream_of('Years', CHILD_FIELDS=('number',))
        parents = ((teams, {'team': 'id'}), (years, {'year': 'number'}))
        scores = stream_of('Scores', ParentParams, PARENTS=parents, PARAMS={'q': '{team}-{year}'})
        pages = [[{'id': 1}, {'id': 2}], [{'number': 3}, {'number': 4}], [], [], [], []]
        client = FakeClient(pages)
        list(scores(client).load_data())
        asked = [params['q'] for params in client.asked[2:]]
        self.assertEqual(asked, ['1-3', '1-4', '2-3', '2-4'])

    def test_what_has_no_value_is_left_out(self):
        teams = stream_of('Teams', CHILD_FIELDS=('id',))
        texts = {'a': '{team}', 'b': '{team} {none}'}
        features = OptionalParentParams, OptionalParentBodies
        constants = {'METHOD': 'post', 'PARAMS': texts, 'BODY': {'deep': [texts]}}
        users = stream_of('Users', *features, PARENTS=((teams, {'team': 'id'}),), **constants)
        client = FakeClient([[{'id': 1}], []])
        list(users(client).load_data())
        asked = {'method': 'post', 'params': {'a': '1'}, 'body': {'deep': [{'a': '1'}]}}
        self.assertEqual(client.asked[1], asked)

    def test_a_missing_field_of_a_parent_is_an_error(self):
        teams = stream_of('Teams', CHILD_FIELDS=('id',))
        users = stream_of('Users', PARENTS=((teams, {'team': 'id'}),))
        with self.assertRaisesRegex(RuntimeError, 'users: a record of a parent has no team'):
            list(users(FakeClient([[{}]])).load_data())

    def test_without_a_parent_there_is_still_a_batch(self):
        teams = stream_of('Teams', CHILD_FIELDS=('id',))
        users = stream_of('Users', PARENTS=((teams, {'team': 'id'}),))
        self.assertEqual(list(users(FakeClient([[]])).load_data()), [[]])

    def test_levels_count_generations(self):
        teams = stream_of('Teams')
        users = stream_of('Users', PARENTS=((teams, {}),))
        posts = stream_of('Posts', PARENTS=((teams, {}), (users, {})))
        self.assertEqual([stream.get_level() for stream in (teams, users, posts)], [0, 1, 2])

    def test_what_was_read_in_part_is_read_again_for_children(self):
        constants = {'CHILD_FIELDS': ('id',), 'REPLICATION_KEY': 'at'}
        teams = stream_of('Teams', IncrementalParents, Moments, **constants)
        client = FakeClient([[{'id': 2}], [{'id': 1}, {'id': 2}]])
        part = teams(client)
        part.since = '2024-01-02'
        list(part.load_data())
        self.assertEqual(client.keys, {})
        self.assertEqual(part.get_keys(teams), [{'id': 1}, {'id': 2}])


class ChildBookmarksTest(StreamTest):
    def children(self, known, start=None):
        features = (ChildBookmarks, PatternFilter, Moments)
        teams = stream_of('Teams', *features, CHILD_FIELDS=('id',))
        users = stream_of(
            'Users',
            *features,
            PARENTS=((teams, {'team': 'id'}),),
            REPLICATION_KEY='at',
            BOOKMARK_PARAM='since',
        )
        stream = users(FakeClient([[{'id': 1}, {'id': 2}], [], []]))
        stream.known, stream.start = known, start
        list(stream.load_data())
        return stream

    def test_each_parent_has_its_own_bookmark(self):
        stream = self.children({'[1]': '2024-01-02T00:00:00+00:00'})
        self.assertEqual(stream.client.asked, [{}, {'since': '2024-01-01T23:59:59Z'}, {}])
        self.assertNotIn('users', stream.client.keys)

    def test_a_new_parent_begins_at_the_start(self):
        stream = self.children({'[2]': '2024-01-02'}, '2023-01-01')
        asked = [params['since'] for params in stream.client.asked[1:]]
        self.assertEqual(asked, ['2022-12-31T23:59:59Z', '2024-01-01T23:59:59Z'])

    def test_read_for_children_of_its_own_it_is_read_whole(self):
        stream = self.children(None)
        self.assertEqual(stream.client.asked, [{}, {}, {}])
        self.assertEqual(stream.client.keys['users'], [])
