"""Streams with numbers that are configured."""

from kinds.api.python.stream import BaseStream


class ConfiguredNumbers(BaseStream):
    # Constants, with the configuration key of each and the least that it may be.
    NUMBERS = {}

    def take_numbers(self) -> None:
        for constant, (key, least) in self.NUMBERS.items():
            value = self.client.config[key]
            if value < least:
                fault = f'{key} is {value} in the configuration'
                raise ValueError(f'{fault}, but has to be {least} at least')
            setattr(self, constant, value)
