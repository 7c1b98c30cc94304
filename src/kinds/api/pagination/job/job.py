"""Records that an API makes in a job: it is asked for, waited for, and what it has made is fetched."""  # noqa: E501

import json
import time
from typing import Dict, Generator, List, Tuple
from urllib.parse import parse_qs, quote, urljoin, urlsplit

import requests

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
    POLL_SECONDS = 10

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records that stand beside the status of a job, all at once."""
        created, job = self.create_job(params)
        yield self.get_records(self.await_job(created, job))

    def create_job(self, params: Dict) -> Tuple[requests.Response, str]:
        """Return what the API answers to the request for a job, and the job's id or address."""
        created = self.request(params)
        # A redirect may have led to another host already.
        self.home = (created.history or [created])[0].url
        return created, self.take(self.read_answer(created), self.JOB_PATH)

    def await_job(self, created: requests.Response, job: str) -> Dict:
        """Return what tells of a job once it is done, as long as one may wait."""
        url, waited = self.locate(self.STATUS_URL, job, created, job=job), 0
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


class JobFiles(Jobs):
    """What a job has made is a file, which may be larger than memory."""

    # Where what tells of a job has the id or address of its result.
    RESULT_PATH = ()
    RESULT_URL = ''
    # Where the answer about the result has the address of a file.
    DOWNLOAD_PATH = ()
    # By what the file is packed, and which files of it are read.
    ARCHIVE = None
    ARCHIVE_FILES = '*'

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records that a job has made, some at a time."""
        created, job = self.create_job(params)
        answer = self.await_job(created, job)
        result = self.take(answer, self.RESULT_PATH) if self.RESULT_PATH else ''
        url = self.locate(self.RESULT_URL, result, created, job=job, result=result)
        if self.DOWNLOAD_PATH:
            found = self.fetch(url)
            url = urljoin(found.url, self.take(self.read_answer(found), self.DOWNLOAD_PATH))
        with self.client.saving():
            found = self.fetch(url)
        for content in self.client.read_files(found, self.ARCHIVE, self.ARCHIVE_FILES):
            yield self.get_records(content)
        # To Mage, a stream has to say that it has nothing.
        yield []
