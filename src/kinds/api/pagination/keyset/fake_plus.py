"""A fake API with pages that begin at a record."""

from kinds.api.pagination.fake import FakePaged


class FakeKeysetPlus(FakePaged):
    def step_back(self, last):
        return last and str(int(last) - getattr(self.stream, 'KEYSET_PLUS', 0))
