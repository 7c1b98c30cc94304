"""Files on the machine that Mage runs on."""

import os
from glob import escape, glob
from typing import List

from kinds.file.python.source import STREAMS, FileSource

DEFAULTS = {}


class Local(FileSource):
    def find_files(self, stream_id: str) -> List[str]:
        """Return the stream's files in the order of their names.

        Raises FileNotFoundError where there is none, since missing data would go unnoticed.
        """
        base_path = self.config.get('base_path') or ''
        path = STREAMS[stream_id]['path']
        path = self.fill(path, stream_id)
        pattern = os.path.join(escape(base_path), path)
        found = sorted(filter(os.path.isfile, glob(pattern, recursive=True)), key=len, reverse=True)
        if not found:
            raise FileNotFoundError(f'Stream {stream_id}: no file matches {pattern}')
        # By links, one file may have several names, and a folder that has itself any number.
        return sorted({os.path.realpath(path): path for path in found}.values())

    def fill(self, path: str, stream_id: str) -> str:
        return path


class Placeholders(Local):
    def fill(self, path: str, stream_id: str) -> str:
        """Return the path with the configuration's values; {key} stands for that of a key."""
        config = {key: value for key, value in self.config.items() if value}
        try:
            return path.format_map({**DEFAULTS, **config})
        except KeyError as error:
            raise ValueError(f'Stream {stream_id}: the configuration lacks {error}') from error
