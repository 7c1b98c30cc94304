import json
import time
import unittest
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape
from unittest.mock import patch
from urllib.parse import quote, quote_plus

import requests
from api.server import Reply
from api.support import ServedTest

from kinds.api.formats.json.decode import Json
from kinds.api.python.client import asked_wait, words
from kinds.api.python.client_certificate import ClientCertificate
from kinds.api.python.configured_headers import ConfiguredHeaders, OptionalHeaders
from kinds.api.python.defaults import Defaults
from kinds.api.python.graphql import GraphQL
from kinds.api.python.no_secrets import NoSecrets
from kinds.api.python.parent_keys import ParentKeys
from kinds.api.python.rate_limit import RateLimit
from kinds.api.python.required_keys import RequiredKeys
from mage_integrations.sources.http.client import (
    ForbiddenError,
    HttpError,
    NotFoundError,
    RateLimitError,
)

CLIENT = 'kinds.api.python.client'


class ClientTest(ServedTest):
    def test_sends_params_body_and_headers(self):
        client = self.client([Json], constants={f'{CLIENT}.HEADERS': {'Accept': 'text/x'}})
        self.server.reply = Reply([{'id': 1}])
        found = self.get(client, method='post', params={'a': 1}, body={'b': 2})
        self.assertEqual(found, [{'id': 1}])
        [request] = self.server.requests
        self.assertEqual((request.method, request.params), ('POST', {'a': '1'}))
        self.assertEqual((request.body, request.headers['accept']), ('{"b": 2}', 'text/x'))

    def test_sends_no_body_where_there_is_none(self):
        self.get(self.client([Json]))
        [request] = self.server.requests
        self.assertEqual((request.body, request.params), ('', {}))
        self.assertNotIn('content-type', request.headers)

    def test_has_nothing_where_there_is_no_content(self):
        self.server.reply = Reply(status=204)
        self.assertIsNone(self.get(self.client([Json])))

    def test_writes_parameters_as_every_api_reads_them(self):
        params = {'$filter': "at ge 'a+b/ü'", 'tag': ['x y', 'z'], 'none': None, 'empty': ''}
        self.get(self.client([Json]), '/items?a=%20', params=params)
        self.assertEqual(
            self.server.requests[0].query,
            'a=%20&%24filter=at%20ge%20%27a%2Bb%2F%C3%BC%27&tag=x%20y&tag=z&empty=',
        )

    def test_leaves_what_a_caller_gave_as_it_was(self):
        params = {'a': 1}
        self.get(self.client([Json]), params=params)
        self.assertEqual(params, {'a': 1})

    def test_requests_give_errors_and_parsing_refuses_them(self):
        client = self.client([Json])
        self.server.reply = Reply({'message': 'No such list'}, 404)
        response = client.request(f'{self.server.url}/items?page=2')
        self.assertEqual(response.status_code, 404)
        with self.assertRaisesRegex(NotFoundError, r'/items answered 404: No such list$'):
            client.parse(response)

    def test_what_is_no_success_is_an_error(self):
        for status in 202, 304, 418, 999:
            self.server.reply = Reply([], status)
            with self.assertRaisesRegex(HttpError, f'/items answered {status}: '):
                self.get(self.client([Json]))

    def test_refuses_what_is_no_json(self):
        self.server.reply = Reply('<h1>Log\nin</h1>', headers={'Content-Type': 'text/html'})
        with self.assertRaisesRegex(ValueError, '/items answered with text/html, not JSON: Log in'):
            self.get(self.client([Json]))

    def test_hides_secrets_in_what_the_api_says(self):
        client = self.client(
            [Json], {'key': 'a-secret', 'none': ''}, {f'{CLIENT}.SECRET_KEYS': ('key', 'none')}
        )
        self.server.reply = Reply({'message': 'bad key a-secret'}, 403)
        with self.assertRaisesRegex(ForbiddenError, r'bad key \*\*\*$'):
            self.get(client)

    def test_hides_secrets_in_every_form(self):
        secret = 'A "sécret"/ & more%'
        client = self.client([Json], {'key': secret}, {f'{CLIENT}.SECRET_KEYS': ('key',)})
        quoted = quote(secret, safe='')
        forms = (secret, quoted, quoted.lower(), quote(secret), quote_plus(secret))
        html = {'Content-Type': 'text/html; charset=utf-8'}
        pages = [Reply(f'<p>no {escape(form)}</p>', 403, html) for form in forms]
        texts = [Reply(json.dumps(f'no {form}'), 403) for form in forms]
        bodies = [Reply({'message': json.dumps(secret)}, 403)]
        for reply in (*pages, *texts, *bodies):
            with self.subTest(reply.body):
                self.server.reply = reply
                with self.assertRaisesRegex(ForbiddenError, r'403: (no \*\*\*|"\*\*\*")$'):
                    self.get(client)

    def test_hides_a_secret_that_a_long_text_would_end_in(self):
        client = self.client([Json], {'key': 'a-secret'}, {f'{CLIENT}.SECRET_KEYS': ('key',)})
        self.server.reply = Reply({'message': f'{"x" * 496}a-secret'}, 403)
        with self.assertRaisesRegex(ForbiddenError, r'x\*\*\*$'):
            self.get(client)

    def test_without_secrets_tells_what_the_api_says(self):
        self.server.reply = Reply({'message': 'words'}, 403)
        with self.assertRaisesRegex(ForbiddenError, 'words'):
            self.get(self.client([Json, NoSecrets]))


