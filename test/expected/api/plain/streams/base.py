from typing import Dict, Generator, List

from mage_integrations.sources.open_rates.client import OpenRatesClient


class BaseStream:
    """A list of records that the API has; a stream is a subclass with constants of its own."""

    BASE_URL = 'https://rates.example.com/v1'
    TABLE = ''
    PATH = ''
    RECORDS_PATH = ()
    KEY_PROPERTIES = []

    def __init__(self, client: OpenRatesClient):
        self.client = client

    def load_data(self) -> Generator[List[Dict], None, None]:
        """Yield the records page by page."""
        yield from self.get_pages({})

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of the one response that has them all."""
        yield self.get_records(self.request(params))

    def request(self, params: Dict):
        return self.client.make_request(f'{self.BASE_URL}/{self.PATH}', params=params)

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
