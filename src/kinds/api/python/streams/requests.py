"""What requests have beside their parameters."""

from copy import deepcopy
from pathlib import Path
from typing import Dict

from kinds.api.python.placeholders import leave_out
from kinds.api.python.stream import BaseStream, fill


class UrlPlaceholders(BaseStream):
    """The address has {names} of configuration keys."""

    def fill_url(self, url: str) -> str:
        return url.format_map(self.client.config)


class ParamPlaceholders(BaseStream):
    """Parameters have {names} of configuration keys."""

    def fill_params(self, params: Dict) -> Dict:
        return fill(params, self.client.config)


class OptionalParams(ParamPlaceholders):
    """Some keys need not be configured: parameters that have them are left out."""

    def fill_params(self, params: Dict) -> Dict:
        return fill(leave_out(params, self.client.config), self.client.config)


class Bodies(BaseStream):
    """Some streams aren't asked for by GET."""

    METHOD = 'get'
    BODY = None

    def request(self, params: Dict):
        body = deepcopy(self.BODY)
        body = self.fill_body(body)
        params = self.move_params(params, body)
        return self.client.request(self.url, method=self.METHOD, params=params, body=body)

    def fill_body(self, body: Dict) -> Dict:
        """Return the body with what its placeholders stand for."""
        return body

    def move_params(self, params: Dict, body: Dict) -> Dict:
        """Move parameters into the body, and return the others."""
        return params


class BodyPlaceholders(Bodies):
    """Bodies have {names} of configuration keys."""

    def fill_body(self, body: Dict) -> Dict:
        return fill(body, self.client.config)


class OptionalBodies(BodyPlaceholders):
    """Some keys need not be configured: what has them is left out."""

    def fill_body(self, body: Dict) -> Dict:
        return fill(leave_out(body, self.client.config), self.client.config)


class BodyParams(Bodies):
    """Some parameters stand in the body."""

    BODY_PARAMS = ()

    def move_params(self, params: Dict, body: Dict) -> Dict:
        # In a body, a.b is b inside a, and a.0 is the first of a list.
        for name in [name for name in params if name in self.BODY_PARAMS]:
            put_param(body, name.split('.'), params[name], name)
        return {name: value for name, value in params.items() if name not in self.BODY_PARAMS}

    def note_body(self, params: Dict) -> None:
        # A body is sent again, while an address has all of the query.
        self.kept = {name: params[name] for name in params if name in self.BODY_PARAMS}

    def add_body(self, params: Dict) -> Dict:
        return {**self.kept, **params}


class EmptyStatuses(BaseStream):
    """Some streams get errors where there are no records."""

    EMPTY_STATUSES = ()

    def request(self, params: Dict):
        response = self.client.request(self.url, params=params)
        if response.status_code in self.EMPTY_STATUSES:
            # That is, no content.
            response.status_code = 204
        return response


class EmptyStatusesOfBodies(Bodies, EmptyStatuses):
    def request(self, params: Dict):
        body = deepcopy(self.BODY)
        body = self.fill_body(body)
        params = self.move_params(params, body)
        response = self.client.request(self.url, method=self.METHOD, params=params, body=body)
        if response.status_code in self.EMPTY_STATUSES:
            # That is, no content.
            response.status_code = 204
        return response


def put_param(place, path, value, name: str) -> None:
    """Put a parameter into a body, and what is missing on the way; an error names it."""
    key, *rest = path
    if isinstance(place, list):
        if not key.isdigit() or int(key) > len(place):
            raise ValueError(
                f'the body has no place for the parameter {name}: {key} is none of a list'
            )
        key = int(key)
        place.extend([None] * (key + 1 - len(place)))
    elif not isinstance(place, dict):
        raise ValueError(f'the body has no place for the parameter {name}: no {key} in {place!r}')
    if not rest:
        place[key] = value
        return
    if (place[key] if isinstance(place, list) else place.get(key)) is None:
        place[key] = [] if rest[0].isdigit() else {}
    put_param(place[key], rest, value, name)


def read_query(name: str) -> str:
    return (Path(__file__).parents[1] / 'queries' / f'{name}.graphql').read_text(encoding='utf-8')


def read_template(name: str) -> str:
    """Return a query for a body with placeholders, in which its own braces are doubled."""
    path = Path(__file__).parents[1] / 'queries' / f'{name}.graphql'
    return path.read_text(encoding='utf-8').replace('{', '{{').replace('}', '}}')
