"""A fake API that answers in XML."""

from xml.sax.saxutils import escape

from kinds.api.python.offline.fake_text import FakeText


class FakeXml(FakeText):
    def encode_records(self, body):
        """Return a body's elements; a list is one for each item."""
        if isinstance(body, dict):
            items = [(key, item) for key, value in body.items() for item in as_list(value)]
            return ''.join(f'<{key}>{self.encode(item)}</{key}>' for key, item in items)
        text = str(body).lower() if isinstance(body, bool) else str(body)
        return '' if body is None else escape(text)


def as_list(value):
    return value if isinstance(value, list) else [value]
