"""A connection to Redshift; it sets no `iam`, so the driver takes no access keys."""
from redshift_connector import connect

from mage_integrations.connections.sql.base import Connection


class Redshift(Connection):
    def __init__(
        self,
        access_key_id=None,
        cluster_identifier=None,
        database=None,
        db_user=None,
        host=None,
        password=None,
        port=None,
        region=None,
        secret_access_key=None,
        user=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.settings = {
            'access_key_id': access_key_id,
            'cluster_identifier': cluster_identifier,
            'database': database,
            'db_user': db_user,
            'host': host,
            'password': password,
            'port': port or 5439,
            'region': region,
            'secret_access_key': secret_access_key,
            'user': user,
        }

    def build_connection(self):
        return connect(**self.settings)
