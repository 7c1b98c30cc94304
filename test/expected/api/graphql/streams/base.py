from copy import deepcopy
from pathlib import Path
from typing import Dict, Generator, List

from mage_integrations.sources.github_graphql.client import GitHubGraphQLClient


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
            missing = [key for key in self.KEY_PROPERTIES if row.get(key) is None]
            if missing:
                names, fields = ', '.join(missing), ', '.join(row)
                raise ValueError(f'a record has no value in {names}, of {fields}')

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, until a response has no cursor of a next one."""
        cursors = set()
        while True:
            response = self.client.parse(self.request(params))
            cursor = dig(response, self.CURSOR_PATH)
            cursor = self.says_more(cursor, response)
            yield self.get_records(response)
            if not cursor:
                return
            if cursor in cursors:
                raise RuntimeError(f'the cursor {cursor} repeats')
            cursors.add(cursor)
            params = {**params, self.CURSOR_PARAM: cursor}

    def request(self, params: Dict):
        body = deepcopy(self.BODY)
        body = self.fill_body(body)
        params = self.move_params(params, body)
        return self.client.request(self.url, method=self.METHOD, params=params, body=body)

    def fill_body(self, body: Dict) -> Dict:
        return fill(body, self.client.config)

    def move_params(self, params: Dict, body: Dict) -> Dict:
        # In a body, a.b is b inside a.
        for name in [name for name in params if name in self.BODY_PARAMS]:
            *parents, last = name.split('.')
            place = body
            for parent in parents:
                place = place.setdefault(parent, {})
            place[last] = params[name]
        return {name: value for name, value in params.items() if name not in self.BODY_PARAMS}

    def get_records(self, response) -> List[Dict]:
        """Return the list of records in a response; no content (204) and null are an empty list."""
        records = response
        for key in self.RECORDS_PATH if response is not None else ():
            if not isinstance(records, dict) or key not in records:
                raise ValueError(f'the response has no {".".join(self.RECORDS_PATH)}')
            records = records[key]
        if not isinstance(records, (list, type(None))):
            raise ValueError(f'the response has {type(records).__name__}, no list')
        return records or []

    def says_more(self, more, response):
        return None if dig(response, self.HAS_MORE_PATH) in (False, 'false') else more


def dig(value, path):
    """Return what stands at a path of keys, None where there is nothing."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def fill(value, values: Dict):
    """Return a copy in which the {names} in texts are replaced by what they stand for."""
    if isinstance(value, str):
        return value.format_map(values)
    if isinstance(value, list):
        return [fill(item, values) for item in value]
    if isinstance(value, dict):
        return {key: fill(item, values) for key, item in value.items()}
    return value


def read_template(name: str) -> str:
    """Return a query for a body with placeholders, in which its own braces are doubled."""
    path = Path(__file__).parents[1] / 'queries' / f'{name}.graphql'
    return path.read_text(encoding='utf-8').replace('{', '{{').replace('}', '}}')
