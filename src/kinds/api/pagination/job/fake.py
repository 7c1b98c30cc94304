"""A fake API that makes its records in jobs."""

from kinds.api.python.offline.base import FakeApi, put
from kinds.api.python.offline.fake_text import FakeText


class Step(dict):
    """What an API says of a job."""


class FakeJobResults(FakeApi):
    def get_page(self, params, url):
        base = url.partition('?')[0].rpartition('/step-')[0]
        stream, made = self.stream, self.records
        made = self.wrap(made)
        step, places = Step(), [stream.STATUS_URL, stream.RESULT_URL]
        status, result = (path.format(job='step-1', result='step-2') for path in places)
        # Keys may stand in the query.
        asked = url.partition('?')[0]
        if asked.endswith('/step-3'):
            return made, {}
        if result and asked.endswith(f'/{result}'):
            if not stream.DOWNLOAD_PATH:
                return made, {}
            put(step, stream.DOWNLOAD_PATH, f'{base or url}/step-3')
        elif asked.endswith(f'/{status}' if status else '/step-1'):
            polls = sum(request.url == url for request in self.requests)
            put(step, stream.STATUS_PATH, stream.DONE[0] if polls % 2 == 0 else 'waiting')
            if stream.RESULT_PATH:
                put(step, stream.RESULT_PATH, 'step-2' if result else f'{base or url}/step-3')
        else:
            put(step, stream.JOB_PATH, 'step-1' if status else f'{url.partition("?")[0]}/step-1')
        return step, {}


class FakeJobFiles(FakeText):
    def encode(self, body):
        """Return records in the format of the API, and what it says of a job as it is."""
        return body if isinstance(body, Step) else self.encode_records(body)
