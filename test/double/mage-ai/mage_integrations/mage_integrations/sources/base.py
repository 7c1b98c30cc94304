"""The base class of every source, with the traps that the real one sets to connectors."""
import inspect
import json
import os
import sys
import traceback

import singer
from singer.schema import Schema
from singer.utils import handle_top_exception

from mage_integrations.sources.catalog import Catalog, CatalogEntry
from mage_integrations.sources.constants import (
    REPLICATION_METHOD_FULL_TABLE,
    REPLICATION_METHOD_INCREMENTAL,
    REPLICATION_METHOD_LOG_BASED,
)
from mage_integrations.sources.messages import write_records, write_schema, write_state
from mage_integrations.sources.utils import get_standard_metadata, parse_args
from mage_integrations.utils.logger import Logger
from mage_integrations.utils.logger.constants import TYPE_SAMPLE_DATA
from mage_integrations.utils.sample import frame_to_json
from mage_integrations.utils.schema_helpers import extract_selected_columns

LOGGER = singer.get_logger()
BOOKMARKED = (REPLICATION_METHOD_INCREMENTAL, REPLICATION_METHOD_LOG_BASED)


class Source:
    def __init__(
        self,
        args=None,
        catalog=None,
        config=None,
        count_records=False,
        discover_mode=False,
        discover_streams_mode=False,
        is_sorted=True,
        load_sample_data=False,
        log_to_stdout=False,
        logger=LOGGER,
        query=None,
        schemas_folder='schemas',
        selected_streams=None,
        settings=None,
        show_templates=False,
        state=None,
        test_connection=False,
        verbose=1,
    ):
        # Only truthy arguments count: an empty config leaves None.
        args = parse_args([])
        self.catalog = args.catalog or catalog
        self.config = args.config or config
        self.count_records_mode = args.count_records or count_records
        self.discover_mode = args.discover or discover_mode
        self.discover_streams_mode = args.discover_streams or discover_streams_mode
        self.is_sorted = is_sorted
        self.load_sample_data = args.load_sample_data or load_sample_data
        self.logger = Logger(
            caller=self,
            log_to_stdout=args.log_to_stdout or log_to_stdout,
            logger=logger,
            verbose=verbose,
        )
        self.schemas_folder = schemas_folder
        self.selected_streams = args.selected_streams or selected_streams
        self.settings = settings
        self.show_templates = args.show_templates or show_templates
        self.should_test_connection = args.test_connection or test_connection
        self.state = args.state or state
        query = args.query or query or {}
        self.query = json.loads(query) if isinstance(query, str) else query

    @classmethod
    def templates(cls):
        """Each file of templates/ read as JSON, by its name without `.json`."""
        return _load_folder(cls, 'templates')

    def load_schemas_from_folder(self):
        """Each file of schemas/ as a Schema, by its name without `.json`, whatever the file is."""
        files = _load_folder(type(self), self.schemas_folder)
        return {name: Schema.from_dict(schema) for name, schema in files.items()}

    def discover(self, streams=None):
        return Catalog([
            self.build_catalog_entry(stream_id, schema)
            for stream_id, schema in self.load_schemas_from_folder().items()
            if not streams or stream_id in streams
        ])

    def discover_streams(self):
        return [{'stream': i, 'tap_stream_id': i} for i in self.get_stream_ids()]

    def get_stream_ids(self):
        ids = []
        for stream in self.discover().streams:
            if type(stream) is CatalogEntry:
                ids.append(stream.tap_stream_id)
            elif type(stream) is dict:
                ids.append(stream['tap_stream_id'])
            else:
                raise Exception(f'Invalid stream class type of {type(stream).__name__}.')
        return ids

    def internal_column_schema(self, stream, bookmarks=None):
        return {}

    def process(self):
        """Does what the command line asks for; an error is logged and ends the process."""
        self.logger.info('Process started.')
        try:
            self.__process()
        except Exception as error:
            message = f'{type(self).__name__} process failed with error {error}.'
            self.logger.exception(message, tags={
                'error': str(error),
                'errors': traceback.format_stack(),
                'message': traceback.format_exc(),
            })
            raise Exception(message)

    def __process(self):
        if self.should_test_connection:
            self.test_connection()
        elif self.load_sample_data:
            self.__write_samples()
        elif self.discover_mode:
            self.__write_discovery()
        elif self.count_records_mode:
            self.__write_counts()
        elif self.show_templates:
            json.dump(self.templates(), sys.stdout)
        else:
            self.__run()

    def __write_samples(self):
        catalog = self.catalog or self.discover(streams=self.selected_streams)
        for stream in [catalog.get_stream(stream_id) for stream_id in self.selected_streams]:
            batches = self.load_data(stream, sample_data=True)
            if batches is not None:
                # Only the first batch is read; without one this is an error with no message.
                sample = frame_to_json(next(batches))
                print(json.dumps({
                    'stream_id': stream.tap_stream_id,
                    'sample_data': sample,
                    'type': TYPE_SAMPLE_DATA,
                }))

    def __write_discovery(self):
        if self.discover_streams_mode:
            json.dump(self.discover_streams(), sys.stdout)
            return
        catalog = self.discover(streams=self.selected_streams)
        # Any other result, a subclass of Catalog too, is silently not written.
        if type(catalog) is Catalog:
            catalog.dump()
        elif type(catalog) is dict:
            json.dump(catalog, sys.stdout)

    def __write_counts(self):
        counts = []
        for stream in self.catalog.get_selected_streams(self.state or {}):
            if stream.tap_stream_id in self.selected_streams:
                count = self.count_records(
                    stream=stream,
                    bookmarks=self.__bookmarks(stream),
                    query=self.query,
                )
                counts.append(
                    {'count': count, 'id': stream.tap_stream_id, 'stream': stream.tap_stream_id},
                )
        json.dump(counts, sys.stdout)

    def __run(self):
        if self.catalog:
            catalog = self.catalog
            self.__add_new_fields(catalog)
        else:
            catalog = self.discover(streams=self.selected_streams)
        if self.selected_streams:
            catalog.streams = [
                s for s in catalog.streams if s.tap_stream_id in self.selected_streams
            ]
        self.sync(catalog)

    def __add_new_fields(self, catalog):
        open_streams = {s.tap_stream_id: s for s in catalog.streams if s.auto_add_new_fields}
        if not open_streams:
            return
        for found in self.discover(streams=list(open_streams)).streams:
            stream_id = found['tap_stream_id'] if type(found) is dict else found.tap_stream_id
            if stream_id in open_streams:
                open_streams[stream_id].update_schema(found)

    def sync(self, catalog, properties=None):
        """Writes the lines of the selected streams, one stream after the other."""
        self.logger.info('Sync started.')
        for stream in catalog.get_selected_streams(self.state or {}):
            self.process_stream(stream, properties)
            count = self.sync_stream(stream, properties)
            self.logger.info(
                f'Sync for stream {stream.tap_stream_id} completed.',
                tags={'stream': stream.tap_stream_id, 'records': count},
            )
        self.logger.info('Sync completed.')

    def process_stream(self, stream, properties=None):
        if stream.replication_method not in (REPLICATION_METHOD_FULL_TABLE, *BOOKMARKED):
            message = f'Invalid replication_method {stream.replication_method}'
            self.logger.exception(message)
            raise Exception(message)

        bookmarks = self.__bookmarks(stream)
        schema = stream.schema.to_dict()
        known = schema['properties']
        if properties:
            schema['properties'] = {k: known.get(k, v) for k, v in properties.items()}
        else:
            columns = extract_selected_columns(stream.metadata)
            schema['properties'] = {k: known[k] for k in columns if k in known}
        schema['properties'].update(self.internal_column_schema(stream, bookmarks=bookmarks))
        write_schema(
            bookmark_properties=self._get_bookmark_properties_for_stream(
                stream, bookmarks=bookmarks,
            ),
            disable_column_type_check=stream.disable_column_type_check,
            key_properties=stream.key_properties,
            partition_keys=stream.partition_keys,
            replication_method=stream.replication_method,
            schema=schema,
            stream_name=stream.tap_stream_id,
            unique_conflict_method=stream.unique_conflict_method,
            unique_constraints=stream.unique_constraints,
        )

    def sync_stream(self, stream, properties=None):
        bookmark_properties = self._get_bookmark_properties_for_stream(stream)
        start_date = self.__start_date(stream)
        count = 0
        max_bookmark = []
        for rows in self.load_data(
            bookmarks=self.__bookmarks(stream),
            query=self.query,
            start_date=start_date,
            stream=stream,
        ):
            result = self.write_records(stream, rows, properties)
            max_bookmark = max(max_bookmark, result['max_bookmark'])
            count += len(rows)
        if bookmark_properties and not self.is_sorted and max_bookmark:
            self.__write_bookmarks(stream, dict(zip(bookmark_properties, max_bookmark)))
        return count

    def write_records(self, stream, rows, properties=None):
        """Writes the selected columns of each row; a missing one becomes null."""
        bookmarks = self.__bookmarks(stream)
        bookmark_properties = self._get_bookmark_properties_for_stream(
            stream, bookmarks=bookmarks,
        )
        columns = extract_selected_columns(stream.metadata)
        if properties is not None:
            columns = list(properties)
        columns += self.internal_column_schema(stream, bookmarks=bookmarks)

        record = None
        max_bookmark = []
        for row in rows:
            record = {column: row.get(column) for column in columns}
            write_records(stream.tap_stream_id, [record])
            if stream.replication_method in BOOKMARKED and bookmark_properties:
                values = {column: row.get(column) for column in bookmark_properties}
                if self.is_sorted:
                    # The last record wins, whether or not its bookmark is the greatest.
                    self.__write_bookmarks(stream, values)
                else:
                    # A null among the values can't be compared and raises TypeError.
                    max_bookmark = max(max_bookmark, list(values.values()))
        return {'final_record': record, 'max_bookmark': max_bookmark}

    def build_catalog_entry(
        self,
        stream_id,
        schema,
        bookmark_properties=None,
        key_properties=None,
        replication_key=None,
        replication_method=None,
        **kwargs,
    ):
        """A stream's entry; the keys that the class names go to the metadata only."""
        method = replication_method or self.get_forced_replication_method(stream_id)
        metadata = get_standard_metadata(
            key_properties=key_properties or self.get_table_key_properties(stream_id),
            replication_method=method,
            schema=schema.to_dict(),
            stream_id=stream_id,
            valid_replication_keys=(
                bookmark_properties or self.get_valid_replication_keys(stream_id)
            ),
        )
        for entry in metadata:
            if not entry['breadcrumb']:
                entry['metadata']['selected'] = False
        if not replication_key and bookmark_properties:
            replication_key = bookmark_properties[0]
        return CatalogEntry(**{
            'bookmark_properties': bookmark_properties,
            'key_properties': key_properties or [],
            'metadata': metadata,
            'replication_key': replication_key or '',
            'replication_method': method,
            'schema': schema,
            'stream': stream_id,
            'tap_stream_id': stream_id,
            **kwargs,
        })

    def test_connection(self):
        raise Exception('This source has no connection test.')

    def count_records(self, stream, bookmarks=None, query=None, **kwargs):
        return 0

    def load_data(
        self, stream, bookmarks=None, query=None, sample_data=False, start_date=None, **kwargs,
    ):
        raise Exception('This source loads no data.')

    def get_forced_replication_method(self, stream_id):
        return REPLICATION_METHOD_FULL_TABLE

    def get_table_key_properties(self, stream_id):
        return []

    def get_valid_replication_keys(self, stream_id):
        return []

    def _get_bookmark_properties_for_stream(self, stream, bookmarks=None):
        if stream.replication_method != REPLICATION_METHOD_INCREMENTAL:
            return []
        if stream.replication_key:
            return [stream.replication_key]
        return stream.bookmark_properties or []

    def __bookmarks(self, stream):
        if stream.replication_method in BOOKMARKED:
            return (self.state or {}).get('bookmarks', {}).get(stream.tap_stream_id)
        return None

    def __start_date(self, stream):
        # `self.config` is None here if it was empty, and this raises.
        if stream.replication_method != REPLICATION_METHOD_INCREMENTAL:
            if self.config.get('start_date'):
                # Only needed for a source that has a start date.
                import dateutil.parser
                return dateutil.parser.parse(self.config['start_date'])
        return None

    def __write_bookmarks(self, stream, values):
        state = {}
        for column, value in values.items():
            singer.write_bookmark(state, stream.tap_stream_id, column, value)
        write_state(state)


def _load_folder(source_class, folder):
    path = os.path.join(os.path.dirname(inspect.getfile(source_class)), folder)
    content = {}
    for name in os.listdir(path):
        if os.path.isfile(os.path.join(path, name)):
            with open(os.path.join(path, name)) as file:
                content[name.replace('.json', '')] = json.load(file)
    return content


@handle_top_exception(LOGGER)
def main(source_class, **kwargs):
    source_class(**kwargs).process()
