"""The source that every connector of files is made of; its formats and locations are features."""

from itertools import islice
from typing import Dict, Generator, List

from mage_integrations.sources.base import Source, main

BATCH_SIZE = 1000

# One entry for each file in schemas/. A path is a glob pattern below the folder base_path.
STREAMS = {}


class FileSource(Source):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # An empty configuration is None to Mage, which then fails in a run.
        self.config = self.config or {}

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
        rows = self.load_rows(stream, **kwargs)
        rows = self.keep_newest(rows, stream, **kwargs)
        rows = self.check_integers(rows, stream)
        rows = self.complete_moments(rows, stream)
        while True:
            batch = list(islice(rows, BATCH_SIZE))
            yield batch
            if len(batch) < BATCH_SIZE:
                return

    def load_rows(self, stream, **kwargs):
        rows = self.read_rows(stream)
        rows = self.select_new(rows, stream, **kwargs)
        return rows

    def select_new(self, rows, stream, **kwargs):
        return rows

    def keep_newest(self, rows, stream, **kwargs):
        return rows

    def check_integers(self, rows, stream):
        return rows

    def complete_moments(self, rows, stream):
        return rows

    def read_rows(self, stream) -> Generator[Dict, None, None]:
        for path in self.find_files(stream.tap_stream_id):
            yield from self.read_file(path, stream)

    def find_files(self, stream_id: str) -> List[str]:
        """Return the paths of the stream's files; each location has its own."""
        raise NotImplementedError

    def read_file(self, path: str, stream) -> Generator[Dict, None, None]:
        """Yield the rows of a file; each format has its own."""
        raise NotImplementedError


if __name__ == '__main__':
    main(FileSource)
