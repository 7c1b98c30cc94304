"""What paginations have in common."""

from kinds.api.python.stream import BaseStream, dig


class Paged(BaseStream):
    def says_more(self, more, response):
        """Return what leads to the next page, or nothing where a page says that it is the last."""
        return more

    def refuse_list(self, response, path) -> None:
        """Refuse a response that has no place for what leads to the next page."""


class HasMore(Paged):
    """Responses say whether there is a next page."""

    HAS_MORE_PATH = ()

    def says_more(self, more, response):
        return None if dig(response, self.HAS_MORE_PATH) in (False, 'false') else more


class NoLists(Paged):
    """Some responses might be lists."""

    def refuse_list(self, response, path) -> None:
        if isinstance(response, list):
            place = '.'.join(path)
            raise ValueError(f'the response is a list, which has no {place}')
