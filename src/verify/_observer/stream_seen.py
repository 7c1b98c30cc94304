"""Sees which rows of responses a stream delivers."""

import json
import os
import re
import resource
import sys
from functools import cache, wraps
from operator import itemgetter
from typing import Any, Dict, Iterator, List, Optional

from _observer.bodies import LONGEST, envelope, parsed, rows_of
from _observer.output import gather_output

# More keys that wait for their records than this are no longer compared.
WAITING = 200_000
# So many pages, and rows of each, are told of those that weren't delivered.
PAGES, ROWS = 200, 20
# Of the last row, what the next request may go on from.
LAST_VALUES = 30
HEADERS = re.compile(r'link|next|total|count|page|content-range', re.IGNORECASE)
# What begins a line on standard error that is for verify.
MARK = '\x1e'


class StreamSeen:
    """What a stream asks for, and the keys of rows that came and weren't delivered yet."""

    def __init__(self, stream, out: int):
        """Have the stream's name and keys, and the file that lines go to; there may be no stream."""  # noqa: E501
        self.name = stream and stream.tap_stream_id
        self.keys = list(stream.unique_constraints or stream.key_properties or []) if stream else []
        self.out = out
        self.exchanges = 0
        # The records that were yielded first, the most at once, and the memory before any, in megabytes.  # noqa: E501
        self.begin: Optional[int] = None
        self.batch = 0
        self.memory = megabytes()
        # By the number of an exchange: how many rows it had, and those that wait by their keys.
        self.pages: Dict[int, Dict[str, Any]] = {}
        self.page_of: Dict[str, int] = {}
        # The rows of the last exchange, most of which are the next records as they stand.
        self.came: List[Dict] = []

    def key_of(self, row: Any) -> Optional[str]:
        try:
            values = [row[key] for key in self.keys]
        except (KeyError, TypeError, IndexError):
            return None
        return None if None in values else '\x1f'.join(map(str, values))

    def see(self, method: str, urls: List[str], sent: Any, status: int, headers, content) -> None:
        """Tell of a response, and have its rows wait for their records."""
        self.exchanges += 1
        is_read = content and status < 300 and len(content) <= LONGEST
        body = parsed(content) if is_read else None
        rows = rows_of(body)
        self.tell(
            exchange=self.exchanges,
            method=method,
            urls=urls,
            sent=text_of(sent),
            status=status,
            headers={name: value for name, value in headers.items() if HEADERS.search(name)},
            envelope=envelope(body),
            rows=None if rows is None else len(rows),
            names=list(rows[0])[:LAST_VALUES] if rows else [],
            last=last_values(rows),
            # Such as an order whose own lines have more pages.
            isRecord=bool(self.keys) and self.key_of(body) is not None,
            isKeyed=self.wait(rows or []),
        )

    def wait(self, rows: List[Dict]) -> bool:
        """Have rows wait for their records; False where they don't have the stream's keys."""
        if not self.keys or self.pages is None:
            return False
        self.note_waiting()
        if all(self.key_of(row) is None for row in rows):
            return False
        self.came, self.came_in = rows, self.exchanges
        return True

    def note_waiting(self) -> None:
        """Have the rows of the last exchange wait by their keys, beside those of other ones."""
        rows, self.came = self.came, []
        waiting = {self.key_of(row): position for position, row in enumerate(rows)}
        waiting.pop(None, None)
        if not waiting:
            return
        self.pages[self.came_in] = {'rows': len(rows), 'waiting': waiting}
        self.page_of.update(dict.fromkeys(waiting, self.came_in))
        if len(self.page_of) > WAITING:
            self.pages, self.page_of = None, {}

    def deliver(self, records: Any) -> None:
        """Have rows wait no more whose records are there."""
        count = len(records or [])
        self.begin = count if self.begin is None else self.begin
        self.batch = max(self.batch, count)
        if not self.page_of and self.are_all(records):
            self.came = []
        self.note_waiting()
        if not self.page_of:
            return
        for record in records or []:
            key = self.key_of(record)
            number = self.page_of.pop(key, None)
            if number is None:
                continue
            waiting = self.pages[number]['waiting']
            waiting.pop(key, None)
            if not waiting:
                del self.pages[number]

    def are_all(self, records: Any) -> bool:
        """Tell whether records are the rows of the last exchange, one by one."""
        if len(records or []) != len(self.came):
            return False
        try:
            keys_of = itemgetter(*self.keys)
            return list(map(keys_of, records or [])) == list(map(keys_of, self.came))
        except (KeyError, TypeError):
            return False

    def tell_begin(self) -> None:
        self.tell(isBegun=True)

    def end(self, is_complete: bool) -> None:
        """Tell of rows that were not delivered, the first ones of each page."""
        self.note_waiting()
        left = [
            {
                'exchange': number,
                'rows': page['rows'],
                'left': len(page['waiting']),
                'first': [
                    [position, key.split('\x1f')]
                    for key, position in list(page['waiting'].items())[:ROWS]
                ],
            }
            for number, page in list((self.pages or {}).items())[:PAGES]
        ]
        self.tell(
            pages=left,
            isCompared=self.pages is not None,
            isComplete=is_complete,
            begin=self.begin or 0,
            batch=self.batch,
            grown=megabytes() - self.memory,
        )

    def tell(self, **what) -> None:
        line = f'{MARK}{json.dumps({"stream": self.name, **what}, default=str)}\n'.encode()
        while line:
            line = line[os.write(self.out, line) :]


