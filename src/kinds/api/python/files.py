"""Answers that come as files: saved on disk, maybe packed, and read some records at a time."""

from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import partial
from gzip import GzipFile
from io import TextIOWrapper
from itertools import islice
from tarfile import TarFile, TarInfo
from tempfile import TemporaryFile
from typing import Callable, Generator, Iterable, Iterator, List, Tuple
from zipfile import ZipFile

import requests

from kinds.api.python.client import ApiClient
from kinds.api.python.own_formats import OwnFormats

GZIP = b'\x1f\x8b'
# Of an archive with files, and of an empty one.
ZIP = (b'PK\x03\x04', b'PK\x05\x06')
# What is held in memory at once: records of a batch, characters of a line, bytes of a document.
BATCH_SIZE = 1000
MAX_LINE = 2**26
MAX_DOCUMENT = 2**30


class Files(ApiClient):
    # That of the file that is being read, for messages.
    file_name = ''

    @contextmanager
    def saving(self) -> Generator[requests.Session, None, None]:
        """Have the bodies of answers on disk, since they may be larger than memory."""
        self.session.stream = True
        self.session.hooks['response'] = [save_body]
        try:
            yield self.session
        finally:
            self.session.stream = False
            self.session.hooks['response'] = []

    def read_files(self, response: requests.Response, archive: str = None, pattern: str = '*'):
        """Yield what is in the files of a response, some of it at a time; an error names the file.

        An archive is gzip, zip or tar. Without one, what is a single file in gzip or zip is read.
        """
        self.check(response)
        if response.status_code == 204:
            return
        # What messages show of it.
        response.raw.seek(0)
        response._content = response.raw.read(1000)
        response.raw.seek(0)
        self.file_name = ''
        try:
            yield from self.decode_parts(self.open_files(response, archive, pattern))
        except Exception as error:
            raise ValueError(self.hide(self.tell_fault(response, error))) from error
        finally:
            response.raw.close()

    def decode_parts(self, files: Iterable[requests.Response]) -> Iterator:
        return self.decode_files(files)

    def open_files(self, response: requests.Response, archive: str, pattern: str):
        """Yield each file of a response like a response of its own."""
        if 'html' in response.headers.get('Content-Type', ''):
            raise ValueError('a page for people')
        is_packed = response.content.startswith((GZIP, *ZIP)) or archive in ('zip', 'tar')
        for name, open_file in list_packed(response.raw, archive, pattern):
            self.file_name = name
            with open_file() as raw:
                file = requests.Response()
                file.status_code, file.url, file.raw = 200, response.url, ungzip(raw)
                # What is packed has no charset.
                file.headers = {} if is_packed else response.headers
                file.encoding = response.encoding
                yield file

    def tell_fault(self, response: requests.Response, error: Exception) -> str:
        url = response.url.partition('?')[0]
        of_file = f' {self.file_name!r:.100} of it' if self.file_name else ' it'
        message = f'{url} answered with a file, but{of_file} can not be read as {self.FORMAT}'
        message = f'{message}: {error or type(error).__name__}'
        if isinstance(error, UnicodeDecodeError):
            return f'{message}; see the answer encoding'
        if response.content.startswith((GZIP, *ZIP)) or b'\0' in response.content:
            return message
        return f'{message}: {self.explain(response)}'


class OwnFiles(Files, OwnFormats):
    """Some streams have formats of their own."""

    def decode_parts(self, files: Iterable[requests.Response]) -> Iterator:
        name = self.response_format
        return getattr(self, f'decode_files_{name}' if name else 'decode_files')(files)


def save_body(response: requests.Response, **kwargs) -> requests.Response:
    if not 200 <= response.status_code < 300:
        # Read here and not later, since here a connection that is lost is tried again.
        response.content
        return response
    # It has no name, so that it goes whatever ends the run.
    body = TemporaryFile()
    for chunk in response.iter_content(2**16):
        body.write(chunk)
    # Not every version of requests tells where a connection ends early.
    if response.raw.tell() < int(response.headers.get('Content-Length', 0)):
        raise requests.ConnectionError('the answer ends early')
    body.seek(0)
    response.raw, response._content_consumed = body, False
    return response


def list_packed(file, archive: str, pattern: str) -> Generator[Tuple[str, Callable], None, None]:
    """Yield the name of each file that is wanted, and what opens it, one after the other."""
    if archive is None and file.peek(4)[:4] in ZIP:
        files = list(list_zip(file))
        if len(files) != 1:
            hint = 'archive: zip in the answers reads all of them'
            raise ValueError(f'the archive has {len(files)} files, not one; {hint}')
        yield from files
        return
    if archive not in ('zip', 'tar'):
        yield '', lambda: file
        return
    wanted, others = 0, []
    for name, open_file in (list_zip if archive == 'zip' else list_tar)(file):
        if fnmatchcase(name, pattern):
            wanted += 1
            yield name, open_file
        else:
            others.append(name)
    if others and not wanted:
        raise ValueError(f'the archive has no file like {pattern!r}, but {str(others)[:200]}')


def list_zip(file) -> Generator[Tuple[str, Callable], None, None]:
    archive = ZipFile(file)
    for member in archive.infolist():
        if not member.is_dir():
            yield member.filename, partial(archive.open, member)


def list_tar(file) -> Generator[Tuple[str, Callable], None, None]:
    """Yield the name of each file of an archive, maybe packed by gzip, and what opens it."""
    file = ungzip(file)
    archive = TarFile(fileobj=file)
    for member in archive:
        if not member.isdir():
            yield member.name, partial(open_member, archive, member)
        # Of each, it would keep what it knows.
        archive.members.clear()
    # To tarfile, an archive that is cut between files ends there.
    file.seek(archive.offset)
    if file.read(512) != bytes(512):
        raise EOFError('the archive ends before its end')
    # At the end, gzip has a check sum.
    while file.read(2**16):
        pass


def open_member(archive: TarFile, member: TarInfo):
    if not member.isfile():
        raise ValueError('it is a link or a device, no file')
    return archive.extractfile(member)


def ungzip(file):
    return GzipFile(fileobj=file) if file.peek(2)[:2] == GZIP else file


def load(file: requests.Response) -> requests.Response:
    """Return a file whose content is in memory, unless that is too much for it."""
    file._content = file.raw.read(MAX_DOCUMENT + 1)
    if len(file.content) > MAX_DOCUMENT:
        raise ValueError(f'it has more than {MAX_DOCUMENT} bytes')
    return file


def read_lines(file: requests.Response, encoding: str, newline: str) -> Generator[str, None, None]:
    with TextIOWrapper(file.raw, encoding, newline=newline) as text:
        for line in iter(partial(text.readline, MAX_LINE), ''):
            if len(line) == MAX_LINE:
                raise ValueError(f'a line has more than {MAX_LINE} characters')
            yield line


def batch(records: Iterable) -> Generator[List, None, None]:
    records = iter(records)
    yield from iter(lambda: list(islice(records, BATCH_SIZE)), [])
