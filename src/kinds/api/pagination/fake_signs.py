"""What tells the last page of a fake API: a value in its body, in a header or in a link."""

from kinds.api.pagination.fake import FakeMixed, FakePaged
from kinds.api.python.offline.base import put

# By streams, what the last page has there, and what the others have; None for nothing.
SIGNS = {}


class FakeSigns(FakePaged):
    # What is said of the page; None where a stream has no pages.
    value = None

    def say_more(self, body, has_more):
        self.say_last(body, has_more)

    def say_last(self, body, has_more):
        last, more = SIGNS.get(self.stream.TABLE, (None, None))
        self.value = more if has_more else last
        path = getattr(self.stream, 'SIGN_PATH', None)
        if path and self.value is not None:
            put(body, path, self.value)

    def sign(self, headers):
        if self.stream.TABLE not in SIGNS:
            return
        if getattr(self.stream, 'SIGN_PARAM', None):
            link = headers.get('Link', '<https://api.test/next>; rel="next"')
            param = '' if self.value is None else f'; {self.stream.SIGN_PARAM}="{self.value}"'
            headers['Link'] = f'{link}{param}'
        elif self.value is not None and not getattr(self.stream, 'SIGN_PATH', None):
            headers[self.stream.SIGN] = self.value


class FakeMixedSigns(FakeMixed, FakeSigns):
    """Some pages say also in other places whether there are more."""

    def say_more(self, body, has_more):
        self.say(body, 'HAS_MORE_PATH', has_more)
        self.say_last(body, has_more)
