"""Paths with more than keys: positions in lists, and items with a value in a field."""

from kinds.api.python.stream import BaseStream


class Steps(BaseStream):
    """Some paths have more than keys."""

    def look_up(self, value, path, otherwise=None):
        """Return what stands at a path, None below null; or `otherwise`."""
        for step in path:
            found = take(value, step)
            if not found:
                return otherwise if found is None else None
            value = found[0]
        return value

    def spell(self, path) -> str:
        return ''.join(spell_step(step) for step in path).lstrip('.')


def take(value, step):
    """Return a list of what one step of a path leads to, None where a value has no such step.

    A step is a key, a position in a list, * for every item, or field and value of an item.
    """
    if value is None:
        return []
    if isinstance(value, dict):
        return list(value.values()) if step == '*' else [value[step]] if step in value else None
    if not isinstance(value, list):
        return None
    if step == '*':
        return value
    if isinstance(step, tuple):
        field, wanted = step
        items = [item for item in value if isinstance(item, dict) and field in item]
        return [item for item in items if item[field] == wanted] if items or not value else None
    if isinstance(step, str) and not step.isdigit():
        return None
    return value[int(step) :][:1] if -len(value) <= int(step) else []


def spell_step(step) -> str:
    if isinstance(step, tuple):
        return f'[{step[0]}={step[1]}]'
    return f'[{step}]' if isinstance(step, int) else f'.{step}'
