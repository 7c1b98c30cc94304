from api.server import Reply
from api.support import ServedTest

from kinds.api.formats.json.decode import Json
from kinds.api.python.error_rules import ErrorRules
from kinds.api.python.places import find
from mage_integrations.sources.http.client import ForbiddenError, HttpError


class ErrorRulesTest(ServedTest):
    def ruled(self, *rules, **kwargs):
        client = self.client([Json, ErrorRules], **kwargs)
        client.errors = rules
        return client

    def test_retry_is_bounded_and_tells_what_the_api_said(self):
        client = self.ruled({'status': (403,), 'do': 'retry', 'message': 'Snap again'})
        self.server.replies = [Reply({'message': 'busy'}, 403), Reply([1])]
        self.assertEqual(self.get(client), [1])
        self.assertIn('status 403, next try in', self.log.lines[0])
        self.server.replies = []
        self.server.reply = Reply({'message': 'busy'}, 403)
        self.server.requests.clear()
        with self.assertRaisesRegex(HttpError, r'/items answered 403: Snap again: busy$'):
            self.get(client)
        self.assertEqual(len(self.server.requests), 6)

    def test_retry_of_a_failure_with_status_200(self):
        client = self.ruled({'path': ('errors', 0, 'code'), 'equals': 'BUSY', 'do': 'retry'})
        failed = {'errors': [{'code': 'BUSY', 'message': 'later'}]}
        self.server.replies = [Reply(failed), Reply({'data': [1]})]
        self.assertEqual(self.get(client), {'data': [1]})
        self.server.reply = Reply(failed)
        with self.assertRaisesRegex(HttpError, r'/items answered 200: later$'):
            self.get(client)

    def test_wait_goes_by_the_headers_of_a_rate_limit(self):
        client = self.ruled({'status': (400,), 'contains': 'slow', 'do': 'wait', 'seconds': 70})
        self.server.replies = [
            Reply('slow down', 400, {'X-RateLimit-Reset': '33'}),
            Reply('slow down', 400),
            Reply('slow down', 400, {'Retry-After': 'later'}),
            # It says that there is no need to wait.
            Reply('slow down', 400, {'Retry-After': '0'}),
            Reply([1]),
        ]
        self.assertEqual(self.get(client), [1])
        self.assertEqual(self.waits[:3], [33, 70, 70])
        self.assertLess(self.waits[3], 10)

    def test_no_records(self):
        client = self.ruled({'path': ('api_error_code',), 'equals': 'not_set_up', 'do': 'empty'})
        self.server.reply = Reply({'api_error_code': 'not_set_up'}, 400)
        self.assertIsNone(self.get(client))
        self.server.reply = Reply({'api_error_code': 'other', 'message': 'no'}, 400)
        with self.assertRaisesRegex(HttpError, r'/items answered 400: no$'):
            self.get(client)

    def test_failure_has_the_words_of_the_rule_and_of_the_api(self):
        client = self.ruled(
            {'status': (403, 500), 'do': 'fail', 'message': 'Ask your admin'},
            config={'key': 'sesame of hers'},
        )
        client.secrets.add('sesame of hers')
        self.server.reply = Reply({'message': 'sesame of hers is no admin'}, 403)
        with self.assertRaisesRegex(ForbiddenError, r'403: Ask your admin: \*\*\* is no admin$'):
            self.get(client, '/items', params={'q': 'x'})
        self.server.reply = Reply({'message': 'down'}, 500)
        with self.assertRaisesRegex(HttpError, r'/items answered 500: Ask your admin: down$'):
            self.get(client)
        # What fails by a rule isn't tried again.
        self.assertEqual(len(self.server.requests), 2)

    def test_first_rule_that_fits_counts(self):
        client = self.ruled(
            {'status': (404,), 'path': ('code',), 'equals': 7, 'do': 'fail'},
            {'status': (404,), 'do': 'empty'},
        )
        self.server.replies = [Reply({'code': 8}, 404), Reply({'code': '7'}, 404)]
        self.assertIsNone(self.get(client))
        with self.assertRaisesRegex(HttpError, 'answered 404'):
            self.get(client)

    def test_what_stands_at_a_path(self):
        there = {'path': ('error',), 'do': 'empty'}
        part = {'path': ('error',), 'contains': 'gone', 'do': 'empty'}
        false = {'path': ('ok',), 'equals': False, 'do': 'empty'}
        for rule, body, fits in (
            (there, {'error': 'x'}, True),
            (there, {'error': {'code': 1}}, True),
            (there, {'error': None}, False),
            (there, {'error': False}, False),
            (there, {'error': []}, False),
            (there, [1], False),
            (there, 'no JSON', False),
            (part, {'error': 'all gone'}, True),
            (part, {'error': [{'text': 'all gone'}]}, True),
            (part, {'error': 'here', 'other': 'gone'}, False),
            (false, {'ok': False}, True),
            (false, {'ok': None}, False),
            (false, {}, False),
        ):
            with self.subTest(rule=rule, body=body):
                self.server.reply = Reply(body, 400)
                client = self.ruled(rule)
                if fits:
                    self.assertIsNone(self.get(client))
                else:
                    with self.assertRaises(HttpError):
                        self.get(client)

    def test_connection_test_does_not_wait(self):
        client = self.ruled({'status': (403,), 'do': 'wait', 'seconds': 70}, patient=False)
        self.server.reply = Reply({'message': 'busy'}, 403)
        with self.assertRaisesRegex(HttpError, r'/items answered 403: busy$'):
            self.get(client)
        self.assertEqual(self.waits, [])

    def test_a_wait_that_is_too_long_ends_the_run(self):
        client = self.ruled({'status': (403,), 'do': 'wait'})
        self.server.reply = Reply({'message': 'busy'}, 403, {'Retry-After': '99999'})
        with self.assertRaisesRegex(HttpError, 'status 403, and a wait of 99999 seconds'):
            self.get(client)


class PlacesTest(ServedTest):
    def test_places(self):
        value = {'a': [{'b': 1}, {'b': 2}], '0': 'zero'}
        for path, found in (
            (('a', 0, 'b'), 1),
            (('a', -1, 'b'), 2),
            (('a', '1', 'b'), 2),
            (('0',), 'zero'),
            (('a', 2), None),
            (('a', 'b'), None),
            (('a', 0, 'b', 'c'), None),
            ((), value),
        ):
            with self.subTest(path):
                self.assertEqual(find(value, path), found)
