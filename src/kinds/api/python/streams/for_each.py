"""Streams that are asked for by the items of a list, as by records of a parent."""

from typing import List

from kinds.api.python.streams.parents import Parents


class ForEach(Parents):
    # What an item is called here, and the items, or the configuration key that has them.
    ITEM = None
    ITEMS = ()
    ITEMS_KEY = None

    def add_items(self, lists: List) -> List:
        return [*lists, [{self.ITEM: item} for item in self.get_items()]] if self.ITEM else lists

    @classmethod
    def get_level(cls) -> int:
        """Return how many generations of parents a stream has; a list is one."""
        above = max((1 + parent.get_level() for parent, _ in cls.PARENTS), default=0)
        return max(above, 1 if cls.ITEM else 0)

    def get_items(self) -> List:
        """Return the items; in the configuration, they are a list, or text with commas between."""
        if not self.ITEMS_KEY:
            return list(self.ITEMS)
        found = self.client.config.get(self.ITEMS_KEY, '')
        texts = found if isinstance(found, list) else str(found).split(',')
        items = [str(text).strip() for text in texts if str(text).strip()]
        if not items:
            raise ValueError(f'{self.ITEMS_KEY} in the configuration has nothing to ask for')
        return items
