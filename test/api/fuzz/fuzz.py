"""Runs connectors against servers of random habits and faults: all rows, each once, or an error that names the stream.

The arguments are a JSON object: the connectors by their modules, a seed, and which runs.
"""  # noqa: E501

import importlib
import io
import json
import sys
from collections import Counter
from contextlib import redirect_stdout
from random import Random
from unittest.mock import patch

from server import FuzzServer, Habits
from world import START, World

from mage_integrations.sources.base import Source

LASTING = [
    'always 500',
    'html',
    'broken',
    'error',
    'no list',
    'no object',
    'no paging',
    'same page',
    'two pages',
]
# What a connector may come through, or end with an error where it can't tell.
OPEN = ['shift', 'omits']


class Failure(Exception):
    pass


def source_class(module):
    found = vars(importlib.import_module(f'mage_integrations.sources.{module}')).values()
    return next(
        each
        for each in found
        if isinstance(each, type) and issubclass(each, Source) and each.__module__.endswith(module)
    )


def read(cls, config, state):
    """Run a connector as Mage does; return its records, its last state and its error."""
    output, error = io.StringIO(), None
    with patch('sys.argv', ['fuzz']), patch('time.sleep'), redirect_stdout(output):
        source = cls(config=config, state=state, log_to_stdout=True)
        source.catalog = source.discover(streams=['things'])
        for entry in source.catalog.streams[0].metadata:
            entry['metadata']['selected'] = True
        try:
            source.process()
        except Exception as raised:
            error = str(raised)
    messages = []
    for line in output.getvalue().splitlines():
        if line.startswith('{"type": "RECORD"') or line.startswith('{"type": "STATE"'):
            messages.append(json.loads(line))
    records = [message['record'] for message in messages if message['type'] == 'RECORD']
    states = [message['value'] for message in messages if message['type'] == 'STATE']
    return records, states[-1] if states else state, error


class Scenario:
    """Some runs of one connector, with changes between them."""

    # How often each fault has come to a run.
    struck = Counter()

    def __init__(self, server, connector, random):
        self.server, self.random = server, random
        self.pagination, self.replication = connector['pagination'], connector['replication']
        self.cls = source_class(connector['module'])
        self.config = {'port': server.port, 'start_date': START}
        if self.replication != 'windows':
            del self.config['start_date']
        self.world = World(random, self.replication)
        self.destination, self.state = {}, None

    def play(self):
        for number in range(3):
            fault = self.random.choice([None, None, None, *OPEN, *LASTING])
            self.run(fault)
            # What went wrong must not have moved the bookmark beyond what is lost.
            if fault:
                self.run(None)
            self.world.change()

    def run(self, fault):
        habits = Habits(self.pagination, self.replication, fault, self.world, self.random)
        self.server.habits = habits
        since = self.bookmark()
        records, self.state, error = read(self.cls, self.config, self.state)
        self.note(records)
        if habits.endless:
            raise Failure('it asks without end')
        if error:
            # A page that shifts by just its length is one that comes again.
            repeats = fault == 'shift' and error.endswith('repeats an earlier one.')
            if not habits.struck or (fault == 'shift' and not repeats):
                raise Failure(f'fails without a fault: {error}')
            if ' things: ' not in error:
                raise Failure(f'the error does not name the stream: {error}')
        self.struck[fault] += habits.struck
        if not error and habits.struck and fault not in OPEN:
            raise Failure(f'{fault} is not noticed')
        if not error and (not habits.struck or fault == 'omits'):
            self.check(records, since)

    def bookmark(self):
        if self.replication == 'full':
            return None
        bookmarks = (self.state or {}).get('bookmarks', {}).get('things', {})
        return bookmarks.get('updated_at') or self.config.get('start_date')

    def note(self, records):
        ids = [record['id'] for record in records]
        if len(set(ids)) < len(ids):
            raise Failure(f'keys come twice: {ids}')
        self.destination.update({record['id']: record for record in records})

    def check(self, records, since):
        """Check that a quiet run gives what is new, and that nothing lacks at the destination."""
        wanted = {row['id']: row for row in self.world.rows_since(since)}
        found = {record['id']: record for record in records}
        if found != wanted:
            lost, more = wanted.keys() - found.keys(), found.keys() - wanted.keys()
            raise Failure(f'since {since}: lost {sorted(lost)}, too many {sorted(more)}')
        for row in self.world.rows_since(None):
            if self.destination.get(row['id']) != row:
                raise Failure(
                    f'the destination has not {row}, but {self.destination.get(row["id"])}'
                )


def main():
    options = json.loads(sys.argv[1])
    server = FuzzServer()
    failures = []
    for number in range(*options['runs']):
        random = Random(f'{options["seed"]} {number}')
        connector = random.choice(options['connectors'])
        scenario = Scenario(server, connector, random)
        try:
            scenario.play()
        except Failure as failure:
            habits = scenario.server.habits
            failures.append(f'run {number}, {connector["module"]}, {habits}: {failure}')
    server.close()
    struck = {fault: times for fault, times in Scenario.struck.items() if times}
    print(json.dumps({'failures': failures, 'struck': struck}))


if __name__ == '__main__':
    main()
