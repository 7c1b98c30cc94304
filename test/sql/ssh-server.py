"""
An SSH server for tests: it lets one user in by password or key, forwards every tunnel to the target whatever address it
asks for, and prints what happens, a JSON text a line. Its argument is a JSON text: `username`, `password`, `key`, the
file to write the user's private key to, and `target`, a host and a port.
"""
import json
import select
import socket
import sys
from threading import Thread

import paramiko

SETTINGS = json.loads(sys.argv[1])
HOST_KEY = paramiko.RSAKey.generate(2048)
USER_KEY = paramiko.ECDSAKey.generate()


class Gate(paramiko.ServerInterface):
    def get_allowed_auths(self, username):
        return 'password,publickey'

    def check_auth_password(self, username, password):
        return self.check('password', username, password == SETTINGS['password'])

    def check_auth_publickey(self, username, key):
        return self.check('key', username, key == USER_KEY)

    def check(self, way, username, right):
        allowed = right and username == SETTINGS['username']
        if allowed:
            say(event='login', way=way)
        return paramiko.AUTH_SUCCESSFUL if allowed else paramiko.AUTH_FAILED

    def check_channel_direct_tcpip_request(self, number, origin, destination):
        say(event='tunnel', to='{}:{}'.format(*destination))
        return paramiko.OPEN_SUCCEEDED


def say(**event):
    print(json.dumps(event), flush=True)


def serve(connection):
    transport = paramiko.Transport(connection)
    transport.add_server_key(HOST_KEY)
    try:
        transport.start_server(server=Gate())
    except (EOFError, paramiko.SSHException):
        return
    while transport.is_active():
        channel = transport.accept(0.1)
        if channel:
            Thread(target=forward, args=[channel], daemon=True).start()
    say(event='logout')


def forward(channel):
    with channel, socket.create_connection(SETTINGS['target']) as target:
        ways = {channel: target, target: channel}
        while True:
            for ready in select.select(list(ways), [], [])[0]:
                data = ready.recv(65536)
                if not data:
                    return
                ways[ready].sendall(data)


USER_KEY.write_private_key_file(SETTINGS['key'])
with socket.create_server(('127.0.0.1', 0)) as server:
    say(event='listen', port=server.getsockname()[1])
    while True:
        Thread(target=serve, args=[server.accept()[0]], daemon=True).start()
