import gzip
import io
import json
import tarfile
import tracemalloc
from types import SimpleNamespace
from unittest.mock import patch
from zipfile import ZIP_DEFLATED, ZipFile

import requests
from api.server import Reply
from api.support import ServedTest

from kinds.api.formats.csv.decode import Csv
from kinds.api.formats.json.decode import Json
from kinds.api.formats.jsonl.decode import JsonLines
from kinds.api.formats.jsonl.exact import ExactJsonLines
from kinds.api.formats.xml.decode import Xml
from kinds.api.pagination.none.files import WholeFiles
from kinds.api.python.files import Files, OwnFiles
from kinds.api.python.own_formats import OwnFormats
from kinds.api.python.streams.own_format import OwnFormat
from kinds.api.python.streams.requests import EmptyStatuses

ROWS = [{'id': number, 'text': f'n{number} é' * 9} for number in range(40)]
LINES = ''.join(f'{json.dumps(row)}\n' for row in ROWS).encode()
ONE, TWO = LINES.splitlines(True)[:20], LINES.splitlines(True)[20:]
PARTS = {'e/1.json.gz': gzip.compress(b''.join(ONE)), 'e/2.json.gz': gzip.compress(b''.join(TWO))}


def zipped(files):
    content = io.BytesIO()
    with ZipFile(content, 'w', ZIP_DEFLATED) as archive:
        archive.writestr('e/', '')
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def tarred(files, mode='w'):
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode=mode) as archive:
        folder = tarfile.TarInfo('e')
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text))
    return content.getvalue()


