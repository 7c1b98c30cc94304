"""A fake API whose headers have the cursor of the next one."""

from kinds.api.pagination.fake import FakePaged
from kinds.api.python.offline.base import SIZE


class FakeHeaderCursors(FakePaged):
    def get_page(self, params, url):
        start = int(params.get(self.stream.CURSOR_PARAM, 0))
        end = start + SIZE
        body = self.records[start:end]
        body = self.wrap(body)
        has_more = end < len(self.records)
        self.say_more(body, has_more)
        return body, {self.stream.CURSOR_HEADER: str(end)} if has_more else {}
