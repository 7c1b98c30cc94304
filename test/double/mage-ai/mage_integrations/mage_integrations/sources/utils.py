"""The command line of a source, and the metadata of its streams."""
import argparse
import json

from singer.metadata import to_list, write
from singer.utils import check_config, load_json

from mage_integrations.sources.catalog import Catalog
from mage_integrations.sources.constants import INCLUSION_AUTOMATIC, INCLUSION_AVAILABLE

FLAGS = (
    'count_records', 'discover_streams', 'load_sample_data', 'show_templates', 'test_connection',
)
VALUES = (
    'catalog', 'catalog_json', 'config_json', 'log_to_stdout', 'query', 'query_json',
    'selected_streams_json', 'settings', 'state_json',
)


def get_standard_metadata(
    key_properties=None,
    replication_method=None,
    schema=None,
    stream_id=None,
    valid_replication_keys=None,
):
    """The metadata list of a stream: one entry of its own, one for each column."""
    mdata = {}
    if key_properties is not None:
        write(mdata, (), 'table-key-properties', key_properties)
    if replication_method:
        write(mdata, (), 'forced-replication-method', replication_method)
    if valid_replication_keys is not None:
        write(mdata, (), 'valid-replication-keys', valid_replication_keys)
    if schema:
        write(mdata, (), 'inclusion', INCLUSION_AVAILABLE)
        if stream_id:
            write(mdata, (), 'schema-name', stream_id)
        needed = [*(key_properties or []), *(valid_replication_keys or [])]
        for column in schema['properties']:
            inclusion = INCLUSION_AUTOMATIC if column in needed else INCLUSION_AVAILABLE
            write(mdata, ('properties', column), 'inclusion', inclusion)
    return to_list(mdata)


def parse_args(required_config_keys):
    """The arguments, with the files and JSON texts that they name read; unknown ones are ignored.

    Later ones win: settings, then a catalog or config file, then a JSON text.
    """
    args = _parser().parse_known_args()[0]
    settings = _settings(args.settings) if args.settings else {}
    catalog, config = args.catalog, dict(settings.get('config') or {}) if not args.config else {}

    args.catalog = Catalog.from_dict(load_json(catalog)) if catalog else None
    chosen = (settings.get('data_integration') or {}).get('catalog') or settings.get('catalog')
    if chosen and not catalog:
        args.catalog = Catalog.from_dict(chosen)
    if args.catalog_json:
        args.catalog = Catalog.from_dict(json.loads(args.catalog_json))

    if args.config:
        config.update(load_json(args.config))
    config.update(_loaded(args.config_json, {}))
    args.config = config
    args.state = load_json(args.state) if args.state else _loaded(args.state_json, {})
    args.query = {**_loaded(args.query_json, {}), **_loaded(args.query, {})}
    args.selected_streams = _loaded(args.selected_streams_json, [])
    check_config(args.config, required_config_keys)
    return args


def _parser():
    parser = argparse.ArgumentParser()
    parser.add_argument('-c', '--config')
    parser.add_argument('-d', '--discover', action='store_true')
    parser.add_argument('-s', '--state')
    for name in FLAGS:
        parser.add_argument(f'--{name}', action='store_true')
    for name in VALUES:
        parser.add_argument(f'--{name}')
    return parser


def _loaded(text, default):
    return json.loads(text) if text else default


def _settings(path):
    if path.endswith('.json'):
        return load_json(path)
    # Only needed for settings in YAML.
    import yaml
    with open(path) as file:
        return yaml.safe_load(file)
