"""Pages by their numbers."""

from itertools import count
from typing import Dict, Generator, List

from kinds.api.pagination.paged import Paged
from kinds.api.python.stream import dig


class Pages(Paged):
    PAGE_PARAM = 'page'
    START_PAGE = 1

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, up to the last or an empty one.

        A page that is merely short proves nothing: APIs cut page sizes down and drop records.
        """
        previous = None
        for page in count(self.START_PAGE):
            response = self.client.parse(self.request({**params, self.PAGE_PARAM: page}))
            records = self.get_records(response)
            if records and str(records) == previous:
                raise RuntimeError(f'page {page} repeats the one before it')
            previous, more = str(records), bool(records)
            more = self.counts_more(more, response, page)
            more = self.says_more(more, response)
            yield records
            if not more:
                return

    def counts_more(self, more: bool, response, page: int) -> bool:
        """Tell whether there are more pages by the number of them."""
        return more


class TotalPages(Pages):
    """Responses have the number of pages."""

    TOTAL_PAGES_PATH = ()

    def counts_more(self, more: bool, response, page: int) -> bool:
        total = dig(response, self.TOTAL_PAGES_PATH)
        return more and (total is None or page < int(total) + self.START_PAGE - 1)
