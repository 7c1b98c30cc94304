from unittest.mock import patch

from file.support import FileTest, Stream

from kinds.file.python import source
from kinds.file.python.source import FileSource


class Numbers(FileSource):
    def find_files(self, stream_id):
        return self.files

    def read_file(self, path, stream):
        yield from ({'id': number} for number in range(int(path)))


class FileSourceTest(FileTest):
    def batches(self, *files):
        numbers = self.source(Numbers)
        numbers.files = files
        return [len(batch) for batch in numbers.load_data(Stream({}), bookmarks={})]

    @patch.object(source, 'BATCH_SIZE', 2)
    def test_rows_of_all_files_come_in_batches(self):
        self.assertEqual(self.batches('3', '2'), [2, 2, 1])

    @patch.object(source, 'BATCH_SIZE', 2)
    def test_there_is_a_batch_even_without_rows(self):
        self.assertEqual(self.batches(), [0])
        self.assertEqual(self.batches('2'), [2, 0])

    def test_the_connection_is_good_if_all_files_can_be_opened(self):
        self.register()
        numbers = self.source(Numbers)
        numbers.files = [self.write('a', '')]
        numbers.test_connection()
        numbers.files = [str(self.folder / 'b')]
        with self.assertRaisesRegex(FileNotFoundError, 'b'):
            numbers.test_connection()

    def test_mage_upserts_by_the_key(self):
        self.register(key_properties=['id', 'day'])
        entry = self.source(Numbers).build_catalog_entry('rows', Stream({'id': 'integer'}).schema)
        self.assertEqual(entry.key_properties, ['id', 'day'])
        self.assertEqual(entry.unique_constraints, ['id', 'day'])
        self.assertEqual(entry.unique_conflict_method, 'UPDATE')

    def test_formats_and_locations_have_to_be_given(self):
        plain = self.source(FileSource)
        with self.assertRaises(NotImplementedError):
            plain.find_files('rows')
        with self.assertRaises(NotImplementedError):
            plain.read_file('path', None)
