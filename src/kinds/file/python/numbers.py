"""Numbers that JSON doesn't have."""


def refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity, which Python reads all the same."""
    raise ValueError(f'{name} is no number of JSON')
