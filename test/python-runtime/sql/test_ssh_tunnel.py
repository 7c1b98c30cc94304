import unittest
from unittest.mock import patch

from sql.support import set_constants, source_of

from kinds.sql.dialects.mysql.tunnel import MySQLTunnel
from kinds.sql.dialects.postgresql.tunnel import PostgreSQLTunnel
from kinds.sql.python import ssh_tunnel

SSH = {'ssh_host': 'bastion', 'ssh_username': 'me'}
CONFIG = {'host': 'db.test', 'database': 'd', 'username': 'u', **SSH}


class Forwarder:
    """Does what a tunnel does, without one."""

    made = []
    local_bind_address = ('127.0.0.1', 4321)
    works = True

    def __init__(self, server, **options):
        self.server, self.options, self.is_active = server, options, False
        self.made.append(self)

    def start(self):
        self.is_active = self.works

    def stop(self):
        self.is_active = False


class SshTunnelTest(unittest.TestCase):
    def setUp(self):
        Forwarder.made = []
        set_constants(self, ssh_tunnel, SSHTunnelForwarder=Forwarder, register=lambda stop: None)
        for cls, port in ((PostgreSQLTunnel, 5432), (MySQLTunnel, 3306)):
            set_constants(self, cls, REQUIRED=['host'], DEFAULT_PORT=port)

    def test_one_tunnel_leads_to_the_database(self):
        source = source_of(PostgreSQLTunnel, **CONFIG)
        for _ in range(2):
            settings = source.connection_settings
            self.assertEqual([settings['host'], settings['port']], ['127.0.0.1', 4321])
        [tunnel] = Forwarder.made
        self.assertEqual(tunnel.server, ('bastion', 22))
        self.assertEqual(tunnel.options['remote_bind_address'], ('db.test', 5432))
        tunnel.stop()
        source.connection_settings
        self.assertEqual(len(Forwarder.made), 2)

    def test_it_can_be_left_out(self):
        direct = {'connection_method': 'direct', 'host': 'db.test'}
        settings = source_of(PostgreSQLTunnel, **direct).connection_settings
        self.assertEqual(
            [settings['host'], settings['port'], Forwarder.made], ['db.test', 5432, []]
        )

    def test_what_is_missing_or_wrong_is_said(self):
        for config, message in (
            ({'ssh_host': 'a'}, 'The configuration has no host and no ssh_username'),
            ({'connection_method': 'ssh'}, 'has to be direct or ssh_tunnel, not ssh'),
            ({**CONFIG, 'ssh_port': 'x'}, 'The ssh_port has to be a number'),
            ({**CONFIG, 'ssh_pkey': 'no key'}, 'The ssh_pkey is no private key'),
        ):
            with self.assertRaisesRegex(Exception, message):
                source_of(PostgreSQLTunnel, **config).connection_settings
        with patch.object(Forwarder, 'works', False):
            with self.assertRaisesRegex(Exception, 'bastion:22 cannot be reached, or refuses me'):
                source_of(PostgreSQLTunnel, **CONFIG).connection_settings

    def test_the_certificate_of_postgresql_is_for_its_own_name(self):
        for config, options in (
            (CONFIG, {'sslmode': 'verify-full', 'hostaddr': '127.0.0.1'}),
            ({**CONFIG, 'connection_method': 'direct'}, {'sslmode': 'verify-full'}),
        ):
            source = source_of(PostgreSQLTunnel, **config, sslmode='verify-full')
            connection = source.build_connection()
            self.assertEqual(connection.host, 'db.test')
            self.assertEqual(connection.connection_factory.keywords, options)

    def test_mysql_checks_a_name_only_without_a_tunnel(self):
        for method, checked in (('direct', True), ('ssh_tunnel', False)):
            source = source_of(MySQLTunnel, **CONFIG, connection_method=method, ssl_ca='/ca.pem')
            options = source.build_connection().conn_kwargs
            self.assertEqual(
                [options['ssl_verify_identity'], options['ssl_ca']], [checked, '/ca.pem']
            )
