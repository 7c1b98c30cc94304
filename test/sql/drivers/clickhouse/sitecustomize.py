"""
ClickHouse in the process in place of a server: statements go to the engine itself, and what it answers, in the format of
ClickHouse's own protocol, is taken apart by the driver itself. Only the way between them is left out.
"""
import os
import sys
from io import BytesIO
from types import ModuleType, SimpleNamespace


def connect(**arguments):
    from driver_double import log

    log(event='connect', arguments=[], named=arguments)
    return Connection(arguments['settings'])


class Connection:
    def __init__(self, settings):
        from chdb.session import Session

        self.session = Session(os.environ['CLICKHOUSE_FOLDER'])
        self.session.query('USE shop')
        for key, value in settings.items():
            self.session.query(f'SET {key} = {value}')

    def cursor(self):
        return Cursor(self.session)

    def close(self):
        from driver_double import log

        log(event='close')


class Cursor:
    def __init__(self, session):
        self.session = session

    def set_stream_results(self, streamed, rows):
        assert streamed and rows

    def execute(self, statement):
        from driver_double import log

        log(event='execute', statement=statement)
        self.rows = rows_of(self.session.query(statement, 'Native').bytes())

    def fetchmany(self, size):
        return [row for _, row in zip(range(size), self.rows)]

    def close(self):
        pass


def rows_of(answer):
    from clickhouse_driver.bufferedreader import BufferedSocketReader
    from clickhouse_driver.context import Context
    from clickhouse_driver.streams.native import BlockInputStream

    context = Context()
    context.settings = context.client_settings = {
        'strings_as_bytes': False,
        'strings_encoding': 'utf-8',
        'use_numpy': False,
        'opentelemetry_traceparent': None,
        'opentelemetry_tracestate': '',
        'quota_key': '',
        'input_format_null_as_default': False,
        'namedtuple_as_json': True,
        'server_side_params': False,
    }
    context.server_info = SimpleNamespace(used_revision=0, get_timezone=lambda: 'UTC')
    source = BytesIO(answer)
    stream = BlockInputStream(BufferedSocketReader(SimpleNamespace(recv_into=source.readinto), 65536), context)
    try:
        while True:
            yield from stream.read().get_rows()
    except EOFError:
        return


module = ModuleType('clickhouse_driver.dbapi')
module.connect = connect
sys.modules['clickhouse_driver.dbapi'] = module
