/** Codecs of Python's standard library that text files come in. */
const CODECS =
  /^(?:ascii|utf[-_]?8(?:[-_]sig)?|utf[-_]?(?:16|32)(?:[-_]?[lb]e)?|latin[-_]?1|iso[-_]?8859[-_](?:[1-9]|1[013-6])|cp(?:037|437|720|737|775|8[5-7]\d|932|949|950|125[0-8])|windows[-_]125[0-8]|mac[-_]roman|koi8[-_][ru]|shift[-_]jis|euc[-_](?:jp|kr)|gb2312|gbk|gb18030|big5)$/i;

/** What an encoding in the answers has to be, and what is said of one that isn't. */
export const ENCODING = [CODECS, 'must be an encoding that Python knows, such as cp1252, latin-1 or utf-16'] as const;
