"""PostgreSQL through an SSH tunnel."""

from kinds.sql.dialects.postgresql.dialect import PostgreSQL
from kinds.sql.python.ssh_tunnel import SshTunnel


class PostgreSQLTunnel(PostgreSQL, SshTunnel):
    def _by_its_name(self, settings, options):
        """The server's certificate is for its own name, also where a tunnel leads to it."""
        if settings['host'] != self.config['host']:
            options['hostaddr'] = settings['host']
        return {**settings, 'host': self.config['host']}
