"""GitHub Issues: offline tests, which need neither an account nor a network."""

import inspect
import io
import json
import unittest
from contextlib import redirect_stdout
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from requests import Response
from requests.adapters import BaseAdapter

from mage_integrations.sources.github_issues import GitHubIssues
from mage_integrations.sources.github_issues.streams import STREAMS

CONFIG = {
    'access_token': 'test-access-token',
    'owner': 'test-owner',
    'repository': 'test-repository',
}
INCREMENTAL = [name for name, stream in STREAMS.items() if stream.REPLICATION_KEY]
# The most records that a page of the fake API has.
SIZE = 2


class GitHubIssuesTest(unittest.TestCase):
    def test_reads_all_pages(self):
        for name in STREAMS:
            with self.subTest(name):
                records = build_records(name)
                self.assertEqual(run(name, records).records, for_each_parent(name, records))

    def test_reads_nothing_where_there_is_nothing(self):
        for name in STREAMS:
            with self.subTest(name):
                result = run(name, [])
                self.assertEqual((result.records, result.state), ([], None))

    def test_waits_as_long_as_the_api_asks(self):
        for name in STREAMS:
            with self.subTest(name):
                records = build_records(name)
                result = run(name, records, first=(429, {'Retry-After': '7'}))
                self.assertEqual(result.records, for_each_parent(name, records))
                self.assertIn(7, result.waits)

    def test_resumes_from_a_state(self):
        for name in INCREMENTAL:
            with self.subTest(name):
                stream, records = STREAMS[name], build_records(name)
                state = run(name, records).state
                last = state['bookmarks'][name][stream.REPLICATION_KEY]
                self.assertEqual(last, to_moment(len(records)).isoformat())
                result = run(name, records, state=state)
                since = to_moment(len(records))
                asked = result.requests[0].get(stream.BOOKMARK_PARAM)
                self.assertEqual(asked, since.strftime('%Y-%m-%dT%H:%M:%SZ'))

    def test_delivers_records_without_a_bookmark(self):
        for name in INCREMENTAL:
            with self.subTest(name):
                key, records = STREAMS[name].REPLICATION_KEY, build_records(name)
                records[0][key] = None
                result = run(name, records)
                self.assertEqual(result.records, for_each_parent(name, records))
                last = result.state['bookmarks'][name][key]
                self.assertEqual(last, to_moment(len(records)).isoformat())

    def test_gives_children_the_fields_of_their_parents(self):
        for name, stream in STREAMS.items():
            with self.subTest(name):
                rows = run(name, build_records(name)).rows
                for column in parent_columns(stream):
                    self.assertEqual({row[column] for row in rows}, {1, 2})


def run(name, records, first=None, state=None):
    """Run one stream as Mage does, against an API that has these records."""
    api, output = FakeApi(STREAMS[name], records, first), io.StringIO()
    # A source reads the command line, which here is the test runner's.
    with patch('sys.argv', ['test']), patch('time.sleep') as sleep, redirect_stdout(output):
        source = GitHubIssues(config=CONFIG, state=state, log_to_stdout=True)
        source.catalog = source.discover(streams=[name])
        for entry in source.catalog.streams[0].metadata:
            entry['metadata']['selected'] = True
        for scheme in ('http://', 'https://'):
            source.client.session.mount(scheme, api)
        for parent, _ in STREAMS[name].PARENTS:
            keys = [dict.fromkeys(parent.CHILD_FIELDS, number) for number in (1, 2)]
            source.client.keys[parent.TABLE] = keys
        source.process()
    messages = [json.loads(line) for line in output.getvalue().splitlines()]
    rows = [message['record'] for message in messages if message['type'] == 'RECORD']
    states = [message['value'] for message in messages if message['type'] == 'STATE']
    return SimpleNamespace(
        records=[{column: row[column] for column in records[0]} for row in rows],
        rows=rows,
        state=states[-1] if states else None,
        requests=api.requests,
        waits=[call.args[0] for call in sleep.mock_calls],
    )


def for_each_parent(name, records):
    """Return what a stream gives where each of its parents has two records."""
    return records * 2 ** len(STREAMS[name].PARENTS)


def parent_columns(stream):
    return [column for _, fields in stream.PARENTS for column in fields]


class FakeApi(BaseAdapter):
    """Answers the requests of a session in place of the network, as the API would.

    The first request for records gets another answer where `first` has its status and headers.
    """

    def __init__(self, stream, records, first=None):
        super().__init__()
        self.stream, self.records, self.first = stream, records, first
        # The parameters of the requests for records.
        self.requests = []

    def send(self, request, **kwargs):
        status, body, headers = self.answer(request)
        response = Response()
        response.status_code, response.url, response.request = status, request.url, request
        response.headers.update(headers)
        response.raw = io.BytesIO(json.dumps(body).encode())
        return response

    def answer(self, request):
        params = read_params(request)
        self.requests.append(params)
        if self.first:
            (status, headers), self.first = self.first, None
            return status, {}, headers
        if request.headers.get('Authorization') != 'Bearer test-access-token':
            return 401, {'message': 'The credentials are wrong'}, {}
        body, headers = self.get_page(params, request.url)
        return 200, body, headers

    def get_page(self, params, url):
        """Return the body and the headers of a page."""
        start = int(params.get('after', 0))
        end = start + SIZE
        has_more = end < len(self.records)
        address = url.partition('?')[0]
        link = {'Link': f'<{address}?after={end}>; rel="next"'}
        return self.records[start:end], link if has_more else {}


def read_params(request):
    return dict(parse_qsl(urlsplit(request.url).query))


def build_records(name):
    """Return records of a stream, with values of the types in its schema."""
    stream = STREAMS[name]
    path = Path(inspect.getfile(GitHubIssues)).parent / 'schemas' / f'{name}.json'
    columns = json.loads(path.read_text(encoding='utf-8'))['properties']
    # The connector adds these.
    for column in parent_columns(stream):
        columns.pop(column, None)
    records = []
    for number in range(1, 4):
        record = {column: build_value(schema, number) for column, schema in columns.items()}
        key, moment = stream.REPLICATION_KEY, to_moment(number)
        if key:
            is_text = 'string' in columns[key]['type']
            record[key] = moment.isoformat() if is_text else int(moment.timestamp())
        records.append(record)
    return records


def build_value(schema, number):
    kinds = schema['type']
    if 'object' in kinds:
        parts = schema.get('properties') or {'number': {'type': 'integer'}}
        return {name: build_value(part, number) for name, part in parts.items()}
    if 'array' in kinds:
        return [build_value(schema['items'], number)]
    if 'boolean' in kinds:
        return number > 2
    if 'integer' in kinds:
        return number
    if 'number' in kinds:
        return number + 0.5
    return to_moment(number).isoformat() if 'format' in schema else f'text {number}'


def to_moment(minute):
    return datetime(2024, 1, 1, 0, minute, tzinfo=timezone.utc)
