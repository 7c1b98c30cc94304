from typing import Dict, Generator, List

from mage_integrations.sources.open_rates.client import OpenRatesClient


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
        """Yield the records page by page."""
        params = dict(self.PARAMS)
        self.url = f'{self.BASE_URL}/{self.PATH}'
        for records in self.get_pages(params):
            rows = [self.transform(record) for record in records]
            yield rows

    def transform(self, record: Dict) -> Dict:
        """Return the row for a record of the API; made to be overridden."""
        return record

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of the one response that has them all."""
        yield self.get_records(self.client.parse(self.request(params)))

    def request(self, params: Dict):
        return self.client.request(self.url, params=params)

    def get_records(self, response) -> List[Dict]:
        """Return the list of records in a response; no content (204) and null are an empty list."""
        records = response
        for key in self.RECORDS_PATH if response is not None else ():
            if not isinstance(records, dict) or key not in records:
                raise ValueError(f'{self.TABLE}: the response has no {".".join(self.RECORDS_PATH)}')
            records = records[key]
        if not isinstance(records, (list, type(None))):
            raise ValueError(f'{self.TABLE}: the response has {type(records).__name__}, no list')
        return records or []
