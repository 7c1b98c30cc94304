"""A connection to Snowflake; it takes no `verbose`, so it always logs."""
from snowflake.connector import connect

from mage_integrations.connections.sql.base import Connection


class Snowflake(Connection):
    def __init__(
        self,
        account,
        database,
        schema,
        username,
        warehouse,
        password=None,
        private_key_file=None,
        private_key_file_pwd=None,
        role=None,
    ):
        super().__init__()
        self.account = account
        self.database = database
        self.schema = schema
        self.username = username
        self.warehouse = warehouse
        self.password = password
        self.private_key_file = private_key_file
        self.private_key_file_pwd = private_key_file_pwd
        self.role = role

    def build_connection(self):
        given = {
            'password': self.password,
            'private_key_file': self.private_key_file,
            'private_key_file_pwd': (self.private_key_file_pwd or '').encode(),
            'role': self.role,
        }
        return connect(
            account=self.account,
            database=self.database,
            schema=self.schema,
            user=self.username,
            warehouse=self.warehouse,
            **{key: value for key, value in given.items() if value},
        )
