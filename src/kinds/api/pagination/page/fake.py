"""A fake API with numbered pages."""

from kinds.api.pagination.fake import FakePaged
from kinds.api.python.offline.base import SIZE


class FakePages(FakePaged):
    def get_page(self, params, url):
        start = (int(params[self.stream.PAGE_PARAM]) - self.stream.START_PAGE) * SIZE
        body = self.records[start : start + SIZE]
        body = self.wrap(body)
        self.say_total(body)
        self.say_more(body, start + SIZE < len(self.records))
        return body, {}
