"""Pages by their numbers."""

from itertools import count
from typing import Dict, Generator, List

from kinds.api.pagination.paged import Paged, to_count


class Pages(Paged):
    PAGE_PARAM = 'page'
    START_PAGE = 1

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, up to the last or an empty one.

        A page that is merely short proves nothing: APIs cut page sizes down and drop records.
        """
        seen = set()
        for page in count(self.START_PAGE):
            response = self.client.parse(self.ask({**params, self.PAGE_PARAM: page}))
            records = self.get_records(response)
            self.note_page(records, params)
            more = bool(records)
            more = self.counts_more(more, response, page)
            more = self.says_more(more, response)
            if records:
                self.refuse_repeat(records, f'page {page}', seen)
            yield records
            if not more:
                return
            params = self.drop_first(params)

    def counts_more(self, more: bool, response, page: int) -> bool:
        """Tell whether there are more pages by the number of them."""
        return more


class TotalPages(Pages):
    """Responses have the number of pages."""

    TOTAL_PAGES_PATH = ()

    def counts_more(self, more: bool, response, page: int) -> bool:
        path = self.TOTAL_PAGES_PATH
        total = self.find_next(response, path, 'total_pages_path')
        if total is None:
            return more
        return page < to_count(total, self.spell(path)) + self.START_PAGE - 1
