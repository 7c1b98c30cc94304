import base64
import json
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

import jwt
from api.server import Reply
from api.support import ServedTest

from kinds.api.auth.api_key.body_key import BodyKey
from kinds.api.auth.api_key.header_key import HeaderKey
from kinds.api.auth.api_key.query_key import QueryKey
from kinds.api.auth.basic.scheme import Basic
from kinds.api.auth.basic.texts import BasicTexts
from kinds.api.auth.bearer.scheme import Bearer
from kinds.api.auth.bearer.text import BearerText
from kinds.api.auth.choice.choice import AuthChoice
from kinds.api.auth.choice.token_choice import TokenChoice
from kinds.api.auth.custom.scheme import Custom
from kinds.api.auth.jwt.scheme import Jwt
from kinds.api.auth.oauth2_client_credentials.basic_client_credentials import BasicClientCredentials
from kinds.api.auth.oauth2_client_credentials.client_credentials import ClientCredentials
from kinds.api.auth.oauth2_refresh_token.basic_refresh_token import BasicRefreshToken
from kinds.api.auth.oauth2_refresh_token.basic_rotating_token import BasicRotatingToken
from kinds.api.auth.oauth2_refresh_token.refresh_token import RefreshToken
from kinds.api.auth.oauth2_refresh_token.rotating_token import RotatingToken
from kinds.api.auth.session_token.scheme import SessionToken
from kinds.api.formats.json.decode import Json
from kinds.api.python.bearer_token import BearerToken
from mage_integrations.sources.http.client import AuthenticationError, ForbiddenError

SCHEMES = 'kinds.api.auth'
IN_BODY = {'client_id': '{client_id}', 'client_secret': '{client_secret}'}


def to_basic(text: str) -> str:
    return f'Basic {base64.b64encode(text.encode()).decode()}'


class KeysTest(ServedTest):
    def test_bearer(self):
        self.get(self.client([Json, Bearer], {'access_token': 'abc'}))
        self.assertEqual(self.server.requests[0].headers['authorization'], 'Bearer abc')

    def key(self, scheme, **kwargs):
        constants = {
            f'{scheme.__module__}.KEY_NAME': 'X-Key',
            f'{scheme.__module__}.KEY_VALUE': '{{x}} {api_key}',
        }
        self.get(self.client([Json, scheme], {'api_key': 'abc'}, constants), **kwargs)
        return self.server.requests[0]

    def test_key_in_a_header(self):
        self.assertEqual(self.key(HeaderKey).headers['x-key'], '{x} abc')

    def test_key_in_the_query(self):
        self.assertEqual(
            self.key(QueryKey, params={'a': 1, 'X-Key': 'other'}).params,
            {'a': '1', 'X-Key': '{x} abc'},
        )

    def test_key_in_the_body(self):
        body = self.key(BodyKey, method='post', body={'a': 1}).body
        self.assertEqual(json.loads(body), {'a': 1, 'X-Key': '{x} abc'})

    def test_key_in_the_body_of_a_request_without_one(self):
        self.assertEqual(json.loads(self.key(BodyKey, method='post').body), {'X-Key': '{x} abc'})

    def test_basic(self):
        self.get(self.client([Json, Basic], {'username': 'ädä', 'password': 'ü'}))
        self.get(self.client([Json, Basic], {'username': 'ada'}))
        sent = [request.headers['authorization'] for request in self.server.requests]
        self.assertEqual(sent, [to_basic('ädä:ü'), to_basic('ada:')])

    def test_texts_as_user_name_and_password(self):
        constants = {
            f'{BasicTexts.__module__}.USERNAME': '{key}',
            f'{BasicTexts.__module__}.PASSWORD': 'x{{',
        }
        self.get(self.client([Json, BasicTexts], {'key': 'ä'}, constants))
        self.assertEqual(self.server.requests[0].headers['authorization'], to_basic('ä:x{'))

    def test_bearer_token_of_parts(self):
        constants = {f'{BearerText.__module__}.BEARER_TOKEN': '{a}:{b}'}
        self.get(self.client([Json, BearerText], {'a': 'x', 'b': 'y'}, constants))
        self.assertEqual(self.server.requests[0].headers['authorization'], 'Bearer x:y')

    def test_several_credentials(self):
        texts = {
            'headers': {'X-Key': 'k {key}'},
            'params': {'a': '{{{key}'},
            'json': {'b': '{key}'},
        }
        client = self.client(
            [Json, Custom], {'key': 'abc'}, {f'{Custom.__module__}.CREDENTIALS': texts}
        )
        self.get(client, method='post', params={'p': 1}, body={'c': 1})
        self.get(client, method='post')
        full, bare = self.server.requests
        self.assertEqual(full.headers['x-key'], 'k abc')
        self.assertEqual(full.params, {'p': '1', 'a': '{abc'})
        self.assertEqual(json.loads(full.body), {'c': 1, 'b': 'abc'})
        self.assertEqual(json.loads(bare.body), {'b': 'abc'})

    def test_several_credentials_are_hidden_in_messages(self):
        texts = {'params': {'a': 'id={key}'}}
        constants = {
            f'{Custom.__module__}.CREDENTIALS': texts,
            'kinds.api.python.client.SECRET_KEYS': ('key',),
        }
        client = self.client([Json, Custom], {'key': 'a b/c'}, constants)
        self.server.reply = Reply({'message': 'bad id=a b/c'}, 403)
        with self.assertRaisesRegex(ForbiddenError, r'/items answered 403: bad id=\*\*\*$'):
            self.get(client)


