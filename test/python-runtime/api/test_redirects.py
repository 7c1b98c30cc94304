from api.server import Reply, Server
from api.support import ServedTest

from kinds.api.formats.json.decode import Json
from kinds.api.python.redirect_guard import GuardedBodies, GuardedHeaders, GuardedSecrets


class RedirectTest(ServedTest):
    def setUp(self):
        super().setUp()
        self.other = Server()
        self.addCleanup(self.other.close)

    def send(self, features, location, body=None):
        headers = {'X-Key': 'secret', 'X-Plain': 'a'}
        constants = {
            'kinds.api.python.client.HEADERS': headers,
            'kinds.api.python.redirect_guard.SECRET_HEADERS': ('X-Key',),
        }
        self.server.replies = [Reply({}, 307, {'Location': location})]
        client = self.client([Json, *features], constants=constants)
        return self.get(client, method='post' if body else 'get', body=body)

    def test_secret_headers_are_held_back_from_another_host(self):
        for feature in (GuardedHeaders, GuardedSecrets):
            self.assertEqual(self.send([feature], f'{self.other.url}/x'), [])
            request = self.other.requests.pop()
            self.assertEqual(request.headers['x-plain'], 'a')
            self.assertNotIn('x-key', request.headers)

    def test_bodies_are_held_back_from_another_host(self):
        for feature in (GuardedBodies, GuardedSecrets):
            with self.assertRaisesRegex(
                ValueError,
                f'127.0.0.1:{self.server.port} sends requests with secrets on to '
                f'127.0.0.1:{self.other.port}$',
            ):
                self.send([feature], f'{self.other.url}/x', {'password': 'p'})
            self.assertEqual(self.other.requests, [])

    def test_within_a_host_everything_goes_along(self):
        self.assertEqual(self.send([GuardedSecrets], '/moved', {'password': 'p'}), [])
        moved = self.server.requests[-1]
        self.assertEqual((moved.path, moved.headers['x-key']), ('/moved', 'secret'))
        self.assertEqual(moved.body, '{"password": "p"}')
