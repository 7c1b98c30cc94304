import * as v from 'valibot';
import { ENCODING } from '../../../../answers/encoding.ts';

export const delimiter = v.pipe(
  v.string('must be text'),
  v.regex(/^[^\p{L}\p{N}"'\r\n .+-]$/u, 'must be one character, such as ; or | or "\\t"'),
  v.description('What separates the fields of a CSV file (default: a comma)'),
);

export const encoding = v.pipe(
  v.string('must be text'),
  v.regex(...ENCODING),
  v.description('The encoding of CSV files (default: UTF-8, with a byte order mark or without)'),
);