class RetryTest(ServedTest):
    def test_tries_again_after_errors_that_may_pass(self):
        for status in (408, 425, 429, 500, 502, 503, 504, *range(520, 525), 529):
            with self.subTest(status):
                self.server.replies = [Reply({}, status), Reply([1])]
                self.assertEqual(self.get(self.client([Json])), [1])
                self.assertIn(f'status {status}, next try in ', self.log.lines[-1])

    def test_waits_longer_each_time_and_ends(self):
        self.server.reply = Reply({'message': 'down'}, 503)
        with self.assertRaisesRegex(HttpError, 'answered 503: down'):
            self.get(self.client([Json]))
        self.assertEqual(len(self.server.requests), 6)
        for number, wait in enumerate(self.waits):
            self.assertTrue(0.5 * 2**number <= wait <= 2**number, self.waits)

    def test_waits_as_long_as_the_api_asks(self):
        self.server.replies = [Reply({}, 429, {'Retry-After': '7'})]
        self.get(self.client([Json]))
        self.assertEqual(self.waits, [7])

    def test_waits_for_a_rate_limit_that_is_told_by_403(self):
        for headers in (
            {'Retry-After': '7'},
            {'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '7'},
            {'RateLimit': 'limit=10, remaining=0, reset=7'},
            {'RateLimit': '"day";r=0;t=7, "hour";r=5;t=3'},
            {'X-Rate-Limit-Remaining': '0', 'X-Rate-Limit-Reset': '7'},
        ):
            with self.subTest(headers):
                self.server.replies = [Reply({}, 403, headers), Reply([1])]
                self.assertEqual(self.get(self.client([Json])), [1])
                self.assertEqual(self.waits.pop(), 7)

    def test_does_not_wait_for_a_permission(self):
        for headers in (
            {},
            {'X-RateLimit-Remaining': '10', 'X-RateLimit-Reset': '7'},
            {'RateLimit': 'limit=10, remaining=10, reset=7'},
            {'RateLimit': '"day";r=10;t=7'},
        ):
            self.server.replies = [Reply({'message': 'no'}, 403, headers)]
            with self.assertRaisesRegex(ForbiddenError, '403: no$'):
                self.get(self.client([Json]))
        self.assertEqual(self.waits, [])

    def test_a_moment_that_has_passed_asks_for_no_wait(self):
        self.server.replies = [Reply({}, 429, {'X-RateLimit-Reset': '1600000000'})] * 3
        self.get(self.client([Json]))
        for number, wait in enumerate(self.waits):
            self.assertTrue(0.5 * 2**number <= wait <= 2**number, self.waits)

    def test_does_not_wait_without_end(self):
        for asked in ('86400', '9' * 30, 'Fri, 31 Dec 9999 23:59:59 GMT', '9' * 400):
            with self.subTest(asked):
                self.server.replies = [Reply({'message': 'full'}, 429, {'Retry-After': asked})]
                with self.assertRaisesRegex(
                    RateLimitError,
                    r'/items: status 429, and a wait of (\d+|inf) seconds is asked for; '
                    'MAX_WAIT of the client is 3600$',
                ):
                    self.get(self.client([Json]))
        self.assertEqual(self.waits, [])

    def test_the_longest_wait_is_configured(self):
        client = self.client([Json], constants={f'{CLIENT}.MAX_WAIT': 90000})
        self.server.replies = [Reply({}, 429, {'Retry-After': '86400'})]
        self.get(client)
        self.assertEqual(self.waits, [86400])

    def test_does_not_wait_where_a_test_is_waiting(self):
        self.server.reply = Reply({}, 503)
        client = self.client([Json], patient=False)
        self.assertEqual((client.tries, client.timeout), (1, (3, 5)))
        with self.assertRaises(HttpError):
            self.get(client)
        self.assertEqual(self.waits, [])

    def test_asks_again_for_what_is_being_prepared(self):
        preparing = Reply([], 202, {'Retry-After': '7'})
        self.server.replies = [preparing, Reply([], 202), preparing]
        self.server.reply = Reply([{'id': 1}])
        self.assertEqual(self.get(self.client([Json])), [{'id': 1}])
        self.assertEqual(self.waits, [7, 7, 7])
        self.server.reply = preparing
        for method, patient in ('post', True), ('get', False):
            self.waits.clear()
            with self.assertRaisesRegex(HttpError, '/items answered 202: '):
                self.get(self.client([Json], patient=patient), method=method)
            self.assertEqual(self.waits, [])

    def test_waits_no_longer_than_it_may_for_what_is_being_prepared(self):
        self.server.reply = Reply([], 202, {'Retry-After': '900'})
        with self.assertRaisesRegex(HttpError, '/items answered 202: '):
            self.get(self.client([Json]))
        self.assertEqual(self.waits, [900] * 4)

    def test_tells_which_address_gave_no_answer(self):
        client = self.client([Json], patient=False)
        with self.assertRaisesRegex(
            ConnectionError, r'/items gave no answer: ConnectionError after 1 tries'
        ):
            client.make_request('http://127.0.0.1:1/items', params={'secret': 'x'})

    def test_tells_of_a_request_that_cannot_be_made_without_its_text(self):
        client = self.client([Json], constants={f'{CLIENT}.HEADERS': {'A': 'secret\n'}})
        with self.assertRaisesRegex(ValueError, '/items: the header A has [^\n]*$'):
            self.get(client)

    def test_tells_of_a_header_that_cannot_be_sent(self):
        for token in ('tok€n', 'token\n'):
            client = self.client([Json], constants={f'{CLIENT}.HEADERS': {'A': token}})
            with self.assertRaisesRegex(ValueError, '/items: the header A has .*check the keys'):
                self.get(client)

    def test_reads_waits_in_every_form(self):
        def delay(status, headers):
            response = requests.Response()
            response.status_code = status
            response.headers.update(headers)
            return asked_wait(response)

        self.assertEqual(delay(429, {'Retry-After': '1.5'}), 1.5)
        self.assertEqual(delay(429, {'X-RateLimit-Reset': '9'}), 9)
        for moment in (time.time() + 9, 1000 * (time.time() + 9)):
            self.assertAlmostEqual(delay(429, {'X-RateLimit-Reset': str(moment)}), 9, 0)
        moment = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=9))
        self.assertAlmostEqual(delay(503, {'Retry-After': moment}), 9, delta=2)
        self.assertEqual(delay(429, {'Retry-After': format_datetime(datetime(2020, 1, 1))}), 0)
        for headers in ({}, {'Retry-After': 'later'}):
            self.assertEqual(delay(429, headers), 0)
        # Sent with every answer, it says nothing about a server error.
        self.assertEqual(delay(503, {'X-RateLimit-Reset': '900'}), 0)
        self.assertEqual(delay(503, {'RateLimit': 'limit=10, remaining=0, reset=900'}), 0)
        self.assertEqual(delay(429, {'RateLimit': 'limit=10, remaining=0, reset=9'}), 9)
        self.assertEqual(delay(429, {'RateLimit': '"a";r=5;t=9, "b";r=0;t=10'}), 10)
        self.assertEqual(asked_wait(None), 0)

    def test_reads_the_words_of_an_answer_as_utf_8_unless_it_says_otherwise(self):
        for kind, words_of in ('text/html', '<p>voilà</p>'), ('text/plain', '{"error": "voilà"}'):
            self.server.replies = [Reply(words_of, 400, {'Content-Type': kind})]
            with self.assertRaisesRegex(HttpError, '400: voilà$'):
                self.get(self.client([Json]))
        kind = 'text/html; charset=iso-8859-1'
        self.server.replies = [Reply('<p>voilà</p>', 400, {'Content-Type': kind})]
        with self.assertRaisesRegex(HttpError, '400: voilÃ'):
            self.get(self.client([Json]))

    def test_finds_the_words_of_an_answer(self):
        self.assertEqual(words({'error': {'code': 7, 'message': 'Bad'}}), 'Bad')
        self.assertEqual(words({'errors': [{'title': 'a', 'detail': 'b'}, 'c']}), 'a: b; c')
        self.assertEqual(words({'reason': 1}), "{'reason': 1}")
        self.assertEqual(words({'error': True, 'ok': False}), "{'error': True, 'ok': False}")

    def test_tells_each_of_it_once_in_the_common_forms(self):
        root = [{'type': 'parse', 'reason': 'No mapping'}]
        for told, answer in (
            ('Out of credit: Yours is 30', {'title': 'Out of credit', 'detail': 'Yours is 30'}),
            ('Bad: id is none', {'title': 'Bad', 'details': [{'x': 1, 'message': 'id is none'}]}),
            ('invalid: Token expired', {'error': 'invalid', 'error_description': 'Token expired'}),
            ('InvalidEndpoint: None', {'error': 'InvalidEndpoint', 'description': 'None'}),
            ('Quota is used up', {'error': {'message': 'Quota is used up', 'code': 403}}),
            ('No key', {'error': {'message': 'No key', 'errors': [{'message': 'No key'}]}}),
            ('No key', {'error': True, 'message': 'No key'}),
            ('Slow down', {'__type': 'Throttling', 'Message': 'Slow down'}),
            ('No mapping', {'error': {'root_cause': root, 'reason': 'No mapping', 'message': ''}}),
            (
                'Not known: No id',
                {'Fault': {'Error': [{'Message': 'Not known', 'Detail': 'No id'}]}},
            ),
            ('No a; No b', {'errorMessages': ['No a', 'No b'], 'errors': {}}),
            (
                'unauthorized: Name or password',
                {'error': 'unauthorized', 'reason': 'Name or password'},
            ),
            ('a; b', [{'message': 'a', 'errorCode': 'A'}, {'message': 'b'}, {'message': 'a'}]),
        ):
            self.assertEqual(words(answer), told)
        # What only describes is no failure: then all that there is helps more.
        self.assertIn('rows', words({'description': 'All items', 'rows': []}))