class TokensTest(ServedTest):
    config = {'client_id': 'me', 'client_secret': 'it', 'refresh_token': 'first', 'tenant': 't'}

    def setUp(self):
        super().setUp()
        data = patch.dict(os.environ, {'MAGE_DATA_DIR': tempfile.mkdtemp()})
        data.start()
        self.addCleanup(data.stop)

    def tokens(self, scheme, config=None, params=None):
        constants = {
            f'{scheme.__module__}.TOKEN_URL': f'{self.server.url}/{{tenant}}/token',
            f'{scheme.__module__}.TOKEN_PARAMS': params or IN_BODY,
        }
        return self.client(
            [Json, BearerToken, scheme], {**self.config, **(config or {})}, constants
        )

    def test_client_credentials(self):
        params = {'grant_type': 'client_credentials', 'scope': 'a b', **IN_BODY}
        client = self.tokens(ClientCredentials, params=params)
        self.server.replies = [Reply({'access_token': 'one', 'expires_in': 60}), Reply([1])]
        self.assertEqual(self.get(client), [1])
        token, items = self.server.requests
        self.assertEqual((token.method, token.path), ('POST', '/t/token'))
        self.assertEqual(
            token.form,
            {
                'grant_type': 'client_credentials',
                'scope': 'a b',
                'client_id': 'me',
                'client_secret': 'it',
            },
        )
        self.assertEqual(token.headers['accept'], 'application/json')
        self.assertEqual(items.headers['authorization'], 'Bearer one')
        # It is kept while it is good.
        self.get(client)
        self.assertEqual(len(self.server.requests), 3)

    def test_what_basic_authentication_sends_is_hidden(self):
        pair = base64.b64encode('ädä:pw'.encode()).decode()
        client = self.client([Json, Basic], {'username': 'ädä', 'password': 'pw'})
        self.server.reply = Reply({'message': f'bad {pair}'}, 403)
        with self.assertRaisesRegex(ForbiddenError, r'bad \*\*\*$'):
            self.get(client)
        pair = base64.b64encode(b'me:it').decode()
        self.server.reply = Reply({'message': f'bad {pair}'}, 403)
        for scheme in (BasicClientCredentials, BasicRefreshToken, BasicRotatingToken):
            with self.assertRaisesRegex(ForbiddenError, r'bad \*\*\*$'):
                self.get(self.tokens(scheme))

    def test_client_credentials_in_a_header(self):
        params = {'grant_type': 'client_credentials'}
        client = self.tokens(BasicClientCredentials, params=params)
        self.server.replies = [Reply({'access_token': 'one'})]
        self.get(client)
        token = self.server.requests[0]
        self.assertEqual(token.form, params)
        self.assertEqual(token.headers['authorization'], to_basic('me:it'))

    def test_refused_token_is_got_anew_once(self):
        client = self.tokens(ClientCredentials)
        self.server.replies = [
            Reply({'access_token': 'one'}),
            Reply({'message': 'revoked'}, 401),
            Reply({'access_token': 'two'}),
            Reply([1]),
        ]
        self.assertEqual(self.get(client, params={'page': 2}), [1])
        self.assertEqual(self.server.requests[-1].headers['authorization'], 'Bearer two')
        self.assertEqual(self.server.requests[-1].params, {'page': '2'})
        self.server.replies = [
            Reply({}, 401),
            Reply({'access_token': 'three'}),
            Reply({'message': 'no'}, 401),
        ]
        with self.assertRaisesRegex(AuthenticationError, 'answered 401: no'):
            self.get(client)

    def test_lifetimes(self):
        client = self.tokens(ClientCredentials)
        # Over before it begins; and 0, by which some APIs mean that there is no end.
        for lifetime, tokens in ((-1, 3), (0, 1)):
            self.server.requests.clear()
            client.token_expires = 0
            for _ in range(3):
                token = Reply({'access_token': 'a', 'expires_in': lifetime})
                self.server.replies = [token] if lifetime or not self.server.requests else []
                self.get(client)
            paths = [request.path for request in self.server.requests]
            self.assertEqual(paths.count('/t/token'), tokens)

    def test_answers_without_a_token_are_told(self):
        client = self.tokens(ClientCredentials)
        for reply in (Reply({'error': 'no'}), Reply('no'), Reply(['no'])):
            self.server.replies = [reply]
            with self.assertRaisesRegex(ValueError, '/t/token gave no access token: .*no'):
                self.get(client)
        self.server.replies = [Reply({'error': 'invalid_client'}, 403)]
        with self.assertRaisesRegex(ForbiddenError, '/t/token answered 403: invalid_client'):
            self.get(client)

    def test_refresh_token_may_be_replaced(self):
        client = self.tokens(RefreshToken)
        self.server.replies = [Reply({'access_token': 'one', 'refresh_token': 'second'})]
        self.get(client)
        client.token_expires = 0
        self.server.replies = [Reply({'access_token': 'two'})]
        self.get(client)
        forms = [request.form.get('refresh_token') for request in self.server.requests]
        self.assertEqual(forms, ['first', None, 'second', None])
        self.server.replies = [Reply({'message': 'two or second'}, 403)]
        with self.assertRaisesRegex(ForbiddenError, r'403: \*\*\* or \*\*\*$'):
            self.get(client)

    def test_refresh_token_of_a_client_in_a_header(self):
        client = self.tokens(BasicRefreshToken, params={'a': '{{b}}'})
        self.server.replies = [Reply({'access_token': 'one'})]
        self.get(client)
        token = self.server.requests[0]
        self.assertEqual(token.form, {'refresh_token': 'first', 'a': '{b}'})
        self.assertEqual(token.headers['authorization'], to_basic('me:it'))

    def test_rotating_token_is_kept_in_a_file(self):
        file = str(Path(tempfile.mkdtemp()) / 'token.json')

        def refresh(given, granted):
            config = {'token_file': file, 'refresh_token': given}
            client = self.tokens(RotatingToken, config)
            self.server.requests.clear()
            self.server.replies = [Reply({'access_token': 'a', 'refresh_token': granted})]
            self.get(client)
            return self.server.requests[0].form['refresh_token']

        self.assertEqual(refresh('first', 'second'), 'first')
        self.assertEqual(refresh('first', 'third'), 'second')
        self.assertEqual(refresh('anew', 'x'), 'anew')
        self.assertEqual(os.stat(file).st_mode & 0o777, 0o600)
        self.assertNotIn('anew', Path(file).read_text())

    def rotate(self, granted):
        """Get a token with a client of its own, and return the refresh token that it used."""
        self.server.requests.clear()
        self.server.replies = [Reply({'access_token': 'a', 'refresh_token': granted})]
        self.get(self.tokens(RotatingToken))
        return self.server.requests[0].form['refresh_token']

    def test_rotating_token_has_a_place_beside_the_data_of_mage(self):
        folder = Path(tempfile.mkdtemp())
        for name, environment in (
            ('data', {'MAGE_DATA_DIR': f'{folder}/data'}),
            ('home/.mage_data', {'MAGE_DATA_DIR': 's3://bucket', 'HOME': f'{folder}/home'}),
            ('other/.mage_data', {'MAGE_DATA_DIR': '', 'HOME': f'{folder}/other'}),
        ):
            with self.subTest(name), patch.dict(os.environ, environment):
                self.assertEqual(self.rotate('second'), 'first')
                self.assertEqual(self.rotate('third'), 'second')
                [kept] = (folder / name / 'refresh_tokens').iterdir()
                modes = [path.stat().st_mode & 0o777 for path in (kept, kept.parent)]
                self.assertEqual(modes, [0o600, 0o700])

    def test_rotating_token_that_cannot_be_kept_is_not_used(self):
        folder = tempfile.mkdtemp()
        Path(folder, 'file').write_text('')
        Path(folder, 'config').write_text('{"a": 1}')
        for name, message in (
            ('file/token', 'cannot be kept in .*: File exists; configure a token_file'),
            ('', 'cannot be kept in .*: Is a directory; configure a token_file'),
            ('config', 'config is no file that a refresh token was kept in'),
        ):
            client = self.tokens(RotatingToken, {'token_file': f'{folder}/{name}'})
            with self.subTest(name), self.assertRaisesRegex(ValueError, message):
                self.get(client)
        self.assertEqual(self.server.requests, [])
        self.assertEqual(Path(folder, 'config').read_text(), '{"a": 1}')

    def login(self, **constants):
        names = {'LOGIN_URL': f'{self.server.url}/{{tenant}}', 'TOKEN_PATH': ('data', 'token')}
        paths = {
            f'{SCHEMES}.session_token.scheme.{name}': value
            for name, value in {**names, **constants}.items()
        }
        config = {'tenant': 't', 'username': 'ada', 'password': 'pw'}
        return self.client([Json, SessionToken], config, paths)

    def test_log_in(self):
        client = self.login(TOKEN_HEADER='X-Session', TOKEN_VALUE='{{s}} {}')
        self.server.replies = [Reply({'data': {'token': 12}})]
        self.get(client)
        login, items = self.server.requests
        self.assertEqual((login.method, login.path), ('POST', '/t'))
        self.assertEqual(json.loads(login.body), {'username': 'ada', 'password': 'pw'})
        self.assertEqual(items.headers['x-session'], '{s} 12')

    def test_log_in_by_parameters(self):
        client = self.login(LOGIN_METHOD='get', LOGIN_IN='params')
        self.server.replies = [Reply({'data': {'token': 'abc'}})]
        self.get(client)
        login, items = self.server.requests
        self.assertEqual((login.method, login.params['password']), ('GET', 'pw'))
        self.assertEqual(items.headers['authorization'], 'Bearer abc')

    def test_log_in_without_a_token_is_told(self):
        for body in ({'data': {}}, {'data': 'x'}, [], 'text'):
            self.server.replies = [Reply(body)]
            with self.assertRaisesRegex(ValueError, '/t gave no token: '):
                self.get(self.login())

    def test_signed_token(self):
        constants = {
            'ALGORITHM': 'HS256',
            'CLAIMS': {'iss': '{who}'},
            'TOKEN_HEADERS': {'kid': 'k'},
        }
        paths = {f'{SCHEMES}.jwt.scheme.{name}': value for name, value in constants.items()}
        key = 'a-shared-key-that-is\\nlong-enough-for-hmac'
        client = self.client([Json, BearerToken, Jwt], {'private_key': key, 'who': 'me'}, paths)
        self.get(client)
        token = self.server.requests[0].headers['authorization'].removeprefix('Bearer ')
        claims = jwt.decode(token, key.replace('\\n', '\n'), ['HS256'])
        self.assertEqual(claims, {'iss': 'me', 'iat': claims['iat'], 'exp': claims['iat'] + 300})
        self.assertEqual(jwt.get_unverified_header(token)['kid'], 'k')


