"""Streams whose state moves on the way, where a run that is interrupted can go on."""

from kinds.api.python.streams.incremental import Incremental


class Checkpoints(Incremental):
    SORTED = False
