"""Pages by a cursor in the response before."""

from typing import Dict, Generator, List

from kinds.api.pagination.paged import NO, YES, Paged


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
