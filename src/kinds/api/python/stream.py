"""The streams of an API: what its lists of records have in common.

Features derive from BaseStream and override its hooks, which do nothing here.
"""

from typing import Dict, Generator, List

from kinds.api.python.client import ApiClient, words


class BaseStream:
    """A list of records that the API has; a stream is a subclass with constants of its own."""

    BASE_URL = ''
    TABLE = ''
    PATH = ''
    PARAMS = {}
    RECORDS_PATH = ()
    KEY_PROPERTIES = []

    def __init__(self, client: ApiClient):
        client = self.choose_client(client)
        self.client = client

    def choose_client(self, client: ApiClient) -> ApiClient:
        return client

    def load_data(self) -> Generator[List[Dict], None, None]:
        """Yield the records page by page; an error names the stream."""
        try:
            yield from self.read_pages()
        except Exception as error:
            raise RuntimeError(f'{self.TABLE}: {error}') from error

    def read_pages(self) -> Generator[List[Dict], None, None]:
        self.take_numbers()
        params = dict(self.PARAMS)
        params = self.size_pages(params)
        for params in self.each_parent(params):
            self.resume_parent()
            self.forget_held()
            self.look_back()
            params = self.fill_params(params)
            self.ask_from(params)
            self.ask_until(params)
            for params in self.each_window(params):
                self.url = f'{self.BASE_URL}/{self.PATH}'
                self.url = self.fill_url(self.url)
                self.set_rules()
                self.set_format()
                self.note_asked(params)
                for records in self.new_pages(params):
                    self.check_records(records)
                    records = self.add_columns(records)
                    records = self.drop_others(records)
                    records = self.keep_wanted(records)
                    self.note_found(records)
                    records = self.shape(records)
                    records = self.add_found_columns(records)
                    rows = [self.transform(record) for record in records]
                    self.convert(rows)
                    self.cast(rows)
                    self.write_as_text(rows)
                    self.note_age(rows)
                    rows = self.drop_old(rows)
                    rows = self.add_parent(rows)
                    self.check_keys(rows)
                    self.note_bookmarks(rows)
                    rows = self.drop_repeats(rows)
                    self.note_children(rows)
                    self.check_integers(rows)
                    self.complete_moments(rows)
                    yield rows
                yield from self.end_window()
        yield from self.end_parents()

    def take_numbers(self) -> None:
        """Take numbers of the configuration."""

    def size_pages(self, params: Dict) -> Dict:
        """Return the parameters with the size of a page that is configured."""
        return params

    def each_parent(self, params: Dict) -> Generator[Dict, None, None]:
        """Yield the parameters for each parent that the records are asked for by."""
        yield params

    def resume_parent(self) -> None:
        """Go on from the bookmark of the parent."""

    def forget_held(self) -> None:
        """Have nothing held back of the parent yet."""

    def look_back(self) -> None:
        """Go back some time, for records that the API shows late."""

    def fill_url(self, url: str) -> str:
        """Return the address with what its placeholders stand for."""
        return url

    def fill_params(self, params: Dict) -> Dict:
        """Return the parameters with what their placeholders stand for."""
        return params

    def ask_from(self, params: Dict) -> None:
        """Have the API leave out what is older than the bookmark."""

    def ask_until(self, params: Dict) -> None:
        """Have the API leave out what is newer than the end."""

    def each_window(self, params: Dict) -> Generator[Dict, None, None]:
        """Yield the parameters for each of the times that the API answers for at once."""
        yield params

    def set_rules(self) -> None:
        """Have the client treat errors as the stream does."""

    def set_format(self) -> None:
        """Have the client read responses as the stream's are written."""

    def note_asked(self, params: Dict) -> None:
        """Note what the API is asked for."""

    def check_records(self, records: List[Dict]) -> None:
        for number, record in enumerate(records, 1):
            if not isinstance(record, dict):
                raise ValueError(f'record {number} of a page is {repr(record)[:80]}, no object')

    def add_columns(self, records: List[Dict]) -> List[Dict]:
        """Return the records with what the response has around them."""
        return records

    def drop_others(self, records: List[Dict]) -> List[Dict]:
        """Return those of the API's records that belong to the stream."""
        return records

    def keep_wanted(self, records: List[Dict]) -> List[Dict]:
        """Return those that meet the stream's conditions."""
        return records

    def shape(self, records: List[Dict]) -> List[Dict]:
        """Return the records with the columns of the stream."""
        return records

    def note_found(self, records: List[Dict]) -> None:
        """Note where the records have the values of columns that were found."""

    def add_found_columns(self, records: List[Dict]) -> List[Dict]:
        """Return the records with the columns that were found."""
        return records

    def transform(self, record: Dict) -> Dict:
        """Return the row for a record of the API; made to be overridden."""
        return record

    def convert(self, rows: List[Dict]) -> None:
        """Give text the types of the schema."""

    def cast(self, rows: List[Dict]) -> None:
        """Give values the types of the schema."""

    def write_as_text(self, rows: List[Dict]) -> None:
        """Make text of what is of several types."""

    def note_age(self, rows: List[Dict]) -> None:
        """Note whether what follows is older than the bookmark."""

    def drop_old(self, rows: List[Dict]) -> List[Dict]:
        """Return the rows that aren't older than the bookmark."""
        return rows

    def add_parent(self, rows: List[Dict]) -> List[Dict]:
        """Return the rows with what they have of their parent."""
        return rows

    def check_keys(self, rows: List[Dict]) -> None:
        """Refuse rows without a key."""

    def note_bookmarks(self, rows: List[Dict]) -> None:
        """Note the greatest bookmark."""

    def drop_repeats(self, rows: List[Dict]) -> List[Dict]:
        """Return the rows whose keys have not come before."""
        return rows

    def note_children(self, rows: List[Dict]) -> None:
        """Note what the stream's children take of the rows."""

    def check_integers(self, rows: List[Dict]) -> None:
        """Refuse integers that destinations can't hold."""

    def complete_moments(self, rows: List[Dict]) -> None:
        """Give moments the form of their schema."""

    def end_window(self) -> Generator[List[Dict], None, None]:
        """Finish when all pages of a window have been read."""
        yield from ()

    def end_parents(self) -> Generator[List[Dict], None, None]:
        """Finish when all parents have been read."""
        yield from ()

    def new_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page that may have new ones."""
        return self.get_pages(params)

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page; that is what a pagination does."""
        raise NotImplementedError

    def request(self, params: Dict):
        return self.client.request(self.url, params=params)

    def note_body(self, params: Dict) -> None:
        """Note the parameters that stand in the body."""

    def add_body(self, params: Dict) -> Dict:
        """Return the parameters of the next page with those that stand in the body."""
        return params

    def get_records(self, response) -> List[Dict]:
        """Return the list of records in a response; no content (204) and null are an empty list."""
        self.note_columns(response)
        records = response
        records = self.add_list(records)
        for key in self.RECORDS_PATH if records is not None else ():
            if not isinstance(records, dict) or key not in records:
                place = '.'.join(self.RECORDS_PATH)
                raise ValueError(f'the response has no {place}: {self.said(response)}')
            records = records[key]
        records = self.from_object(records)
        records = self.from_map(records)
        records = self.from_columns(records)
        if not isinstance(records, (list, type(None))):
            raise ValueError(f'the response has no list, but {self.said(records)}')
        records = self.name_items(records, response)
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

    def add_list(self, response):
        """Return the response with the list that it leaves out where there are no records."""
        return response

    def note_columns(self, response) -> None:
        """Note what the response has around the records."""

    def name_items(self, records, response):
        """Return items that are no objects as objects."""
        return records

    def from_object(self, found):
        """Return one record as a list of it."""
        return found

    def from_map(self, found):
        """Return records by their keys as a list of them."""
        return found

    def from_columns(self, found):
        """Return lists of the values of each column as a list of records."""
        return found


def fill(value, values: Dict):
    """Return a copy in which the {names} in texts are replaced by what they stand for."""
    if isinstance(value, str):
        return value.format_map(values)
    if isinstance(value, list):
        return [fill(item, values) for item in value]
    if isinstance(value, dict):
        return {key: fill(item, values) for key, item in value.items()}
    return value
