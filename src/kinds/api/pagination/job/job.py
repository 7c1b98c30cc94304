"""Records that an API makes in a job: it is asked for, waited for, and what it has made is fetched."""  # noqa: E501

import gzip
import io
import json
import time
import zlib
from typing import Dict, Generator, List
from urllib.parse import parse_qs, quote, urljoin, urlsplit
from zipfile import BadZipFile, ZipFile

from kinds.api.pagination.paged import Paged
from kinds.api.python.client import MAX_WAIT


class Jobs(Paged):
    # Where the answer to the first request has the job: its id, or the address that tells of it.
    JOB_PATH = ()
    # What tells of a job, below the base URL.
    STATUS_URL = ''
    STATUS_PATH = ()
    DONE = ()
    FAILED = ()
    # Where that has the result, once the job is done: its id or address, or the records themselves.
    RESULT_PATH = ()
    RESULT_URL = ''
    # Where the answer about the result has the address of a file.
    DOWNLOAD_PATH = ()
    POLL_SECONDS = 10

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records that a job has made, all at once."""
        created = self.request(params)
        # A redirect may have led to another host already.
        self.home = (created.history or [created])[0].url
        job = self.take(self.read_answer(created), self.JOB_PATH)
        answer = self.await_job(self.locate(self.STATUS_URL, job, created, job=job))
        if not self.RESULT_PATH and not self.RESULT_URL:
            yield self.get_records(answer)
            return
        result = self.take(answer, self.RESULT_PATH) if self.RESULT_PATH else ''
        found = self.fetch(self.locate(self.RESULT_URL, result, created, job=job, result=result))
        if self.DOWNLOAD_PATH:
            address = self.take(self.read_answer(found), self.DOWNLOAD_PATH)
            found = self.fetch(urljoin(found.url, address))
        yield self.get_records(self.client.parse(unpack(found)))

    def await_job(self, url: str) -> Dict:
        """Return what tells of a job once it is done, as long as one may wait."""
        waited = 0
        while True:
            answer = self.read_answer(self.fetch(url))
            status = str(self.take(answer, self.STATUS_PATH))
            if status in self.DONE:
                return answer
            if status in self.FAILED:
                raise ValueError(f'the job ended as {status}: {self.said(answer)}')
            if waited + self.POLL_SECONDS > MAX_WAIT:
                raise TimeoutError(f'the job is still {status} after {waited} seconds')
            self.client.logger.info(f'{self.TABLE}: the job is {status}, asked again soon')
            time.sleep(self.POLL_SECONDS)
            waited += self.POLL_SECONDS

    def read_answer(self, response) -> Dict:
        """Return what an API says of a job, which is JSON whatever its result is."""
        # A job that is only accepted (202) has begun.
        if response.status_code != 202:
            self.client.check(response)
        try:
            return json.loads(response.content)
        except ValueError:
            raise ValueError(
                f'no JSON about the job, but {self.client.explain(response)}'
            ) from None

    def take(self, answer, path) -> str:
        found = self.look_up(answer, path)
        if found is None or isinstance(found, (dict, list)):
            raise ValueError(f'no {self.spell(path)} about the job in {self.said(answer)}')
        return str(found)

    def locate(self, path: str, address: str, response, **ids) -> str:
        """Return an address that has the ids in it, or else the one that the API has given."""
        if not path:
            return urljoin(response.url, address)
        for name, value in ids.items():
            path = path.replace(f'{{{name}}}', quote(value, safe=''))
        return f'{self.BASE_URL.format_map(self.client.config)}/{path}'

    def fetch(self, url: str):
        """Return the response of an address; one at another host gets no credentials."""
        here, there = urlsplit(self.home), urlsplit(url)
        # Apart, since it may have secrets, which messages mustn't have.
        query = parse_qs(there.query, keep_blank_values=True)
        there = there._replace(query='', fragment='')
        if there.netloc != here.netloc:
            return self.client.send('get', there.geturl(), params=query)
        return self.client.request(there._replace(scheme=here.scheme).geturl(), params=query)


def unpack(response):
    """Return a response of which what is packed by gzip or zip is unpacked."""
    content = response.content
    try:
        if content[:2] == b'\x1f\x8b':
            response._content = gzip.decompress(content)
        elif content[:4] == b'PK\x03\x04':
            with ZipFile(io.BytesIO(content)) as archive:
                [name] = [name for name in archive.namelist() if not name.endswith('/')]
                response._content = archive.read(name)
    except (OSError, EOFError, ValueError, zlib.error, BadZipFile) as error:
        raise ValueError(f'the file of the job can not be unpacked: {error}') from None
    return response
