"""A source of which some streams are found at run time, in the records of others."""

from functools import cached_property
from typing import Dict

from kinds.api.python.registry import STREAMS
from kinds.api.python.sources.parents import ParentsSource
from kinds.api.python.streams.listed import name_all
from mage_integrations.utils.schema_helpers import extract_selected_columns


class ListedSource(ParentsSource):
    @cached_property
    def found(self) -> Dict:
        """The streams that are made of records, by their names; each list is read once in a run."""
        templates = [stream for stream in STREAMS.values() if stream.LIST]
        items = [
            (template, key, record)
            for template in templates
            for key, record in template(self.client).get_items().items()
        ]
        fixed = [name for name, stream in STREAMS.items() if not stream.LIST]
        titles = [(template.get_title(record), key) for template, key, record in items]
        names = name_all(titles, fixed, 'stream')
        schemas = super().load_schemas_from_folder()
        return {
            name: template.make(name, record, schemas[template.TABLE].properties)
            for name, (template, _, record) in zip(names, items)
        }

    def find_stream(self, stream_id: str):
        """Return the class of a stream. Lists are asked for nothing but streams of theirs."""
        stream = STREAMS.get(stream_id)
        if stream and not stream.LIST:
            return stream
        if stream_id not in self.found:
            found = ', '.join(self.found) or 'none'
            hint = 'take it out of the pipeline, or choose another'
            raise ValueError(
                f'{stream_id} is no stream that the API has now: {hint}, of {found:.300}'
            )
        return self.found[stream_id]

    def load_schemas_from_folder(self) -> Dict:
        """Return the schemas of the streams; those of found ones have the columns that were found."""  # noqa: E501
        schemas = super().load_schemas_from_folder()
        fixed = {name: schema for name, schema in schemas.items() if not STREAMS[name].LIST}
        if self.selected_streams and fixed.keys() >= set(self.selected_streams):
            return fixed
        for name in self.selected_streams if self.load_sample_data else ():
            # Mage would fail with an error of its own.
            self.find_stream(name)
        return {**fixed, **{name: stream.SCHEMA for name, stream in self.found.items()}}

    def check_selected(self, stream, source) -> None:
        """Refuse columns that are selected and aren't there any more, which would be empty."""
        if source.LIST:
            selected = extract_selected_columns(stream.metadata)
            gone = [name for name in selected if name not in source.SCHEMA.properties]
            if gone:
                hint = 'choose the columns of the stream anew'
                raise ValueError(f'{source.TABLE} has no {", ".join(gone):.300} any more: {hint}')

    def test_connection(self) -> None:
        """Read the first page of the first stream that needs no other; an error says what is wrong."""  # noqa: E501
        first = next(each for each in STREAMS.values() if not each.PARENTS and not each.LIST)
        stream = first(self.client)
        self.begin(stream)
        next(stream.load_data())
