"""A connection to PostgreSQL; it takes no `verbose`, so it always logs."""
from psycopg2 import connect

from mage_integrations.connections.sql.base import Connection


class PostgreSQL(Connection):
    def __init__(
        self, database, host, password, username, port=None, connection_factory=None,
    ):
        super().__init__()
        self.database = database
        self.host = host
        self.password = password
        self.username = username
        self.port = port or 5432
        self.connection_factory = connection_factory

    def build_connection(self):
        more = {}
        if self.connection_factory is not None:
            more['connection_factory'] = self.connection_factory
        return connect(
            dbname=self.database,
            host=self.host,
            password=self.password,
            port=self.port,
            user=self.username,
            **more,
        )
