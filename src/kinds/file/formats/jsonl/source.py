"""Files of JSON Lines: an object in each line."""

import json
from decimal import Decimal
from typing import Dict, Generator

from kinds.file.python.numbers import refuse_constant
from kinds.file.python.source import FileSource


class JsonLines(FileSource):
    def read_file(self, path: str, stream) -> Generator[Dict, None, None]:
        """Yield the record of each line; an error names the file, the line and what is wrong."""
        with open(path, 'rb') as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    record = json.loads(line, parse_float=Decimal, parse_constant=refuse_constant)
                except ValueError as error:
                    raise ValueError(f'{path}, line {number}: {error}') from error
                if not isinstance(record, dict):
                    raise ValueError(f'{path}, line {number}: not a JSON object')
                yield record
