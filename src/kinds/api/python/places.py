"""What stands at places in responses."""


def find(value, path):
    """Return what stands at a path of keys and positions, or None."""
    for step in path:
        if isinstance(value, list) and str(step).lstrip('-').isdigit():
            step = int(step)
        elif not isinstance(value, dict):
            return None
        try:
            value = value[step]
        except LookupError:
            return None
    return value
