"""The streams of a connector by their names."""

STREAMS = {}
