"""Where responses have records, and in which form."""

from typing import Dict, List

from kinds.api.python.stream import BaseStream
from kinds.api.python.streams.paths import spell_step, take


class RecordsIn(BaseStream):
    RECORDS_IN = 'list'


class Objects(RecordsIn):
    """In some streams, a response has one record and no list."""

    def from_object(self, found):
        return [found] if self.RECORDS_IN == 'object' and isinstance(found, dict) else found


class SingleObjects(RecordsIn):
    """In some streams, a response has one record and no list, which would have pages."""

    def from_object(self, found):
        if self.RECORDS_IN != 'object':
            return found
        if isinstance(found, list):
            raise ValueError('the response has a list, where records_in: object says one record')
        return [found] if isinstance(found, dict) else found


class Maps(RecordsIn):
    """In some streams, a response has records by their keys."""

    def from_map(self, found):
        return (
            list(found.values()) if self.RECORDS_IN == 'map' and isinstance(found, dict) else found
        )


class MapKeys(Maps):
    MAP_KEY = None

    def from_map(self, found):
        if self.RECORDS_IN != 'map' or not isinstance(found, dict):
            return found
        if not self.MAP_KEY:
            return list(found.values())
        return [
            {**record, self.MAP_KEY: key} if isinstance(record, dict) else record
            for key, record in found.items()
        ]


class MapValues(RecordsIn):
    """In some streams, a response has values by their keys."""

    MAP_KEY = None
    # The column that takes each value; None where a map has records.
    MAP_VALUE = None

    def from_map(self, found):
        if self.RECORDS_IN != 'map' or not isinstance(found, dict):
            return found
        return [self.from_entry(key, value) for key, value in found.items()]

    def from_entry(self, key, value):
        if self.MAP_VALUE:
            record = {self.MAP_VALUE: value}
        elif isinstance(value, dict):
            record = value
        else:
            return value
        return {**record, self.MAP_KEY: key} if self.MAP_KEY else record


class ColumnLists(RecordsIn):
    """In some streams, a response has a list of values for each column."""

    def from_columns(self, found):
        if self.RECORDS_IN != 'columns' or not isinstance(found, dict):
            return found
        lists = {column: values for column, values in found.items() if isinstance(values, list)}
        if found and not lists:
            raise ValueError(f'the response has no lists of values: {self.said(found)}')
        lengths = {column: len(values) for column, values in lists.items()}
        if len(set(lengths.values())) > 1:
            raise ValueError(f'columns have different numbers of values: {self.said(lengths)}')
        return [dict(zip(lists, row)) for row in zip(*lists.values())]


class ToList(BaseStream):
    def to_list(self, found) -> List[Dict]:
        found = self.from_object(found)
        found = self.from_map(found)
        found = self.from_columns(found)
        found = self.from_element(found)
        if not isinstance(found, (list, type(None))):
            raise ValueError(f'the response has no list, but {self.said(found)}')
        return found or []

    def from_element(self, found):
        """Return the one element of a name as a list of it."""
        return found


class Elements(ToList):
    """Responses are XML, in which a list of one is no list."""

    def from_element(self, found):
        return [found] if isinstance(found, dict) else found


class ElementPaths(Elements):
    def get_records(self, response) -> List[Dict]:
        """Return the list of records in a response.

        An element without records has no children, or isn't there.
        """
        self.note_columns(response)
        # The root alone has to be there, too.
        above = self.RECORDS_PATH[:-1] or self.RECORDS_PATH
        if self.look_up(response, above, self) is self:
            raise ValueError(f'the response has no {".".join(above)}: {self.said(response)}')
        records = self.to_list(self.look_up(response, self.RECORDS_PATH))
        self.check_success(response, records)
        return records


class Walk(ToList):
    """Some paths lead to several places."""

    def get_records(self, response) -> List[Dict]:
        """Return the list of records in a response; no content (204) and null are an empty list."""
        self.note_columns(response)
        ends = [response]
        for step in self.RECORDS_PATH:
            ends = [item for end in ends for item in self.enter(end, step)]
        records = [record for end in ends for record in self.to_list(end)]
        records = self.name_items(records, response)
        self.check_success(response, records)
        return records

    def enter(self, value, step) -> List:
        found = take(value, step)
        if found is None:
            place = spell_step(step).lstrip('.')
            found = self.said(value)
            raise ValueError(f'the response has no {place} in the path to the records: {found}')
        return found


class ElementWalk(Walk, Elements):
    """Responses are XML, in which a list of one is no list, and an empty one isn't there."""

    def get_records(self, response) -> List[Dict]:
        """Return the list of records in a response."""
        self.note_columns(response)
        ends = [response]
        for step, following in zip(self.RECORDS_PATH, (*self.RECORDS_PATH[1:], None)):
            ends = [item for end in ends for item in self.enter(end, step, following)]
        records = [record for end in ends for record in self.to_list(end)]
        self.check_success(response, records)
        return records

    def enter(self, value, step, following=None) -> List:
        if step == '*' and isinstance(value, dict) and following in value:
            return [value]
        found = take(value, step)
        if found is None and (following is not None or isinstance(value, list)):
            place = spell_step(step).lstrip('.')
            raise ValueError(f'the response has no {place} in the path to the records')
        return found or []


class OmittedLists(BaseStream):
    """In some streams, a response without records leaves out the list."""

    OMITS_EMPTY = False

    def add_list(self, response):
        if not self.OMITS_EMPTY or not isinstance(response, dict):
            return response
        if self.look_up(response, self.RECORDS_PATH, self) is not self:
            return response
        other = next((key for key, value in response.items() if isinstance(value, list)), None)
        if other:
            place = '.'.join(self.RECORDS_PATH)
            raise ValueError(f'the response has no {place}, but a list at {other}')
        return None


class SuccessWhen(BaseStream):
    """Responses say by a value of their own that they are none of a failure."""

    # What stands at a path where all is well.
    SUCCESS_WHEN = {}

    def check_success(self, response, records) -> None:
        for path, value in self.SUCCESS_WHEN.items():
            if response is not None and str(self.look_up(response, path)) != str(value):
                raise ValueError(f'{self.spell(path)} is not {value}: {self.said(response)}')


class FromResponse(BaseStream):
    """Some columns come from what a response has around the records."""

    FROM_RESPONSE = {}
    columns = {}

    def note_columns(self, response) -> None:
        paths = self.FROM_RESPONSE.items()
        self.columns = {column: self.look_up(response, path) for column, path in paths}

    def add_columns(self, records: List[Dict]) -> List[Dict]:
        return [{**record, **self.columns} for record in records]


class RecordFilter(BaseStream):
    RECORD_FILTER = {}

    def drop_others(self, records: List[Dict]) -> List[Dict]:
        wanted = self.RECORD_FILTER.items()
        return [
            record
            for record in records
            if all(record.get(field) == value for field, value in wanted)
        ]
