"""A fake API with pages that begin behind a record."""

from kinds.api.pagination.fake import FakePaged
from kinds.api.python.offline.base import SIZE


class FakeKeysets(FakePaged):
    def get_page(self, params, url):
        field, last = self.stream.KEYSET_FIELD, params.get(self.stream.KEYSET_PARAM)
        last = self.step_back(last)
        records = [{field: number, **row} for number, row in enumerate(self.records, 1)]
        start = [str(record[field]) for record in records].index(last) + 1 if last else 0
        body = records[start : start + SIZE]
        body = self.wrap(body)
        self.say_more(body, start + SIZE < len(records))
        return body, {}
