"""Pages by the last record before them."""

from typing import Dict, Generator, List

from kinds.api.pagination.paged import Paged


class Keysets(Paged):
    KEYSET_PARAM = 'starting_after'
    KEYSET_FIELD = 'id'

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page: those after the last record of the page before."""
        seen = set()
        while True:
            response = self.client.parse(self.request(params))
            records = self.get_records(response)
            self.note_page(records, params)
            more = bool(records)
            more = self.says_more(more, response)
            key = self.get_key(records[-1]) if more else None
            yield records
            if not more:
                return
            self.refuse_repeat(key, f'the page after {key}', seen)
            params = {**params, self.KEYSET_PARAM: key}

    def get_key(self, record: Dict):
        key = record.get(self.KEYSET_FIELD) if isinstance(record, dict) else None
        if key is None:
            raise ValueError(f'the last record of a page has no {self.KEYSET_FIELD} to go on by')
        return key
