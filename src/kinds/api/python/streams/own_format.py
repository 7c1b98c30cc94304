"""Streams whose responses are written otherwise than the connector's."""

from kinds.api.python.stream import BaseStream


class OwnFormat(BaseStream):
    # None: as the connector has it.
    RESPONSE_FORMAT = None

    def set_format(self) -> None:
        self.client.take_format(self.RESPONSE_FORMAT)
