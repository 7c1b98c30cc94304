import * as v from 'valibot';
import { connectorEntries } from '../common/answers/connector.ts';
import { choice, fields } from '../common/answers/fields.ts';
import { dialectNames } from './dialects/all.ts';

export const dialect = choice(
  dialectNames,
  'The database: it decides the driver, the configuration keys and how types are read',
);

/** The answers that make an SQL connector. Its streams are discovered, so there are none to declare. */
export const sqlAnswers = fields({
  kind: v.literal('sql', 'must be sql'),
  ...connectorEntries,
  dialect,
});

export type SqlAnswers = v.InferOutput<typeof sqlAnswers>;
