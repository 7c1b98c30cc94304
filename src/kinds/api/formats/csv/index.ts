import * as v from 'valibot';
import { encodedText, responseFormat } from '../format.ts';

const entries = {
  csv_delimiter: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[\t\x20-\x7e]$/, 'must be one character'),
      v.description('What stands between columns (default: a comma)'),
    ),
  ),
};

/** CSV with a header line (RFC 4180). */
export const csv = responseFormat({
  name: 'csv',
  entries,
  accept: 'text/csv',
  typed: false,
  flat: true,
  elements: false,
  bare: true,
  client: ({ csv_delimiter = ',' }) => ({
    module: 'kinds/api/formats/csv/decode.py',
    class: 'Csv',
    values: { DELIMITER: csv_delimiter },
  }),
  encoded: encodedText,
  fake: ({ csv_delimiter = ',' }) => [
    { module: 'kinds/api/formats/csv/fake.py', class: 'FakeCsv', values: { DELIMITER: csv_delimiter } },
  ],
});
