"""A fake API that packs the records of some streams."""

import io
import tarfile
from gzip import compress
from zipfile import ZipFile

from kinds.api.pagination.job.fake import Step
from kinds.api.python.offline.base import FakeApi


class FakeArchives(FakeApi):
    def pack(self, response, body):
        archive = getattr(self.stream, 'ARCHIVE', None)
        # What it says of itself, such as a token, is no records.
        is_asked = response.status_code == 200 and response.request in self.requests
        if not archive or not is_asked or not self.has_records(body):
            return
        content, file = response.raw.read(), io.BytesIO()
        name = self.stream.ARCHIVE_FILES.replace('*', 'one').replace('?', '1')
        if archive == 'zip':
            with ZipFile(file, 'w') as packed:
                packed.writestr(name, compress(content))
        elif archive == 'tar':
            with tarfile.open(fileobj=file, mode='w:gz') as packed:
                member = tarfile.TarInfo(name)
                member.size = len(content)
                packed.addfile(member, io.BytesIO(content))
        else:
            file.write(compress(content))
        response.raw = io.BytesIO(file.getvalue())

    def has_records(self, body):
        return True


class FakeJobArchives(FakeArchives):
    """What it says of jobs isn't packed."""

    def has_records(self, body):
        return not isinstance(body, Step)
