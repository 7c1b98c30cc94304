"""A port in the configuration."""

from typing import Dict

from kinds.sql.python.source import SqlSource


class Port(SqlSource):
    DEFAULT_PORT = None

    @property
    def connection_settings(self) -> Dict:
        config = self.config or {}
        missing = [key for key in self.REQUIRED if not config.get(key)]
        if missing:
            raise Exception(f'The configuration has no {" and no ".join(missing)}')
        return {**config, 'port': port_number('port', config.get('port') or self.DEFAULT_PORT)}


def port_number(key, value):
    if not str(value).isdecimal() or not 0 < int(value) < 65536:
        raise Exception(f'The {key} has to be a number from 1 to 65535, not {value}')
    return int(value)
