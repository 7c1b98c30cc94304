"""A fake API with pages that begin behind a record, by a value inside of it."""

from copy import deepcopy

from kinds.api.pagination.fake import FakePaged
from kinds.api.python.offline.base import SIZE, put


class FakePathKeysets(FakePaged):
    def get_page(self, params, url):
        path, last = self.stream.KEYSET_PATH, params.get(self.stream.KEYSET_PARAM)
        last = self.step_back(last)
        records = deepcopy(self.records)
        for number, record in enumerate(records, 1):
            if find(record, path) is None:
                put(record, path, number)
        start = [str(find(record, path)) for record in records].index(last) + 1 if last else 0
        body = records[start : start + SIZE]
        body = self.wrap(body)
        self.say_more(body, start + SIZE < len(records))
        return body, {}


def find(record, path):
    for key in path:
        record = record.get(key) if isinstance(record, dict) else None
    return record
