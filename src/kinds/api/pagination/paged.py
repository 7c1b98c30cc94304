"""What paginations have in common."""

import re
from typing import Dict, List

from kinds.api.python.stream import BaseStream

# What a response doesn't have at all.
MISSING = object()
# Keys that may lead to a next page.
NEXT = re.compile('next|more|continu|cursor|scroll|page_?token|^after', re.IGNORECASE)
YES = (True, 'true')
NO = (False, 'false')


class Paged(BaseStream):
    # True once a response has had what leads to a next page.
    knows_next = False
    # True where a page has as many records as pages have, so that there may be more.
    full = True

    def ask(self, params: Dict):
        """Ask for a page."""
        return self.request(params)

    def drop_first(self, params: Dict) -> Dict:
        """Return the parameters without those that the first page alone is asked for with."""
        return params

    def note_page(self, records: List[Dict], params: Dict) -> None:
        """Note whether a page may be followed by another."""

    def says_more(self, more, response):
        """Return what leads to the next page, or nothing where a page says that it is the last."""
        return more

    def refuse_list(self, response, path) -> None:
        """Refuse a response that has no place for what leads to the next page."""

    def find_next(self, response, path, answer: str):
        """Return what a response has for paging, None where that is null or missing."""
        self.refuse_list(response, path)
        found = self.look_up(response, path, MISSING)
        return self.expect(found, self.spell(path), answer, response)

    def find_header(self, answer, name: str, of: str):
        """Return what a header has for paging, None where it is missing."""
        around = {each: text for each, text in answer.headers.items() if 'next' in each.lower()}
        return self.expect(answer.headers.get(name, MISSING), name, of, around)

    def expect(self, found, place: str, answer: str, around: Dict):
        """Return what leads to the next page, None where there is none.

        Where the first page has no place for it, a part would be taken for the whole.
        """
        if found is MISSING:
            other = None if self.knows_next else self.find_other(around, place)
            if other or (self.full and not self.knows_next):
                hint = 'where the last page leaves it out, answer omitted_at_end: true'
                hint = f'did you mean {other}?' if other else hint
                raise ValueError(f'the first page has no {place}, as {answer} has it; {hint}')
            return None
        self.knows_next = self.knows_next or found is not None
        return found

    def find_other(self, around: Dict, place: str):
        """Return the path of a key like the one that is missing, None where there is none."""
        keys = list_keys(around)
        return next((key for key, value in keys if value and self.is_like(key, place)), None)

    def is_like(self, path: str, place: str) -> bool:
        return bool(NEXT.search(path.rpartition('.')[2]))

    def refuse_repeat(self, value, what: str, seen: set) -> None:
        """Refuse what was there before: such pages go round in circles."""
        if hash(str(value)) in seen:
            raise RuntimeError(f'{what} repeats an earlier one')
        seen.add(hash(str(value)))


class AnySize(Paged):
    """Pages have as many records as the API likes."""

    def note_page(self, records: List[Dict], params: Dict) -> None:
        self.full = bool(records)


class PageSize(Paged):
    """Requests have the size of a page."""

    PAGE_SIZE_PARAM = 'limit'

    def note_page(self, records: List[Dict], params: Dict) -> None:
        self.full = len(records) >= int(params.get(self.PAGE_SIZE_PARAM) or 1)


class OmittedAtEnd(Paged):
    """The last page leaves out what leads to a next one."""

    full = False

    def is_like(self, path: str, place: str) -> bool:
        return to_letters(path.rpartition('.')[2]) == to_letters(place.rpartition('.')[2])


class HasMore(Paged):
    """Responses say whether there is a next page."""

    HAS_MORE_PATH = ()

    def says_more(self, more, response):
        said = self.find_next(response, self.HAS_MORE_PATH, 'has_more_path')
        if said in YES and not more:
            raise RuntimeError('a page without records says that there are more')
        return None if said in NO else more


class NoLists(Paged):
    """Some responses might be lists."""

    def refuse_list(self, response, path) -> None:
        if isinstance(response, list):
            raise ValueError(f'the response is a list, which has no {self.spell(path)}')


class NoOtherLists(NoLists):
    """Some responses are lists on purpose, by positions in which paths begin."""

    def refuse_list(self, response, path) -> None:
        if isinstance(response, list) and not isinstance(path[0], int):
            raise ValueError(f'the response is a list, which has no {self.spell(path)}')


def list_keys(value):
    """Yield the paths of a response's keys, and of those around its records, with values."""
    for key, item in value.items() if isinstance(value, dict) else ():
        path = join_path('', key)
        yield path, item
        for inner in item if isinstance(item, dict) else ():
            yield join_path(path, inner), item[inner]


def join_path(path: str, key: str) -> str:
    """Return a path with one key more, as answers have it."""
    if re.search(r"""[.\[\]"'\\*=]""", key):
        return f'{path}["{key}"]'
    return f'{path}.{key}' if path else key


def to_letters(key: str) -> str:
    return re.sub(r'[\W_]', '', key).lower()


def to_count(value, place: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise ValueError(f'the response has {repr(value)[:80]} at {place}, no number') from None
