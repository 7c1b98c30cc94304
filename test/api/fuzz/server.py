"""A server of random habits, and what goes wrong with it."""

import json
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlencode, urlsplit

SIZE = 3
# More requests than any run needs.
MOST = 100
PASSING = [
    (500, {}),
    (503, {}),
    (408, {}),
    (520, {}),
    (429, {'Retry-After': '1'}),
    (403, {'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '5'}),
    (None, {}),
]


# Paginations that go by something in each response.
NEEDED = ('pages', 'has_more', 'total', 'cursor', 'next_url', 'link')


class Habits:
    """How a server cuts, filters and fails in one run."""

    def __init__(self, pagination, replication, fault, world, random):
        self.pagination, self.replication = pagination, replication
        self.fault, self.world, self.random = fault, world, random
        self.inclusive_since, self.inclusive_until = random.random() < 0.5, random.random() < 0.5
        # What shifts pages is added to their front.
        self.descending = fault == 'shift' or random.random() < 0.5
        self.flaky = random.choice([0, 0, 0.2])
        self.at = random.randrange(1, 5)
        self.in_a_row = self.count = 0
        self.struck = self.endless = False
        # What was answered for the same filter, by which pages can repeat.
        self.pages = {}

    def __str__(self):
        ends = f'since {self.inclusive_since}, until {self.inclusive_until}'
        return f'{self.fault} at {self.at}, inclusive {ends}, descending {self.descending}'

    def answer(self, params, origin):
        """Return status, headers and body."""
        if self.in_a_row < 3 and self.random.random() < self.flaky:
            self.in_a_row += 1
            status, headers = self.random.choice(PASSING)
            return status, headers, 'for a while'
        self.in_a_row = 0
        self.count += 1
        if self.count > MOST:
            self.endless = True
            return 404, {}, 'no end'
        rows = [self.world.write(row) for row in self.visible(params)]
        body, headers = getattr(self, f'cut_{self.pagination}')(rows, params, origin)
        asked = (params.get('since'), params.get('until'))
        pages = self.pages.setdefault(asked, [])
        reply = self.spoil(200, headers, body, pages)
        pages.append(reply)
        self.shift(body)
        return reply

    def visible(self, params):
        rows = sorted(self.world.rows.values(), key=lambda row: row['id'])
        if self.descending and self.pagination != 'keyset':
            rows.reverse()
        since, until = (self.moment(params.get(name)) for name in ('since', 'until'))
        return [
            row
            for row in rows
            if (not since or row['at'] > since or (self.inclusive_since and row['at'] == since))
            and (not until or row['at'] < until or (self.inclusive_until and row['at'] == until))
        ]

    def moment(self, text):
        if text is None:
            return None
        return datetime.strptime(text, '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=timezone.utc)

    def spoil(self, status, headers, body, pages):
        """Return the answer as the fault of the run has it."""
        fault = self.fault if self.count >= self.at else None
        data = body['result']['data']
        if fault == 'no paging' and self.count == 1 and data and self.pagination in NEEDED:
            self.struck = True
            return status, {}, {'result': body['result']}
        if self.fault == 'omits' and self.is_last(headers, body):
            self.struck = True
            return status, {}, {'result': body['result']}
        others = {
            'always 500': (500, {}, 'down'),
            'html': (200, {}, '<html>Sign in</html>'),
            'broken': (200, {}, json.dumps(body)[:-2]),
            'error': (200, {}, {'result': None, 'error': 'quota'}),
            'no list': (200, headers, {**body, 'result': {'data': {'id': 1}}}),
            'no object': (200, headers, {**body, 'result': {'data': [*data, 'a']}}),
        }
        if fault in others:
            self.struck = True
            return others[fault]
        back = {'same page': 1, 'two pages': 2}.get(fault, len(pages) + 1)
        if back > len(pages) or not self.is_answer_to_another(pages[-back], data):
            return status, headers, body
        self.struck = True
        return pages[-back]

    def is_last(self, headers, body):
        """Tell whether a page says in so many words that it is the last."""
        said = [
            *body.get('meta', {}).values(),
            *body.get('links', {}).values(),
            body.get('more', ''),
        ]
        return None in said or False in said or (headers and 'next' not in headers['Link'])

    def is_answer_to_another(self, reply, data):
        return reply[2]['result']['data'] not in ([], data)

    def shift(self, body):
        """Add a row to the front of all pages, and change one that was given, which comes again."""
        rows = body['result']['data']
        if self.fault == 'shift' and self.count == self.at and rows:
            self.struck = True
            # At one moment: what changes before another that is seen in the same run is lost to any.  # noqa: E501
            at = self.world.later()
            self.world.add(at)
            # From a window, a change takes the row away, which no paging by numbers could see.
            if self.replication != 'windows':
                self.world.update(rows[-1]['id'], at)

    def cut(self, rows, start, **more):
        return {'result': {'data': rows[start : start + SIZE]}, **more}

    def cut_none(self, rows, params, origin):
        return {'result': {'data': rows}}, {}

    def cut_page(self, rows, params, origin):
        return self.cut(rows, (int(params['page']) - 1) * SIZE), {}

    def cut_pages(self, rows, params, origin):
        pages = {'pages': -(-len(rows) // SIZE)}
        return self.cut(rows, (int(params['page']) - 1) * SIZE, meta=pages), {}

    def cut_has_more(self, rows, params, origin):
        start = (int(params['page']) - 1) * SIZE
        return self.cut(rows, start, more=start + SIZE < len(rows)), {}

    def cut_offset(self, rows, params, origin):
        return self.cut(rows, int(params['offset'])), {}

    def cut_total(self, rows, params, origin):
        return self.cut(rows, int(params['offset']), meta={'total': len(rows)}), {}

    def cut_cursor(self, rows, params, origin):
        start = int(params.get('cursor', 'c0')[1:])
        following = f'c{start + SIZE}' if start + SIZE < len(rows) else None
        return self.cut(rows, start, meta={'next': following}), {}

    def cut_keyset(self, rows, params, origin):
        after = int(params.get('starting_after', 0))
        return self.cut([row for row in rows if row['id'] > after], 0), {}

    def cut_next_url(self, rows, params, origin):
        start = int(params.get('after', 0))
        following = self.address(params, origin, start) if start + SIZE < len(rows) else None
        return self.cut(rows, start, links={'next': following}), {}

    def cut_link(self, rows, params, origin):
        start = int(params.get('after', 0))
        links = [f'<{origin}>; rel="first"; title="a, b"']
        if start + SIZE < len(rows):
            links.append(f'<{self.address(params, origin, start)}>; REL=next')
        return self.cut(rows, start), {'Link': ', '.join(links)}

    def address(self, params, origin, start):
        return f'{origin}?{urlencode({**params, "after": start + SIZE})}'


class FuzzServer:
    def __init__(self):
        self.habits = None
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            # Otherwise each answer waits for an acknowledgement.
            wbufsize = -1

            def do_GET(self):
                url = urlsplit(self.path)
                origin = f'http://{self.headers["Host"]}{url.path}'
                status, headers, body = server.habits.answer(dict(parse_qsl(url.query)), origin)
                if status is None:
                    self.close_connection = True
                    return
                text = (body if isinstance(body, str) else json.dumps(body)).encode()
                self.send_response(status)
                headers = {**headers, 'Content-Length': len(text)}
                for name, value in {'Content-Type': 'application/json', **headers}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(text)
                self.wfile.flush()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
