"""Texts with {names} of configuration keys that need not be configured."""

from string import Formatter
from typing import Dict


def leave_out(value, values: Dict):
    """Return a copy without the texts that have a {name} of what isn't configured."""
    if isinstance(value, dict):
        known = {key: item for key, item in value.items() if is_known(item, values)}
        return {key: leave_out(item, values) for key, item in known.items()}
    if isinstance(value, list):
        return [leave_out(item, values) for item in value if is_known(item, values)]
    return value


def is_known(value, values: Dict) -> bool:
    names = (name for _, name, _, _ in Formatter().parse(value)) if isinstance(value, str) else ()
    return all(name is None or name in values for name in names)
