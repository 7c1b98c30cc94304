"""A fake API that challenges whoever asks for records, as HTTP digest has it."""

from hashlib import md5

from requests.utils import parse_dict_header

from kinds.api.python.offline.base import FakeApi

DIGEST_USER = ''
DIGEST_PASSWORD = ''
CHALLENGE = 'Digest realm="test", nonce="first", qop="auth", algorithm=MD5'


class FakeDigest(FakeApi):
    def answer(self, request):
        if 'Authorization' in request.headers:
            return self.answer_records(request)
        return 401, {}, {'WWW-Authenticate': CHALLENGE}

    def complete(self, response):
        # What answers the challenge.
        response.connection = self

    def check_credentials(self, request):
        said = parse_dict_header(request.headers['Authorization'].partition(' ')[2])
        who = hash_text(f'{DIGEST_USER}:test:{DIGEST_PASSWORD}')
        what = hash_text(f'{request.method}:{request.path_url}')
        proof = hash_text(f'{who}:first:{said["nc"]}:{said["cnonce"]}:auth:{what}')
        assert said['response'] == proof, 'The credentials are wrong'


def hash_text(text):
    return md5(text.encode()).hexdigest()
