import gzip
import io
import re
from unittest.mock import patch
from zipfile import ZipFile

from api.server import Reply, Server
from api.support import ServedTest

from kinds.api.auth.bearer.scheme import Bearer
from kinds.api.formats.csv.decode import Csv
from kinds.api.formats.json.decode import Json
from kinds.api.pagination.job.job import JobFiles, Jobs
from kinds.api.python.files import Files
from kinds.api.python.streams.requests import Bodies

ROWS = [{'id': '1'}, {'id': '2'}]
CSV = b'id\r\n1\r\n2\r\n'
BY_ID = {
    'JOB_PATH': ('job', 'id'),
    'STATUS_URL': 'jobs/{job}',
    'STATUS_PATH': ('state',),
    'DONE': ('DONE',),
    'FAILED': ('FATAL', 'CANCELLED'),
}


def zipped(**files):
    content = io.BytesIO()
    with ZipFile(content, 'w') as archive:
        archive.writestr('folder/', '')
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


class JobsTest(ServedTest):
    def read(self, *replies, form=Json, config=None, **constants):
        self.server.replies = [
            reply if isinstance(reply, Reply) else Reply(reply) for reply in replies
        ]
        self.server.reply = Reply({'message': 'no more'}, 404)
        values = {'BASE_URL': self.server.url, 'TABLE': 'items', 'PATH': 'reports'}
        known = {**values, 'METHOD': 'post', 'BODY': {'kind': 'all'}, **BY_ID}
        jobs = JobFiles if {'RESULT_URL', 'RESULT_PATH'} & constants.keys() else Jobs
        stream = type('Items', (Bodies, jobs), {**known, **constants})
        client = self.client([form, Files, Bearer], config or {'access_token': 'secret'})
        return [row for page in stream(client).load_data() for row in page]

    def paths(self):
        return [f'{request.method} {request.path}' for request in self.server.requests]

    def test_a_job_is_asked_for_waited_for_and_fetched(self):
        rows = self.read(
            Reply({'job': {'id': 'a/7'}}, 202),
            {'state': 'NEW'},
            {'state': 'RUNNING'},
            {'state': 'DONE'},
            ROWS,
            RESULT_URL='jobs/{job}/rows',
            POLL_SECONDS=30,
        )
        self.assertEqual(rows, ROWS)
        job = 'GET /jobs/a%2F7'
        self.assertEqual(self.paths(), ['POST /reports', job, job, job, f'{job}/rows'])
        self.assertEqual(self.server.requests[0].body, '{"kind": "all"}')
        self.assertEqual(self.waits, [30, 30])
        self.assertIn('items: the job is RUNNING', self.log.lines[-1])
        self.assertEqual(
            {r.headers['authorization'] for r in self.server.requests}, {'Bearer secret'}
        )

    def test_records_may_stand_beside_the_status(self):
        found = {'state': 'DONE', 'rows': ROWS}
        rows = self.read({'job': {'id': 7}}, found, RECORDS_PATH=('rows',))
        self.assertEqual(rows, ROWS)

    def test_addresses_may_stand_in_answers(self):
        rows = self.read(
            {'self': '/x/7?a=b'},
            {'state': 'DONE', 'at': f'{self.server.url}/y?c=d%20e'},
            ROWS,
            JOB_PATH=('self',),
            STATUS_URL='',
            RESULT_PATH=('at',),
        )
        self.assertEqual(rows, ROWS)
        self.assertEqual(self.paths()[1:], ['GET /x/7', 'GET /y'])
        self.assertEqual([r.params for r in self.server.requests[1:]], [{'a': 'b'}, {'c': 'd e'}])

    def test_a_file_at_another_host_is_fetched_without_credentials(self):
        files = Server()
        self.addCleanup(files.close)
        files.reply = Reply(gzip.compress(CSV), 200, {'Content-Type': 'application/octet-stream'})
        address = f'{files.url}/file.gz?signature=hidden%2Fone'.replace('127.0.0.1', 'localhost')
        rows = self.read(
            {'job': {'id': 7}},
            {'state': 'DONE', 'document': 9},
            {'url': address},
            form=Csv,
            RESULT_PATH=('document',),
            RESULT_URL='documents/{result}',
            DOWNLOAD_PATH=('url',),
        )
        self.assertEqual(rows, ROWS)
        self.assertEqual(self.paths()[-1], 'GET /documents/9')
        [request] = files.requests
        self.assertEqual(request.params, {'signature': 'hidden/one'})
        self.assertNotIn('authorization', request.headers)
        files.reply = Reply('<p>Gone</p>', 410, {'Content-Type': 'text/html'})
        with self.assertRaisesRegex(RuntimeError, 'file.gz answered 410: Gone') as caught:
            self.read({'job': {'id': 7}}, {'state': 'DONE', 'at': address}, RESULT_PATH=('at',))
        self.assertNotIn('hidden', str(caught.exception))

    def result(self, content, form=Csv, **constants):
        replies = {'job': {'id': 7}}, {'state': 'DONE'}, Reply(content)
        return self.read(*replies, form=form, RESULT_URL='r/{job}', **constants)

    def test_results_are_unpacked(self):
        for content in CSV, gzip.compress(CSV), zipped(rows=CSV):
            self.assertEqual(self.result(content), ROWS)
        self.assertEqual(self.result(gzip.compress(b'[{"id": "1"}, {"id": "2"}]'), Json), ROWS)

    def test_what_cannot_be_unpacked_is_told(self):
        cut = gzip.compress(CSV)[:-9]
        for content in cut, zipped(a=CSV, b=CSV), zipped(), zipped(a=CSV)[:-20]:
            message = 'items: http.*/r/7 answered with a file, but it can not be read as CSV: '
            with self.assertRaisesRegex(RuntimeError, message):
                self.result(content)

    def test_an_archive_has_several_files_where_the_answers_say_so(self):
        content = zipped(**{'a.csv': CSV, 'b.csv': b'id\n3\n', 'c.txt': b'no'})
        rows = self.result(content, ARCHIVE='zip', ARCHIVE_FILES='*.csv')
        self.assertEqual(rows, [*ROWS, {'id': '3'}])
        with self.assertRaisesRegex(RuntimeError, 'has 3 files, not one; archive: zip'):
            self.result(content)

    def test_a_failure_is_told_in_the_words_of_the_api(self):
        with self.assertRaisesRegex(RuntimeError, 'items: the job ended as FATAL: quota'):
            self.read({'job': {'id': 7}}, {'state': 'FATAL', 'message': 'quota'})

    def test_waiting_is_bounded(self):
        with patch('kinds.api.pagination.job.job.MAX_WAIT', 25):
            message = 'items: the job is still RUNNING after 20 seconds'
            with self.assertRaisesRegex(RuntimeError, message):
                self.read({'job': {'id': 7}}, *[{'state': 'RUNNING'}] * 9)
        self.assertEqual(self.waits, [10, 10])

    def test_what_an_answer_lacks_is_told(self):
        for replies, message in (
            ([{'id': 7}], "no job.id about the job in {'id': 7}"),
            ([{'job': {'id': {}}}], 'no job.id about the job'),
            ([{'job': {'id': 7}}, {}], 'no state about the job'),
            (['<p>Hello</p>'], 'no JSON about the job, but Hello'),
            ([Reply({'error': 'bad'}, 400)], '/reports answered 400: bad'),
            ([{'job': {'id': 7}}, Reply({'error': 'gone'}, 410)], '/jobs/7 answered 410: gone'),
            ([{'job': {'id': 7}}, {'state': 'DONE'}], '/r/7 answered 404: no more'),
        ):
            with self.assertRaisesRegex(RuntimeError, re.escape(message)):
                self.read(*replies, RESULT_URL='r/{job}')
