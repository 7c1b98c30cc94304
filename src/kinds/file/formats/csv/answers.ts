import * as v from 'valibot';

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
