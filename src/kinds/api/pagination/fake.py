"""What the pages of a fake API have beside their records."""

from kinds.api.python.offline.base import SIZE, FakeApi, put


class FakePaged(FakeApi):
    def step_back(self, last):
        """Return the value of the last record before a page."""
        return last

    def say_total(self, body):
        """Say in a page how much there is."""

    def say_more(self, body, has_more):
        """Say in a page whether there are more."""


class FakeHasMore(FakePaged):
    def say_more(self, body, has_more):
        put(body, self.stream.HAS_MORE_PATH, has_more)


class FakeTotalPages(FakePaged):
    def say_total(self, body):
        put(body, self.stream.TOTAL_PAGES_PATH, -(-len(self.records) // SIZE))


class FakeTotals(FakePaged):
    def say_total(self, body):
        put(body, self.stream.TOTAL_PATH, len(self.records))


class FakeMixed(FakePaged):
    """Streams have several paginations, so that some pages say what others have no place for."""

    def say_total(self, body):
        self.say(body, 'TOTAL_PAGES_PATH', -(-len(self.records) // SIZE))
        self.say(body, 'TOTAL_PATH', len(self.records))

    def say_more(self, body, has_more):
        self.say(body, 'HAS_MORE_PATH', has_more)

    def say(self, body, constant, value):
        path = getattr(self.stream, constant, None)
        if path and isinstance(body, dict):
            put(body, path, value)
