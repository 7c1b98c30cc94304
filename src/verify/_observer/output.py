"""What a connector writes to standard output, a batch of records at a time."""

import io
import sys
from contextlib import contextmanager
from typing import Iterator

# So many bytes of a batch wait for each other.
WAITING = 2**16


class Output(io.BufferedWriter):
    """Standard output that writes the records of a batch together; Mage's framework flushes each of them."""  # noqa: E501

    waits = False

    def flush(self) -> None:
        if not self.waits:
            super().flush()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Have what is written meanwhile wait for its end, or for enough."""
        self.waits = True
        try:
            yield None
        finally:
            self.waits = False
            self.flush()


def gather_output() -> Output:
    """Put such an output in the place of standard output, and return it."""
    before = sys.stdout
    before.flush()
    output = Output(io.FileIO(before.fileno(), 'w', closefd=False), WAITING)
    # Written through, so that what goes to the bytes below stays in order.
    sys.stdout = io.TextIOWrapper(output, before.encoding, before.errors, write_through=True)
    return output
