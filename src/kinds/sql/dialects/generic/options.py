"""What the answers can say of a driver, as features of the source that reads by it."""

from itertools import islice
from sys import maxsize

from kinds.sql.dialects.generic.dialect import AnyDatabase

# What stands for what isn't configured, and statements at the beginning of each session.
DEFAULTS = {}
SESSION = []


class ConfiguredArguments(AnyDatabase):
    def _configured(self, arguments):
        """The arguments with what is configured for each `{key}`, without those that are None."""
        given = {key: value for key, value in self.connection_settings.items() if value is not None}
        filled = {name: filled_in(text, {**DEFAULTS, **given}) for name, text in arguments.items()}
        return {name: value for name, value in filled.items() if value is not None}


class Session(AnyDatabase):
    def _begin_session(self, cursor):
        for statement in SESSION:
            cursor.execute(statement)


class Backticks(AnyDatabase):
    def _quote(self, name):
        return '`' + name.replace('`', '``') + '`'


class Brackets(AnyDatabase):
    def _quote(self, name):
        return '[' + name.replace(']', ']]') + ']'


class OffsetFetch(AnyDatabase):
    SAMPLE_QUERY = 'SELECT * FROM {}'

    def _page(self, stream, select, order, limit, offset):
        page = f'OFFSET {offset} ROWS FETCH NEXT {limit or maxsize} ROWS ONLY'
        return f'{select} {order} {page}', []


class SkippedRows(AnyDatabase):
    SAMPLE_QUERY = 'SELECT * FROM {}'

    def _page(self, stream, select, order, limit, offset):
        return f'{select} {order}', []

    def _skipped(self, rows, bookmark_columns, query):
        """No statement can be cut, so that rows that aren't wanted are read as well."""
        if bookmark_columns:
            return rows
        limit, offset = query.get('_limit') or None, query.get('_offset') or 0
        return islice(rows, offset, offset + limit if limit else None)


def filled_in(text, settings):
    """A value with what is configured; `{key}` alone stands for its value, whatever its type."""
    if not isinstance(text, str):
        return text
    key = text[1:-1]
    return settings[key] if text == f'{{{key}}}' and key in settings else text.format_map(settings)
