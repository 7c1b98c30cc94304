from datetime import timedelta
from itertools import product
from unittest.mock import patch

from api.streams.support import FakeClient, StreamTest, response

from kinds.api.python.moments import to_moment
from kinds.api.python.streams.filters import (
    CounterFilter,
    MillisecondsFilter,
    MixedFilter,
    MomentFilter,
    PatternFilter,
    SecondsFilter,
)
from kinds.api.python.streams.incremental import (
    Counters,
    FormattedMixed,
    FormattedMoments,
    MixedBookmarks,
    Moments,
)
from kinds.api.python.streams.look_back import LookBack
from kinds.api.python.streams.moment_params import Milliseconds, MixedFormats, Patterns, Seconds
from kinds.api.python.streams.windows import End, Windows

KEY = {'REPLICATION_KEY': 'at'}
FILTERED = {**KEY, 'BOOKMARK_PARAM': 'since'}
ENDED = {**FILTERED, 'BOOKMARK_END_PARAM': 'until'}


class BookmarksTest(StreamTest):
    def test_the_year_1_is_none_to_begin_from(self):
        for feature in Moments, MixedBookmarks:
            for value in '0001-01-01T00:00:00Z', '0999-12-31':
                self.assertIsNone(feature.read_bookmark(value))
            self.assertEqual(feature.read_bookmark('1000-01-01'), '1000-01-01T00:00:00+00:00')
            self.assertEqual(
                feature.to_bookmark('0001-01-01T00:00:00Z'), '0001-01-01T00:00:00+00:00'
            )
        stream = self.stream(
            [Moments, Patterns, Windows], [], {'start_date': '0001-01-01'}, WINDOW_DAYS=30, **ENDED
        )
        with self.assertRaisesRegex(RuntimeError, 'start_date is before the year 1000'):
            list(stream.load_data())

    def test_moments_become_text_in_utc(self):
        for value in '2024-01-02T01:00:00+01:00', '2024-01-02', 1704153600, 1704153600000:
            self.assertEqual(Moments.to_bookmark(value), '2024-01-02T00:00:00+00:00')
        for value in '1704153600', '1704153600000', '1704153600.0', 1704153600000000:
            self.assertEqual(Moments.to_bookmark(value), '2024-01-02T00:00:00+00:00')
        self.assertEqual(
            Moments.to_bookmark('1700000000.123456'), '2023-11-14T22:13:20.123456+00:00'
        )
        self.assertEqual(Moments.to_bookmark('1710072000500'), '2024-03-10T12:00:00.500000+00:00')
        for value in (
            '2024-01-02 00:00:00+00',
            '2024-01-02T00:00:00.000000000Z',
            '2024-01-02T00+0000',
        ):
            self.assertEqual(Moments.to_bookmark(value), '2024-01-02T00:00:00+00:00')

    def test_what_is_no_moment_without_doubt_is_an_error_that_names_column_and_value(self):
        at = type('At', (Moments,), {'REPLICATION_KEY': 'at'})
        never = '12/01/2024', '2 Jan 2024', '2024-01-02 10:00 CET', '2024-13-01', '20240105', 'inf'
        for value in (*never, 1e300, float('inf'), float('nan'), [1], {}):
            with self.assertRaises(ValueError) as caught:
                at.to_bookmark(value)
            self.assertEqual(
                str(caught.exception),
                f'at, without a value_format, is {value!r}, neither ISO 8601 nor a number since 1970',  # noqa: E501
            )

    def test_moments_of_a_known_form_are_read_by_it_alone(self):
        for form, value in (
            ('%d/%m/%Y', '02/01/2024'),
            ('%Y%m%d', 20240102),
            ('%a, %d %b %Y %H:%M:%S GMT', 'Tue, 02 Jan 2024 00:00:00 GMT'),
            ('%d.%m.%Y %H:%M %z', '02.01.2024 01:00 +0100'),
            ('epoch', '1704153600'),
            ('epoch_ms', 1704153600000),
            ('iso', '2024-01-02'),
        ):
            constants = {'REPLICATION_KEY': 'at', 'VALUE_FORMAT': form}
            for base in FormattedMoments, FormattedMixed:
                stream = type('Formatted', (base,), constants)
                self.assertEqual(stream.to_bookmark(value), '2024-01-02T00:00:00+00:00')
                with self.assertRaisesRegex(ValueError, "at is '13-13', not of the value_format"):
                    stream.to_bookmark('13-13')
                self.assertEqual(stream.read_bookmark('2024-01-02'), '2024-01-02T00:00:00+00:00')
        counting = type('Counting', (FormattedMixed,), {'COUNTER': True})
        self.assertEqual(counting.to_bookmark('12'), 12)

    def test_a_state_that_cannot_be_read_is_an_error_that_names_the_place(self):
        for base in Moments, MixedBookmarks:
            with self.assertRaisesRegex(ValueError, "^start_date is '2024-13-01', neither"):
                base.read_bookmark('2024-13-01', 'start_date')
        with self.assertRaisesRegex(ValueError, "^the state is 'x', no whole number"):
            Counters.read_bookmark('x', 'the state')

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

    def test_the_last_of_moments_in_utc_is_found_whatever_their_forms(self):
        days = [f'2024-01-{day:02}T00:00:00Z' for day in (7, 9, 8)]
        for values, last in (
            (days, '2024-01-09T00:00:00+00:00'),
            ([*days, '2024-01-09T00:00:00.5Z'], '2024-01-09T00:00:00.500000+00:00'),
            ([*days, '2024-01-09T23:00:00-05:00'], '2024-01-10T04:00:00+00:00'),
            ([*days, '2024-01-31T00:00:00Z'], '2024-01-31T00:00:00+00:00'),
            ([*days, '2024-01-09 00:00:01Z'], '2024-01-09T00:00:01+00:00'),
        ):
            self.assertEqual(Moments.get_last(values), last)
        for value in '2023-02-30T00:00:00Z', '2023-01-01T24:30:00Z', '2023-13-01T00:00:00Z':
            with self.assertRaisesRegex(ValueError, value):
                Moments.get_last([*days, value])
        # Of a form of its own, text does not compare.
        constants = {'VALUE_FORMAT': '%Y-%d-%mT%H:%M:%SZ'}
        formatted = type('Formatted', (FormattedMoments,), constants)
        values = ['2024-01-12T00:00:00Z', '2024-02-01T00:00:00Z']
        self.assertEqual(formatted.get_last(values), '2024-12-01T00:00:00+00:00')

    def params(self, features, since, **constants):
        stream, _ = self.read(features, [[]], since, **constants)
        return stream.client.asked[0]

    def test_the_api_is_asked_from_a_step_before_the_bookmark_in_the_form_that_it_takes(self):
        since = '2024-01-02T01:00:00+01:00'
        for features, asked in (
            ([PatternFilter, Moments], '2024-01-01T23:59:59Z'),
            ([SecondsFilter, Moments], 1704153599),
            ([MillisecondsFilter, Moments], 1704153599999),
            ([Patterns, MomentFilter, Moments], '2024-01-01T23:59:59Z'),
            ([Seconds, MomentFilter, Moments], 1704153599),
            ([Milliseconds, MomentFilter, Moments], 1704153599000),
            ([MixedFormats, MomentFilter, Moments], '2024-01-01T23:59:59Z'),
        ):
            self.assertEqual(self.params(features, since, **FILTERED), {'since': asked})
        for form, step, asked in (
            ('%d.%m.%Y', 86400, '01.01.2024'),
            ('epoch_seconds', 1, 1704153599),
            ('epoch_milliseconds', 0.001, 1704153599999),
        ):
            constants = {**FILTERED, 'BOOKMARK_FORMAT': form, 'BOOKMARK_STEP': step}
            features = [MixedFormats, MixedFilter, MixedBookmarks]
            self.assertEqual(self.params(features, since, **constants), {'since': asked})

    def test_the_first_moment_of_a_number_has_none_before_it(self):
        for features in [SecondsFilter], [MillisecondsFilter], [Seconds, MomentFilter]:
            asked = self.params([*features, Moments], '1970-01-01', **FILTERED)
            self.assertEqual(asked, {'since': 0})

    def test_counters_are_asked_for_from_the_number_before(self):
        self.assertEqual(self.params([CounterFilter, Counters], '7', **FILTERED), {'since': 6})
        features = [MixedFormats, MixedFilter, MixedBookmarks]
        asked = self.params(features, 7, COUNTER=True, **FILTERED)
        self.assertEqual(asked, {'since': 6})

    def test_without_a_bookmark_everything_is_read(self):
        self.assertEqual(self.params([PatternFilter, Moments], None, **FILTERED), {})
        self.assertEqual(self.params([PatternFilter, Moments], '2024-01-02'), {})

    def test_what_is_older_is_dropped(self):
        page = [{'at': '2024-01-01'}, {'at': '2024-01-02'}, {'at': None}, {}, {'at': '2024-02-01'}]
        for features in [Moments], [MixedBookmarks], [PatternFilter, Moments]:
            _, rows = self.read(features, [page], '2024-01-02T00:00:00+00:00', **KEY)
            self.assertEqual(rows, [page[1:]])
            _, rows = self.read(features, [page], **KEY)
            self.assertEqual(rows, [page])
            _, rows = self.read(features, [page], '2024-01-02')
            self.assertEqual(rows, [page])

    def test_some_time_is_read_again(self):
        features = [LookBack, PatternFilter, Moments]
        asked = self.params(features, '2024-01-02', LOOKBACK=90, **FILTERED)
        self.assertEqual(asked, {'since': '2024-01-01T23:58:29Z'})

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
        self.assertEqual(
            asked,
            [
                {'since': '2023-12-31T23:59:59Z', 'until': '2024-01-07T23:59:59Z'},
                {'since': '2024-01-07T23:59:58Z', 'until': '2024-01-10T00:00:00Z'},
            ],
        )
        self.assertEqual(complete, [([{'id': 1}], False), ([], True), ([], False), ([], True)])

    def test_windows_begin_at_the_bookmark_and_end_now(self):
        with patch('kinds.api.python.streams.windows.datetime') as clock:
            clock.now.return_value = to_moment('2024-01-03')
            asked, _ = self.windows([[]], since='2024-01-02', WINDOW_DAYS=7)
        window = {'since': '2024-01-01T23:59:59Z', 'until': '2024-01-03T00:00:00Z'}
        self.assertEqual(asked, [window])

    def test_a_stream_without_windows_is_never_complete_on_the_way(self):
        _, complete = self.windows([[{'id': 1}]])
        self.assertEqual(complete, [([{'id': 1}], False), ([], False)])

    def test_borders_of_windows_lose_nothing_and_repeat_nothing(self):
        start = to_moment('2024-01-01T00:00:00.25Z')
        moments = [start + timedelta(hours=hours) for hours in range(24 * 9)]
        near = [moment.replace(minute=59) for moment in moments]
        moments += [moment.replace(second=second) for moment in near for second in (57, 58, 59)]
        moments += [moment.replace(microsecond=0) for moment in moments if moment.second]
        records = [{'id': id, 'at': at.isoformat()} for id, at in enumerate(moments)]
        forms = (('%Y-%m-%dT%H:%M:%SZ', 1), ('%Y-%m-%d', 86400), ('epoch_milliseconds', 0.001))
        for (form, step), includes_start, includes_end in product(forms, (0, 1), (0, 1)):
            with self.subTest(form, includes_start=includes_start, includes_end=includes_end):
                api = Filter(records, form, includes_start, includes_end)
                constants = {**ENDED, 'BOOKMARK_FORMAT': form, 'BOOKMARK_STEP': step}
                features = [Windows, MomentFilter, MixedFormats, Moments]
                stream = self.stream(features, [], **constants, WINDOW_DAYS=2)
                stream.client, stream.since = api, start.isoformat()
                stream.until = '2024-01-12T00:00:00Z'
                ids = [row['id'] for rows in stream.load_data() for row in rows]
                self.assertEqual(sorted(ids), list(range(len(records))))
                self.assertGreater(api.requests, 4)


class Filter(FakeClient):
    """An API that has what it compares in the form of its parameters."""

    def __init__(self, records, form, includes_start, includes_end):
        super().__init__([])
        self.records, self.requests = records, 0
        self.stream = type('Form', (MixedFormats, Moments), {'BOOKMARK_FORMAT': form})
        self.includes_start, self.includes_end = includes_start, includes_end

    def request(self, url, params=None, **kwargs):
        self.requests += 1
        return response([record for record in self.records if self.is_asked(record, params)])

    def is_asked(self, record, params):
        at = self.stream.to_param(to_moment(record['at']))
        since, until = params['since'], params['until']
        after = at > since or (self.includes_start and at == since)
        return after and (at < until or (self.includes_end and at == until))
