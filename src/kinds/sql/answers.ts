import * as v from 'valibot';
import { connectorEntries } from '../../answers/connector.ts';
import { choice, fields, list } from '../../answers/fields.ts';
import { dialectNames } from './dialects/registry.ts';
import { driver } from './driver-answers.ts';
import { sqlStream } from './stream-answers.ts';

export const dialect = choice(
  dialectNames,
  'The database: it decides the driver, the configuration keys and how types are read',
);

/** The answers that make an SQL connector. Its tables are discovered; the streams that are declared are saved queries. */
export const sqlAnswers = fields({
  kind: v.literal('sql', 'must be sql'),
  ...connectorEntries,
  dialect,
  driver: v.optional(v.pipe(driver, v.description('The driver, where the dialect is generic'))),
  ssh_tunnel: v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description('Whether the database is reached through an SSH server, which becomes configuration'),
    ),
  ),
  streams: v.optional(list(sqlStream, 'Saved queries, which are streams beside the tables')),
});

export type SqlAnswers = v.InferOutput<typeof sqlAnswers>;
