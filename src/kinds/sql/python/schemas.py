"""Databases that have schemas: those that are configured are read."""

from typing import List

from kinds.sql.python.source import SqlSource


class Schemas(SqlSource):
    # The query that lists all schemas.
    SCHEMAS_QUERY = ''
    DEFAULT_SCHEMA = ''

    def build_table_name(self, stream) -> str:
        schema, table = self.schemas[0], stream.tap_stream_id
        if len(self.schemas) > 1:
            found = [name for name in self.schemas if table.startswith(f'{name}.')]
            if not found:
                raise Exception(f'The stream {table} is of none of the schemas {self.schemas}')
            schema = max(found, key=len)
            table = table[len(schema) + 1 :]
        return f'{self._quote(schema)}.{self._quote(table)}'

    @property
    def schemas(self) -> List[str]:
        return self._names('schema') or [self.DEFAULT_SCHEMA]

    def test_connection(self) -> None:
        known = {name for (name,) in self._rows(self.SCHEMAS_QUERY, [])}
        for schema in self.schemas:
            if schema not in known:
                raise Exception(f'The database has no schema "{schema}"')

    def _columns(self):
        for schema, table, *column in self._catalogue():
            yield f'{schema}.{table}' if len(self.schemas) > 1 else table, *column

    def _catalogue(self):
        """The rows of `_columns` with a schema and a table in the place of a stream."""
        raise NotImplementedError
