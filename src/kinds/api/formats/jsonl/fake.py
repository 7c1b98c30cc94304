"""A fake API that answers in JSON Lines."""

import json

from kinds.api.python.offline.fake_text import FakeText


class FakeJsonLines(FakeText):
    def encode_records(self, body):
        return ''.join(f'{json.dumps(record)}\n' for record in body)
