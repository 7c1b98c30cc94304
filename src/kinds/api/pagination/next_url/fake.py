"""A fake API whose pages have the address of the next one."""

from kinds.api.pagination.fake import FakePaged
from kinds.api.python.offline.base import SIZE, put


class FakeNextUrls(FakePaged):
    def get_page(self, params, url):
        start = int(params.get('after', 0))
        end = start + SIZE
        body = self.records[start:end]
        body = self.wrap(body)
        link = f'{url.partition("?")[0]}?after={end}' if end < len(self.records) else None
        put(body, self.stream.NEXT_URL_PATH, link)
        self.say_more(body, end < len(self.records))
        return body, {}
