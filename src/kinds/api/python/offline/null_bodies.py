"""A fake API that may answer null, in which nothing can be put."""

from kinds.api.python.offline.base import FakeApi


class NullBodies(FakeApi):
    pass


def put(body, path, value):
    """Put a value into a body, at a path of keys."""
    if body is None:
        return
    *parents, last = path
    for key in parents:
        body = body.setdefault(key, {})
    body[last] = value
