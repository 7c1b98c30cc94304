from api.streams.support import StreamTest, response

from kinds.api.pagination.cursor.cursor import (
    Cursors,
    HeaderCursors,
    MoreCursors,
    MoreHeaderCursors,
)
from kinds.api.pagination.keyset.keyset import Keysets
from kinds.api.pagination.link_header.link_header import LinkHeaders, read_links
from kinds.api.pagination.next_url.next_url import NextUrlHeaders, NextUrls
from kinds.api.pagination.offset.offset import LaterStart, Offsets, Totals
from kinds.api.pagination.page.page import Pages, TotalPages
from kinds.api.pagination.paged import AnySize, HasMore, NoLists, OmittedAtEnd, PageSize
from kinds.api.python.streams.links import KeyLinks, Links, SecretLinks
from kinds.api.python.streams.paths import Steps
from kinds.api.python.streams.requests import BodyParams

ONE, TWO = [{'id': 1}], [{'id': 2}]


def page(records, **more):
    return {'data': records, **more}


class PaginationTest(StreamTest):
    pagination = ()

    def asked(self, features, answers, rows, **constants):
        """Check that the rows come, all pages of them, and return what was asked."""
        stream, found = self.read(features, answers, **constants)
        self.assertEqual([row for batch in found for row in batch], rows)
        self.assertEqual(list(stream.client.answers), [])
        return stream.client.asked

    def fails(self, features, answers, message, **constants):
        with self.assertRaisesRegex(RuntimeError, message):
            self.read(features, answers, **constants)

    def test_pages_go_on_up_to_an_empty_one(self):
        asked = self.asked([Pages], [ONE, TWO, []], ONE + TWO, START_PAGE=0, PARAMS={'limit': 1})
        self.assertEqual(asked, [{'limit': 1, 'page': number} for number in (0, 1, 2)])
        self.fails([Pages], [ONE, ONE], '^items: page 2 repeats an earlier one$')

    def test_pages_end_with_the_last_that_is_counted(self):
        constants = {'RECORDS_PATH': ('data',), 'TOTAL_PAGES_PATH': ('pages',)}
        answers = [page(ONE, pages=2), page(TWO, pages='2')]
        self.asked([TotalPages], answers, ONE + TWO, **constants)
        self.asked([TotalPages], answers, ONE + TWO, START_PAGE=0, **constants)
        self.asked([TotalPages], [page(ONE, pages=None), page([], pages=None)], ONE, **constants)

    def test_pages_end_with_the_last_that_says_so(self):
        constants = {'RECORDS_PATH': ('data',), 'HAS_MORE_PATH': ('more',)}
        for features in [HasMore, Pages], [HasMore, Offsets], [HasMore, Keysets]:
            for no in False, 'false':
                answers = [page(ONE, more=True), page(TWO, more=no)]
                self.asked(features, answers, ONE + TWO, **constants)
        answers = [page(ONE, more=True, next=5), page(TWO, more=False, next=6)]
        self.asked([MoreCursors], answers, ONE + TWO, CURSOR_PATH=('next',), **constants)
        headers = {'X-Next': '5'}
        answers = [response(answer, headers=headers) for answer in answers]
        self.asked([MoreHeaderCursors], answers, ONE + TWO, CURSOR_HEADER='X-Next', **constants)

    def test_offsets_are_what_was_received(self):
        answers = [ONE + TWO, [{'id': 3}], []]
        asked = self.asked([Offsets], answers, [*ONE, *TWO, {'id': 3}])
        self.assertEqual(asked, [{'offset': number} for number in (0, 2, 3)])
        asked = self.asked([LaterStart], answers, [*ONE, *TWO, {'id': 3}], START_OFFSET=1)
        self.assertEqual(asked, [{'offset': number} for number in (1, 3, 4)])
        self.fails([Offsets], [ONE, ONE], '^items: the page at offset 1 repeats an earlier one$')
        constants = {'RECORDS_PATH': ('data',), 'TOTAL_PATH': ('meta', 'total')}
        self.asked([Totals], [page(ONE + TWO, meta={'total': '2'})], ONE + TWO, **constants)

    def test_cursors_come_from_the_body(self):
        constants = {'RECORDS_PATH': ('data',), 'CURSOR_PATH': ('meta', 'next')}
        answers = [page(ONE, meta={'next': 'b'}), page(TWO, meta={'next': None})]
        asked = self.asked([Cursors], answers, ONE + TWO, PARAMS={'limit': 1}, **constants)
        self.assertEqual(asked, [{'limit': 1}, {'limit': 1, 'cursor': 'b'}])
        self.fails(
            [Cursors], answers[:1] * 2, '^items: the cursor b repeats an earlier one$', **constants
        )

    def test_cursors_come_from_a_header(self):
        constants = {'CURSOR_HEADER': 'X-Next'}
        first = response(ONE, headers={'X-Next': 'b'})
        asked = self.asked([HeaderCursors], [first, response(TWO)], ONE + TWO, **constants)
        self.assertEqual(asked, [{}, {'cursor': 'b'}])
        self.fails([HeaderCursors], [first, first], 'the cursor b repeats an', **constants)

    def test_keysets_go_on_after_the_last_record(self):
        asked = self.asked([Keysets], [ONE, TWO, []], ONE + TWO)
        self.assertEqual(asked, [{}, {'starting_after': 1}, {'starting_after': 2}])
        self.fails([Keysets], [ONE, ONE], '^items: the page after 1 repeats an earlier one$')

    def test_addresses_come_from_the_body(self):
        constants = {'RECORDS_PATH': ('data',), 'NEXT_URL_PATH': ('next',)}
        answers = [page(ONE, next='/items?page=2'), page(TWO, next='')]
        features = [NextUrls, SecretLinks]
        asked = self.asked(features, answers, ONE + TWO, PARAMS={'limit': 1}, **constants)
        self.assertEqual(asked, [{'limit': 1}, {}])
        self.fails(features, answers[:1] * 2, 'the address of the next page repeats', **constants)

    def test_addresses_come_from_a_header(self):
        link = 'https://acme.test/items?page=2'
        first = response(ONE, headers={'Link': f'<{link}>; rel="Next last"'})
        for features in [LinkHeaders, SecretLinks], [LinkHeaders, Links]:
            stream, rows = self.read(features, [first, response(TWO)])
            self.assertEqual(rows, [ONE, TWO])
            self.assertEqual(stream.client.urls, ['https://acme.test/items', link])

    def test_an_address_at_another_host_is_refused(self):
        first = response(ONE, headers={'Link': '<https://other.test/items>; rel=next'})
        for features in [LinkHeaders, SecretLinks], [LinkHeaders, Links]:
            with self.assertRaisesRegex(RuntimeError, 'at another host, other.test'):
                self.read(features, [first, []])

    def test_after_a_redirect_secrets_go_back_to_the_first_host(self):
        first = response(None, 'https://acme.test/items')
        moved = response(
            ONE,
            'https://other.test/items',
            history=[first],
            headers={'Link': '<?page=2>; rel=next'},
        )
        with self.assertRaisesRegex(RuntimeError, 'at another host'):
            self.read([LinkHeaders, SecretLinks], [moved, response([])])
        stream, _ = self.read([LinkHeaders, Links], [moved, response([])])
        self.assertEqual(stream.client.urls[1], 'https://other.test/items?page=2')

    def test_beside_a_key_the_query_stands_apart(self):
        first = response(ONE, headers={'Link': '</items?page=2&key=s&empty=>; rel=next'})
        stream, _ = self.read([LinkHeaders, KeyLinks], [first, response([])])
        self.assertEqual(stream.client.urls[1], 'https://acme.test/items')
        self.assertEqual(stream.client.asked[1], {'page': ['2'], 'key': ['s'], 'empty': ['']})

    def test_a_body_is_sent_again_with_an_address(self):
        first = response(ONE, headers={'Link': '</items?page=2>; rel=next'})
        constants = {'METHOD': 'post', 'BODY': {'a': 1}, 'PARAMS': {'b': 2, 'c': 3}}
        stream, _ = self.read(
            [LinkHeaders, SecretLinks, BodyParams],
            [first, response([])],
            BODY_PARAMS=('b',),
            **constants,
        )
        body = {'a': 1, 'b': 2}
        self.assertEqual(
            stream.client.asked,
            [
                {'method': 'post', 'params': {'c': 3}, 'body': body},
                {'method': 'post', 'params': {}, 'body': body},
            ],
        )

    def test_a_list_that_has_no_place_for_the_next_page_is_refused(self):
        for features, constants in (
            ([NoLists, Cursors], {'CURSOR_PATH': ('meta', 'next')}),
            ([NoLists, NextUrls, Links], {'NEXT_URL_PATH': ('meta', 'next')}),
        ):
            with self.assertRaisesRegex(RuntimeError, 'is a list, which has no meta.next$'):
                self.read(features, [ONE], **constants)

    def test_a_first_page_that_tells_nothing_of_a_next_one_is_refused(self):
        at = {'RECORDS_PATH': ('data',), 'CURSOR_PATH': ('meta', 'next'), 'PARAMS': {'limit': 2}}
        omitted = 'where the last page leaves it out, answer omitted_at_end: true$'
        three = [*ONE, *TWO, {'id': 3}]
        for feature, answer, message in (
            (AnySize, page(ONE), f'no meta.next, as cursor_path has it; {omitted}'),
            (AnySize, page(ONE, meta={}), 'no meta.next'),
            (PageSize, page(ONE + TWO), 'no meta.next'),
            (PageSize, page(three), 'no meta.next'),
            (PageSize, page(ONE, meta={'next_cursor': 'b'}), 'did you mean meta.next_cursor?'),
            (PageSize, page(ONE, nextPageToken='b'), 'did you mean nextPageToken?'),
            (
                PageSize,
                page(ONE, **{'@odata.nextLink': 'b'}),
                r'did you mean \["@odata.nextLink"\]?',
            ),
            (PageSize, page(ONE, meta={'a.next': 'b'}), r'did you mean meta\["a.next"\]?'),
            (OmittedAtEnd, page(ONE, meta={'Next': 'b'}), 'did you mean meta.Next?'),
        ):
            message = f'^items: the first page has .*{message}'
            self.fails([feature, Cursors], [answer], message, **at)
        for feature, answer, rows in (
            (AnySize, page([]), []),
            (AnySize, page(ONE, meta={'next': None}), ONE),
            (AnySize, page(ONE, meta={'next': ''}), ONE),
            (AnySize, page(ONE, meta=None), ONE),
            (PageSize, page(ONE), ONE),
            (PageSize, page(ONE, meta={'next_cursor': None}), ONE),
            (OmittedAtEnd, page(ONE + TWO, cursor='now'), ONE + TWO),
        ):
            self.asked([feature, Cursors], [answer], rows, **at)
        answers = [page(ONE, meta={'next': 'b'}), page(TWO)]
        self.asked([AnySize, Cursors], answers, ONE + TWO, **at)

    def test_headers_that_tell_nothing_of_a_next_page_are_refused(self):
        for features, headers, message in (
            ([HeaderCursors], {'X-Next-Page': '2'}, 'no X-Next, .*did you mean X-Next-Page?'),
            ([NextUrlHeaders, Links], {}, 'no Next-Page, as next_url_header has it'),
            ([LinkHeaders, Links], {}, 'no Link header, as link_header has it'),
            ([LinkHeaders, Links], {'Link': '</terms>; rel=license'}, 'no Link header'),
            ([LinkHeaders, Links], {'Link': 'none'}, 'the Link header is none at none$'),
        ):
            constants = {'CURSOR_HEADER': 'X-Next', 'NEXT_URL_HEADER': 'Next-Page'}
            answers = [response(ONE, headers=headers)]
            self.fails([AnySize, *features], answers, message, **constants)
        last = response(ONE, headers={'Link': '</items>; rel="first", </items?page=0>; rel=prev'})
        self.asked([AnySize, LinkHeaders, Links], [last], ONE)
        answers = [response(ONE, headers={'Next-Page': '/items?page=2'}), response(TWO)]
        self.asked([NextUrlHeaders, Links], answers, ONE + TWO, NEXT_URL_HEADER='Next-Page')

    def test_link_headers_are_read_as_they_are_defined(self):
        for header, links in (
            ('', []),
            ('<a>; rel=next', [('a', ['next'])]),
            ('<a>;REL="Next LAST" ;title="x"', [('a', ['next', 'last'])]),
            ('<a?x=1;2,3>; rel=next', [('a?x=1;2,3', ['next'])]),
            ('<a>; title="x, <b>; rel=\\"prev\\""; rel="next"', [('a', ['next'])]),
            ('<a>; rel=prev; rel=next', [('a', ['prev'])]),
            ('<a>, , <b>; crossorigin; rel = "next";', [('a', []), ('b', ['next'])]),
            ('<a>; rel=first,<b>; rel=next', [('a', ['first']), ('b', ['next'])]),
        ):
            self.assertEqual(read_links(header), links)
        for header in 'a; rel=next', '<a; rel=next', '<a>; rel="next', '<a>; rel=next, b':
            with self.assertRaisesRegex(ValueError, '^the Link header is none at '):
                read_links(header)

    def test_what_is_no_address_is_refused(self):
        for link in 5, True, {'href': '/items'}, ['/items'], 'http://[::1/?key=secret':
            answers = [page(ONE, next=link)]
            constants = {'RECORDS_PATH': ('data',), 'NEXT_URL_PATH': ('next',)}
            message = '^items: the next page is at [^?]*, which is no address$'
            self.fails([NextUrls, Links], answers, message, **constants)

    def test_pages_that_go_round_in_circles_are_refused(self):
        self.fails([Pages], [ONE, TWO, ONE], '^items: page 3 repeats an earlier one$')
        self.fails([Offsets], [ONE, TWO, ONE], 'the page at offset 2 repeats an earlier one$')
        self.fails([Keysets], [ONE, TWO, ONE], 'the page after 1 repeats an earlier one$')
        at = {'RECORDS_PATH': ('data',), 'CURSOR_PATH': ('next',), 'NEXT_URL_PATH': ('next',)}
        answers = [page(ONE, next=each) for each in ('b', 'c', 'b')]
        self.fails([Cursors], answers, 'the cursor b repeats an earlier one$', **at)
        self.fails([NextUrls, Links], answers, 'the address of the next page repeats', **at)

    def test_a_cursor_that_comes_back_with_an_empty_page_is_the_end(self):
        at = {'RECORDS_PATH': ('data',), 'CURSOR_PATH': ('next',), 'PARAMS': {'cursor': '*'}}
        answers = [page(ONE, next='b'), page([], next='b')]
        self.asked([Cursors], answers, ONE, **at)
        self.asked([Cursors], [page([], next='*')], [], **at)
        self.fails([Cursors], [page(ONE, next='b'), page(TWO, next='b')], 'repeats', **at)

    def test_what_contradicts_itself_is_refused(self):
        at = {'RECORDS_PATH': ('data',), 'HAS_MORE_PATH': ('more',), 'TOTAL_PATH': ('total',)}
        at.update(CURSOR_PATH=('next',), TOTAL_PAGES_PATH=('total',))
        for features, answers, message in (
            ([Totals], [page(ONE, total=3), page([], total=3)], '1 records, where .* says 3$'),
            ([Totals], [page(ONE + TWO, total=1)], '2 records, where total_path says 1$'),
            ([Totals], [page(ONE, total='many')], "has 'many' at total, no number$"),
            ([TotalPages], [page(ONE, total=[])], r'has \[\] at total, no number$'),
            ([HasMore, Pages], [page([], more=True)], 'without records says that there are more'),
            ([MoreCursors], [page(ONE, more=True, next=None)], 'without a cursor says that'),
        ):
            self.fails(features, answers, f'^items: .*{message}', **at)
        answers = [page([], total=2), page(ONE, total=2)]
        self.asked([TotalPages], answers, ONE, **at)
        self.asked([AnySize, MoreCursors], [page(ONE, more=False)], ONE, **at)

    def test_paths_have_positions_and_items_with_a_field(self):
        at = {'RECORDS_PATH': ('data',)}
        for path, last in (
            (('pages', -1, 'next'), {'pages': [{'next': 'a'}, {}]}),
            (('pages', '0', 'next'), {'pages': []}),
            (('links', ('rel', 'next'), 'href'), {'links': [{'rel': 'self', 'href': '/'}]}),
        ):
            more = {
                'pages': [{'next': '/2', 'rel': 'x'}],
                'links': [{'rel': 'self'}, {'rel': 'next', 'href': '/2'}],
            }
            answers = [page(ONE, **more), page(TWO, **last)]
            found = self.asked(
                [Steps, AnySize, Cursors], answers, ONE + TWO, CURSOR_PATH=path, **at
            )
            self.assertEqual(found[1], {'cursor': '/2'})
        for path, place in (
            (('links', ('rel', 'next')), r'links\[rel=next\]'),
            (('a', -1, 'b c'), r'a\[-1\].b c'),
        ):
            answers = [page(ONE, links=[{'relation': 'next'}])]
            self.fails([Steps, AnySize, Cursors], answers, f'no {place},', CURSOR_PATH=path, **at)

    def test_transform_may_change_records_that_paging_looks_at(self):
        class Emptied:
            def transform(self, record):
                row = dict(record)
                record.clear()
                return row

        def pages(*ids):
            return [[{'id': number}] for number in ids]

        self.asked([Emptied, Keysets], [*pages(1, 2), []], ONE + TWO)
        self.fails([Emptied, Pages], pages(1, 1), 'repeats')
        self.fails([Emptied, Offsets], pages(1, 1), 'repeats')
