"""Offline tests of an API connector, which need neither an account nor a network."""

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

from kinds.api.python.registry import STREAMS
from kinds.api.python.source import ApiSource

CONFIG = {}
# The most records that a page of the fake API has.
SIZE = 2


class OfflineTest(TestCase):
    def read(self, name, records, first=None, **options):
        """Read one stream as Mage does, from an API that has these records."""
        api, output = FakeApi(STREAMS[name], records, first), io.StringIO()
        # A source reads the command line, which here is the test runner's.
        with patch('sys.argv', ['test']), patch('time.sleep') as sleep, redirect_stdout(output):
            source = ApiSource(config=CONFIG, log_to_stdout=True, **options)
            self.set_end(source)
            self.give_parents(source, name)
            self.keep_all()
            self.size_pages()
            self.mark_none()
            self.sign_tokens(source.client, api)
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

    def set_end(self, source):
        """Give a source the end of its run."""

    def keep_all(self):
        """Have streams keep records of any values."""

    def size_pages(self):
        """Have streams ask for pages of as many records as the API gives at once."""

    def mark_none(self):
        """Have streams take no record for one that is deleted."""

    def give_parents(self, source, name):
        """Give a stream the records of its parents."""

    def sign_tokens(self, client, api):
        """Have the API know the tokens that the connector signs."""

    def leave_out_columns(self, rows, records):
        return rows

    def unite_parents(self, rows, name):
        return rows

    def build_records(self, name):
        """Return records of a stream, with values of the types in its schema."""
        path = Path(inspect.getfile(ApiSource)).parent / 'schemas' / f'{name}.json'
        columns = json.loads(path.read_text(encoding='utf-8'))['properties']
        columns = self.leave_to_parents(columns, name)
        columns = self.leave_to_responses(columns, name)
        columns = self.leave_to_shape(columns, name)
        columns = self.leave_to_values(columns, name)
        columns = self.leave_to_items(columns, name)
        columns = self.leave_to_map_values(columns, name)
        columns = self.leave_to_marks(columns, name)
        columns = self.leave_to_other_formats(columns, name)
        records = [
            {column: build_value(schema, number) for column, schema in columns.items()}
            for number in (1, 2, 3)
        ]
        records = self.leave_one(records, name)
        self.name_elements(records, name)
        self.match_filter(records, name)
        self.set_bookmarks(records, name, columns)
        return records

    def leave_to_parents(self, columns, name):
        return columns

    def leave_to_responses(self, columns, name):
        return columns

    def leave_to_shape(self, columns, name):
        return columns

    def leave_to_values(self, columns, name):
        return columns

    def leave_to_items(self, columns, name):
        return columns

    def leave_to_map_values(self, columns, name):
        return columns

    def leave_to_marks(self, columns, name):
        return columns

    def leave_to_other_formats(self, columns, name):
        return columns

    def leave_one(self, records, name):
        return records

    def name_elements(self, records, name):
        """Give records keys that elements can be called by."""

    def match_filter(self, records, name):
        """Give records what a stream keeps."""

    def set_bookmarks(self, records, name, columns):
        """Give records ascending bookmarks."""

    def test_reads_all_pages(self):
        for name in STREAMS:
            with self.subTest(name):
                records = self.build_records(name)
                self.assertEqual(self.read(name, records).records, records)

    def test_reads_all_records(self):
        for name in STREAMS:
            with self.subTest(name):
                records = self.build_records(name)
                self.assertEqual(self.read(name, records).records, records)

    def test_reads_nothing_where_there_is_nothing(self):
        for name in STREAMS:
            with self.subTest(name):
                self.assertEqual(self.read(name, []).records, [])

    def test_waits_as_long_as_the_api_asks(self):
        for name in STREAMS:
            with self.subTest(name):
                records = self.build_records(name)
                result = self.read(name, records, first=(429, {'Retry-After': '7'}))
                self.assertEqual(result.records, records)
                result.sleep.assert_any_call(7)


class FakeApi(BaseAdapter):
    """Answers the requests of a session in place of the network, as the API would.

    The first request for records gets another answer where `first` has its status and headers.
    """

    def __init__(self, stream, records, first=None):
        super().__init__()
        records = self.convert_back(records, stream)
        records = self.name_back(records, stream)
        records = self.nest(records, stream)
        records = self.match_filter(records, stream)
        self.stream, self.records, self.first = stream, records, first
        self.requests = []

    def convert_back(self, records, stream):
        return records

    def name_back(self, records, stream):
        return records

    def nest(self, records, stream):
        return records

    def match_filter(self, records, stream):
        return records

    def send(self, request, **kwargs):
        status, body, headers = self.answer(request)
        response = Response()
        response.status_code, response.url, response.request = status, request.url, request
        response.headers.update(headers)
        response.raw = io.BytesIO(json.dumps(body).encode())
        self.pack(response, body)
        self.complete(response)
        return response

    def pack(self, response, body):
        """Pack an answer as the records of the stream are."""

    def complete(self, response):
        """Give an answer what its status, body and headers don't say."""

    def answer(self, request):
        """Return status, body and headers of the answer to any request."""
        raise NotImplementedError

    def check_credentials(self, request):
        """Fail where a request lacks what authenticates it."""

    def encode(self, body):
        return body

    def get_page(self, params, url):
        """Return the body and the headers of a page."""
        raise NotImplementedError

    def wrap(self, body):
        return body

    def sign(self, headers):
        """Say in the headers whether the page is the last."""

    def read_params(self, request):
        return dict(parse_qsl(urlsplit(request.url).query))


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
