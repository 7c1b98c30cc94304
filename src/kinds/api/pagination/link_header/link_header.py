"""Pages by the Link header of the response before."""

import re
from typing import Dict, List, Tuple

from kinds.api.pagination.addresses import Addresses
from kinds.api.pagination.paged import MISSING

# An address and its parameters (RFC 8288), in which quoted text may have any sign.
LINK = re.compile(r'[\s,]*<([^>]*)>((?:[^",]|"(?:[^"\\]|\\.)*")*)(?:,|$)')
PARAM = re.compile(r';\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))')
# The relations that an API has which cuts lists into pages.
PAGES = {'first', 'prev', 'previous', 'next', 'last', 'self'}


class LinkHeaders(Addresses):
    def find_link(self, answer, response):
        links = read_links(answer.headers.get('Link', ''))
        found = next((url for url, relations in links if 'next' in relations), None)
        if not found and all(PAGES.isdisjoint(relations) for _, relations in links):
            found = MISSING
        return self.expect(found, 'Link header', 'link_header', {})


def read_links(header: str) -> List[Tuple[str, List[str]]]:
    """Return the addresses that a Link header has, each with its relations."""
    links, at = [], 0
    while header[at:].strip(' \t,'):
        link = LINK.match(header, at)
        if not link:
            text = header[at:].partition('?')[0][:80]
            raise ValueError(f'the Link header is none at {text}')
        # Of several relations, the first counts.
        params = reversed(PARAM.findall(link[2]))
        names = {name.lower(): quoted or plain for name, quoted, plain in params}
        links.append((link[1], names.get('rel', '').lower().split()))
        at = link.end()
    return links


def read_next(header: str) -> Dict[str, str]:
    """Return the parameters of the link to the next page, none where there is no such link."""
    for link in LINK.finditer(header):
        # Of several of a name, the first counts.
        params = reversed(PARAM.findall(link[2]))
        values = {name.lower(): quoted or plain for name, quoted, plain in params}
        if 'next' in values.get('rel', '').lower().split():
            return values
    return {}
