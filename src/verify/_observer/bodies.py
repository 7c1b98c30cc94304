"""What a response's JSON says of pages: its rows, and the values beside them."""

import json
from typing import Any, Dict, List, Optional

# A longer body isn't looked into.
LONGEST = 32 * 2**20
DEPTH = 5
# No more values beside the rows, and no longer ones, say anything of pages.
VALUES = 200
LENGTH = 2000


def parsed(content: bytes) -> Any:
    """Return what a body says; None where it is no JSON."""
    if content.lstrip()[:1] not in (b'{', b'['):
        return None
    try:
        return json.loads(content)
    except ValueError:
        return None


def rows_of(body: Any) -> Optional[List[Dict]]:
    """Return the longest list of objects that isn't inside of another one; None without a list."""
    lists = [found for found in lists_in(body, DEPTH) if not is_links(found)]
    if not lists:
        return None
    longest = max(lists, key=len)
    if not any(map(is_edge, longest[:1])):
        return longest
    return [row['node'] if is_edge(row) else row for row in longest]


def lists_in(body: Any, depth: int) -> List[List]:
    if isinstance(body, list):
        return [body] if all(isinstance(row, dict) for row in body) else []
    if not isinstance(body, dict) or depth == 0:
        return []
    return [found for value in body.values() for found in lists_in(value, depth - 1)]


def is_links(rows: List) -> bool:
    """Tell whether a list has addresses with what they are for, as HATEOAS and OGC have them."""
    return bool(rows) and all(
        isinstance(row, dict) and 'rel' in row and ('href' in row or 'url' in row) for row in rows
    )


def is_edge(row: Dict) -> bool:
    return isinstance(row.get('node'), dict)


def envelope(body: Any) -> Dict[str, Any]:
    """Return the values that stand beside the rows, by their paths."""
    values: Dict[str, Any] = {}
    fill(values, '', body, DEPTH)
    return values


def fill(values: Dict[str, Any], path: str, value: Any, depth: int) -> None:
    if len(values) >= VALUES:
        return
    if isinstance(value, dict) and depth > 0:
        for name, inner in value.items():
            fill(values, f'{path}.{name}' if path else name, inner, depth - 1)
    elif isinstance(value, list):
        for link in value if is_links(value) else []:
            if link['rel'] == 'next':
                values[f'{path}[rel=next]'] = link.get('href') or link.get('url')
    elif path and not (isinstance(value, str) and len(value) > LENGTH):
        values[path] = None if isinstance(value, dict) else value
