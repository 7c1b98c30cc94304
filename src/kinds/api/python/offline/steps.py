"""A fake API whose responses have lists on the paths to what is beside the records."""

from kinds.api.python.offline.base import FakeApi


class FakeSteps(FakeApi):
    pass


def put(body, path, value):
    """Put a value into a body, at a path of keys, positions in lists, and items with a field."""
    if body is None:
        return
    step, *rest = path
    if isinstance(step, tuple):
        body.append(dict([step]))
        step = -1
    elif isinstance(body, list):
        step = int(step)
        if not body and value is None:
            return
        while not -len(body) <= step < len(body):
            body.append({})
        # What stands there may be a record.
        body[step] = dict(body[step])
    if not rest:
        body[step] = value
        return
    if isinstance(body, dict):
        body.setdefault(step, {} if isinstance(rest[0], str) else [])
    put(body[step], rest, value)
