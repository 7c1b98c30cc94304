"""Pages by a cursor in the response before."""

from typing import Dict, Generator, List

from kinds.api.pagination.link_header.link_header import read_next
from kinds.api.pagination.paged import MISSING, NO, YES, Paged


class Cursors(Paged):
    """Bodies have the cursor."""

    CURSOR_PARAM = 'cursor'
    CURSOR_PATH = ()

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, until a response has no cursor of a next one."""
        seen = set()
        while True:
            answer = self.ask(params)
            response = self.client.parse(answer)
            records = self.get_records(response)
            self.note_page(records, params)
            cursor = self.find_cursor(answer, response)
            cursor = self.says_more(cursor, response)
            yield records
            # Solr ends with an empty page that has the cursor which it was asked for.
            if not cursor or (not records and cursor == params.get(self.CURSOR_PARAM)):
                return
            self.refuse_repeat(cursor, f'the cursor {str(cursor)[:80]}', seen)
            params = self.drop_first(params)
            params = {**params, self.CURSOR_PARAM: cursor}

    def find_cursor(self, answer, response):
        return self.find_next(response, self.CURSOR_PATH, 'cursor_path')


class HeaderCursors(Cursors):
    """Headers have the cursor."""

    CURSOR_HEADER = ''

    def find_cursor(self, answer, response):
        return self.find_header(answer, self.CURSOR_HEADER, 'cursor_header')


class LinkCursors(Cursors):
    """Links of the Link header to the next page have the cursor as a parameter."""

    CURSOR_LINK = ''

    def find_cursor(self, answer, response):
        params = read_next(answer.headers.get('Link', ''))
        cursor = params.get(self.CURSOR_LINK, MISSING)
        return self.expect(cursor, f'{self.CURSOR_LINK} in its Link header', 'cursor_link', {})


class MoreCursors(Cursors):
    """Bodies have the cursor, and say whether there is a next page."""

    HAS_MORE_PATH = ()

    def find_cursor(self, answer, response):
        more = self.find_next(response, self.HAS_MORE_PATH, 'has_more_path')
        if more in NO:
            return None
        cursor = self.find_next(response, self.CURSOR_PATH, 'cursor_path')
        if more in YES and not cursor:
            raise RuntimeError('a page without a cursor says that there are more')
        return cursor


class MoreHeaderCursors(HeaderCursors):
    """Headers have the cursor, and bodies say whether there is a next page."""

    HAS_MORE_PATH = ()

    def find_cursor(self, answer, response):
        more = self.find_next(response, self.HAS_MORE_PATH, 'has_more_path')
        if more in NO:
            return None
        cursor = self.find_header(answer, self.CURSOR_HEADER, 'cursor_header')
        if more in YES and not cursor:
            raise RuntimeError('a page without a cursor says that there are more')
        return cursor


class MoreLinkCursors(LinkCursors):
    """Links have the cursor, and bodies say whether there is a next page."""

    HAS_MORE_PATH = ()

    def find_cursor(self, answer, response):
        more = self.find_next(response, self.HAS_MORE_PATH, 'has_more_path')
        if more in NO:
            return None
        params = read_next(answer.headers.get('Link', ''))
        cursor = params.get(self.CURSOR_LINK, MISSING)
        cursor = self.expect(cursor, f'{self.CURSOR_LINK} in its Link header', 'cursor_link', {})
        if more in YES and not cursor:
            raise RuntimeError('a page without a cursor says that there are more')
        return cursor
