"""Files of JSON: an array of objects in each, or one object."""

import json
from decimal import Decimal
from typing import Dict, List

from kinds.file.python.numbers import refuse_constant
from kinds.file.python.source import STREAMS, FileSource


class Json(FileSource):
    def read_file(self, path: str, stream) -> List[Dict]:
        """Return the records of a file; an error names the file and what is wrong in it."""
        with open(path, 'rb') as file:
            try:
                records = json.load(file, parse_float=Decimal, parse_constant=refuse_constant)
            except ValueError as error:
                raise ValueError(f'{path}: {error}') from error
        records_path = STREAMS[stream.tap_stream_id].get('records_path', [])
        for key in records_path:
            records = records.get(key) if isinstance(records, dict) else None
        # An object that has nothing of the stream is no record: its records are elsewhere in it.
        columns = stream.schema.to_dict()['properties']
        if isinstance(records, dict) and not columns.keys().isdisjoint(records):
            records = [records]
        if not isinstance(records, list) or not all(isinstance(item, dict) for item in records):
            place = f' at {records_path}' if records_path else ''
            raise ValueError(f'{path}: no records of {stream.tap_stream_id}{place}')
        return records