class FilesTest(ServedTest):
    def read(self, content, archive='zip', form=JsonLines, type='application/zip', **constants):
        reply = Reply(content, 200, {'Content-Type': type})
        self.server.reply = content if isinstance(content, Reply) else reply
        values = {'BASE_URL': self.server.url, 'TABLE': 'events', 'PATH': 'export'}
        stream = type_of(WholeFiles, {**values, 'ARCHIVE': archive, **constants})
        self.requester = self.client([form, Files])
        return [row for page in stream(self.requester).load_data() for row in page]

    def fails(self, message, *args, **kwargs):
        with self.assertRaisesRegex(RuntimeError, message) as caught:
            self.read(*args, **kwargs)
        return str(caught.exception)

    def test_archives_have_several_files_which_may_be_packed_again(self):
        for archive, content in (
            ('zip', zipped(PARTS)),
            ('tar', tarred(PARTS)),
            ('tar', tarred(PARTS, 'w:gz')),
            ('zip', zipped({'1': b''.join(ONE), '2': b''.join(TWO)})),
            ('gzip', gzip.compress(LINES)),
            ('gzip', gzip.compress(b''.join(ONE)) + gzip.compress(b''.join(TWO))),
            # The connection has unpacked it already.
            ('gzip', LINES),
        ):
            self.assertEqual(self.read(content, archive), ROWS)

    def test_files_have_any_format(self):
        csv = {'a': 'id,n\n1,é\n', 'b': 'n,id\nü,2\n', 'empty': ''}
        expected = [{'id': '1', 'n': 'é'}, {'id': '2', 'n': 'ü'}]
        self.assertEqual(self.read(zipped(csv), form=Csv), expected)
        quoted = {'a': b'\xef\xbb\xbfid,n\r\n1,"a\r\nb,"""\r\n'}
        self.assertEqual(self.read(zipped(quoted), form=Csv), [{'id': '1', 'n': 'a\r\nb,"'}])
        documents = {'a': '{"items": [{"id": 1}]}', 'b': '{"items": [{"id": 2}]}'}
        rows = self.read(zipped(documents), form=Json, RECORDS_PATH=('items',))
        self.assertEqual(rows, [{'id': 1}, {'id': 2}])
        tree = {'a': '<r><item><id>1</id></item><item><id>2</id></item></r>'}
        rows = self.read(zipped(tree), form=Xml, RECORDS_PATH=('r', 'item'))
        self.assertEqual(rows, [{'id': '1'}, {'id': '2'}])
        [row] = self.read(zipped({'a': '{"n": 0.1000000000000000055}'}), form=ExactJsonLines)
        self.assertEqual(str(row['n']), '0.1000000000000000055')

    def test_streams_may_have_formats_of_their_own(self):
        form = type_of(JsonLines, {'decode_files_csv': Csv.decode_files, 'CSV_FORMAT': 'CSV'})
        client = self.client([OwnFiles, OwnFormats, form])
        values = {'BASE_URL': self.server.url, 'TABLE': 'events', 'PATH': 'export'}
        for own, text in (None, b'{"id": "1"}'), ('csv', b'id\n1\n'):
            self.server.reply = Reply(zipped({'a': text}))
            constants = {**values, 'ARCHIVE': 'zip', 'RESPONSE_FORMAT': own}
            stream = type('Events', (OwnFormat, WholeFiles), constants)(client)
            with patch('kinds.api.python.own_formats.ACCEPTS', {'csv': 'text/csv'}):
                self.assertEqual(list(stream.load_data()), [[{'id': '1'}], []])

    def test_the_files_of_an_archive_are_those_that_are_wanted(self):
        content = zipped({**PARTS, 'README.txt': 'Hello'})
        self.assertEqual(self.read(content, ARCHIVE_FILES='*.json.gz'), ROWS)
        self.fails(r"no file like '\*.csv', but \['e/1.json.gz'", content, ARCHIVE_FILES='*.csv')
        self.fails("'README.txt' of it can not be read as JSON Lines: line 1 is no JSON", content)
        # It says that there is nothing.
        self.assertEqual(self.read(zipped({})), [])
        self.assertEqual(self.read(tarred({}), 'tar'), [])

    def test_what_is_cut_anywhere_is_refused(self):
        for archive, content in (
            ('zip', zipped(PARTS)),
            ('tar', tarred(PARTS)),
            ('tar', tarred(PARTS, 'w:gz')),
            ('gzip', gzip.compress(LINES)),
            ('zip', zipped({**PARTS, 'e/3.json.gz': PARTS['e/1.json.gz'][:-1]})),
            ('tar', tarred({**PARTS, 'e/3.json.gz': PARTS['e/1.json.gz'][:-1]})),
        ):
            for end in (*range(2, len(content), 97), len(content) - 1):
                try:
                    rows = self.read(content[:end], archive)
                except RuntimeError as error:
                    self.assertRegex(str(error), 'events: http.*/export answered with a file, but')
                else:
                    # An archive of tar ends with zeros, of which all may be missing but the first.
                    self.assertEqual((archive, rows), ('tar', ROWS))

    def test_what_is_damaged_is_refused(self):
        content = bytearray(zipped({'a.json': LINES}))
        content[80] ^= 0xFF
        self.fails("'a.json' of it can not be read as JSON Lines: ", bytes(content))
        stored = io.BytesIO()
        with ZipFile(stored, 'w') as archive:
            archive.writestr('a.json', '{"id": 1}')
        content = stored.getvalue().replace(b'{"id": 1}', b'{"id": 2}')
        self.fails("'a.json' of it .*Bad CRC-32", content)
        # What encrypts it is a bit at two places.
        content = bytearray(stored.getvalue())
        content[6] |= 1
        content[content.index(b'PK\x01\x02') + 8] |= 1
        self.fails("'a.json' of it .*is encrypted", bytes(content))
        packed = bytearray(gzip.compress(LINES))
        packed[-6] ^= 1
        self.fails('but it can not be read as JSON Lines: CRC check failed', bytes(packed), 'gzip')
        packed = bytearray(tarred(PARTS, 'w:gz'))
        packed[-6] ^= 1
        self.fails('JSON Lines: CRC check failed', bytes(packed), 'tar')

    def test_a_file_with_another_header_is_refused(self):
        content = zipped({'a': 'id,n\n1,a\n', 'b.csv': 'id,m\n2,b\n'})
        self.fails(r"'b.csv' of it .* CSV: .* the columns \['m', 'n'\]", content, form=Csv)

    def test_links_are_refused_and_names_are_no_paths(self):
        content = io.BytesIO()
        with tarfile.open(fileobj=content, mode='w') as archive:
            link = tarfile.TarInfo('../../a.json')
            link.type, link.linkname = tarfile.SYMTYPE, '/etc/passwd'
            archive.addfile(link)
        message = "'../../a.json' of it .*: it is a link or a device"
        self.fails(message, content.getvalue(), 'tar')
        names = '../../etc/a', '/abs', 'C:\\b', 'a\nb\x1b[31m{x}%s', '\'"', 'é' * 300
        files = {name: b'{"id": 1}' for name in names}
        with patch('builtins.open', side_effect=AssertionError):
            self.assertEqual(len(self.read(zipped(files))), len(names))
        said = self.fails('is no JSON', zipped({names[3]: b'no'}))
        self.assertIn(r"'a\nb\x1b[31m{x}%s' of it", said)

    def test_what_is_no_archive_is_told_in_the_words_of_the_api(self):
        message = 'can not be read as JSON Lines: File is not a zip file: too much'
        self.fails(message, {'error': 'too much'}, type='application/json')
        self.fails('a page for people: Please log in', '<p>Please log in</p>', type='text/html')
        self.fails('/export answered 400: too large', Reply({'error': 'too large'}, 400))
        self.assertEqual(self.read(Reply(None, 204)), [])
        stream = type('Events', (EmptyStatuses, WholeFiles), {'EMPTY_STATUSES': (404,)})
        stream.BASE_URL = self.server.url
        self.server.reply = Reply({'error': 'none'}, 404)
        self.assertEqual(list(stream(self.requester).load_data()), [[]])

    def test_an_encoding_is_told_of_what_is_not_packed_alone(self):
        latin = 'id\né\n'.encode('latin-1')
        told = 'text/csv; charset=latin-1'
        self.assertEqual(self.read(latin, None, Csv, told), [{'id': 'é'}])
        self.fails('see the answer encoding', zipped({'a': latin}), 'zip', Csv, told)

    def test_what_ends_early_is_asked_for_again(self):
        client = self.client([JsonLines, Files])
        for lengths, is_whole in (([10, 9], True), ([10] * 6, False)):
            replies = [reply_of(b'{"id": 1}', length) for length in lengths]
            adapter = SimpleNamespace(send=lambda *args, **kwargs: replies.pop(0))
            client.session.get_adapter = lambda url: adapter
            with client.saving():
                if is_whole:
                    response = client.send('get', f'{self.server.url}/x')
                    self.assertEqual(list(client.read_files(response)), [[{'id': 1}]])
                    self.assertIn('ConnectionError, next try', self.log.lines[0])
                else:
                    with self.assertRaisesRegex(ConnectionError, 'after 6 tries'):
                        client.send('get', f'{self.server.url}/x')
        self.assertFalse(client.session.stream)

    def test_what_a_failure_says_may_be_lost_on_the_way_and_is_asked_for_again(self):
        def lose(size):
            raise requests.ConnectionError()

        client, failed = self.client([JsonLines, Files]), requests.Response()
        failed.status_code, failed.raw = 400, SimpleNamespace(read=lose)
        replies = [failed, reply_of(b'{"id": 1}', 9)]
        adapter = SimpleNamespace(send=lambda *args, **kwargs: replies.pop(0))
        client.session.get_adapter = lambda url: adapter
        with client.saving():
            response = client.send('get', f'{self.server.url}/x')
        # A rule for errors may have read it.
        self.assertEqual(response.text, '{"id": 1}')
        self.assertEqual(list(client.read_files(response)), [[{'id': 1}]])

    def test_memory_stays_flat(self):
        line = json.dumps({'id': 1, 'text': 'x' * 1000}).encode() + b'\n'
        content = zipped({'a': line * 30_000})
        self.server.reply = Reply(content)
        values = {'BASE_URL': self.server.url, 'PATH': 'export', 'ARCHIVE': 'zip'}
        stream = type_of(WholeFiles, values)(self.client([JsonLines, Files]))
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        self.assertEqual(sum(len(page) for page in stream.load_data()), 30_000)
        self.assertLess(tracemalloc.get_traced_memory()[1], 8_000_000)

    def test_bombs_are_refused(self):
        content = zipped({'a': LINES})
        with patch('kinds.api.python.files.MAX_LINE', 100):
            self.fails('a line has more than 100 characters', content)
        with patch('kinds.api.python.files.MAX_DOCUMENT', 100):
            self.fails("'a' of it .*: it has more than 100 bytes", content, form=Json)


def reply_of(content, length):
    response = requests.Response()
    response.status_code, response.raw = 200, io.BytesIO(content)
    response.headers['Content-Length'] = str(length)
    return response


def type_of(base, constants):
    return type('Events', (base,), constants)
