"""A fake API whose links to the next page have its cursor."""

from kinds.api.pagination.fake import FakePaged
from kinds.api.python.offline.base import SIZE


class FakeLinkCursors(FakePaged):
    def get_page(self, params, url):
        # The first request may have something else there, such as a bookmark.
        cursor = params.get(self.stream.CURSOR_PARAM, '')
        start = int(cursor[5:]) if cursor.startswith('after') else 0
        end = start + SIZE
        body = self.records[start:end]
        body = self.wrap(body)
        has_more = end < len(self.records)
        self.say_more(body, has_more)
        param = f'{self.stream.CURSOR_LINK}="after{end}"'
        link = {'Link': f'<{url.partition("?")[0]}>; rel="next"; {param}'}
        return body, link if has_more else {}
