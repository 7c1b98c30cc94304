import * as v from 'valibot';
import { connectorEntries } from '../../answers/connector.ts';
import { choice, fields, line, list } from '../../answers/fields.ts';
import { streamEntries } from '../../answers/stream.ts';

/** Codecs of Python's standard library that text files come in. */
const ENCODING =
  /^(?:ascii|utf[-_]?8(?:[-_]sig)?|utf[-_]?(?:16|32)(?:[-_]?[lb]e)?|latin[-_]?1|iso[-_]?8859[-_](?:[1-9]|1[013-6])|cp(?:037|437|720|737|775|8[5-7]\d|932|949|950|125[0-8])|windows[-_]125[0-8]|mac[-_]roman|koi8[-_][ru]|shift[-_]jis|euc[-_](?:jp|kr)|gb2312|gbk|gb18030|big5)$/i;

export const delimiter = v.pipe(
  v.string('must be text'),
  v.regex(/^[^\p{L}\p{N}"'\r\n .+-]$/u, 'must be one character, such as ; or | or "\\t"'),
  v.description('What separates the fields of a CSV file (default: a comma)'),
);

export const encoding = v.pipe(
  v.string('must be text'),
  v.regex(ENCODING, 'must be an encoding that Python knows, such as cp1252, latin-1 or utf-16'),
  v.description('The encoding of CSV files (default: UTF-8, with a byte order mark or without)'),
);

export const path = v.pipe(
  line('The files: a path or a glob pattern below base_path; {key} stands for a configuration key'),
  v.check(value => !/^[a-z][a-z0-9+.-]*:\/\//i.test(value), 'must be a path of local files, not an address'),
  v.regex(
    /^(?:[^{}\p{Cc}]|\{[a-z][a-z0-9_]*\})+$/u,
    'must be a path such as exports/orders-*.csv; braces are for configuration keys only',
  ),
);

/** The answers of one stream. */
export const fileStream = fields({
  ...streamEntries,
  path,
  records_path: v.optional(
    line('Where the records are in a JSON file, such as data.items; without it, the file itself'),
  ),
});

/** The answers that make a file connector. */
export const fileAnswers = fields({
  kind: v.literal('file', 'must be file'),
  ...connectorEntries,
  format: choice(['csv', 'json', 'jsonl'], 'What is in the files: CSV with a header, JSON, or JSON Lines'),
  location: v.optional(choice(['local'], 'Where the files are'), 'local'),
  delimiter: v.optional(delimiter),
  encoding: v.optional(encoding),
  streams: v.pipe(
    list(fileStream, 'The streams: one for each kind of record'),
    v.minLength(1, 'must have at least one stream'),
  ),
});

export type FileAnswers = v.InferOutput<typeof fileAnswers>;
export type FileStreamAnswers = v.InferOutput<typeof fileStream>;
export type FileFormat = FileAnswers['format'];
