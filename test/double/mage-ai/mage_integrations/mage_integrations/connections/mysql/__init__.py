"""A connection to MySQL, without the SSH tunnels of the real one."""
from mysql.connector import connect

from mage_integrations.connections.sql.base import Connection


class MySQL(Connection):
    def __init__(
        self,
        database,
        host,
        password,
        username,
        port=None,
        conn_kwargs=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.database = database
        self.host = host
        self.password = password
        self.username = username
        self.port = port or 3306
        self.conn_kwargs = conn_kwargs or {}

    def build_connection(self):
        return connect(
            database=self.database,
            host=self.host,
            password=self.password,
            port=self.port,
            user=self.username,
            **self.conn_kwargs,
        )
