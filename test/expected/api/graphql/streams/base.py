from pathlib import Path
from typing import Dict, Generator, List

from mage_integrations.sources.github_graphql.client import GitHubGraphQLClient


class BaseStream:
    """A list of records that the API has; a stream is a subclass with constants of its own."""

    BASE_URL = 'https://api.github.com'
    TABLE = ''
    PATH = ''
    METHOD = 'get'
    BODY = None
    BODY_PARAMS = ()
    QUERY = None
    RECORDS_PATH = ()
    KEY_PROPERTIES = []

    def __init__(self, client: GitHubGraphQLClient):
        self.client = client

    def load_data(self) -> Generator[List[Dict], None, None]:
        """Yield the records page by page."""
        yield from self.get_pages({})

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, until a response has no cursor of a next one."""
        cursors = set()
        while True:
            response = self.request(params)
            yield self.get_records(response)
            cursor = dig(
                response, ('data', 'organization', 'repositories', 'pageInfo', 'endCursor')
            )
            if not cursor or dig(
                response, ('data', 'organization', 'repositories', 'pageInfo', 'hasNextPage')
            ) in (False, 'false'):
                return
            if cursor in cursors:
                raise RuntimeError(f'{self.TABLE}: the cursor {cursor} repeats')
            cursors.add(cursor)
            params = {**params, 'variables.after': cursor}

    def request(self, params: Dict):
        body = fill(self.BODY, self.client.config)
        if self.QUERY:
            body = {'query': self.QUERY, **body}
        # In a body, a.b is b inside a.
        for name in [name for name in params if name in self.BODY_PARAMS]:
            *parents, last = name.split('.')
            place = body
            for parent in parents:
                place = place.setdefault(parent, {})
            place[last] = params[name]
        params = {name: value for name, value in params.items() if name not in self.BODY_PARAMS}
        return self.client.make_request(
            f'{self.BASE_URL}/{self.PATH}', method=self.METHOD, params=params, body=body
        )

    def get_records(self, response) -> List[Dict]:
        """Return the list of records in a response; no content (204) and null are an empty list."""
        if response is None:
            return []
        records = response
        for key in self.RECORDS_PATH:
            if not isinstance(records, dict) or key not in records:
                place = '.'.join(self.RECORDS_PATH)
                raise ValueError(f'{self.TABLE}: the response has no {place}')
            records = records[key]
        if records is None:
            return []
        if not isinstance(records, list):
            raise ValueError(f'{self.TABLE}: the response has {type(records).__name__}, no list')
        return records


def dig(value, path):
    """Return what stands at a path of keys, None where there is nothing."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def fill(value, config: Dict):
    """Return a copy of a body in which {keys} are replaced by the configuration's values."""
    if isinstance(value, str):
        return value.format_map(config)
    if isinstance(value, list):
        return [fill(item, config) for item in value]
    if isinstance(value, dict):
        return {key: fill(item, config) for key, item in value.items()}
    return value


def read_query(name: str) -> str:
    return (Path(__file__).parents[1] / 'queries' / f'{name}.graphql').read_text(encoding='utf-8')
