"""Acme Events: What happened in Acme's shop, as JSON Lines."""

import json
import os
from decimal import Decimal
from glob import escape, glob
from itertools import islice
from typing import Dict, Generator, List

from mage_integrations.sources.base import Source, main

BATCH_SIZE = 1000

# One entry for each file in schemas/. A path is a glob pattern below the folder base_path.
STREAMS = {
    'events': {
        'path': 'events/**/*.jsonl',
        'key_properties': ['event_id'],
    },
}


class AcmeEvents(Source):
    def build_catalog_entry(self, stream_id: str, schema, **kwargs):
        """Give the entry the stream's keys: Mage upserts by the unique constraints."""
        keys = STREAMS[stream_id]['key_properties']
        return super().build_catalog_entry(
            stream_id,
            schema,
            key_properties=keys,
            unique_conflict_method='UPDATE',
            unique_constraints=keys,
            **kwargs,
        )

    def test_connection(self) -> None:
        """Open the files of every stream; an error says which are missing or not readable."""
        for stream_id in STREAMS:
            for path in self.find_files(stream_id):
                open(path, 'rb').close()

    def load_data(self, stream, **kwargs) -> Generator[List[Dict], None, None]:
        """Yield the rows in batches, at least one: a sample is the first of them."""
        rows = self.read_rows(stream)
        while True:
            batch = list(islice(rows, BATCH_SIZE))
            yield batch
            if len(batch) < BATCH_SIZE:
                return

    def read_rows(self, stream) -> Generator[Dict, None, None]:
        for path in self.find_files(stream.tap_stream_id):
            yield from self.read_file(path, stream)

    def find_files(self, stream_id: str) -> List[str]:
        """Return the stream's files in the order of their names.

        Raises FileNotFoundError where there is none, since missing data would go unnoticed.
        """
        base_path = (self.config or {}).get('base_path') or ''
        path = STREAMS[stream_id]['path']
        pattern = os.path.join(escape(base_path), path)
        files = sorted(filter(os.path.isfile, glob(pattern, recursive=True)))
        if not files:
            raise FileNotFoundError(f'Stream {stream_id}: no file matches {pattern}')
        return files

    def read_file(self, path: str, stream) -> Generator[Dict, None, None]:
        """Yield the record of each line; an error names the file, the line and what is wrong."""
        with open(path, 'rb') as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    record = json.loads(line, parse_float=Decimal)
                except ValueError as error:
                    raise ValueError(f'{path}, line {number}: {error}') from error
                if not isinstance(record, dict):
                    raise ValueError(f'{path}, line {number}: not a JSON object')
                yield record


if __name__ == '__main__':
    main(AcmeEvents)