class FeaturesTest(ServedTest):
    def test_defaults_stand_for_what_is_not_configured(self):
        defaults = {'kinds.api.python.defaults.DEFAULTS': {'region': 'eu', 'mode': 'a'}}
        client = self.client([Json, Defaults], {'region': None, 'mode': 'b', 'x': ''}, defaults)
        self.assertEqual(client.config, {'region': 'eu', 'mode': 'b'})

    def test_required_keys_are_named_where_they_are_missing(self):
        required = {'kinds.api.python.required_keys.REQUIRED_KEYS': ('a', 'b', 'c')}
        with self.assertRaisesRegex(ValueError, r'^The configuration lacks b, c$'):
            self.client([Json, RequiredKeys], {'a': 1, 'b': ''}, required)
        self.client([Json, RequiredKeys], {'a': 1, 'b': 0, 'c': False}, required)

    def test_headers_have_values_of_the_configuration(self):
        headers = {f'{CLIENT}.HEADERS': {'X-Mode': '{{{mode}}}', 'X-Plain': 'a'}}
        client = self.client([Json, ConfiguredHeaders], {'mode': 3}, headers)
        for _ in range(2):
            self.get(client)
        for request in self.server.requests:
            self.assertEqual((request.headers['x-mode'], request.headers['x-plain']), ('{3}', 'a'))

    def test_headers_without_a_value_are_left_out(self):
        headers = {f'{CLIENT}.HEADERS': {'X-Mode': '{mode}', 'X-None': '{mode} {none}'}}
        self.get(self.client([Json, OptionalHeaders], {'mode': 3}, headers))
        [request] = self.server.requests
        self.assertEqual(request.headers['x-mode'], '3')
        self.assertNotIn('x-none', request.headers)

    def test_rate_limit_waits_until_one_more_request_is_allowed(self):
        limit = {
            'kinds.api.python.rate_limit.CALLS': 2,
            'kinds.api.python.rate_limit.PERIOD': 60,
        }
        client, other = [self.client([Json, RateLimit], constants=limit) for _ in range(2)]
        for _ in range(2):
            self.get(client)
            self.get(other)
        self.assertEqual(self.waits, [])
        self.get(client)
        self.assertTrue(50 < self.waits[0] <= 60, self.waits)

    def test_certificate_is_that_of_the_session(self):
        config = {'client_certificate': 'a.pem', 'client_key': 'a.key'}
        client = self.client([Json, ClientCertificate], config)
        self.assertEqual(client.session.cert, ('a.pem', 'a.key'))

    def test_parents_have_a_place_of_each_client(self):
        one, other = [self.client([Json, ParentKeys]) for _ in range(2)]
        one.keys['a'] = [1]
        self.assertEqual(other.keys, {})

    def test_graphql_errors_have_status_200(self):
        client = self.client([GraphQL])
        self.server.reply = Reply({'data': {}, 'errors': [{'message': 'No such field'}]})
        with self.assertRaisesRegex(HttpError, r'/items: No such field$'):
            self.get(client)
        self.server.reply = Reply({'data': {'a': 1}, 'errors': []})
        self.assertEqual(self.get(client)['data'], {'a': 1})

    def test_authentication_may_be_overridden(self):
        client = self.client([Json])

        def authenticate(request):
            request['headers']['X-Signature'] = 'signed'
            request['params']['time'] = 1

        with patch.object(client, 'authenticate', authenticate):
            self.get(client)
        [request] = self.server.requests
        self.assertEqual(
            (request.headers['x-signature'], request.params), ('signed', {'time': '1'})
        )


if __name__ == '__main__':
    unittest.main()
