"""Pages by the last record before them."""

from typing import Dict, Generator, List

from kinds.api.pagination.paged import Paged, to_count


class Keysets(Paged):
    KEYSET_PARAM = 'starting_after'
    KEYSET_FIELD = 'id'

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page: those after the last record of the page before."""
        seen = set()
        while True:
            response = self.client.parse(self.ask(params))
            records = self.get_records(response)
            self.note_page(records, params)
            more = bool(records)
            more = self.says_more(more, response)
            key = self.get_key(records[-1]) if more else None
            yield records
            if not more:
                return
            self.refuse_repeat(key, f'the page after {key}', seen)
            params = self.drop_first(params)
            params = {**params, self.KEYSET_PARAM: key}

    def get_key(self, record: Dict):
        key = record.get(self.KEYSET_FIELD) if isinstance(record, dict) else None
        if key is None:
            raise ValueError(f'the last record of a page has no {self.KEYSET_FIELD} to go on by')
        key = self.go_past(key)
        return key

    def go_past(self, key):
        """Return what the next page begins at."""
        return key


class PathKeysets(Keysets):
    """The value stands inside of a record."""

    KEYSET_PATH = ()

    def get_key(self, record: Dict):
        key = self.look_up(record, self.KEYSET_PATH)
        if key is None:
            path = self.spell(self.KEYSET_PATH)
            raise ValueError(f'the last record of a page has no {path} to go on by')
        key = self.go_past(key)
        return key


class KeysetPlus(Keysets):
    """The next page begins at the value itself, and so has to begin past it."""

    KEYSET_PLUS = 1

    def go_past(self, key):
        return to_count(key, 'the end of a page') + self.KEYSET_PLUS
