"""Pages by a cursor in the response before."""

from typing import Dict, Generator, List

from kinds.api.pagination.paged import Paged
from kinds.api.python.stream import dig


class Cursors(Paged):
    """Bodies have the cursor."""

    CURSOR_PARAM = 'cursor'
    CURSOR_PATH = ()

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, until a response has no cursor of a next one."""
        cursors = set()
        while True:
            response = self.client.parse(self.request(params))
            self.refuse_list(response, self.CURSOR_PATH)
            cursor = dig(response, self.CURSOR_PATH)
            cursor = self.says_more(cursor, response)
            yield self.get_records(response)
            if not cursor:
                return
            if cursor in cursors:
                raise RuntimeError(f'the cursor {cursor} repeats')
            cursors.add(cursor)
            params = {**params, self.CURSOR_PARAM: cursor}


class HeaderCursors(Paged):
    """Headers have the cursor."""

    CURSOR_PARAM = 'cursor'
    CURSOR_HEADER = ''

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, until a response has no cursor of a next one."""
        cursors = set()
        while True:
            answer = self.request(params)
            response = self.client.parse(answer)
            cursor = answer.headers.get(self.CURSOR_HEADER)
            cursor = self.says_more(cursor, response)
            yield self.get_records(response)
            if not cursor:
                return
            if cursor in cursors:
                raise RuntimeError(f'the cursor {cursor} repeats')
            cursors.add(cursor)
            params = {**params, self.CURSOR_PARAM: cursor}
