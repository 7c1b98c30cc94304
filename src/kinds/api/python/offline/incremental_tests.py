"""Offline tests of streams that have bookmarks."""

from datetime import timedelta

from kinds.api.python.offline.base import OfflineTest, to_moment
from kinds.api.python.registry import STREAMS

INCREMENTAL = [name for name, stream in STREAMS.items() if stream.REPLICATION_KEY]


class IncrementalTests(OfflineTest):
    def test_reads_nothing_where_there_is_nothing(self):
        for name in STREAMS:
            with self.subTest(name):
                result = self.read(name, [])
                self.assertEqual((result.records, result.state), ([], None))

    def test_resumes_from_a_state(self):
        for name in INCREMENTAL:
            with self.subTest(name):
                stream, records = STREAMS[name], self.build_records(name)
                state = self.read(name, records).state
                last = state['bookmarks'][name][stream.REPLICATION_KEY]
                self.assertEqual(last, self.get_bookmark(stream, len(records)))
                result = self.read(name, records, state=state)
                self.check_asked(stream, records, result)
                self.assertEqual(result.records, self.get_new(records, stream))

    def test_delivers_records_without_a_bookmark(self):
        for name in INCREMENTAL:
            with self.subTest(name):
                stream, records = STREAMS[name], self.build_records(name)
                if stream.REPLICATION_KEY not in stream.KEY_PROPERTIES:
                    records[0][stream.REPLICATION_KEY] = None
                result = self.read(name, records)
                self.assertEqual(result.records, records)
                last = result.state['bookmarks'][name][stream.REPLICATION_KEY]
                self.assertEqual(last, self.get_bookmark(stream, len(records)))

    def get_bookmark(self, stream, number):
        """Return the bookmark of a record as a state has it."""
        raise NotImplementedError

    def check_asked(self, stream, records, result):
        """Check how the API is asked for what is new since the last of these records."""

    def get_new(self, records, stream):
        """Return what is read again where the last of these records has been read."""
        return records[-1:]


class Moments(IncrementalTests):
    def get_bookmark(self, stream, number):
        return to_moment(number).isoformat()

    def get_asked(self, stream, number):
        """Return how the API is asked for what is new since a record: from a step earlier on."""
        since = to_moment(number) - timedelta(seconds=stream.BOOKMARK_STEP)
        since = self.look_back(since, stream)
        since = self.begin_window(since, stream)
        return str(stream.to_param(since))

    def look_back(self, since, stream):
        return since

    def begin_window(self, since, stream):
        return since

    def set_bookmarks(self, records, name, columns):
        key = STREAMS[name].REPLICATION_KEY
        for number, record in enumerate(records if key in columns else [], 1):
            moment = to_moment(number)
            is_text = 'string' in columns[key]['type']
            record[key] = moment.isoformat() if is_text else int(moment.timestamp())
            record[key] = self.write_value(record[key], moment, STREAMS[name])

    def write_value(self, value, moment, stream):
        """Return a moment as the values of a stream write it."""
        return value


class PatternMoments(Moments):
    def get_asked(self, stream, number):
        since = to_moment(number) - timedelta(seconds=stream.BOOKMARK_STEP)
        since = self.look_back(since, stream)
        return since.strftime(stream.BOOKMARK_FORMAT)


class SecondsMoments(Moments):
    def get_asked(self, stream, number):
        since = to_moment(number)
        since = self.look_back(since, stream)
        return str(int(since.timestamp()) - 1)


class MillisecondsMoments(Moments):
    def get_asked(self, stream, number):
        since = to_moment(number)
        since = self.look_back(since, stream)
        return str(int(since.timestamp() * 1000) - 1)


class Counters(IncrementalTests):
    def get_bookmark(self, stream, number):
        return number

    def get_asked(self, stream, number):
        """Return how the API is asked for what is new since a record: from the number before."""
        return str(number - 1)


class MomentsAndCounters(Moments, Counters):
    def get_bookmark(self, stream, number):
        return number if stream.COUNTER else to_moment(number).isoformat()

    def get_asked(self, stream, number):
        """Return how the API is asked for what is new since a record: from a step earlier on."""
        if stream.COUNTER:
            return str(number - 1)
        since = to_moment(number) - timedelta(seconds=stream.BOOKMARK_STEP)
        since = self.look_back(since, stream)
        since = self.begin_window(since, stream)
        return str(stream.to_param(since))

    def set_bookmarks(self, records, name, columns):
        key = STREAMS[name].REPLICATION_KEY
        if key in columns and not STREAMS[name].COUNTER:
            for number, record in enumerate(records, 1):
                moment = to_moment(number)
                is_text = 'string' in columns[key]['type']
                record[key] = moment.isoformat() if is_text else int(moment.timestamp())
                record[key] = self.write_value(record[key], moment, STREAMS[name])
