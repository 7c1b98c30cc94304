"""A fake API whose headers have the cursor of the next one."""

from kinds.api.pagination.fake import FakePaged
from kinds.api.python.offline.base import SIZE


class FakeHeaderCursors(FakePaged):
    def get_page(self, params, url):
        # The first request may have something else there, such as a bookmark.
        cursor = params.get(self.stream.CURSOR_PARAM, '')
        start = int(cursor[5:]) if cursor.startswith('after') else 0
        end = start + SIZE
        body = self.records[start:end]
        body = self.wrap(body)
        has_more = end < len(self.records)
        self.say_more(body, has_more)
        return body, {self.stream.CURSOR_HEADER: f'after{end}'} if has_more else {}
