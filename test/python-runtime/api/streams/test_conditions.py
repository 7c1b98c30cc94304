from decimal import Decimal

from api.streams.support import StreamTest

from kinds.api.python.streams.conditions import DeletedRecords, KeptRecords


class ConditionsTest(StreamTest):
    def check(self, test, record):
        return test(self.stream([KeptRecords], []), record)

    def test_a_field_that_is_missing_is_equal_to_nothing_else(self):
        for record in {}, {'a': None}, {'a': {'b': None}}:
            for value in '', 0, False, 'x':
                self.assertFalse(
                    self.check(lambda s, r, v=value: s.is_equal(r, ('a', 'b'), v), record)
                )
            for sign in '<', '<=', '>', '>=':
                self.assertFalse(
                    self.check(lambda s, r, v=sign: s.compares(r, ('a', 'b'), v, 0), record)
                )
            self.assertFalse(self.check(lambda s, r: s.contains(r, ('a', 'b'), ''), record))
            self.assertFalse(
                self.check(lambda s, r: s.is_in(r, ('a', 'b'), ['', 0, False]), record)
            )
            self.assertTrue(self.check(lambda s, r: s.is_in(r, ('a', 'b'), ['x', None]), record))

    def test_truth_is_no_number(self):
        for found, value, same in (
            (True, True, True),
            (1, True, False),
            (True, 1, False),
            (False, 0, False),
            (1, 1.0, True),
            ('1', 1, False),
            (Decimal('0.1'), 0.1, True),
        ):
            result = self.check(lambda s, r, v=value: s.is_equal(r, ('a',), v), {'a': found})
            self.assertEqual(result, same, (found, value))

    def test_numbers_and_texts_have_an_order(self):
        for found, sign, value, holds in (
            (1, '<', 2, True),
            (2, '<', 2, False),
            (2, '<=', 2, True),
            (2.5, '>', 2, True),
            (2, '>', 2, False),
            (2, '>=', 2, True),
            (Decimal('0.1'), '>=', 0.1, True),
            ('2024-01-02', '>=', '2024-01-01', True),
            ('b', '<', 'a', False),
        ):
            result = self.check(lambda s, r: s.compares(r, ('a',), sign, value), {'a': found})
            self.assertEqual(result, holds, (found, sign, value))

    def test_others_have_none(self):
        for found, value in ('1', 0), (1, '0'), (True, 0), ([], 0), ({}, 'x'):
            with self.assertRaisesRegex(ValueError, '^a is .*, to which < .* has no meaning$'):
                self.check(lambda s, r: s.compares(r, ('a',), '<', value), {'a': found})

    def test_texts_and_lists_contain_something(self):
        for found, value, holds in (
            ('abc', 'b', True),
            ('abc', 'd', False),
            (['abc'], 'b', False),
            ([1, 'b'], 'b', True),
            ([True], 1, False),
        ):
            result = self.check(lambda s, r: s.contains(r, ('a',), value), {'a': found})
            self.assertEqual(result, holds, (found, value))
        for found, value in (1, 'x'), ({'x': 1}, 'x'), ('1', 1):
            with self.assertRaisesRegex(
                ValueError, '^a is .*, to which contains .* has no meaning$'
            ):
                self.check(lambda s, r: s.contains(r, ('a',), value), {'a': found})

    def test_records_are_kept_as_the_api_gives_them(self):
        class Kept(KeptRecords):
            def keeps(self, record):
                return self.is_equal(record, ('a',), 1)

        _, pages = self.read([Kept], [[{'a': 1}, {'a': 2}]])
        self.assertEqual(pages, [[{'a': 1}]])
        _, pages = self.read([KeptRecords], [[{'a': 1}]])
        self.assertEqual(pages, [[{'a': 1}]])

    def test_records_that_are_deleted_are_marked(self):
        class Deleted(DeletedRecords):
            def is_deleted(self, record):
                return self.is_equal(record, ('gone',), True)

        _, pages = self.read([Deleted], [[{'gone': True}, {}]], DELETED_COLUMN='_deleted')
        self.assertEqual(pages, [[{'gone': True, '_deleted': True}, {'_deleted': False}]])
        _, pages = self.read([DeletedRecords], [[{}]])
        self.assertEqual(pages, [[{}]])
        with self.assertRaisesRegex(
            RuntimeError, "two values would be the column _deleted: 'x' and False"
        ):
            self.read([Deleted], [[{'_deleted': 'x'}]], DELETED_COLUMN='_deleted')
