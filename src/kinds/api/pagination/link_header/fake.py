"""A fake API whose headers have the address of the next page."""

from kinds.api.pagination.fake import FakePaged
from kinds.api.python.offline.base import SIZE


class FakeLinkHeaders(FakePaged):
    def get_page(self, params, url):
        start = int(params.get('after', 0))
        end = start + SIZE
        body = self.records[start:end]
        body = self.wrap(body)
        link = {'Link': f'<{url.partition("?")[0]}?after={end}>; rel="next"'}
        self.say_more(body, end < len(self.records))
        return body, link if end < len(self.records) else {}
