"""Streams with numbers that are configured."""

from typing import Dict

from kinds.api.python.stream import BaseStream


class ConfiguredNumbers(BaseStream):
    # Constants, with the configuration key of each and the least that it may be.
    NUMBERS = {}

    def take_numbers(self) -> None:
        for constant, (key, least) in self.NUMBERS.items():
            setattr(self, constant, take_number(self.client.config, key, least))


class ConfiguredPageSize(BaseStream):
    # The configuration keys of page sizes, by the request parameters of these.
    PAGE_SIZE_KEYS = {}

    def size_pages(self, params: Dict) -> Dict:
        config, keys = self.client.config, self.PAGE_SIZE_KEYS.items()
        return {**params, **{param: take_number(config, key, 1) for param, key in keys}}


def take_number(config: Dict, key: str, least: int) -> int:
    if config[key] < least:
        fault = f'{key} is {config[key]} in the configuration'
        raise ValueError(f'{fault}, but has to be {least} at least')
    return config[key]
