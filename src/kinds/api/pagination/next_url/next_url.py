"""Pages by an address in the body of the response before."""

from typing import Dict, Generator, List

from kinds.api.pagination.paged import Paged
from kinds.api.python.stream import dig


class NextUrls(Paged):
    NEXT_URL_PATH = ()

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, until a response has no address of a next one."""
        links = set()
        while True:
            answer = self.request(params)
            response = self.client.parse(answer)
            self.refuse_list(response, self.NEXT_URL_PATH)
            link = dig(response, self.NEXT_URL_PATH)
            yield self.get_records(response)
            if not link:
                return
            if link in links:
                raise RuntimeError('the address of the next page repeats')
            links.add(link)
            self.note_body(params)
            params = self.follow(answer, link)
