"""Configured values that stand for others, or have a type."""

import json
import re
from typing import Dict

from kinds.api.python.client import ApiClient
from kinds.api.python.moments import Moment, to_moment

# What may be configured, and what it stands for.
VALUES = {}
# list, integer, number, boolean or date.
TYPES = {}


class Items(list):
    """A list that texts have with commas."""

    def __format__(self, form: str) -> str:
        return ','.join(self)


class Choices(ApiClient):
    def read_choices(self, config: Dict) -> Dict:
        for key, values in VALUES.items():
            chosen = config.get(key)
            chosen = str(chosen).lower() if isinstance(chosen, bool) else str(chosen)
            if key in config and chosen not in values:
                known = ', '.join(values)
                raise ValueError(f'{key} is {chosen!r} in the configuration, but has to be {known}')
            config = {**config, **({key: values[chosen]} if key in config else {})}
        return config


class Types(ApiClient):
    def read_types(self, config: Dict) -> Dict:
        typed = {key: (config[key], kind) for key, kind in TYPES.items() if key in config}
        return {**config, **{key: to_type(key, *value) for key, value in typed.items()}}


def to_type(key: str, value, kind: str):
    """Return a configured value as it is sent; an error names its key."""
    if kind == 'date':
        return Moment.fromisoformat(to_moment(value, key).isoformat())
    if kind == 'list':
        items = value if isinstance(value, list) else str(value).split(',')
        return Items(text for text in (str(item).strip() for item in items) if text)
    text = str(value).strip().lower() if kind == 'boolean' else str(value).strip()
    forms = {'integer': r'-?\d+', 'number': r'-?\d+(\.\d+)?', 'boolean': 'true|false'}
    if not re.fullmatch(forms[kind], text):
        raise ValueError(f'{key} in the configuration is no {kind}')
    return text if kind == 'boolean' else json.loads(text)
