"""Streams that are asked for by records of other streams, their parents."""

import json
from itertools import product
from typing import Dict, Generator, List
from urllib.parse import quote

from kinds.api.python.placeholders import leave_out
from kinds.api.python.stream import BaseStream, fill
from kinds.api.python.streams.incremental import Incremental
from kinds.api.python.streams.requests import BodyPlaceholders, ParamPlaceholders
from kinds.api.python.streams.windows import End


class Parents(BaseStream):
    # Streams, and what is taken of their records: the field by the name that it has here.
    PARENTS = ()
    CHILD_FIELDS = ()
    parent = {}

    def each_parent(self, params: Dict) -> Generator[Dict, None, None]:
        """Yield the parameters once for each parent, or for each combination of several."""
        self.keys = []
        for self.parent in self.get_parents():
            yield dict(params)

    def get_parents(self) -> Generator[Dict, None, None]:
        """Yield what this stream takes of each parent, or of each combination of several.

        A stream without parents has one combination, of nothing.
        """
        lists = [
            [{name: key[field] for name, field in fields.items()} for key in self.get_keys(stream)]
            for stream, fields in self.PARENTS
        ]
        lists = self.add_items(lists)
        lists = self.add_found(lists)
        asked = set()
        for parts in product(*lists):
            parent = {name: value for part in parts for name, value in part.items()}
            missing = [name for name, value in parent.items() if value is None]
            if missing:
                raise ValueError(f'a record of a parent has no {", ".join(missing)}')
            # Several records of a parent may have the same.
            key = json.dumps(list(parent.values()))
            if key not in asked:
                asked.add(key)
                yield parent

    def add_items(self, lists: List) -> List:
        return lists

    def add_found(self, lists: List) -> List:
        return lists

    def get_keys(self, stream) -> List[Dict]:
        """Return what children take of all records of a stream, which is read once in a run."""
        if stream.TABLE not in self.client.keys:
            for _ in stream(self.client).load_data():
                pass
        return self.client.keys[stream.TABLE]

    def add_parent(self, rows: List[Dict]) -> List[Dict]:
        return [self.add_fields(row) for row in rows]

    def add_fields(self, row: Dict) -> Dict:
        """Return a row with the fields of its parent; what it has of them itself must be the same."""  # noqa: E501
        added = {}
        for name, value in self.parent.items():
            own = row.get(name)
            if own is None:
                added[name] = value
            elif str(own) != str(value):
                message = f'a record has {own!r} as {name}, and its parent {value!r}'
                raise ValueError(f'{message}: take it by another name (as)')
        return {**row, **added}

    def note_children(self, rows: List[Dict]) -> None:
        if self.CHILD_FIELDS:
            self.keys += [{field: row.get(field) for field in self.CHILD_FIELDS} for row in rows]

    def end_parents(self) -> Generator[List[Dict], None, None]:
        # Mage's sample needs a batch even if there is no parent.
        yield []
        self.client.keys[self.TABLE] = self.keys

    def fill_url(self, url: str) -> str:
        # A field of a parent may have characters that mean something in an address.
        parent = {name: quote(str(value), safe='') for name, value in self.parent.items()}
        return url.format_map({**self.client.config, **parent})

    @classmethod
    def get_level(cls) -> int:
        """Return how many generations of parents a stream has."""
        return max((1 + parent.get_level() for parent, _ in cls.PARENTS), default=0)


class ParentParams(Parents, ParamPlaceholders):
    """Parameters have {names} of configuration keys or fields of parents."""

    def fill_params(self, params: Dict) -> Dict:
        return fill(params, {**self.client.config, **self.parent})


class OptionalParentParams(ParentParams):
    """Some keys need not be configured: parameters that have them are left out."""

    def fill_params(self, params: Dict) -> Dict:
        values = {**self.client.config, **self.parent}
        return fill(leave_out(params, values), values)


class ParentBodies(Parents, BodyPlaceholders):
    """Bodies have {names} of configuration keys or fields of parents."""

    def fill_body(self, body: Dict) -> Dict:
        return fill(body, {**self.client.config, **self.parent})


class OptionalParentBodies(ParentBodies):
    """Some keys need not be configured: what has them is left out."""

    def fill_body(self, body: Dict) -> Dict:
        values = {**self.client.config, **self.parent}
        return fill(leave_out(body, values), values)


class IncrementalParents(Parents, Incremental):
    """Some streams have bookmarks, from which on only a part is read."""

    def end_parents(self) -> Generator[List[Dict], None, None]:
        # Mage's sample needs a batch even if there is no parent.
        yield []
        if not self.since:
            self.client.keys[self.TABLE] = self.keys


class EndedParents(IncrementalParents, End):
    """Some streams end where the run does."""

    def end_parents(self) -> Generator[List[Dict], None, None]:
        # Mage's sample needs a batch even if there is no parent.
        yield []
        if not self.since and not self.until:
            self.client.keys[self.TABLE] = self.keys
