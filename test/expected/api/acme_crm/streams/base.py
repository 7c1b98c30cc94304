from datetime import datetime, timezone
from typing import Dict, Generator, List

from dateutil.parser import parse

from mage_integrations.sources.acme_crm.client import AcmeCRMClient


class BaseStream:
    """A list of records that the API has; a stream is a subclass with constants of its own."""

    BASE_URL = 'https://{region}.acme.test/v2'
    TABLE = ''
    PATH = ''
    PARAMS = {}
    RECORDS_PATH = ()
    KEY_PROPERTIES = []
    REPLICATION_METHOD = 'FULL_TABLE'
    REPLICATION_KEY = None
    BOOKMARK_PARAM = None

    def __init__(self, client: AcmeCRMClient):
        self.client = client

    def load_data(self, since: str = None) -> Generator[List[Dict], None, None]:
        """Yield the records page by page, without those that changed before `since`.

        Records of that very moment are read again; the unique constraints drop what is known.
        """
        params = dict(self.PARAMS)
        since = to_bookmark(since) if since and self.REPLICATION_KEY else None
        if since and self.BOOKMARK_PARAM:
            params[self.BOOKMARK_PARAM] = parse(since).strftime('%Y-%m-%dT%H:%M:%SZ')
        yield from self.get_pages(params)

    @classmethod
    def get_last(cls, values) -> str:
        """Return the greatest bookmark among values as states have it, None where there is none."""
        values = [value for value in values if value not in (None, '')]
        return to_bookmark(max(values, key=to_moment)) if values else None

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, until a response has no cursor of a next one."""
        cursors = set()
        params = {**params, 'limit': 100}
        while True:
            response = self.request(params)
            yield self.get_records(response)
            cursor = dig(response, ('meta', 'next'))
            if not cursor:
                return
            if cursor in cursors:
                raise RuntimeError(f'{self.TABLE}: the cursor {cursor} repeats')
            cursors.add(cursor)
            params = {**params, 'cursor': cursor}

    def request(self, params: Dict):
        return self.client.make_request(
            f'{self.BASE_URL}/{self.PATH}'.format_map(self.client.config), params=params
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


def to_bookmark(value) -> str:
    """Return a moment in the one format in which bookmarks compare as text: ISO 8601 in UTC."""
    return to_moment(value).astimezone(timezone.utc).isoformat()


def to_moment(value) -> datetime:
    """Return the moment that a text or a number stands for, without a time zone in UTC.

    Numbers are seconds since 1970, or milliseconds where they are too large for that.
    """
    if isinstance(value, (int, float)):
        return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, timezone.utc)
    try:
        # Many times faster than dateutil, which takes every other form.
        moment = datetime.fromisoformat(value.replace('Z', '+00:00'))
    except ValueError:
        moment = parse(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
