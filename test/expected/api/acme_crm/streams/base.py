import re
import sqlite3
from datetime import datetime, timedelta, timezone
from functools import cached_property
from operator import itemgetter
from typing import Dict, Generator, List

from dateutil.parser import isoparser

from mage_integrations.sources.acme_crm.client import AcmeCRMClient, words

# A moment as JSON Schema has it.
RFC_3339 = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)')

# What a response doesn't have at all.
MISSING = object()
# Keys that may lead to a next page.
NEXT = re.compile('next|more|continu|cursor|scroll|page_?token|^after', re.IGNORECASE)

# Surely a moment, since every month has such a day. It is in UTC, and compares as text with others
# of its length. To look for this takes a fraction of the time that parsing does.
SURE = re.compile(
    r'[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d+)?Z',
    re.ASCII,
)


class BaseStream:
    """A list of records that the API has; a stream is a subclass with constants of its own."""

    BASE_URL = 'https://{region}.acme.test/v2'
    TABLE = ''
    PATH = ''
    PARAMS = {'limit': 100}
    RECORDS_PATH = ()
    KEY_PROPERTIES = []
    # The schemas of the columns that are written.
    schema = {}
    REPLICATION_METHOD = 'FULL_TABLE'
    REPLICATION_KEY = None
    since = None
    # The greatest bookmark that has come.
    greatest = None
    # The least bookmark of rows that came after an older one of their key had been written.
    held = None
    BOOKMARK_PARAM = None
    BOOKMARK_FORMAT = '%Y-%m-%dT%H:%M:%SZ'
    # In seconds, what the format tells apart.
    BOOKMARK_STEP = 1
    # True once a response has had what leads to a next page.
    knows_next = False
    # True where a page has as many records as pages have, so that there may be more.
    full = True
    CURSOR_PARAM = 'cursor'
    CURSOR_PATH = ('meta', 'next')
    PAGE_SIZE_PARAM = 'limit'

    def __init__(self, client: AcmeCRMClient):
        self.client = client

    def load_data(self) -> Generator[List[Dict], None, None]:
        """Yield the records page by page; an error names the stream."""
        try:
            yield from self.read_pages()
        except Exception as error:
            raise RuntimeError(f'{self.TABLE}: {error}') from error

    def read_pages(self) -> Generator[List[Dict], None, None]:
        params = dict(self.PARAMS)
        self.ask_from(params)
        self.url = f'{self.BASE_URL}/{self.PATH}'
        self.url = self.fill_url(self.url)
        for records in self.get_pages(params):
            self.check_records(records)
            rows = [self.transform(record) for record in records]
            rows = self.drop_old(rows)
            self.check_keys(rows)
            self.note_bookmarks(rows)
            rows = self.drop_repeats(rows)
            self.check_integers(rows)
            self.complete_moments(rows)
            yield rows

    def fill_url(self, url: str) -> str:
        return url.format_map(self.client.config)

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            # A step earlier, since some APIs leave out what is at the moment itself.
            since = to_moment(self.since) - timedelta(seconds=self.BOOKMARK_STEP)
            params[self.BOOKMARK_PARAM] = since.strftime(self.BOOKMARK_FORMAT)

    def check_records(self, records: List[Dict]) -> None:
        for number, record in enumerate(records, 1):
            if not isinstance(record, dict):
                raise ValueError(f'record {number} of a page is {repr(record)[:80]}, no object')

    def transform(self, record: Dict) -> Dict:
        """Return the row for a record of the API; made to be overridden."""
        return record

    def drop_old(self, rows: List[Dict]) -> List[Dict]:
        """Return the rows from `since` on; one without a bookmark may be of then."""
        if not self.since:
            return rows
        since = self.read_bookmark(self.since)
        return [
            row
            for row in rows
            if row.get(self.REPLICATION_KEY) in (None, '')
            or self.to_bookmark(row[self.REPLICATION_KEY]) >= since
        ]

    def check_keys(self, rows: List[Dict]) -> None:
        for row in rows:
            if None in map(row.get, self.KEY_PROPERTIES):
                names = ', '.join(key for key in self.KEY_PROPERTIES if row.get(key) is None)
                raise ValueError(f'a record has no value in {names}, of {", ".join(row)}')

    def note_bookmarks(self, rows: List[Dict]) -> None:
        """Note the greatest bookmark; a row without one leaves it as it is."""
        last = self.get_last(row.get(self.REPLICATION_KEY) for row in rows)
        if last is not None:
            self.greatest = last if self.greatest is None else max(self.greatest, last)

    @classmethod
    def to_bookmark(cls, value) -> str:
        """Return a moment in the one format in which bookmarks compare as text: ISO 8601 in UTC."""
        return to_moment(value, f'{cls.REPLICATION_KEY}, without a value_format,').isoformat()

    @classmethod
    def read_bookmark(cls, value, place: str = 'the bookmark'):
        """Return a bookmark of a state, or a start, in that form; an error names the place."""
        moment = to_moment(value, place)
        # Some APIs have the year 1 for none at all, and no format writes it.
        return moment.isoformat() if moment.year > 999 else None

    @classmethod
    def get_last(cls, values):
        """Return the greatest bookmark among values as states have it, None where there is none."""
        values = [value for value in values if value not in (None, '')]
        texts = [str(value) for value in values]
        if len(set(map(len, texts))) == 1 and all(map(SURE.fullmatch, texts)):
            values = [max(texts)]
        return max(map(cls.to_bookmark, values), default=None)

    def drop_repeats(self, rows: List[Dict]) -> List[Dict]:
        """Return of each key that comes for the first time in the run its newest row."""
        if not self.KEY_PROPERTIES:
            return rows
        newest, key_of = {}, itemgetter(*self.KEY_PROPERTIES)
        for row in rows:
            key = repr(key_of(row))
            row = self.choose_newer(row, newest.get(key))
            newest[key] = row
        return [row for key, row in newest.items() if self.is_first(key, row)]

    def choose_newer(self, row: Dict, earlier: Dict) -> Dict:
        """Return the newer one of two rows, or the one that there is."""
        if earlier is None:
            return row
        known, version = self.get_version(earlier), self.get_version(row)
        is_older = known is not None and (version is None or version < known)
        return earlier if is_older else row

    def is_first(self, key: str, row: Dict) -> bool:
        """Note a key, and tell whether it has not come before; a newer row is held back."""
        value = row.get(self.REPLICATION_KEY)
        known = None if value is None else str(value)
        self.seen.execute('INSERT OR IGNORE INTO keys VALUES (?, ?)', (key, known))
        if self.seen.rowcount > 0:
            return True
        self.seen.execute('SELECT version FROM keys WHERE key = ?', (key,))
        known, version = self.get_last(self.seen.fetchone()), self.get_version(row)
        if version is not None and (known is None or version > known):
            self.held = version if self.held is None else min(version, self.held)
        return False

    def get_version(self, row: Dict):
        return self.get_last([row.get(self.REPLICATION_KEY)])

    def check_integers(self, rows: List[Dict]) -> None:
        for name, column in self.schema.items():
            for row in rows if 'integer' in (column.type or ()) else ():
                value = row.get(name)
                if isinstance(value, int) and not -(2**63) <= value < 2**63:
                    hint = f'leave the column out, or answer text_columns: [{name}]'
                    raise ValueError(f'{name} is {value}, no integer of 64 bits: {hint}')

    def complete_moments(self, rows: List[Dict]) -> None:
        """Give moments the form of their schema: what has no offset is in UTC, a date midnight."""
        for name, column in self.schema.items():
            for row in rows if column.format == 'date-time' else ():
                if name in row:
                    row[name] = to_date_time(row[name], name)

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, until a response has no cursor of a next one."""
        seen = set()
        while True:
            answer = self.request(params)
            response = self.client.parse(answer)
            records = self.get_records(response)
            self.note_page(records, params)
            cursor = self.find_cursor(answer, response)
            yield records
            # Solr ends with an empty page that has the cursor which it was asked for.
            if not cursor or (not records and cursor == params.get(self.CURSOR_PARAM)):
                return
            self.refuse_repeat(cursor, f'the cursor {str(cursor)[:80]}', seen)
            params = {**params, self.CURSOR_PARAM: cursor}

    def find_cursor(self, answer, response):
        return self.find_next(response, self.CURSOR_PATH, 'cursor_path')

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

    def look_up(self, value, path, otherwise=None):
        """Return what stands at a path of keys, None below null; or `otherwise`."""
        for key in path:
            if value is None:
                return None
            if not isinstance(value, dict) or key not in value:
                return otherwise
            value = value[key]
        return value

    def spell(self, path) -> str:
        return '.'.join(path)

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

    def get_state(self):
        """Return the bookmark that the next run goes on from, which brings what was held back."""
        if self.greatest is None or self.held is None:
            return self.greatest
        return min(self.greatest, self.held)

    def note_page(self, records: List[Dict], params: Dict) -> None:
        self.full = len(records) >= int(params.get(self.PAGE_SIZE_PARAM) or 1)

    def find_next(self, response, path, answer: str):
        """Return what a response has for paging, None where that is null or missing."""
        found = self.look_up(response, path, MISSING)
        return self.expect(found, self.spell(path), answer, response)

    def expect(self, found, place: str, answer: str, around: Dict):
        """Return what leads to the next page, None where there is none.

        Where the first page has no place for it, a part would be taken for the whole.
        """
        if found is MISSING:
            other = None if self.knows_next else self.find_other(around, place)
            if other or (self.full and not self.knows_next):
                hint = 'where the last page leaves it out, answer omitted_at_end: true'
                hint = f'did you mean {other}?' if other else hint
                raise ValueError(f'the first page has no {place}, as {answer} has it; {hint}')
            return None
        self.knows_next = self.knows_next or found is not None
        return found

    def find_other(self, around: Dict, place: str):
        """Return the path of a key like the one that is missing, None where there is none."""
        keys = list_keys(around)
        return next((key for key, value in keys if value and self.is_like(key, place)), None)

    def is_like(self, path: str, place: str) -> bool:
        return bool(NEXT.search(path.rpartition('.')[2]))

    def refuse_repeat(self, value, what: str, seen: set) -> None:
        """Refuse what was there before: such pages go round in circles."""
        if hash(str(value)) in seen:
            raise RuntimeError(f'{what} repeats an earlier one')
        seen.add(hash(str(value)))


def to_date_time(value, place: str):
    """Return a moment as it is where it has an offset, else in UTC; an error names its place."""
    if isinstance(value, str) and SURE.fullmatch(value):
        return value
    try:
        moment = parse_iso(value) if value else None
    except (AttributeError, ValueError):
        raise ValueError(f'{place} is {value!r}, no moment in ISO 8601') from None
    if moment is None or RFC_3339.fullmatch(value):
        return value or None
    return moment.replace(tzinfo=moment.tzinfo or timezone.utc).isoformat()


def list_keys(value):
    """Yield the paths of a response's keys, and of those around its records, with values."""
    for key, item in value.items() if isinstance(value, dict) else ():
        path = join_path('', key)
        yield path, item
        for inner in item if isinstance(item, dict) else ():
            yield join_path(path, inner), item[inner]


