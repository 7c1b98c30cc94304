from api.streams.support import StreamTest, response

from kinds.api.pagination.cursor.cursor import Cursors, HeaderCursors
from kinds.api.pagination.keyset.keyset import Keysets
from kinds.api.pagination.link_header.link_header import LinkHeaders
from kinds.api.pagination.next_url.next_url import NextUrls
from kinds.api.pagination.offset.offset import Offsets, Totals
from kinds.api.pagination.page.page import Pages, TotalPages
from kinds.api.pagination.paged import HasMore, NoLists
from kinds.api.python.streams.links import KeyLinks, Links, SecretLinks
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
        self.fails([Pages], [ONE, ONE], '^items: page 2 repeats the one before it$')

    def test_pages_end_with_the_last_that_is_counted(self):
        constants = {'RECORDS_PATH': ('data',), 'TOTAL_PAGES_PATH': ('pages',)}
        answers = [page(ONE, pages=2), page(TWO, pages='2')]
        self.asked([TotalPages], answers, ONE + TWO, **constants)
        self.asked([TotalPages], answers, ONE + TWO, START_PAGE=0, **constants)
        self.asked([TotalPages], [page(ONE), page([])], ONE, **constants)

    def test_pages_end_with_the_last_that_says_so(self):
        constants = {'RECORDS_PATH': ('data',), 'HAS_MORE_PATH': ('more',)}
        for features in [HasMore, Pages], [HasMore, Offsets], [HasMore, Keysets]:
            for no in False, 'false':
                answers = [page(ONE, more=True), page(TWO, more=no)]
                self.asked(features, answers, ONE + TWO, **constants)
        answers = [page(ONE, more=True, next=5), page(TWO, more=False, next=6)]
        self.asked([HasMore, Cursors], answers, ONE + TWO, CURSOR_PATH=('next',), **constants)

    def test_offsets_are_what_was_received(self):
        answers = [ONE + TWO, [{'id': 3}], []]
        asked = self.asked([Offsets], answers, [*ONE, *TWO, {'id': 3}])
        self.assertEqual(asked, [{'offset': number} for number in (0, 2, 3)])
        self.fails([Offsets], [ONE, ONE], '^items: offset 1 repeats the page before it$')
        constants = {'RECORDS_PATH': ('data',), 'TOTAL_PATH': ('meta', 'total')}
        self.asked([Totals], [page(ONE + TWO, meta={'total': '2'})], ONE + TWO, **constants)

    def test_cursors_come_from_the_body(self):
        constants = {'RECORDS_PATH': ('data',), 'CURSOR_PATH': ('meta', 'next')}
        answers = [page(ONE, meta={'next': 'b'}), page(TWO, meta={'next': None})]
        asked = self.asked([Cursors], answers, ONE + TWO, PARAMS={'limit': 1}, **constants)
        self.assertEqual(asked, [{'limit': 1}, {'limit': 1, 'cursor': 'b'}])
        self.asked([Cursors], [page(ONE)], ONE, **constants)
        self.fails([Cursors], answers[:1] * 2, '^items: the cursor b repeats$', **constants)

    def test_cursors_come_from_a_header(self):
        constants = {'CURSOR_HEADER': 'X-Next'}
        first = response(ONE, headers={'X-Next': 'b'})
        asked = self.asked([HeaderCursors], [first, response(TWO)], ONE + TWO, **constants)
        self.assertEqual(asked, [{}, {'cursor': 'b'}])
        self.fails([HeaderCursors], [first, first], 'the cursor b repeats', **constants)

    def test_keysets_go_on_after_the_last_record(self):
        asked = self.asked([Keysets], [ONE, TWO, []], ONE + TWO)
        self.assertEqual(asked, [{}, {'starting_after': 1}, {'starting_after': 2}])
        self.fails([Keysets], [ONE, ONE], '^items: the page after 1 repeats$')

    def test_addresses_come_from_the_body(self):
        constants = {'RECORDS_PATH': ('data',), 'NEXT_URL_PATH': ('next',)}
        answers = [page(ONE, next='/items?page=2'), page(TWO, next='')]
        features = [NextUrls, SecretLinks]
        asked = self.asked(features, answers, ONE + TWO, PARAMS={'limit': 1}, **constants)
        self.assertEqual(asked, [{'limit': 1}, {}])
        self.fails(features, answers[:1] * 2, 'the address of the next page repeats', **constants)

    def test_addresses_come_from_a_header(self):
        link = 'https://acme.test/items?page=2'
        first = response(ONE, links={'Next last': {'url': link}})
        for features in [LinkHeaders, SecretLinks], [LinkHeaders, Links]:
            stream, rows = self.read(features, [first, response(TWO)])
            self.assertEqual(rows, [ONE, TWO])
            self.assertEqual(stream.client.urls, ['https://acme.test/items', link])

    def test_an_address_at_another_host_is_refused(self):
        first = response(ONE, links={'next': {'url': 'https://other.test/items'}})
        for features in [LinkHeaders, SecretLinks], [LinkHeaders, Links]:
            with self.assertRaisesRegex(RuntimeError, 'at another host, other.test'):
                self.read(features, [first, []])

    def test_after_a_redirect_secrets_go_back_to_the_first_host(self):
        first = response(None, 'https://acme.test/items')
        moved = response(
            ONE, 'https://other.test/items', history=[first], links={'next': {'url': '?page=2'}}
        )
        with self.assertRaisesRegex(RuntimeError, 'at another host'):
            self.read([LinkHeaders, SecretLinks], [moved, response([])])
        stream, _ = self.read([LinkHeaders, Links], [moved, response([])])
        self.assertEqual(stream.client.urls[1], 'https://other.test/items?page=2')

    def test_beside_a_key_the_query_stands_apart(self):
        first = response(ONE, links={'next': {'url': '/items?page=2&key=s&empty='}})
        stream, _ = self.read([LinkHeaders, KeyLinks], [first, response([])])
        self.assertEqual(stream.client.urls[1], 'https://acme.test/items')
        self.assertEqual(stream.client.asked[1], {'page': ['2'], 'key': ['s'], 'empty': ['']})

    def test_a_body_is_sent_again_with_an_address(self):
        first = response(ONE, links={'next': {'url': '/items?page=2'}})
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
