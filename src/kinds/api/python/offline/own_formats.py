"""A fake API whose streams are answered in several formats."""

from kinds.api.python.offline.fake_text import FakeText

# How the streams that have a format of their own are written, and the others.
OWN_FORMATS = {}
FORMAT = ''


class FakeFormats(FakeText):
    def encode_records(self, body):
        return getattr(self, OWN_FORMATS.get(self.stream.TABLE, FORMAT))(body)

    def encode_json(self, body):
        return body
