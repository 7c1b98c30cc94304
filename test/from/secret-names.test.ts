import assert from 'node:assert/strict';
import { isSecretName, looksRandom } from '../../src/from/requests/secret-names.ts';

describe('secrets in requests', () => {
  it('are told by names', () => {
    const secret =
      'X-Api-Key apikey api_key access_token accessToken token key Private-Token X-Auth-Token client_secret password sig X-Shopify-Access-Token Ocp-Apim-Subscription-Key session_id appid jwt sessionToken'.split(
        ' ',
      );
    const open =
      'page_token nextPageToken continuation_token sort_key X-Region monkey keyword keys since tokens cursor starting_after idempotency-key partition_key'.split(
        ' ',
      );
    assert.deepEqual(
      secret.filter(name => !isSecretName(name)),
      [],
    );
    assert.deepEqual(open.filter(isSecretName), []);
  });

  it('are told by values that nobody would choose', () => {
    const random = [
      'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
      '3f9a1b2c3d4e5f60718293a4b5c6d7e8',
      'bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw',
      'c2VjcmV0LXRoaW5nLTEyMzQ1Njc4OTA=',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w',
    ];
    const chosen = [
      'short1',
      '2024-01-31T12:00:00.000Z',
      'application/vnd.acme.v2+json',
      'https://acme.test/a/1234567',
      'updated_at,-created_at,id',
      'a-name-of-something-with-2-digits',
      'text that has 3 words in it',
    ];
    assert.deepEqual(
      random.filter(value => !looksRandom(value)),
      [],
    );
    assert.deepEqual(chosen.filter(looksRandom), []);
  });
});
