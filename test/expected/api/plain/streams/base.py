import sqlite3
from functools import cached_property
from operator import itemgetter
from typing import Dict, Generator, List

from mage_integrations.sources.open_rates.client import OpenRatesClient, words


class BaseStream:
    """A list of records that the API has; a stream is a subclass with constants of its own."""

    BASE_URL = 'https://rates.example.com/v1'
    TABLE = ''
    PATH = ''
    PARAMS = {}
    RECORDS_PATH = ()
    KEY_PROPERTIES = []

    def __init__(self, client: OpenRatesClient):
        self.client = client

    def load_data(self) -> Generator[List[Dict], None, None]:
        """Yield the records page by page; an error names the stream."""
        try:
            yield from self.read_pages()
        except Exception as error:
            raise RuntimeError(f'{self.TABLE}: {error}') from error

    def read_pages(self) -> Generator[List[Dict], None, None]:
        params = dict(self.PARAMS)
        self.url = f'{self.BASE_URL}/{self.PATH}'
        for records in self.get_pages(params):
            self.check_records(records)
            rows = [self.transform(record) for record in records]
            self.check_keys(rows)
            rows = self.drop_repeats(rows)
            yield rows

    def check_records(self, records: List[Dict]) -> None:
        for number, record in enumerate(records, 1):
            if not isinstance(record, dict):
                raise ValueError(f'record {number} of a page is {repr(record)[:80]}, no object')

    def transform(self, record: Dict) -> Dict:
        """Return the row for a record of the API; made to be overridden."""
        return record

    def check_keys(self, rows: List[Dict]) -> None:
        for row in rows:
            if None in map(row.get, self.KEY_PROPERTIES):
                names = ', '.join(key for key in self.KEY_PROPERTIES if row.get(key) is None)
                raise ValueError(f'a record has no value in {names}, of {", ".join(row)}')

    def drop_repeats(self, rows: List[Dict]) -> List[Dict]:
        """Return of each key that comes for the first time in the run its newest row."""
        if not self.KEY_PROPERTIES:
            return rows
        newest, key_of = {}, itemgetter(*self.KEY_PROPERTIES)
        for row in rows:
            key = repr(key_of(row))
            newest[key] = row
        return [row for key, row in newest.items() if self.is_first(key, row)]

    def is_first(self, key: str, row: Dict) -> bool:
        """Note a key, and tell whether it has not come before."""
        self.seen.execute('INSERT OR IGNORE INTO keys (key) VALUES (?)', (key,))
        return self.seen.rowcount > 0

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of the one response that has them all."""
        yield self.get_records(self.client.parse(self.request(params)))

    def request(self, params: Dict):
        return self.client.request(self.url, params=params)

    def get_records(self, response) -> List[Dict]:
        """Return the list of records in a response; no content (204) and null are an empty list."""
        records = response
        for key in self.RECORDS_PATH if records is not None else ():
            if not isinstance(records, dict) or key not in records:
                place = '.'.join(self.RECORDS_PATH)
                raise ValueError(f'the response has no {place}: {self.said(response)}')
            records = records[key]
        if not isinstance(records, (list, type(None))):
            raise ValueError(f'the response has no list, but {self.said(records)}')
        self.check_success(response, records)
        return records or []

    def check_success(self, response, records) -> None:
        """Refuse a failure that is answered with status 200, in the API's own words."""
        if isinstance(response, dict) and self.RECORDS_PATH:
            failed = response.get('ok') is False or response.get('success') is False
            error = response.get('error') or response.get('errors')
            error = error or str(response.get('status')).lower() in ('error', 'fail', 'failed')
            if failed or (error and not records):
                raise ValueError(f'the API says: {self.said(response)}')

    def said(self, response) -> str:
        return self.client.hide(words(response))[:300]

    @cached_property
    def seen(self) -> sqlite3.Cursor:
        """The keys that have come, in a temporary file, so that memory stays flat."""
        seen = sqlite3.connect('').execute('PRAGMA cache_size = -500')
        seen.execute('CREATE TABLE keys (key PRIMARY KEY, version) WITHOUT ROWID')
        return seen
