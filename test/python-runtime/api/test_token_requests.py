import json
from datetime import datetime, timedelta, timezone

from api.server import Reply
from api.support import ServedTest

from kinds.api.auth.oauth2_client_credentials.shaped_grant import ShapedGrant
from kinds.api.auth.session_token.cookie_login import CookieLogin
from kinds.api.auth.session_token.header_login import HeaderLogin
from kinds.api.formats.json.decode import Json
from kinds.api.python.bearer_token import BearerToken
from kinds.api.python.token_moments import TokenMoments

CONFIG = {'user': 'ada', 'password': 'sesame of hers'}


class TokenRequestsTest(ServedTest):
    def tokens(self, scheme, *more, path=('token',), **constants):
        module = scheme.__module__
        values = {'TOKEN_URL': f'{self.server.url}/token', 'TOKEN_PATH': path, **constants}
        named = {f'{module}.{name}': value for name, value in values.items()}
        return self.client([Json, BearerToken, *more, scheme], CONFIG, named)

    def grant(self, answer, *more, **constants):
        """Return how long the token of an answer is taken to last."""
        client = self.tokens(ShapedGrant, *more, **constants)
        self.server.replies = [Reply(answer)]
        return client.request_token()

    def test_texts_at_any_depth(self):
        request = {
            'json': {'a': [{'b': '{user}!'}, 1, True, None], 'c': '{{{password}'},
            'headers': {'X-User': '{user}'},
        }
        self.grant({'token': 'one'}, TOKEN_REQUEST=request)
        sent = self.server.requests[0]
        self.assertEqual(
            json.loads(sent.body), {'a': [{'b': 'ada!'}, 1, True, None], 'c': '{sesame of hers'}
        )
        self.assertEqual(sent.headers['x-user'], 'ada')

    def test_token_at_a_place(self):
        answer = {'a': [{'x.y': 'no'}, {'x.y': 'one'}]}
        self.assertEqual(self.grant(answer, path=('a', -1, 'x.y'))['access_token'], 'one')
        self.assertEqual(self.grant('"two"', path=())['access_token'], 'two')

    def test_no_token(self):
        for answer, path in (
            ({'a': {}}, ('a', 'b')),
            ({'a': ['one']}, ('a', 1)),
            ({'a': 'one'}, ('a', 0)),
            ({'a': {'b': 1}}, ('a',)),
            ({'a': True}, ('a',)),
            ('no JSON', ()),
            (None, ('a',)),
        ):
            with (
                self.subTest(answer),
                self.assertRaisesRegex(ValueError, r'/token gave no token: '),
            ):
                self.grant(answer, path=path)

    def test_what_the_answer_says_of_no_token_is_told_without_secrets(self):
        constants = {'kinds.api.python.client.SECRET_KEYS': ('password',)}
        client = self.client(
            [Json, BearerToken, ShapedGrant],
            CONFIG,
            {**constants, f'{ShapedGrant.__module__}.TOKEN_URL': f'{self.server.url}/token?a=b'},
        )
        self.server.replies = [Reply({'error': 'sesame of hers is wrong'})]
        with self.assertRaisesRegex(ValueError, r'/token gave no token: \*\*\* is wrong$'):
            client.request_token()

    def lasts(self, value, unit, *more):
        expires = {'expires': ('for',), 'unit': unit, 'lifetime': 9}
        return self.grant({'token': 'one', 'for': value}, *more, EXPIRES=expires)['expires_in']

    def test_how_long_it_lasts(self):
        self.assertEqual(self.lasts(60, 1), 60)
        self.assertEqual(self.lasts('1.5', 60), 90)
        self.assertEqual(self.lasts(1500, 0.001), 1.5)
        for nothing in (None, ''):
            self.assertEqual(self.lasts(nothing, 1), 9)
        self.assertIsNone(self.grant({'token': 'one'}, EXPIRES={})['expires_in'])
        self.assertEqual(self.grant({'token': 'one'}, EXPIRES={'lifetime': 5})['expires_in'], 5)

    def test_until_which_moment_it_lasts(self):
        until = datetime.now(timezone.utc) + timedelta(hours=1)
        for value in (until.isoformat(), until.timestamp(), int(until.timestamp() * 1000)):
            self.assertAlmostEqual(self.lasts(value, None, TokenMoments), 3600, delta=60)
        self.assertEqual(self.lasts(60, 1, TokenMoments), 60)

    def test_a_time_that_cannot_be_read_is_told(self):
        for more in ((), (TokenMoments,)):
            fault = r"/token says by for 'soon' how long the token lasts; see the answer expires_as"
            with self.assertRaisesRegex(ValueError, fault):
                self.lasts('soon', None if more else 1, *more)

    def login(self, scheme, reply, **constants):
        module = scheme.__module__
        values = {'LOGIN_URL': f'{self.server.url}/login', **constants}
        client = self.client(
            [Json, BearerToken, scheme],
            CONFIG,
            {f'{module}.{name}': value for name, value in values.items()},
        )
        self.server.replies = [reply] if isinstance(reply, Reply) else reply
        return client.request_token()['access_token']

    def test_token_in_a_header(self):
        reply = Reply({}, 201, {'X-Subject-Token': 'one'})
        self.assertEqual(self.login(HeaderLogin, reply, ANSWER_HEADER='x-subject-token'), 'one')
        with self.assertRaisesRegex(ValueError, 'gave no token'):
            self.login(HeaderLogin, Reply({}), ANSWER_HEADER='x-subject-token')

    def test_token_in_a_cookie(self):
        reply = Reply({}, 200, {'Set-Cookie': 'sid=one; Path=/; HttpOnly'})
        self.assertEqual(self.login(CookieLogin, reply, ANSWER_COOKIE='sid'), 'one')
        moved = Reply({}, 302, {'Set-Cookie': 'sid=two; Path=/', 'Location': '/home'})
        self.assertEqual(self.login(CookieLogin, [moved, Reply({})], ANSWER_COOKIE='sid'), 'two')
        with self.assertRaisesRegex(ValueError, 'gave no token'):
            self.login(CookieLogin, Reply({}), ANSWER_COOKIE='sid')
