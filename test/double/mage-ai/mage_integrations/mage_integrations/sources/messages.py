"""Writes Singer's messages to standard output."""
import sys

from singer import messages

from mage_integrations.utils.parsers import to_json


class SchemaMessage(messages.SchemaMessage):
    def __init__(
        self,
        disable_column_type_check=None,
        partition_keys=None,
        replication_method=None,
        unique_conflict_method=None,
        unique_constraints=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.disable_column_type_check = disable_column_type_check
        self.partition_keys = partition_keys
        self.replication_method = replication_method
        self.unique_conflict_method = unique_conflict_method
        self.unique_constraints = unique_constraints

    def asdict(self):
        result = super().asdict()
        if self.disable_column_type_check is not None:
            result['disable_column_type_check'] = self.disable_column_type_check
        for name in (
            'partition_keys',
            'replication_method',
            'unique_conflict_method',
            'unique_constraints',
        ):
            if getattr(self, name):
                result[name] = getattr(self, name)
        return result


def write_message(message):
    try:
        line = to_json(message.asdict())
    except ValueError as error:
        raise Exception(f'Fail to serialize message {message}') from error
    sys.stdout.write(f'{line}\n')
    sys.stdout.flush()


def write_schema(stream_name, schema, key_properties, stream_alias=None, **kwargs):
    if isinstance(key_properties, (str, bytes)):
        key_properties = [key_properties]
    if not isinstance(key_properties, list):
        raise Exception('key_properties must be a string or list of strings')
    write_message(SchemaMessage(
        stream=stream_alias or stream_name,
        schema=schema,
        key_properties=key_properties,
        **kwargs,
    ))


def write_records(stream_name, records):
    for record in records:
        write_message(messages.RecordMessage(stream=stream_name, record=record))


def write_state(value):
    write_message(messages.StateMessage(value=value))
