from datetime import datetime, timezone
from itertools import product
from typing import Dict, Generator, List
from urllib.parse import quote, urljoin, urlsplit

from dateutil.parser import parse

from mage_integrations.sources.github_issues.client import GitHubIssuesClient


class BaseStream:
    """A list of records that the API has; a stream is a subclass with constants of its own."""

    BASE_URL = 'https://api.github.com/repos/{owner}/{repository}'
    TABLE = ''
    PATH = ''
    # Streams, and what is taken of their records: the field by the name that it has here.
    PARENTS = ()
    CHILD_FIELDS = ()
    PARAMS = {}
    EMPTY_STATUSES = ()
    RECORDS_PATH = ()
    KEY_PROPERTIES = []
    REPLICATION_METHOD = 'FULL_TABLE'
    REPLICATION_KEY = None
    BOOKMARK_PARAM = None
    SORTED = False

    def __init__(self, client: GitHubIssuesClient):
        self.client = client
        self.parent = {}

    def load_data(self, since: str = None) -> Generator[List[Dict], None, None]:
        """Yield the records page by page, of each parent where there are parents."""
        keys = []
        for parent in self.get_parents():
            for records in self.load_children(parent, since):
                yield records
                keys += self.get_child_fields(records)
        # Mage's sample needs a batch even if there is no parent.
        yield []
        if not since:
            self.client.keys[self.TABLE] = keys

    def load_children(self, parent: Dict, since: str = None) -> Generator[List[Dict], None, None]:
        """Yield the records of a parent page by page, without those that changed before `since`.

        Records of that very moment are read again; the unique constraints drop what is known.
        """
        self.parent = parent
        params = dict(self.PARAMS)
        since = to_bookmark(since) if since and self.REPLICATION_KEY else None
        if since and self.BOOKMARK_PARAM:
            params[self.BOOKMARK_PARAM] = parse(since).strftime('%Y-%m-%dT%H:%M:%SZ')
        for records in self.get_pages(params):
            yield [{**record, **parent} for record in records]

    @classmethod
    def get_last(cls, values) -> str:
        """Return the greatest bookmark among values as states have it, None where there is none."""
        values = [value for value in values if value not in (None, '')]
        return to_bookmark(max(values, key=to_moment)) if values else None

    def get_parents(self) -> Generator[Dict, None, None]:
        """Yield what this stream takes of each parent, or of each combination of several.

        A stream without parents has one combination, of nothing.
        """
        lists = [
            [
                {name: keys[field] for name, field in fields.items()}
                for keys in self.get_keys(stream)
            ]
            for stream, fields in self.PARENTS
        ]
        for parts in product(*lists):
            parent = {name: value for part in parts for name, value in part.items()}
            missing = [name for name, value in parent.items() if value is None]
            if missing:
                raise ValueError(f'{self.TABLE}: a record of a parent has no {", ".join(missing)}')
            yield parent

    def get_keys(self, stream) -> List[Dict]:
        """Return what children take of all records of a stream, which is read once in a run."""
        if stream.TABLE not in self.client.keys:
            self.client.keys[stream.TABLE] = [
                keys
                for records in stream(self.client).load_data()
                for keys in stream.get_child_fields(records)
            ]
        return self.client.keys[stream.TABLE]

    @classmethod
    def get_child_fields(cls, records: List[Dict]) -> List[Dict]:
        """Return what children take of records, nothing where there are no children."""
        if not cls.CHILD_FIELDS:
            return []
        return [{field: record.get(field) for field in cls.CHILD_FIELDS} for record in records]

    @classmethod
    def get_level(cls) -> int:
        """Return how many generations of parents a stream has."""
        return max((1 + parent.get_level() for parent, _ in cls.PARENTS), default=0)

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, until a response has no address of a next one."""
        path, links = None, set()
        params = {**params, 'per_page': 100}
        while True:
            answer = self.respond(params, path)
            response = self.client.parse(answer)
            yield self.get_records(response)
            # RFC 8288: a link may have several relations.
            rels = answer.links.items()
            link = next((link['url'] for rel, link in rels if 'next' in rel.lower().split()), None)
            if not link:
                return
            if link in links:
                raise RuntimeError(f'{self.TABLE}: the address of the next page repeats')
            links.add(link)
            path, params = follow(answer, link)

    def get_url(self) -> str:
        # A field of a parent may have characters that mean something in an address.
        parent = {name: quote(str(value), safe='') for name, value in self.parent.items()}
        return f'{self.BASE_URL}/{self.PATH}'.format_map({**self.client.config, **parent})

    def request(self, params: Dict):
        return self.client.parse(self.respond(params))

    def respond(self, params: Dict, url: str = None):
        """Return the response with its headers and address."""
        response = self.client.request(url or self.get_url(), params=params)
        if response.status_code in self.EMPTY_STATUSES:
            response.status_code = 204
        return response

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


def follow(response, link: str):
    """Return address and parameters of the next page.

    It must be at the same host, since it gets the credentials.
    """
    # A redirect may have led to another host already.
    here = urlsplit((response.history or [response])[0].url)
    url = urlsplit(urljoin(response.url, link))
    if url.netloc != here.netloc:
        raise ValueError(f'The next page is at another host, {url.netloc}')
    return url._replace(scheme=here.scheme).geturl(), {}
