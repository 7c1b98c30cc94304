import * as v from 'valibot';
import { choice, configKey, fields, mapping, whole } from './fields.ts';

const TYPES = ['list', 'integer', 'number', 'date', 'boolean'] as const;

/** A configuration key of an API connector. */
export const apiConfigKey = fields({
  ...configKey.entries,
  values: v.optional(
    v.pipe(
      mapping(
        v.pipe(v.string(), v.regex(/^[^\r\n,]*[^\r\n,\s][^\r\n,]*$/, 'must be one line without commas')),
        v.union([v.string(), v.number(), v.boolean()], 'must be text, a number or true/false'),
        'must be a mapping of what may be configured to what it stands for',
      ),
      v.check(value => Object.keys(value).length > 0, 'must have a value'),
      v.description('What may be configured, and what {key} stands for then, such as eu: https://eu.acme.test'),
    ),
  ),
  type: v.optional(
    choice(
      TYPES,
      'What the value has to be (default: any text); in a JSON body, it keeps that type; a list is text with commas, and a parameter several times; a date has formats',
    ),
  ),
});

export type ApiConfigKeyAnswer = v.InferOutput<typeof apiConfigKey>;
export type ConfigType = (typeof TYPES)[number];

/** The types of configured values, by their keys. */
export type ConfigTypes = Readonly<Record<string, ConfigType>>;

/** The configuration key that an answer takes a number of: `"{key}"`; undefined for the number itself. */
export function numberKey(answer: number | string | undefined): string | undefined {
  return typeof answer === 'string' ? answer.slice(1, -1) : undefined;
}

/** A whole number from 1, or the configuration key that has it. */
export function wholeOrKey(description: string) {
  const key = v.pipe(v.string(), v.regex(/^\{[a-z][a-z0-9_]*\}$/, 'must be a whole number from 1, or {key} of one'));
  return v.pipe(
    v.union([whole('', 1), key], 'must be a whole number from 1, or {key} of one that is configured'),
    v.description(`${description}; or "{key}" of the configuration, of the type integer`),
  );
}
