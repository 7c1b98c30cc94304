"""XML: elements as dicts of their attributes and children."""

from xml.etree import ElementTree

import requests

from kinds.api.python.files import load
from kinds.api.python.text_format import TextFormat


class Xml(TextFormat):
    FORMAT = 'XML'

    def decode(self, response: requests.Response):
        # XML may tell its encoding itself.
        tells = b'encoding=' in response.content.partition(b'?>')[0]
        try:
            root = ElementTree.fromstring(response.content if tells else self.read_text(response))
        except ElementTree.ParseError as error:
            raise ValueError(str(error)) from error
        return {root.tag.rpartition('}')[2]: to_value(root)}

    def decode_files(self, files):
        return map(self.decode, map(load, files))


def to_value(element):
    """Return an element as a dict of its attributes and children, or else as its text.

    Children of the same name are a list.
    """
    value = dict(element.attrib)
    for child in element:
        tag = child.tag.rpartition('}')[2]
        if tag not in value:
            value[tag] = to_value(child)
        elif isinstance(value[tag], list):
            value[tag].append(to_value(child))
        else:
            value[tag] = [value[tag], to_value(child)]
    return value or (element.text or '').strip() or None
