"""Streams that are read in windows, by moments that are told apart by less than a second."""

from kinds.api.python.offline.incremental_tests import Moments


class WindowTests(Moments):
    def begin_window(self, since, stream):
        # Windows begin at whole seconds.
        return since.replace(microsecond=0) if stream.WINDOW_DAYS else since
