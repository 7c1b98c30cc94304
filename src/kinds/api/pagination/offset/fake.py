"""A fake API with pages that begin behind a number of records."""

from kinds.api.pagination.fake import FakePaged
from kinds.api.python.offline.base import SIZE


class FakeOffsets(FakePaged):
    def get_page(self, params, url):
        start = int(params[self.stream.OFFSET_PARAM])
        start = self.skipped(start)
        body = self.records[start : start + SIZE]
        body = self.wrap(body)
        self.say_total(body)
        self.say_more(body, start + SIZE < len(self.records))
        return body, {}

    def skipped(self, start):
        return start


class FakeLaterStart(FakeOffsets):
    def skipped(self, start):
        return start - self.stream.START_OFFSET
