"""What tells the last page: a value in responses or their headers, or the number of its records."""

from typing import Dict, List

from kinds.api.pagination.link_header.link_header import read_next
from kinds.api.pagination.paged import MISSING, Paged, PageSize


class Signed(Paged):
    """Responses say which page is the last."""

    def says_more(self, more, response):
        """Return what leads to the next page, or nothing where a page says that it is the last."""
        last = self.is_last(response)
        if last is False and not more:
            raise RuntimeError('a page with nothing that leads on does not say that it is the last')
        return None if last else more

    def is_last(self, response):
        """Tell whether a response says that its page is the last; None where it says nothing."""
        raise NotImplementedError

    def expect(self, found, place: str, answer: str, around: Dict):
        # It may be missing in the last page, which says so itself.
        return None if found is MISSING else found


class Sign(Signed):
    """A value says it."""

    # Where it stands, for messages.
    SIGN = ''

    def is_last(self, response):
        """Tell whether a response says that its page is the last; None where it says nothing."""
        found = self.find_sign(response)
        if found is not MISSING:
            self.knows_next = True
            return self.means_last(found)
        if self.full and not self.knows_next:
            raise ValueError(f'the first page has no {self.SIGN}, as last_page_when has it')
        return self.means_last(None) or None

    def find_sign(self, response):
        """Return what a response has where it says it, MISSING where it has no such place."""
        raise NotImplementedError

    def means_last(self, found) -> bool:
        """Tell whether a value is that of the last page."""
        raise NotImplementedError


class PathSign(Sign):
    SIGN_PATH = ()

    def find_sign(self, response):
        return self.look_up(response, self.SIGN_PATH, MISSING)


class HeaderSign(Sign):
    def ask(self, params: Dict):
        self.answer = self.request(params)
        return self.answer

    def find_sign(self, response):
        return self.answer.headers.get(self.SIGN, MISSING)


class LinkSign(Sign):
    """A parameter of the link to the next page says it."""

    SIGN_PARAM = ''

    def ask(self, params: Dict):
        self.answer = self.request(params)
        return self.answer

    def find_sign(self, response):
        return read_next(self.answer.headers.get('Link', '')).get(self.SIGN_PARAM, MISSING)


class EqualSign(Sign):
    # A value, and how it may be written.
    SIGN_VALUES = ()

    def means_last(self, found) -> bool:
        return found in self.SIGN_VALUES


class OtherSign(Sign):
    # What all other pages have, and how that may be written.
    SIGN_VALUES = ()

    def means_last(self, found) -> bool:
        return found not in self.SIGN_VALUES


class EmptySign(Sign):
    def means_last(self, found) -> bool:
        return found in (None, '', [], {})


class FilledSign(Sign):
    def means_last(self, found) -> bool:
        return found not in (None, '', [], {})


class EitherSign(Signed):
    """A page with nothing that leads on is the last one, too."""

    def says_more(self, more, response):
        return None if self.is_last(response) else more


class MissingSign(Sign):
    def is_last(self, response) -> bool:
        return self.find_sign(response) is MISSING


class PresentSign(Sign):
    def is_last(self, response) -> bool:
        return self.find_sign(response) is not MISSING


class ShortPage(PageSize, Signed):
    """A page of fewer records than were asked for is the last."""

    size = None

    def note_page(self, records: List[Dict], params: Dict) -> None:
        # An address may have it itself.
        self.size = int(params.get(self.PAGE_SIZE_PARAM) or self.size)
        if len(records) > self.size:
            asked = f'where {self.PAGE_SIZE_PARAM} asks for {self.size}'
            fault = 'so that none is known to be short'
            raise ValueError(f'a page has {len(records)} records, {asked}, {fault}')
        self.full = len(records) == self.size

    def is_last(self, response) -> bool:
        return not self.full


class FirstPageParams(Paged):
    """The first page alone is asked for with some parameters."""

    FIRST_PAGE_PARAMS = ()

    def drop_first(self, params: Dict) -> Dict:
        return {name: params[name] for name in params if name not in self.FIRST_PAGE_PARAMS}
