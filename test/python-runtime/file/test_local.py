import os
from unittest.mock import patch

from file.support import FileTest

from kinds.file.locations.local import source
from kinds.file.locations.local.source import Local, Placeholders


class LocalTest(FileTest):
    def test_files_come_in_the_order_of_their_names(self):
        self.register(path='*.csv')
        paths = [self.write(name, '') for name in ['b.csv', 'a.csv', 'c.txt']]
        (self.folder / 'd.csv').mkdir()
        found = self.source(Local, base_path=str(self.folder)).find_files('rows')
        self.assertEqual(found, [paths[1], paths[0]])

    def test_a_file_is_read_once_whatever_its_names(self):
        self.register(path='**/*.csv')
        paths = [self.write(name, '') for name in ['a/b.csv', 'c.csv']]
        (self.folder / 'a' / 'again').symlink_to(self.folder, target_is_directory=True)
        (self.folder / 'latest.csv').symlink_to(self.folder / 'c.csv')
        found = self.source(Local, base_path=str(self.folder)).find_files('rows')
        self.assertEqual(found, paths)

    def test_the_base_path_is_no_pattern(self):
        self.register(path='**/*.csv')
        path = self.write('[a]*/b/c.csv', '')
        local = self.source(Local, base_path=os.path.join(self.folder, '[a]*'))
        self.assertEqual(local.find_files('rows'), [path])

    def test_no_file_is_an_error(self):
        self.register(path='*.csv')
        with self.assertRaisesRegex(FileNotFoundError, r'Stream rows: no file matches .*\*\.csv'):
            self.source(Local, base_path=str(self.folder)).find_files('rows')


class PlaceholdersTest(FileTest):
    @patch.dict(source.DEFAULTS, {'region': 'north'})
    def test_keys_stand_for_the_configuration(self):
        self.register(path='{region}/{day}.csv')
        north, south = self.write('north/1.csv', ''), self.write('south/1.csv', '')
        config = {'base_path': str(self.folder), 'day': 1}
        self.assertEqual(self.source(Placeholders, **config).find_files('rows'), [north])
        config['region'] = 'south'
        self.assertEqual(self.source(Placeholders, **config).find_files('rows'), [south])

    def test_a_key_without_a_value_is_an_error(self):
        self.register(path='{day}.csv')
        with self.assertRaisesRegex(ValueError, "Stream rows: the configuration lacks 'day'"):
            self.source(Placeholders, day='').find_files('rows')
