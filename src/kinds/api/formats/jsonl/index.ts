import { decimals, decoderFor } from '../decimals.ts';
import { encodedText, responseFormat } from '../format.ts';

/** JSON Lines: a record in each line. */
export const jsonl = responseFormat({
  name: 'jsonl',
  entries: decimals,
  accept: 'application/x-ndjson, application/jsonl, application/json',
  typed: true,
  flat: false,
  elements: false,
  bare: true,
  client: answers =>
    decoderFor(answers, { module: 'kinds/api/formats/jsonl/decode.py', class: 'JsonLines', values: {} }),
  encoded: encodedText,
  fake: () => [{ module: 'kinds/api/formats/jsonl/fake.py', class: 'FakeJsonLines', values: {} }],
});
