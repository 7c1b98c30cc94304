"""A test double of Mage's fork of singer-python: only what connectors and the double rely on."""
from singer import metadata, utils
from singer.bookmarks import get_bookmark, write_bookmark
from singer.catalog import Catalog, CatalogEntry
from singer.logger import get_logger
from singer.schema import Schema

__all__ = [
    'Catalog',
    'CatalogEntry',
    'Schema',
    'get_bookmark',
    'get_logger',
    'metadata',
    'utils',
    'write_bookmark',
]
