"""Pages by how many records stand before them."""

from typing import Dict, Generator, List

from kinds.api.pagination.paged import Paged
from kinds.api.python.stream import dig


class Offsets(Paged):
    OFFSET_PARAM = 'offset'

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, up to the last or an empty one.

        Each page begins after what was received: APIs cut page sizes down.
        """
        offset, previous = 0, None
        while True:
            response = self.client.parse(self.request({**params, self.OFFSET_PARAM: offset}))
            records = self.get_records(response)
            if records and str(records) == previous:
                raise RuntimeError(f'offset {offset} repeats the page before it')
            previous, more = str(records), bool(records)
            offset += len(records)
            more = self.counts_more(more, response, offset)
            more = self.says_more(more, response)
            yield records
            if not more:
                return

    def counts_more(self, more: bool, response, offset: int) -> bool:
        """Tell whether there are more records by the number of all."""
        return more


class Totals(Offsets):
    """Responses have the number of all records."""

    TOTAL_PATH = ()

    def counts_more(self, more: bool, response, offset: int) -> bool:
        total = dig(response, self.TOTAL_PATH)
        return more and (total is None or offset < int(total))
