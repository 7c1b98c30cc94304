"""Pages by how many records stand before them."""

from typing import Dict, Generator, List

from kinds.api.pagination.paged import Paged, to_count


class Offsets(Paged):
    OFFSET_PARAM = 'offset'

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each page, up to the last or an empty one.

        Each page begins after what was received: APIs cut page sizes down.
        """
        offset, seen = 0, set()
        offset = self.begin(offset)
        while True:
            response = self.client.parse(self.ask({**params, self.OFFSET_PARAM: offset}))
            records = self.get_records(response)
            self.note_page(records, params)
            more = bool(records)
            if records:
                self.refuse_repeat(records, f'the page at offset {offset}', seen)
            offset += len(records)
            more = self.counts_more(more, response, offset)
            more = self.says_more(more, response)
            yield records
            if not more:
                return
            params = self.drop_first(params)

    def begin(self, offset: int) -> int:
        """Give the offset of the first page."""
        return offset

    def counts_more(self, more: bool, response, offset: int) -> bool:
        """Tell whether there are more records by the number of all."""
        return more


class LaterStart(Offsets):
    """The API counts records from another number than 0."""

    START_OFFSET = 1

    def begin(self, offset: int) -> int:
        return self.START_OFFSET


class Totals(Offsets):
    """Responses have the number of all records."""

    TOTAL_PATH = ()

    def counts_more(self, more: bool, response, offset: int) -> bool:
        first = not self.knows_next
        total = self.find_next(response, self.TOTAL_PATH, 'total_path')
        if total is None:
            return more
        total = to_count(total, self.spell(self.TOTAL_PATH))
        if offset > total if first else offset < total and not more:
            raise RuntimeError(f'there are {offset} records, where total_path says {total}')
        return offset < total
