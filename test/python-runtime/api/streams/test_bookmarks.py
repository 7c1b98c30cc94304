from unittest.mock import patch

from api.streams.support import StreamTest

from kinds.api.python.moments import to_moment
from kinds.api.python.streams.filters import (
    ClientFilter,
    CounterFilter,
    MixedFilter,
    MomentFilter,
    PartialFilter,
    PatternFilter,
)
from kinds.api.python.streams.incremental import Counters, MixedBookmarks, Moments
from kinds.api.python.streams.look_back import LookBack
from kinds.api.python.streams.moment_params import Milliseconds, MixedFormats, Patterns, Seconds
from kinds.api.python.streams.windows import End, Windows

KEY = {'REPLICATION_KEY': 'at'}
FILTERED = {**KEY, 'BOOKMARK_PARAM': 'since'}
ENDED = {**FILTERED, 'BOOKMARK_END_PARAM': 'until'}


class BookmarksTest(StreamTest):
    def test_moments_become_text_in_utc(self):
        for value in '2024-01-02T01:00:00+01:00', '2024-01-02', 1704153600, 1704153600000:
            self.assertEqual(Moments.to_bookmark(value), '2024-01-02T00:00:00+00:00')
        self.assertEqual(Moments.to_bookmark('2 Jan 2024 3:04'), '2024-01-02T03:04:00+00:00')

    def test_counters_become_numbers(self):
        self.assertEqual(Counters.to_bookmark('12'), 12)
        counting = type('Counting', (MixedBookmarks,), {'COUNTER': True})
        self.assertEqual(counting.to_bookmark('12'), 12)
        self.assertEqual(MixedBookmarks.to_bookmark('2024-01-02'), '2024-01-02T00:00:00+00:00')

    def test_the_last_is_the_greatest_and_nothing_is_none(self):
        values = ['2024-01-02T00:00:00Z', None, '', '2024-01-02T00:30:00+01:00']
        self.assertEqual(Moments.get_last(values), '2024-01-02T00:00:00+00:00')
        self.assertEqual(Counters.get_last(['9', 10]), 10)
        self.assertIsNone(Moments.get_last([None, '']))

    def params(self, features, since, **constants):
        stream, _ = self.read(features, [[]], since, **constants)
        return stream.client.asked[0]

    def test_the_api_gets_the_bookmark_as_it_takes_it(self):
        since = '2024-01-02T01:00:00+01:00'
        for features, asked in (
            ([PatternFilter, Moments], '2024-01-02T00:00:00Z'),
            ([Patterns, MomentFilter, Moments], '2024-01-02T00:00:00Z'),
            ([Seconds, MomentFilter, Moments], 1704153600),
            ([Milliseconds, MomentFilter, Moments], 1704153600000),
            ([MixedFormats, MomentFilter, Moments], '2024-01-02T00:00:00Z'),
        ):
            self.assertEqual(self.params(features, since, **FILTERED), {'since': asked})
        for form, asked in (
            ('%d.%m.%Y', '02.01.2024'),
            ('epoch_seconds', 1704153600),
            ('epoch_milliseconds', 1704153600000),
        ):
            constants = {**FILTERED, 'BOOKMARK_FORMAT': form}
            features = [MixedFormats, MixedFilter, MixedBookmarks]
            self.assertEqual(self.params(features, since, **constants), {'since': asked})

    def test_counters_are_sent_as_they_are(self):
        self.assertEqual(self.params([CounterFilter, Counters], '7', **FILTERED), {'since': 7})
        features = [MixedFormats, MixedFilter, MixedBookmarks]
        asked = self.params(features, 7, COUNTER=True, **FILTERED)
        self.assertEqual(asked, {'since': 7})

    def test_without_a_bookmark_everything_is_read(self):
        self.assertEqual(self.params([PatternFilter, Moments], None, **FILTERED), {})
        self.assertEqual(self.params([PatternFilter, Moments], '2024-01-02'), {})

    def test_without_a_filter_of_the_api_what_is_older_is_dropped(self):
        page = [{'at': '2024-01-01'}, {'at': '2024-01-02'}, {'at': None}, {}, {'at': '2024-02-01'}]
        for features in [ClientFilter, Moments], [PartialFilter, Moments]:
            _, rows = self.read(features, [page], '2024-01-02T00:00:00+00:00', **KEY)
            self.assertEqual(rows, [page[1:]])
            _, rows = self.read(features, [page], **KEY)
            self.assertEqual(rows, [page])
            _, rows = self.read(features, [page], '2024-01-02')
            self.assertEqual(rows, [page])

    def test_with_a_filter_of_the_api_it_decides(self):
        page = [{'at': '2024-01-01'}]
        _, rows = self.read([PartialFilter, PatternFilter, Moments], [page], '2024-06', **FILTERED)
        self.assertEqual(rows, [page])

    def test_some_time_is_read_again(self):
        features = [LookBack, PatternFilter, Moments]
        asked = self.params(features, '2024-01-02', LOOKBACK=90, **FILTERED)
        self.assertEqual(asked, {'since': '2024-01-01T23:58:30Z'})

    def test_the_end_of_the_run_is_sent(self):
        stream = self.stream([End, MomentFilter, Patterns, Moments], [[]], **ENDED)
        stream.until = '2024-02-01'
        list(stream.load_data())
        self.assertEqual(stream.client.asked, [{'until': '2024-02-01T00:00:00Z'}])

    def windows(self, pages, until=None, since=None, **constants):
        features = [Windows, MomentFilter, Patterns, Moments]
        stream = self.stream(features, pages, {'start_date': '2024-01-01'}, **ENDED, **constants)
        stream.since, stream.until = since, until
        complete = [(rows, stream.complete) for rows in stream.load_data()]
        return stream.client.asked, complete

    def test_windows_follow_each_other_up_to_the_end(self):
        asked, complete = self.windows([[{'id': 1}], []], '2024-01-10', WINDOW_DAYS=7)
        middle = '2024-01-08T00:00:00Z'
        self.assertEqual(
            asked,
            [
                {'since': '2024-01-01T00:00:00Z', 'until': middle},
                {'since': middle, 'until': '2024-01-10T00:00:00Z'},
            ],
        )
        self.assertEqual(complete, [([{'id': 1}], False), ([], True), ([], False), ([], True)])

    def test_windows_begin_at_the_bookmark_and_end_now(self):
        with patch('kinds.api.python.streams.windows.datetime') as clock:
            clock.now.return_value = to_moment('2024-01-03')
            asked, _ = self.windows([[]], since='2024-01-02', WINDOW_DAYS=7)
        window = {'since': '2024-01-02T00:00:00Z', 'until': '2024-01-03T00:00:00Z'}
        self.assertEqual(asked, [window])

    def test_a_stream_without_windows_is_never_complete_on_the_way(self):
        _, complete = self.windows([[{'id': 1}]])
        self.assertEqual(complete, [([{'id': 1}], False), ([], False)])
