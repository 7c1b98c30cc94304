"""Streams whose errors are treated by rules of their own, or of the connector's."""

from kinds.api.python.stream import BaseStream


class StreamErrors(BaseStream):
    # What is done about errors; the first rule that fits counts.
    ERRORS = ()

    def set_rules(self) -> None:
        self.client.errors = self.ERRORS
