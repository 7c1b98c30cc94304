"""MySQL through an SSH tunnel."""

from kinds.sql.dialects.mysql.dialect import MySQL
from kinds.sql.python.ssh_tunnel import SshTunnel


class MySQLTunnel(MySQL, SshTunnel):
    def _checked_by_name(self, checks, settings):
        """At the end of a tunnel the server has another name than in its certificate."""
        return {**checks, 'ssl_verify_identity': settings['host'] == self.config['host']}
