from api.streams.support import StreamTest, response

from kinds.api.pagination.cursor.cursor import Cursors
from kinds.api.pagination.keyset.keyset import KeysetPlus, Keysets, PathKeysets
from kinds.api.pagination.link_header.link_header import LinkHeaders
from kinds.api.pagination.next_url.next_url import NextUrls
from kinds.api.pagination.offset.offset import Offsets
from kinds.api.pagination.page.page import Pages
from kinds.api.pagination.paged import AnySize, OmittedAtEnd, PageSize
from kinds.api.pagination.signs import (
    EitherSign,
    EmptySign,
    EqualSign,
    FilledSign,
    FirstPageParams,
    HeaderSign,
    LinkSign,
    MissingSign,
    OtherSign,
    PathSign,
    PresentSign,
    ShortPage,
)
from kinds.api.python.streams.links import Links

ONE, TWO = [{'id': 1}], [{'id': 2}]


def page(records, **more):
    return {'data': records, **more}


class SignsTest(StreamTest):
    pagination = ()

    def asked(self, features, answers, rows, **constants):
        """Check that the rows come, all pages of them, and return what was asked."""
        stream, found = self.read(features, answers, RECORDS_PATH=('data',), **constants)
        self.assertEqual([row for batch in found for row in batch], rows)
        self.assertEqual(list(stream.client.answers), [])
        return stream.client.asked

    def fails(self, features, answers, message, **constants):
        with self.assertRaisesRegex(RuntimeError, message):
            self.read(features, answers, RECORDS_PATH=('data',), **constants)

    def test_a_value_in_the_body_tells_the_last_page(self):
        ends = {'SIGN': 'end', 'SIGN_PATH': ('end',), 'SIGN_VALUES': (True, 'true')}
        constants = {**ends, 'NEXT_URL_PATH': ('next',)}
        for end in True, 'true':
            answers = [page(ONE, end=False, next='/2'), page(TWO, end=end, next='/3')]
            for paging in [NextUrls, Links], [Pages], [Offsets], [Keysets]:
                self.asked([*paging, EqualSign, PathSign, AnySize], answers, ONE + TWO, **constants)
        # The last page may leave out what would lead on.
        answers = [page(ONE, end=False, next='b'), page(TWO, end=True)]
        cursors = [EqualSign, PathSign, Cursors, AnySize]
        self.asked(cursors, answers, ONE + TWO, CURSOR_PATH=('next',), **ends)
        self.asked(cursors, [page(ONE, end=True)], ONE, CURSOR_PATH=('next',), **ends)

    def test_each_test_has_its_opposite(self):
        known = {'SIGN': 'left', 'SIGN_PATH': ('left',), 'SIGN_VALUES': (5, '5')}
        more, last = page(ONE, left=5), page(TWO, left='x')
        for test, first, second in (
            (OtherSign, more, last),
            (EqualSign, last, more),
            (FilledSign, page(ONE, left=None), last),
            (FilledSign, page(ONE, left=[]), last),
            (EmptySign, more, page(TWO, left='')),
            (EmptySign, page(ONE, left='x'), page(TWO, left=None)),
            (PresentSign, page(ONE), page(TWO, left=None)),
            (MissingSign, page(ONE, left=None), page(TWO)),
        ):
            with self.subTest(f'{test.__name__}, {second}'):
                rows = first['data'] + second['data']
                self.asked([test, PathSign, Pages, AnySize], [first, second], rows, **known)

    def test_a_first_page_without_the_means_is_an_error(self):
        known = {'SIGN': 'end', 'SIGN_PATH': ('end',), 'SIGN_VALUES': (True,)}
        message = '^items: the first page has no end, as last_page_when has it$'
        for test in EqualSign, OtherSign, EmptySign, FilledSign:
            self.fails([test, PathSign, Pages, AnySize], [page(ONE)], message, **known)
            self.asked([test, PathSign, Pages, AnySize], [page([])], [], **known)
        sized = [EqualSign, PathSign, Pages, PageSize]
        self.fails(sized, [page(ONE)], message, PARAMS={'limit': 1}, **known)
        omitted = [EmptySign, PathSign, Pages, OmittedAtEnd]
        self.asked(omitted, [page(ONE)], ONE, **known)

    def test_a_page_that_neither_ends_nor_leads_on_is_an_error(self):
        known = {'SIGN': 'end', 'SIGN_PATH': ('end',), 'SIGN_VALUES': (True,)}
        message = '^items: a page with nothing that leads on does not say that it is the last$'
        answers = [page(ONE, end=False, next=None)]
        cursors = [EqualSign, PathSign, Cursors, AnySize]
        self.fails(cursors, answers, message, CURSOR_PATH=('next',), **known)
        answers = [page(ONE, end=False), page([], end=False)]
        self.fails([EqualSign, PathSign, Pages, AnySize], answers, message, **known)

    def test_a_page_that_leads_nowhere_may_be_the_last_as_well(self):
        known = {'SIGN': 'data', 'SIGN_PATH': ('data',), 'NEXT_URL_PATH': ('next',)}
        either = [EitherSign, EmptySign, PathSign, NextUrls, OmittedAtEnd, Links]
        self.asked(either, [page(ONE, next='/2'), page(TWO, next=None)], ONE + TWO, **known)
        self.asked(either, [page(ONE, next='/2'), page([], next='/3')], ONE, **known)

    def test_a_header_tells_the_last_page(self):
        known = {'SIGN': 'X-More', 'SIGN_VALUES': ('no',), 'START_PAGE': 0}
        more, last = ({'headers': {'X-More': text}} for text in ('yes', 'no'))
        answers = [response(page(ONE), **more), response(page(TWO), **last)]
        self.asked([EqualSign, HeaderSign, Pages, AnySize], answers, ONE + TWO, **known)
        message = '^items: the first page has no X-More, as last_page_when has it$'
        self.fails([EqualSign, HeaderSign, Pages, AnySize], [page(ONE)], message, **known)

    def test_a_parameter_of_a_link_tells_the_last_page(self):
        known = {'SIGN': 'results', 'SIGN_PARAM': 'results', 'SIGN_VALUES': ('false',)}
        link = (
            '</items?c=0>; rel="previous"; results="false", </items?c={}>; rel="next"; Results="{}"'
        )
        links = [{'headers': {'Link': link.format(*each)}} for each in ((1, 'true'), (2, 'false'))]
        answers = [response(page(ONE), **links[0]), response(page(TWO), **links[1])]
        features = [EqualSign, LinkSign, LinkHeaders, Links, AnySize]
        self.asked(features, answers, ONE + TWO, **known)
        message = '^items: the first page has no results, as last_page_when has it$'
        plain = {'headers': {'Link': '</items?c=1>; rel="next"'}}
        self.fails(features, [response(page(ONE), **plain)], message, **known)

    def test_a_short_page_is_the_last(self):
        known = {'PARAMS': {'limit': 2}, 'NEXT_URL_PATH': ('next',)}
        rows = [{'id': number} for number in (1, 2, 3)]
        answers = [page(rows[:2], next='/2'), page(rows[2:], next='/3')]
        for paging in [NextUrls, Links], [Pages], [Keysets]:
            self.asked([ShortPage, *paging], answers, rows, **known)
        self.asked([ShortPage, Pages], [page(rows[:2]), page([])], rows[:2], **known)
        message = '^items: a page has 3 records, where limit asks for 2, so that none is known to be short$'  # noqa: E501
        self.fails([ShortPage, Pages], [page(rows)], message, **known)
        message = '^items: a page with nothing that leads on does not say'
        self.fails([ShortPage, NextUrls, Links], [page(rows[:2], next=None)], message, **known)

    def test_some_parameters_are_of_the_first_page_alone(self):
        known = {'PARAMS': {'start': 5, 'limit': 1}, 'FIRST_PAGE_PARAMS': ('start',)}
        answers = [page(ONE, next='b'), page([], next=None)]
        cases = (
            ([Cursors], {'CURSOR_PATH': ('next',)}, {'cursor': 'b'}),
            ([Pages], {'START_PAGE': 4}, {'page': 5}),
            ([Offsets], {}, {'offset': 1}),
            ([Keysets], {}, {'starting_after': 1}),
        )
        for paging, constants, paged in cases:
            first, second = self.asked(
                [FirstPageParams, *paging], answers, ONE, **known, **constants
            )
            self.assertEqual(first['start'], 5)
            self.assertEqual(second, {'limit': 1, **paged})

    def test_a_keyset_may_stand_deeper_or_begin_past_the_last(self):
        rows = [{'info': {'id': '7'}}, {'info': {'id': 9}}]
        answers = [page(rows[:1]), page(rows[1:]), page([])]
        path = {'KEYSET_PATH': ('info', 'id')}
        asked = self.asked([PathKeysets], answers, rows, **path)
        self.assertEqual(asked[1:], [{'starting_after': '7'}, {'starting_after': 9}])
        asked = self.asked([KeysetPlus, PathKeysets], answers, rows, **path)
        self.assertEqual(asked[1:], [{'starting_after': 8}, {'starting_after': 10}])
        message = '^items: the last record of a page has no info.id to go on by$'
        self.fails([PathKeysets], [page([{'info': None}])], message, **path)
        message = '^items: the response has .a. at the end of a page, no number$'
        self.fails([KeysetPlus, Keysets], [page([{'id': 'a'}])], message)
