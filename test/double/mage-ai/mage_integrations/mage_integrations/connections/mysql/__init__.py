"""A connection to MySQL; the real one can go through an SSH tunnel, which this one refuses."""
from enum import Enum

from mysql.connector import connect

from mage_integrations.connections.sql.base import Connection


class ConnectionMethod(str, Enum):
    DIRECT = 'direct'
    SSH_TUNNEL = 'ssh_tunnel'


class MySQL(Connection):
    def __init__(
        self,
        database,
        host,
        password,
        username,
        port=None,
        connection_method=ConnectionMethod.DIRECT,
        conn_kwargs=None,
        ssh_host=None,
        ssh_port=22,
        ssh_username=None,
        ssh_password=None,
        ssh_pkey=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.connection_method = connection_method
        self.database = database
        self.host = host
        self.password = password
        self.username = username
        self.port = port or 3306
        self.conn_kwargs = conn_kwargs or {}

    def build_connection(self):
        if self.connection_method == ConnectionMethod.SSH_TUNNEL:
            raise NotImplementedError('The double of Mage has no SSH tunnels')
        return connect(
            database=self.database,
            host=self.host,
            password=self.password,
            port=self.port,
            user=self.username,
            **self.conn_kwargs,
        )
