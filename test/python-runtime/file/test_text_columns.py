import unittest
from decimal import Decimal

from kinds.file.python.text_columns import to_text


class TextColumnsTest(unittest.TestCase):
    def test_text_stays_and_all_else_becomes_json(self):
        values = ['text', None, 5, True, [1, Decimal('1.5'), {'a': None}], Decimal('1234567890.10')]
        texts = ['text', None, '5', 'true', '[1, 1.5, {"a": null}]', '1234567890.10']
        self.assertEqual([to_text(value) for value in values], texts)
