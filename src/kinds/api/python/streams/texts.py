"""Requests whose texts have {names} of what changes on the way: bookmarks and pages."""

import json
from datetime import datetime, timezone
from typing import Dict, Tuple
from urllib.parse import quote

from kinds.api.python.moments import Moment, to_moment
from kinds.api.python.placeholders import leave_out
from kinds.api.python.stream import BaseStream
from kinds.api.python.streams.moment_params import MomentParams
from kinds.api.python.streams.parents import Parents
from kinds.api.python.streams.requests import put_param
from kinds.api.python.streams.windows import End

# What stands in texts, in place of a parameter of its own.
PLACES = ('{since}', '{until}', '{page}', '{offset}', '{cursor}', '{limit}')


class Typed(str):
    """A text that is nothing but a {name}, and has the type of what that stands for."""


class Json(str):
    """A text that is nothing but a {name}, which stands for JSON."""


class Texts(BaseStream):
    # Parameters with {names}; one of which a {name} has no value is left out.
    TEXTS = {}

    def request(self, params: Dict):
        params, values = self.take_values(params)
        arguments, url = {}, self.url
        self.add_headers(arguments, values)
        # The address of a next page has all of them already.
        if url == f'{self.BASE_URL}/{self.PATH}':
            params = {**fill_texts(leave_out(self.TEXTS, values), values), **params}
            values = self.quote_values(values)
            url = url.format_map(values)
        arguments['params'] = params
        response = self.client.request(url, **arguments)
        response = self.mark_empty(response)
        return response

    def take_values(self, params: Dict) -> Tuple[Dict, Dict]:
        """Return the parameters that are sent as they are, and what {names} stand for."""
        values = {name[1:-1]: params[name] for name in PLACES if name in params}
        values = {**self.client.config, **values}
        values = self.add_parent_values(values)
        return {name: value for name, value in params.items() if name not in PLACES}, values

    def add_parent_values(self, values: Dict) -> Dict:
        return values

    def add_headers(self, arguments: Dict, values: Dict) -> None:
        """Add the stream's own headers to the arguments of a request."""

    def quote_values(self, values: Dict) -> Dict:
        """Return the values as an address has them."""
        return values

    def mark_empty(self, response):
        """Return the response, marked where its status means no records."""
        return response


class TextBodies(Texts):
    """Some streams aren't asked for by GET."""

    METHOD = 'get'
    BODY = None
    # Parameters that stand in the body; there, a.b is b inside a, and a.0 is the first of a list.
    BODY_PARAMS = ()

    def request(self, params: Dict):
        params, values = self.take_values(params)
        url = self.url
        body = fill_texts(leave_out(self.BODY, values), values)
        texts = leave_out(self.TEXTS, values)
        for name in [name for name in texts if name in self.BODY_PARAMS]:
            text, name = fill_texts(texts.pop(name), values), name.format_map(values)
            self.put_field(body, name, text)
        for name in [name for name in params if name in self.BODY_PARAMS]:
            self.put_field(body, name, params.pop(name))
        arguments = {'method': self.METHOD, 'body': body}
        self.name_form(arguments)
        self.add_headers(arguments, values)
        # The address of a next page has all of the others already.
        if url == f'{self.BASE_URL}/{self.PATH}':
            params = {**fill_texts(texts, values), **params}
            values = self.quote_values(values)
            url = url.format_map(values)
        arguments['params'] = params
        response = self.client.request(url, **arguments)
        response = self.mark_empty(response)
        return response

    def put_field(self, body: Dict, name: str, value) -> None:
        put_param(body, name.split('.'), value, name)

    def name_form(self, arguments: Dict) -> None:
        """Say in the arguments of a request that its body is a form."""

    def note_body(self, params: Dict) -> None:
        # A body is sent again, while an address has all of the query.
        names = (*PLACES, *self.BODY_PARAMS)
        self.kept = {name: params[name] for name in names if name in params}

    def add_body(self, params: Dict) -> Dict:
        return {**self.kept, **params}


class FormTexts(TextBodies):
    """Some bodies are forms, in which names have no dots with a meaning."""

    BODY_AS = 'json'

    def put_field(self, body: Dict, name: str, value) -> None:
        if self.BODY_AS == 'form':
            body[name] = value
        else:
            put_param(body, name.split('.'), value, name)

    def name_form(self, arguments: Dict) -> None:
        arguments['form'] = self.BODY_AS == 'form'


class HeaderTexts(Texts):
    """Some streams have headers of their own."""

    HEADERS = {}

    def add_headers(self, arguments: Dict, values: Dict) -> None:
        arguments['headers'] = fill_texts(leave_out(self.HEADERS, values), values)


class EmptyTexts(Texts):
    """Some streams get errors where there are no records."""

    EMPTY_STATUSES = ()

    def mark_empty(self, response):
        if response.status_code in self.EMPTY_STATUSES:
            # That is, no content.
            response.status_code = 204
        return response


class ParentTexts(Texts, Parents):
    """Some streams are asked for by records of others."""

    def fill_url(self, url: str) -> str:
        return url

    def add_parent_values(self, values: Dict) -> Dict:
        return {**values, **self.parent}

    def quote_values(self, values: Dict) -> Dict:
        # A field of a parent may have characters that mean something in an address.
        return {**values, **{name: quote(str(values[name]), safe='') for name in self.parent}}


class TextMoments(MomentParams):
    """Texts have moments, each in a format of its own."""

    @classmethod
    def to_param(cls, moment):
        """Return a moment as texts take it."""
        return Moment.fromisoformat(moment.isoformat())


class TextEnd(End):
    def ask_until(self, params: Dict) -> None:
        """Have the texts end where the run does: at its `_end_date`, or now."""
        if self.BOOKMARK_END_PARAM:
            end = to_moment(self.until, '_end_date') if self.until else datetime.now(timezone.utc)
            params[self.BOOKMARK_END_PARAM] = self.to_param(end)


def fill_texts(value, values: Dict):
    """Return a copy in which the {names} in texts are replaced by what they stand for."""
    if isinstance(value, Typed):
        name, _, form = value[1:-1].partition(':')
        return int(format(values[name], form)) if form else values[name]
    if isinstance(value, Json):
        return json.loads(value.format_map(values))
    if isinstance(value, str):
        return value.format_map(values)
    if isinstance(value, list):
        return [fill_texts(item, values) for item in value]
    if isinstance(value, dict):
        return {fill_texts(key, values): fill_texts(item, values) for key, item in value.items()}
    return value