class Chosen(AuthChoice, TokenChoice):
    """As generation makes it: methods of the schemes, by the names that the configuration has."""

    def authenticate_by_key(self, request):
        request['params']['key'] = self.config['api_key']

    def authenticate_by_login(self, request):
        request['headers']['X-Token'] = self.get_token()

    def request_token_by_login(self):
        return {'access_token': self.config['username']}


class ChoiceTest(ServedTest):
    def test_a_key_that_is_refused_is_not_sent_again(self):
        keys = {f'{AuthChoice.__module__}.AUTH_KEYS': {'key': ('api_key',)}}
        client = self.client([Json, Chosen], {'auth_type': 'key', 'api_key': 'k'}, keys)
        self.server.reply = Reply({'message': 'no'}, 401)
        with self.assertRaisesRegex(AuthenticationError, 'answered 401: no'):
            self.get(client)
        self.assertEqual(len(self.server.requests), 1)

    def chosen(self, config):
        keys = {'key': ('region', 'api_key'), 'login': ('region', 'username', 'password')}
        return self.client([Json, Chosen], config, {f'{SCHEMES}.choice.choice.AUTH_KEYS': keys})

    def test_is_what_the_configuration_says(self):
        self.get(self.chosen({'auth_type': 'key', 'region': 'eu', 'api_key': 'abc'}))
        self.get(
            self.chosen({'auth_type': 'login', 'region': 'eu', 'username': 'u', 'password': 'p'})
        )
        key, login = self.server.requests
        self.assertEqual((key.params, login.headers['x-token']), ({'key': 'abc'}, 'u'))

    def test_needs_the_keys_of_that_scheme(self):
        with self.assertRaisesRegex(ValueError, '^The configuration lacks region, password$'):
            self.chosen({'auth_type': 'login', 'username': 'u'})
        with self.assertRaisesRegex(ValueError, '^auth_type must be one of key, login$'):
            self.chosen({'auth_type': 'other'})
