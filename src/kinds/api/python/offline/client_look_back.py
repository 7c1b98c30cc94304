"""What is read again of what the API shows late, where the connector filters."""

from kinds.api.python.offline.base import to_moment
from kinds.api.python.offline.look_back import LookBack


class ClientLookBack(LookBack):
    def check_kept(self, stream, records, result):
        since = self.look_back(to_moment(len(records)), stream)
        numbered = enumerate(records, 1)
        new = [row for number, row in numbered if to_moment(number) >= since]
        self.assertEqual(result.records, new)
