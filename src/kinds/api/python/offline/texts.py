"""Fake APIs and tests of streams whose requests have {names} in texts."""

import json
import re
from datetime import timedelta
from string import Formatter
from urllib.parse import parse_qsl, unquote, urlsplit

from kinds.api.python.offline.base import FakeApi, to_moment
from kinds.api.python.offline.body_params import flatten
from kinds.api.python.offline.incremental_tests import Moments, MomentsAndCounters


class FakeTexts(FakeApi):
    def read_params(self, request):
        """Return the parameters of a request, and what its texts have in place of {names}."""
        sent = dict(parse_qsl(urlsplit(request.url).query))
        sent = self.add_body(sent, request)
        url = unquote(request.url.partition('?')[0])
        found = match(f'{self.stream.BASE_URL}/{self.stream.PATH}', url) or {}
        for name, text in list_texts(self.stream):
            for place, value in sent.items():
                if match(name, place) is not None:
                    found = {**(match(text, value) or {}), **found}
        found = self.add_headers(found, request)
        return {**sent, **found}

    def add_headers(self, found, request):
        return found

    def add_body(self, sent, request):
        return sent


class FakeTextBodies(FakeTexts):
    def add_body(self, sent, request):
        if request.headers.get('Content-Type') == 'application/json':
            return {**sent, **dict(flatten(json.loads(request.body)))}
        return sent


class FakeForms(FakeTextBodies):
    def add_body(self, sent, request):
        if request.headers.get('Content-Type') == 'application/x-www-form-urlencoded':
            return {**sent, **dict(parse_qsl(request.body))}
        if request.headers.get('Content-Type') == 'application/json':
            return {**sent, **dict(flatten(json.loads(request.body)))}
        return sent


class FakeTextHeaders(FakeTexts):
    def add_headers(self, found, request):
        for name, text in self.stream.HEADERS.items():
            found = {**(match(text, request.headers.get(name, '')) or {}), **found}
        return found


class TextMoments(Moments):
    def get_asked(self, stream, number):
        since = to_moment(number) - timedelta(seconds=stream.BOOKMARK_STEP)
        since = self.look_back(since, stream)
        since = self.begin_window(since, stream)
        return format(stream.to_param(since), get_format(stream))


class MixedTexts(TextMoments, MomentsAndCounters):
    """Bookmarks are moments in some streams, numbers in others."""

    def get_asked(self, stream, number):
        if stream.COUNTER:
            return str(number - 1)
        since = to_moment(number) - timedelta(seconds=stream.BOOKMARK_STEP)
        since = self.look_back(since, stream)
        since = self.begin_window(since, stream)
        return format(stream.to_param(since), get_format(stream))


def get_format(stream):
    """Return the format in which the first text that has the bookmark writes it."""
    texts = [stream.PATH, *(text for _, text in list_texts(stream))]
    texts += getattr(stream, 'HEADERS', {}).values()
    parts = [part for text in texts for part in Formatter().parse(text)]
    return next(form for _, name, form, _ in parts if name == 'since')


def list_texts(stream):
    """Return the texts of a stream, with the names of the parameters that have them."""
    texts = [*stream.TEXTS.items(), *flatten(getattr(stream, 'BODY', None) or {})]
    return [(name, text) for name, text in texts if isinstance(text, str)]


def match(text, sent):
    """Return what stands in place of the {names} of a text, None where it isn't that text."""
    pattern, names = '', []
    for before, name, _, _ in Formatter().parse(text):
        pattern += re.escape(unquote(before))
        if name is not None:
            pattern += '(.+?)'
            names.append(f'{{{name}}}')
    found = re.fullmatch(pattern, sent, re.IGNORECASE)
    return found and dict(zip(names, found.groups()))
