import { csv } from './csv/format.ts';
import { json } from './json/format.ts';
import { jsonl } from './jsonl/format.ts';

/** The formats that files can have, as the question offers them. */
export const FORMATS = [csv, json, jsonl] as const;

export type AnyFormat = (typeof FORMATS)[number];
type All<Union> = (Union extends unknown ? (value: Union) => void : never) extends (value: infer Each) => void
  ? Each
  : never;

export type FormatName = AnyFormat['name'];

/** The format of a name. */
export function formatNamed(name: FormatName): AnyFormat {
  return FORMATS.find(format => format.name === name) as AnyFormat;
}

/** The answers that some format has of its own. */
export const formatAnswers = Object.assign({}, ...FORMATS.map(({ answers }) => answers)) as All<AnyFormat['answers']>;

/** The answers of a stream that some format has of its own. */
export const formatStreamAnswers = Object.assign({}, ...FORMATS.map(({ streamAnswers }) => streamAnswers)) as All<
  AnyFormat['streamAnswers']
>;