def megabytes() -> int:
    """Return the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def text_of(sent: Any) -> Optional[str]:
    if isinstance(sent, bytes):
        sent = sent.decode('utf-8', 'replace')
    return sent if isinstance(sent, str) and len(sent) < 20_000 else None


def last_values(rows: Optional[List[Dict]]) -> List:
    values = list(rows[-1].values())[:LAST_VALUES] if rows else []
    return [value for value in values if isinstance(value, (str, int)) and len(str(value)) < 100]


def observe(source_class) -> None:
    """Have each stream that a source of this class reads be seen, and what is asked for beside them."""  # noqa: E501
    # Standard error itself, whatever a connector puts in its place.
    out = os.dup(2)
    output = gather_output()
    current: List[StreamSeen] = []
    beside = StreamSeen(None, out)

    def see(*exchange) -> None:
        for seen in current or [beside]:
            quietly(seen.see, *exchange)

    @cache
    def watch_requests() -> None:
        # Only what reads or connects is looked at: other actions do without the libraries.
        from _observer.requests_seen import watch

        watch(see)

    def watched(sync_stream):
        @wraps(sync_stream)
        def watched_sync(self, stream, *args, **kwargs):
            # A subclass that calls the method that it overrides is watched already.
            if current:
                return sync_stream(self, stream, *args, **kwargs)
            load_data = self.load_data
            seen = StreamSeen(stream, out)

            def load(*args, **kwargs) -> Iterator:
                for records in load_data(*args, **kwargs):
                    quietly(seen.deliver, records)
                    with output.batch():
                        yield records

            self.load_data = load
            current[:] = [seen]
            is_complete = False
            quietly(seen.tell_begin)
            try:
                result = sync_stream(self, stream, *args, **kwargs)
                is_complete = True
                return result
            finally:
                del self.load_data
                current.clear()
                quietly(seen.end, is_complete)

        return watched_sync

    def watch_subclass(cls, **kwargs) -> None:
        if 'sync_stream' in cls.__dict__:
            cls.sync_stream = watched(cls.__dict__['sync_stream'])
        if 'process' in cls.__dict__:
            cls.process = watched_process(cls.__dict__['process'])

    def watched_process(process):
        @wraps(process)
        def watching(self, *args, **kwargs):
            if not (self.discover_mode or self.show_templates or self.count_records_mode):
                watch_requests()
            return process(self, *args, **kwargs)

        return watching

    source_class.__init_subclass__ = classmethod(watch_subclass)
    source_class.sync_stream = watched(source_class.sync_stream)
    source_class.process = watched_process(source_class.process)


def tell_done() -> None:
    """Say that the connector has done its work, so that nothing else keeps it from ending."""
    quietly(sys.stderr.flush)
    quietly(os.write, 2, f'{MARK}{{"done": true}}\n'.encode())


def quietly(observing, *args) -> None:
    """Call what observes; a connector's run never fails because of it."""
    try:
        observing(*args)
    except Exception:  # noqa: BLE001
        return
