"""Pages by the Link header of the response before."""

from typing import Dict, Generator, List

from kinds.api.pagination.paged import Paged


class LinkHeaders(Paged):
    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, until a response has no address of a next one."""
        links = set()
        while True:
            answer = self.request(params)
            # RFC 8288: a link may have several relations.
            rels = answer.links.items()
            link = next((link['url'] for rel, link in rels if 'next' in rel.lower().split()), None)
            yield self.get_records(self.client.parse(answer))
            if not link:
                return
            if link in links:
                raise RuntimeError('the address of the next page repeats')
            links.add(link)
            self.note_body(params)
            params = self.follow(answer, link)
