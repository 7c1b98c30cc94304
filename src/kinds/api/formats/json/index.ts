import { decimals, decoderFor } from '../decimals.ts';
import { responseFormat } from '../format.ts';

/** JSON (RFC 8259), what responses are written in unless the answers say otherwise. */
export const json = responseFormat({
  name: 'json',
  entries: decimals,
  accept: 'application/json',
  typed: true,
  flat: false,
  elements: false,
  bare: false,
  client: answers => decoderFor(answers, { module: 'kinds/api/formats/json/decode.py', class: 'Json', values: {} }),
  encoded: (encoding, decoder) => [
    decoder.class === 'Json'
      ? { module: 'kinds/api/formats/json/encoded.py', class: 'EncodedJson', values: { ENCODING: encoding } }
      : {
          module: 'kinds/api/formats/json/exact_encoded.py',
          class: 'ExactEncodedJson',
          values: { ENCODING: encoding },
        },
  ],
  fake: () => [],
});
