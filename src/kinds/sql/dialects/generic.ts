import type { ConfigKey } from '../../../connector/model.ts';
import type { DriverAnswers } from '../driver-answers.ts';
import type { Dialect } from './dialect.ts';

const PAGES = {
  limit_offset: 'LIMIT {limit} OFFSET {offset}',
  offset_fetch: 'OFFSET {offset} ROWS FETCH NEXT {limit} ROWS ONLY',
  skip: '',
} as const;

/** What most databases have beside their own catalogue. */
const INFORMATION_SCHEMA = `SELECT
    described.table_name,
    described.column_name,
    described.data_type,
    described.is_nullable,
    primary_key.position
FROM information_schema.columns AS described
LEFT JOIN (
    SELECT parts.table_name, parts.column_name, MIN(parts.ordinal_position) AS position
    FROM information_schema.table_constraints AS found
    JOIN information_schema.key_column_usage AS parts
        ON parts.constraint_schema = found.constraint_schema
        AND parts.constraint_name = found.constraint_name
        AND parts.table_name = found.table_name
    WHERE found.constraint_type = 'PRIMARY KEY' AND found.table_schema = {schema}
    GROUP BY parts.table_name, parts.column_name
) AS primary_key
    ON primary_key.table_name = described.table_name
    AND primary_key.column_name = described.column_name
WHERE described.table_schema = {schema}
ORDER BY described.table_name, described.ordinal_position`;

/** Any database with a driver of Python's DB-API; what the driver's answers say is added by `withDriver`. */
export const generic = {
  name: 'generic',
  templates: 'generic',
  label: 'Another one, by any DB-API driver of Python',
  config: [],
  pythonPackages: [],
  // A character that no name has: how the driver marks a parameter is known when it is loaded.
  placeholder: '\\0',
  marksByDriver: true,
  discovered: '(described(*row) for row in self._rows(DISCOVER_QUERY, self.catalogue_values))',
  keylessOrder: 'quote(column)',
  page: PAGES.limit_offset,
  pageValues: '',
  comparesRows: false,
  selectsExpressions: false,
  valuesNeedTypes: true,
  notes: [
    'The tables and views that the catalogue tells of are the streams.',
    'Numbers keep all their digits where the driver gives decimals for them. Dates and times are in ISO 8601, those with a time zone in UTC. JSON comes as objects, binary columns in base64, NaN and infinite numbers as null, and what the driver has types of its own for as text.',
  ],
} as const satisfies Dialect;

/** The dialect of a driver. */
export function withDriver(answers: DriverAnswers): Dialect {
  const { quote = '"', limit = 'limit_offset', session, catalogue = INFORMATION_SCHEMA } = answers;
  return {
    ...generic,
    config: driverConfig(answers),
    pythonPackages: answers.package ? [answers.package] : [],
    session,
    page: PAGES[limit],
    skipsRows: limit === 'skip',
    quotes: [quote, quote === '[' ? ']' : quote],
    driver: {
      module: answers.module,
      connect: answers.connect,
      configured: placeholders(answers).length > 0,
      catalogue: catalogue.trim().replaceAll('{schema}', '\0'),
      schemas: catalogue.split('{schema}').length - 1,
    },
  };
}

/** A key for each placeholder, and the schema; passwords aren't required, since not every user has one. */
function driverConfig({ connect, catalogue }: DriverAnswers): readonly ConfigKey[] {
  const names = placeholders({ connect });
  const keys = names.map(name => {
    const secret = /password|passwd|secret|token|key/.test(name);
    return { name, description: `Stands for {${name}} in what connects`, required: !secret, secret, derived: true };
  });
  if (names.includes('schema')) return keys;
  const required = (catalogue ?? INFORMATION_SCHEMA).includes('{schema}');
  const description = `The schema whose tables are the streams${required ? '' : '; without it, their names stand alone'}`;
  return [...keys, { name: 'schema', description, required, secret: false, derived: true }];
}

/** The configuration keys that stand in the arguments of `connect`. */
function placeholders({ connect }: Pick<DriverAnswers, 'connect'>): string[] {
  const texts = Object.values(connect).filter(value => typeof value === 'string');
  return [
    ...new Set(texts.flatMap(text => [...text.matchAll(/\{([a-z][a-z0-9_]*)\}/g)].map(([, name]) => name as string))),
  ];
}
