"""An HTTP server of a test's own: it keeps what it was asked, and answers as the test says."""

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Dict, List
from urllib.parse import parse_qs, urlsplit


@dataclass
class Request:
    method: str
    path: str
    query: str
    params: Dict
    headers: Dict
    body: str

    @property
    def form(self) -> Dict:
        return {name: values[0] for name, values in parse_qs(self.body).items()}


@dataclass
class Reply:
    body: object = None
    status: int = 200
    headers: Dict = field(default_factory=dict)


class Server:
    def __init__(self):
        self.requests: List[Request] = []
        self.replies: List[Reply] = []
        # What is answered once there are no replies left.
        self.reply = Reply([])
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def answer(self):
                length = int(self.headers.get('Content-Length') or 0)
                url = urlsplit(self.path)
                params = {name: values[0] for name, values in parse_qs(url.query).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = self.rfile.read(length).decode()
                request = Request(self.command, url.path, url.query, params, headers, body)
                server.requests.append(request)
                reply = server.replies.pop(0) if server.replies else server.reply
                text = (
                    reply.body if isinstance(reply.body, (str, bytes)) else json.dumps(reply.body)
                )
                self.send_response(reply.status)
                for name, value in {'Content-Type': 'application/json', **reply.headers}.items():
                    self.send_header(name, value)
                content = (
                    b''
                    if reply.status == 204
                    else text
                    if isinstance(text, bytes)
                    else text.encode()
                )
                if reply.status != 204:
                    self.send_header('Content-Length', str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = answer

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        Thread(
            target=self.server.serve_forever, kwargs={'poll_interval': 0.01}, daemon=True
        ).start()

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def url(self) -> str:
        return f'http://127.0.0.1:{self.port}'

    def close(self):
        self.server.shutdown()
        self.server.server_close()
