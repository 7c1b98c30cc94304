"""Records as some streams look for them."""

from kinds.api.python.offline.base import FakeApi, OfflineTest
from kinds.api.python.registry import STREAMS


class SingleRecords(OfflineTest):
    def leave_one(self, records, name):
        return records[:1] if STREAMS[name].RECORDS_IN == 'object' else records


class NamedElements(OfflineTest):
    def name_elements(self, records, name):
        column = STREAMS[name].MAP_KEY
        for record in records:
            # A name has no spaces.
            if isinstance(record.get(column), str):
                record[column] = record[column].replace(' ', '-')


class FilteredRecords(OfflineTest):
    def match_filter(self, records, name):
        wanted = STREAMS[name].RECORD_FILTER.items()
        for record in records:
            record.update({column: value for column, value in wanted if column in record})


class FakeFilteredRecords(FakeApi):
    def match_filter(self, records, stream):
        return [{**record, **stream.RECORD_FILTER} for record in records]
