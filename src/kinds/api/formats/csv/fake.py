"""A fake API that answers in CSV."""

import csv
import io

from kinds.api.python.offline.fake_text import FakeText

DELIMITER = ','


class FakeCsv(FakeText):
    def encode_records(self, body):
        text = io.StringIO()
        writer = csv.DictWriter(text, body[0] if body else [], delimiter=DELIMITER)
        writer.writeheader()
        writer.writerows(body)
        return text.getvalue()
