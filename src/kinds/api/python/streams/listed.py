"""Streams that are found at run time: one for each record of another stream, their list."""

import json
import re
from collections import Counter
from typing import Dict, List, Tuple
from unicodedata import normalize
from zlib import crc32

from singer.schema import Schema

from kinds.api.python.streams.casts import cast_boolean, cast_integer, cast_number, cast_text
from kinds.api.python.streams.parents import Parents


class Listed(Parents):
    # The stream whose records are streams, None for what is a stream itself.
    LIST = None
    # Its fields that name them, and that {names} stand for: the field by the name.
    NAME_FIELDS = ()
    FIELDS = {}
    # What stands before their names.
    PREFIX = ''
    # Of a stream that was found, what its {names} stand for, and its columns.
    FOUND = {}
    SCHEMA = None

    def add_found(self, lists: List) -> List:
        return [*lists, [self.FOUND]] if self.LIST else lists

    def add_parent(self, rows: List[Dict]) -> List[Dict]:
        # All rows of a stream were found by the same.
        return rows if self.LIST else [self.add_fields(row) for row in rows]

    def get_items(self) -> Dict[str, Dict]:
        """Return the records of the list, by what tells them apart."""
        items = {}
        for record in self.get_keys(self.LIST):
            values = [record[field] for field in self.FIELDS.values()]
            missing = [field for field in self.FIELDS.values() if record[field] in (None, '')]
            if missing:
                raise ValueError(f'a record of {self.LIST.TABLE} has no {", ".join(missing)}')
            items[json.dumps([self.TABLE, *values])] = record
        return items

    @classmethod
    def get_title(cls, record: Dict) -> str:
        """Return what the API calls a stream."""
        words = [str(record[field]) for field in cls.NAME_FIELDS if record[field]]
        if not words:
            fields = ', '.join(cls.NAME_FIELDS)
            raise ValueError(f'a record of {cls.LIST.TABLE} has no {fields} to name a stream by')
        return ' '.join([cls.PREFIX, *words])

    @classmethod
    def make(cls, name: str, record: Dict, columns: Dict) -> type:
        """Return the class of the stream that a record is, which has the columns and what is found."""  # noqa: E501
        found = {alias: record[field] for alias, field in cls.FIELDS.items()}
        constants = {'TABLE': name, 'FOUND': found, 'SCHEMA': Schema(type='object')}
        constants['SCHEMA'].properties = dict(columns)
        cls.add_columns_of(constants, record)
        return type(cls.__name__, (cls,), constants)

    @classmethod
    def add_columns_of(cls, constants: Dict, record: Dict) -> None:
        """Add the columns that the list has of a stream to its constants."""


class ListedColumns(Listed):
    """The list has columns of the streams, too."""

    # Where a record of the list has the columns, where each has name and type, and what types are.
    COLUMNS_FIELD = None
    COLUMN_NAME = 'name'
    COLUMN_TYPE = 'type'
    TYPES = {}
    # Where a record of a stream has the values.
    VALUES_PATH = ()
    # Of a stream that was found, field and type by the column.
    FOUND_COLUMNS = {}

    @classmethod
    def add_columns_of(cls, constants: Dict, record: Dict) -> None:
        if not cls.COLUMNS_FIELD:
            return
        listed = record[cls.COLUMNS_FIELD]
        listed = read_json(listed) if isinstance(listed, str) else listed
        if not isinstance(listed, list):
            fault = f'has no list of columns in {cls.COLUMNS_FIELD}, but {listed!r:.80}'
            raise ValueError(f'a record of {cls.LIST.TABLE} {fault}')
        types = dict(map(cls.read_column, listed))
        columns = constants['SCHEMA'].properties
        # What stands beside the columns of the answers is one of them, if it is called so.
        fields = [field for field in types if cls.VALUES_PATH or field not in columns]
        names = name_all([(field, field) for field in fields], columns, 'column')
        found = {name: (field, types[field]) for name, field in zip(names, fields)}
        constants['FOUND_COLUMNS'] = found
        columns.update({name: to_schema(kind) for name, (_, kind) in found.items()})

    @classmethod
    def read_column(cls, column) -> Tuple[str, str]:
        """Return name and type of a column; what is of no type that is known is text."""
        if isinstance(column, str):
            return column, 'string'
        name = column.get(cls.COLUMN_NAME) if isinstance(column, dict) else None
        if name in (None, ''):
            fault = f'has a column without {cls.COLUMN_NAME} in {cls.COLUMNS_FIELD}'
            raise ValueError(f'a record of {cls.LIST.TABLE} {fault}: {column!r:.80}')
        return str(name), cls.TYPES.get(str(column.get(cls.COLUMN_TYPE)), 'string')

    def note_found(self, records: List[Dict]) -> None:
        """Note where the records have the values of the columns that were found."""
        self.values = [self.take_values_of(record) for record in records]

    def take_values_of(self, record: Dict) -> Dict:
        values = self.look_up(record, self.VALUES_PATH, self) if self.FOUND_COLUMNS else {}
        if not isinstance(values, (dict, type(None))):
            place = self.spell(self.VALUES_PATH)
            raise ValueError(f'a record has no object at {place}: {self.said(record)}')
        return values or {}

    def add_found_columns(self, records: List[Dict]) -> List[Dict]:
        """Return the records with the columns that were found."""
        return [
            {**record, **self.cast_found(values)} for record, values in zip(records, self.values)
        ]

    def cast_found(self, values: Dict) -> Dict:
        casts = {'integer': cast_integer, 'number': cast_number, 'boolean': cast_boolean}
        row = {}
        for name, (field, kind) in self.FOUND_COLUMNS.items():
            value = values.get(field)
            row[name] = None if value is None else casts.get(kind, cast_text)(value, name)
        return row


def read_json(text: str):
    """Return what a text has that was written as JSON, or else the text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def to_schema(kind: str) -> Schema:
    """Return the schema of a column."""
    if kind == 'date-time':
        return Schema(type=['null', 'string'], format=kind)
    return Schema(type=['null', kind])


def name_all(texts: List[Tuple[str, str]], taken, otherwise: str) -> List[str]:
    """Return a name for each text, which stands beside what tells it apart.

    What would have no name, or the name of another, has a part of that behind it: so a name
    depends neither on the order nor on which other one came first.
    """
    names = [to_identifier(text)[:63].rstrip('_') for text, _ in texts]
    known = Counter([*map(to_identifier, taken), *names])
    unique = [
        name if name and known[name] == 1 else mark(name or otherwise, key)
        for name, (_, key) in zip(names, texts)
    ]
    if len(set(unique)) < len(unique):
        raise ValueError(f'two have the same name: {", ".join(unique):.300}')
    return unique


def mark(name: str, key: str) -> str:
    return f'{name[:54]}_{crc32(json.dumps(key).encode()):08x}'


def to_identifier(text: str) -> str:
    """Return the small letters and digits of a text, with _ between its words."""
    plain = normalize('NFKD', text).encode('ascii', 'ignore').decode()
    words = re.sub('(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])', '_', plain)
    return re.sub(r'[\W_]+', '_', words).strip('_').lower()
