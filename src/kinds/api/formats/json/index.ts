import { responseFormat } from '../format.ts';

/** JSON (RFC 8259), what responses are written in unless the answers say otherwise. */
export const json = responseFormat({
  name: 'json',
  entries: {},
  accept: 'application/json',
  typed: true,
  flat: false,
  elements: false,
  client: () => ({ module: 'kinds/api/formats/json/decode.py', class: 'Json', values: {} }),
  encoded: encoding => [
    { module: 'kinds/api/formats/json/encoded.py', class: 'EncodedJson', values: { ENCODING: encoding } },
  ],
  fake: () => [],
});
