"""Pages by an address in the response before."""

from typing import Dict, Generator, List
from urllib.parse import urlsplit

from kinds.api.pagination.paged import Paged


class Addresses(Paged):
    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, until a response has no address of a next one."""
        seen = set()
        while True:
            answer = self.ask(params)
            response = self.client.parse(answer)
            records = self.get_records(response)
            self.note_page(records, params)
            link = self.find_link(answer, response)
            link = self.says_more(link, response)
            yield records
            if not link:
                return
            check_link(link)
            self.refuse_repeat(link, 'the address of the next page', seen)
            self.note_body(params)
            params = self.follow(answer, link)

    def find_link(self, answer, response):
        """Return the address of the next page, as a response has it."""
        raise NotImplementedError


def check_link(link) -> None:
    try:
        if isinstance(link, str) and urlsplit(link):
            return
    except ValueError:
        pass
    # A query may have secrets.
    text = repr(link).partition('?')[0][:80]
    raise ValueError(f'the next page is at {text}, which is no address')
