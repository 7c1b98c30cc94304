import { omit } from 'lodash-es';
import * as v from 'valibot';
import { ENCODING } from '../../../answers/encoding.ts';
import { choice } from '../../../answers/fields.ts';
import type { Report } from '../../../connector/kind.ts';
import { archiveEntries } from './archive.ts';
import { decimals } from './decimals.ts';
import type { ResponseFormat } from './format.ts';
import { FORMATS } from './registry.ts';

const names = FORMATS.map(({ name }) => name);

/** The answers about formats; each format reads its own. */
const own: Record<never, v.GenericSchema> = Object.assign({}, ...FORMATS.map(({ entries }) => entries));

const encoding = (description: string) =>
  v.optional(v.pipe(v.string('must be text'), v.regex(...ENCODING), v.description(description)));

export const formatEntries = {
  response_format: v.optional(choice(names, `What responses are written in (default: ${names[0]})`)),
  encoding: encoding(
    'The encoding of responses that are not in UTF-8, or not in the charset that they say (default: that)',
  ),
  ...own,
};

/** The answers about the format of one stream; decimals are those of the whole connector. */
export const streamFormatEntries = {
  response_format: v.optional(
    choice(names, "What its responses are written in, where that isn't as the connector's; of a job, what it makes"),
  ),
  encoding: encoding("Their encoding, where that isn't as the connector's"),
  ...omit(own, Object.keys(decimals)),
  ...archiveEntries,
};

/** The names of the answers about formats. */
export const formatKeys = Object.keys(formatEntries);

/** The format that answers name, or the default. */
export function formatOf(name: unknown): ResponseFormat {
  return FORMATS.find(format => format.name === name) ?? FORMATS[0];
}

/** Reports what has no meaning with the formats that read it. */
export function reportFormat(answers: object, used: readonly ResponseFormat[], report: Report): void {
  const given = answers as Readonly<Record<string, unknown>>;
  for (const { name, entries } of FORMATS)
    for (const key of Object.keys(entries).filter(entry => formatsWith(entry).split(' ')[0] === name))
      if (given[key] !== undefined && !used.some(format => key in format.entries))
        report([key], `has no use without response_format: ${formatsWith(key)}`);
}

/** The names of the formats that an answer has a meaning with. */
function formatsWith(key: string): string {
  return FORMATS.filter(({ entries }) => key in entries)
    .map(({ name }) => name)
    .join(' or ');
}
