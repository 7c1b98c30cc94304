"""Singer's messages as Python objects."""


class Message:
    def asdict(self):
        raise NotImplementedError

    def __str__(self):
        return str(self.asdict())


class RecordMessage(Message):
    def __init__(self, stream, record):
        self.stream = stream
        self.record = record

    def asdict(self):
        return {'type': 'RECORD', 'stream': self.stream, 'record': self.record}


class SchemaMessage(Message):
    def __init__(self, stream, schema, key_properties, bookmark_properties=None):
        if isinstance(bookmark_properties, (str, bytes)):
            bookmark_properties = [bookmark_properties]
        if bookmark_properties and not isinstance(bookmark_properties, list):
            raise Exception('bookmark_properties must be a string or list of strings')
        self.stream = stream
        self.schema = schema
        self.key_properties = key_properties
        self.bookmark_properties = bookmark_properties

    def asdict(self):
        result = {
            'type': 'SCHEMA',
            'stream': self.stream,
            'schema': self.schema,
            'key_properties': self.key_properties,
        }
        if self.bookmark_properties:
            result['bookmark_properties'] = self.bookmark_properties
        return result


class StateMessage(Message):
    def __init__(self, value):
        self.value = value

    def asdict(self):
        return {'type': 'STATE', 'value': self.value}
