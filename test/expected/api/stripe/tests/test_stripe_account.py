"""Stripe Account: offline tests, which need neither an account nor a network."""

import inspect
import io
import json
from contextlib import redirect_stdout
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from unittest import TestCase
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from requests import Response
from requests.adapters import BaseAdapter

from mage_integrations.sources.stripe_account import StripeAccount
from mage_integrations.sources.stripe_account.streams import STREAMS

INCREMENTAL = [name for name, stream in STREAMS.items() if stream.REPLICATION_KEY]
CREDENTIALS = {'Authorization': 'Bearer test-access-token'}
CONFIG = {'access_token': 'test-access-token'}
# The most records that a page of the fake API has.
SIZE = 2


class StripeAccountTest(TestCase):
    def read(self, name, records, first=None, **options):
        """Read one stream as Mage does, from an API that has these records."""
        api, output = FakeApi(STREAMS[name], records, first), io.StringIO()
        # A source reads the command line, which here is the test runner's.
        with patch('sys.argv', ['test']), patch('time.sleep') as sleep, redirect_stdout(output):
            source = StripeAccount(config=CONFIG, log_to_stdout=True, **options)
            self.give_parents(source, name)
            source.client.session.get_adapter = lambda url: api
            source.catalog = source.discover(streams=[name])
            for entry in source.catalog.streams[0].metadata:
                entry['metadata']['selected'] = True
            source.process()
        messages = [json.loads(line) for line in output.getvalue().splitlines()]
        rows = [message['record'] for message in messages if message['type'] == 'RECORD']
        rows = self.leave_out_columns(rows, records)
        rows = self.unite_parents(rows, name)
        states = [message['value'] for message in messages if message['type'] == 'STATE']
        state = states[-1] if states else None
        return SimpleNamespace(records=rows, state=state, messages=messages, sleep=sleep, api=api)

    def give_parents(self, source, name):
        for parent, _ in STREAMS[name].PARENTS:
            keys = [dict.fromkeys(parent.CHILD_FIELDS, number) for number in (1, 2)]
            source.client.keys[parent.TABLE] = keys

    def leave_out_columns(self, rows, records):
        return [{column: row[column] for column in records[0]} for row in rows]

    def unite_parents(self, rows, name):
        """Return what a stream gives for one of its parents, which is the same for each.

        A key that has nothing of a parent comes once.
        """
        parents, keys = STREAMS[name].PARENTS, STREAMS[name].KEY_PROPERTIES
        count = 2 ** len(
            [1 for _, fields in parents if not keys or not fields.keys().isdisjoint(keys)]
        )
        records = rows[: len(rows) // count]
        self.assertEqual(rows, records * count)
        return records

    def build_records(self, name):
        """Return records of a stream, with values of the types in its schema."""
        path = Path(inspect.getfile(StripeAccount)).parent / 'schemas' / f'{name}.json'
        columns = json.loads(path.read_text(encoding='utf-8'))['properties']
        columns = self.leave_to_parents(columns, name)
        records = [
            {column: build_value(schema, number) for column, schema in columns.items()}
            for number in (1, 2, 3)
        ]
        self.set_bookmarks(records, name, columns)
        return records

    def leave_to_parents(self, columns, name):
        added = self.get_parent_columns(name)
        return {column: schema for column, schema in columns.items() if column not in added}

    def set_bookmarks(self, records, name, columns):
        key = STREAMS[name].REPLICATION_KEY
        for number, record in enumerate(records if key in columns else [], 1):
            moment = to_moment(number)
            is_text = 'string' in columns[key]['type']
            record[key] = moment.isoformat() if is_text else int(moment.timestamp())

    def test_reads_all_pages(self):
        for name in STREAMS:
            with self.subTest(name):
                records = self.build_records(name)
                self.assertEqual(self.read(name, records).records, records)

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
        return to_moment(number).isoformat()

    def check_asked(self, stream, records, result):
        params = result.api.read_params(result.api.requests[0])
        self.assertEqual(params.get(stream.BOOKMARK_PARAM), self.get_asked(stream, len(records)))

    def get_new(self, records, stream):
        """Return what is read again where the last of these records has been read."""
        return records[-1:]

    def get_asked(self, stream, number):
        since = to_moment(number)
        return str(int(since.timestamp()) - 1)

    def test_waits_as_long_as_the_api_asks(self):
        for name in STREAMS:
            with self.subTest(name):
                records = self.build_records(name)
                result = self.read(name, records, first=(429, {'Retry-After': '7'}))
                self.assertEqual(result.records, records)
                result.sleep.assert_any_call(7)

    def test_gives_children_the_fields_of_their_parents(self):
        for name in STREAMS:
            with self.subTest(name):
                # Without keys, which the records of all parents have in common.
                with patch.object(STREAMS[name], 'KEY_PROPERTIES', []):
                    messages = self.read(name, self.build_records(name)).messages
                rows = [message['record'] for message in messages if message['type'] == 'RECORD']
                for column in self.get_parent_columns(name):
                    self.assertEqual({row[column] for row in rows}, {1, 2})

    def get_parent_columns(self, name):
        return [column for _, fields in STREAMS[name].PARENTS for column in fields]


class FakeApi(BaseAdapter):
    """Answers the requests of a session in place of the network, as the API would.

    The first request for records gets another answer where `first` has its status and headers.
    """

    def __init__(self, stream, records, first=None):
        super().__init__()
        self.stream, self.records, self.first = stream, records, first
        self.requests = []

    def send(self, request, **kwargs):
        status, body, headers = self.answer(request)
        response = Response()
        response.status_code, response.url, response.request = status, request.url, request
        response.headers.update(headers)
        response.raw = io.BytesIO(json.dumps(body).encode())
        return response

    def answer(self, request):
        self.requests.append(request)
        if self.first:
            (status, headers), self.first = self.first, None
            return status, {}, headers
        self.check_credentials(request)
        body, headers = self.get_page(self.read_params(request), request.url)
        return 200, body, headers

    def check_credentials(self, request):
        assert CREDENTIALS.items() <= request.headers.items(), 'The credentials are wrong'

    def get_page(self, params, url):
        field, last = self.stream.KEYSET_FIELD, params.get(self.stream.KEYSET_PARAM)
        records = [{field: number, **row} for number, row in enumerate(self.records, 1)]
        start = [str(record[field]) for record in records].index(last) + 1 if last else 0
        body = records[start : start + SIZE]
        body = self.wrap(body)
        self.say_more(body, start + SIZE < len(records))
        return body, {}

    def wrap(self, body):
        """Return a body that has the records where the stream looks for them."""
        for key in reversed(self.stream.RECORDS_PATH):
            body = {key: body}
        return body

    def read_params(self, request):
        return dict(parse_qsl(urlsplit(request.url).query))

    def say_more(self, body, has_more):
        put(body, self.stream.HAS_MORE_PATH, has_more)


def put(body, path, value):
    """Put a value into a body, at a path of keys."""
    *parents, last = path
    for key in parents:
        body = body.setdefault(key, {})
    body[last] = value


def build_value(schema, number):
    kinds = schema['type']
    if 'object' in kinds:
        parts = schema.get('properties') or {'number': {'type': 'integer'}}
        return {name: build_value(part, number) for name, part in parts.items()}
    if 'array' in kinds:
        return [build_value(schema['items'], number)]
    values = {'boolean': number > 2, 'integer': number, 'number': number + 0.5}
    text = to_moment(number).isoformat() if 'format' in schema else f'text {number}'
    return next((values[kind] for kind in kinds if kind in values), text)


def to_moment(minute):
    return datetime(2024, 1, 1, 0, minute, tzinfo=timezone.utc)
