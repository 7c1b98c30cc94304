"""No pages: one response has everything."""

from typing import Dict, Generator, List

from kinds.api.pagination.paged import Paged


class Whole(Paged):
    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of the one response that has them all."""
        yield self.get_records(self.client.parse(self.request(params)))
