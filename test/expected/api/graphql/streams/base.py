import re
import sqlite3
from copy import deepcopy
from datetime import datetime, timezone
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import Dict, Generator, List

from dateutil.parser import isoparser

from mage_integrations.sources.github_graphql.client import GitHubGraphQLClient, words

# A moment as JSON Schema has it.
RFC_3339 = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)')

# What a response doesn't have at all.
MISSING = object()
# Keys that may lead to a next page.
NEXT = re.compile('next|more|continu|cursor|scroll|page_?token|^after', re.IGNORECASE)
YES = (True, 'true')
NO = (False, 'false')

# Surely a moment, since every month has such a day. It is in UTC, and compares as text with others
# of its length. To look for this takes a fraction of the time that parsing does.
SURE = re.compile(
    r'[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d+)?Z',
    re.ASCII,
)


class BaseStream:
    """A list of records that the API has; a stream is a subclass with constants of its own."""

    BASE_URL = 'https://api.github.com'
    TABLE = ''
    PATH = ''
    PARAMS = {}
    RECORDS_PATH = ()
    KEY_PROPERTIES = []
    METHOD = 'get'
    BODY = None
    BODY_PARAMS = ()
    # The schemas of the columns that are written.
    schema = {}
    # True once a response has had what leads to a next page.
    knows_next = False
    # True where a page has as many records as pages have, so that there may be more.
    full = True
    CURSOR_PARAM = 'variables.after'
    CURSOR_PATH = ('data', 'organization', 'repositories', 'pageInfo', 'endCursor')
    HAS_MORE_PATH = ('data', 'organization', 'repositories', 'pageInfo', 'hasNextPage')

    def __init__(self, client: GitHubGraphQLClient):
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
            self.check_integers(rows)
            self.complete_moments(rows)
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
        more = self.find_next(response, self.HAS_MORE_PATH, 'has_more_path')
        if more in NO:
            return None
        cursor = self.find_next(response, self.CURSOR_PATH, 'cursor_path')
        if more in YES and not cursor:
            raise RuntimeError('a page without a cursor says that there are more')
        return cursor

    def request(self, params: Dict):
        body = deepcopy(self.BODY)
        body = self.fill_body(body)
        params = self.move_params(params, body)
        return self.client.request(self.url, method=self.METHOD, params=params, body=body)

    def fill_body(self, body: Dict) -> Dict:
        return fill(body, self.client.config)

    def move_params(self, params: Dict, body: Dict) -> Dict:
        # In a body, a.b is b inside a, and a.0 is the first of a list.
        for name in [name for name in params if name in self.BODY_PARAMS]:
            put_param(body, name.split('.'), params[name], name)
        return {name: value for name, value in params.items() if name not in self.BODY_PARAMS}

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

    def note_page(self, records: List[Dict], params: Dict) -> None:
        self.full = bool(records)

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


def fill(value, values: Dict):
    """Return a copy in which the {names} in texts are replaced by what they stand for."""
    if isinstance(value, str):
        return value.format_map(values)
    if isinstance(value, list):
        return [fill(item, values) for item in value]
    if isinstance(value, dict):
        return {key: fill(item, values) for key, item in value.items()}
    return value


def put_param(place, path, value, name: str) -> None:
    """Put a parameter into a body, and what is missing on the way; an error names it."""
    key, *rest = path
    if isinstance(place, list):
        if not key.isdigit() or int(key) > len(place):
            raise ValueError(
                f'the body has no place for the parameter {name}: {key} is none of a list'
            )
        key = int(key)
        place.extend([None] * (key + 1 - len(place)))
    elif not isinstance(place, dict):
        raise ValueError(f'the body has no place for the parameter {name}: no {key} in {place!r}')
    if not rest:
        place[key] = value
        return
    if (place[key] if isinstance(place, list) else place.get(key)) is None:
        place[key] = [] if rest[0].isdigit() else {}
    put_param(place[key], rest, value, name)


def read_template(name: str) -> str:
    """Return a query for a body with placeholders, in which its own braces are doubled."""
    path = Path(__file__).parents[1] / 'queries' / f'{name}.graphql'
    return path.read_text(encoding='utf-8').replace('{', '{{').replace('}', '}}')


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


def parse_iso(text: str) -> datetime:
    try:
        # Many times faster than dateutil, which takes the forms that older Pythons refuse.
        return datetime.fromisoformat(text.replace('Z', '+00:00'))
    except ValueError:
        return isoparser().isoparse(text)
