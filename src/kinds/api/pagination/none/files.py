"""One response has everything, in files."""

from typing import Dict, Generator, List

from kinds.api.pagination.paged import Paged


class WholeFiles(Paged):
    # By what a response is packed, and which files of it are read.
    ARCHIVE = None
    ARCHIVE_FILES = '*'

    def get_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of the one response that has them all, some at a time."""
        with self.client.saving():
            response = self.request(params)
        for content in self.client.read_files(response, self.ARCHIVE, self.ARCHIVE_FILES):
            yield self.get_records(content)
        # To Mage, a stream has to say that it has nothing.
        yield []
