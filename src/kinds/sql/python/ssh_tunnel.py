"""A database that is reached through an SSH server."""

from atexit import register
from io import StringIO
from os.path import isfile
from threading import Thread
from typing import Dict

from paramiko import ECDSAKey, Ed25519Key, RSAKey, SSHException
from sshtunnel import SSHTunnelForwarder

from kinds.sql.python.port import Port, port_number


class SshTunnel(Port):
    REQUIRED_FOR_SSH = ['ssh_host', 'ssh_username']
    tunnel = None

    @property
    def connection_settings(self) -> Dict:
        config = self.config or {}
        method = config.get('connection_method') or 'ssh_tunnel'
        if method not in ('direct', 'ssh_tunnel'):
            raise Exception(f'The connection_method has to be direct or ssh_tunnel, not {method}')
        through_ssh = method == 'ssh_tunnel'
        required = self.REQUIRED + self.REQUIRED_FOR_SSH if through_ssh else self.REQUIRED
        missing = [key for key in required if not config.get(key)]
        if missing:
            raise Exception(f'The configuration has no {" and no ".join(missing)}')
        settings = {**config, 'port': port_number('port', config.get('port') or self.DEFAULT_PORT)}
        if not through_ssh:
            return settings
        if not (self.tunnel and self.tunnel.is_active):
            self.tunnel = open_tunnel(settings)
        host, port = self.tunnel.local_bind_address
        return {**settings, 'host': host, 'port': port}


def open_tunnel(settings):
    """
    A way through the SSH server to the database, from any free port of this machine: Mage's own
    tunnels listen at the database's port, where something else may listen.
    """
    host, user = settings['ssh_host'], settings['ssh_username']
    port = port_number('ssh_port', settings.get('ssh_port') or 22)
    tunnel = SSHTunnelForwarder(
        (host, port),
        ssh_username=user,
        ssh_password=settings.get('ssh_password') or None,
        ssh_pkey=private_key(settings['ssh_pkey']) if settings.get('ssh_pkey') else None,
        remote_bind_address=(settings['host'], settings['port']),
        local_bind_address=('127.0.0.1', 0),
        allow_agent=False,
        host_pkey_directories=[],
        mute_exceptions=True,
    )
    # It would wait longer for a server that doesn't answer than Mage does.
    start = Thread(target=tunnel.start, daemon=True)
    start.start()
    start.join(5)
    if start.is_alive() or not tunnel.is_active:
        raise Exception(f'The SSH server {host}:{port} cannot be reached, or refuses {user}')
    register(tunnel.stop)
    return tunnel


def private_key(given):
    """A private key of any kind, given as its text or as the name of its file."""
    if isfile(given):
        with open(given, encoding='utf-8') as file:
            given = file.read()
    for kind in (RSAKey, ECDSAKey, Ed25519Key):
        try:
            return kind.from_private_key(StringIO(given))
        except SSHException:
            continue
    raise Exception('The ssh_pkey is no private key without a passphrase, and no file with one')