def join_path(path: str, key: str) -> str:
    """Return a path with one key more, as answers have it."""
    if re.search(r"""[.\[\]"'\\*=]""", key):
        return f'{path}["{key}"]'
    return f'{path}.{key}' if path else key


def to_moment(value, place: str = 'the bookmark') -> datetime:
    """Return the moment in UTC that a value stands for; an error names its place.

    It is text in ISO 8601, without an offset in UTC, or a number since 1970: in seconds, or in
    milliseconds or less where it is too large for that.
    """
    try:
        if isinstance(value, str) and value[4:5] == '-':
            moment = parse_iso(value)
        else:
            moment = parse_number(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
        return moment.astimezone(timezone.utc)
    except (TypeError, ValueError, OverflowError, OSError):
        message = f'{place} is {value!r}, neither ISO 8601 nor a number since 1970'
        raise ValueError(message) from None


def parse_iso(text: str) -> datetime:
    try:
        # Many times faster than dateutil, which takes the forms that older Pythons refuse.
        return datetime.fromisoformat(text.replace('Z', '+00:00'))
    except ValueError:
        return isoparser().isoparse(text)


def parse_number(value) -> datetime:
    # So few digits in text might as well be a date.
    if isinstance(value, str) and not re.fullmatch(r'-?\d{9,}(\.\d+)?', value):
        raise ValueError('no number since 1970')
    number = float(value)
    while 1e11 < abs(number) < 1e20:
        number /= 1000
    return datetime.fromtimestamp(number, timezone.utc)
