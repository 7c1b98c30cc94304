from api.streams.support import StreamTest

from kinds.api.pagination.page.page import Pages
from kinds.api.python.streams.incremental import Counters
from kinds.api.python.streams.newest_first import NewestFirst


def rows(*numbers):
    return [{'n': number, 'id': index} for index, number in enumerate(numbers)]


class NewestFirstTest(StreamTest):
    pagination = (Pages,)

    def numbers(self, pages, since=5, asked=None, **constants):
        """Check how many pages are asked for, and return the bookmarks of the rows."""
        known = {'REPLICATION_KEY': 'n', 'NEWEST_FIRST': True, **constants}
        answers = [*pages, []]
        stream, found = self.read([NewestFirst, Counters], answers, since=since, **known)
        self.assertEqual(len(stream.client.asked), asked or len(answers))
        return [row['n'] for page in found for row in page]

    def test_a_page_of_older_records_is_the_last(self):
        pages = [rows(9, 8), rows(7, 5), rows(5, 4), rows(4, 3), rows(2, 1)]
        self.assertEqual(self.numbers(pages, asked=4), [9, 8, 7, 5, 5])

    def test_all_pages_are_read_without_a_bookmark_or_a_promise(self):
        pages = [rows(4, 3), rows(2, 1)]
        self.assertEqual(self.numbers(pages, since=None), [4, 3, 2, 1])
        self.assertEqual(self.numbers(pages, NEWEST_FIRST=False), [])

    def test_nothing_is_lost_where_the_order_is_another(self):
        for pages, found in (
            ([rows(3, 4), rows(8, 9)], [8, 9]),
            ([rows(4, 3), rows(9, 8)], []),
            ([rows(9), rows(4), rows(8)], [9]),
            ([rows(9, 2), rows(3, 1), rows(8)], [9, 8]),
            ([rows(9), rows(None, 4), rows(3, 2), rows(8)], [9, None, 8]),
        ):
            with self.subTest(pages):
                ends = 1 if pages[0][0]['n'] == 4 else 2 if pages[1][0]['n'] == 4 else None
                self.assertEqual(self.numbers(pages, asked=ends), found)

    def test_an_empty_page_says_nothing_of_age(self):
        self.assertEqual(self.numbers([rows(9)]), [9])
