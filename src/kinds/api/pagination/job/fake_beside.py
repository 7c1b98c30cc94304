"""A fake API that has the records of a job beside its status."""

from kinds.api.pagination.job.fake import Step
from kinds.api.python.offline.base import FakeApi, put


class FakeJobs(FakeApi):
    def get_page(self, params, url):
        stream, made, step = self.stream, self.records, Step()
        made = self.wrap(made)
        status = stream.STATUS_URL.format(job='step-1')
        if url.endswith(f'/{status}' if status else '/step-1'):
            step.update(made)
            polls = sum(request.url == url for request in self.requests)
            put(step, stream.STATUS_PATH, stream.DONE[0] if polls % 2 == 0 else 'waiting')
        else:
            put(step, stream.JOB_PATH, 'step-1' if status else f'{url.partition("?")[0]}/step-1')
        return step, {}
