"""Streams whose moments may have a form of their own, which may tell no less apart than days."""

from datetime import datetime, timezone

from kinds.api.python.offline.incremental_tests import Moments


class ValueFormats(Moments):
    def write_value(self, value, moment, stream):
        form = stream.VALUE_FORMAT
        if form in ('epoch', 'epoch_ms'):
            seconds = int(moment.timestamp()) * (1000 if form == 'epoch_ms' else 1)
            return str(seconds) if isinstance(value, str) else seconds
        return moment.strftime(form) if form and form != 'iso' else value


def to_moment(day):
    return datetime(2024, 1, day, tzinfo=timezone.utc)
