import type { ConfigKey } from '../../../../connector/model.ts';
import type { RuntimeClass } from '../../../../python/compose/composition.ts';
import { dictOf, type Value } from '../../../../python/compose/values.ts';
import { formatText } from '../../../../python/literal.ts';
import type { DriverAnswers } from '../../driver-answers.ts';
import { type DriverParts, inDialect } from '../dialect.ts';

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

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g;

const option = (name: string): RuntimeClass => inDialect('generic', name, 'options');

const QUOTES = { '"': [], '`': [option('Backticks')], '[': [option('Brackets')] } as const;
const PAGES = { limit_offset: [], offset_fetch: [option('OffsetFetch')], skip: [option('SkippedRows')] } as const;

/** What the answers of a driver make of a connector. `{schema}` in a catalogue's query becomes NUL, as in the source. */
export function driverParts(answers: DriverAnswers): DriverParts {
  const { quote = '"', limit = 'limit_offset', session = [], catalogue = INFORMATION_SCHEMA, connect } = answers;
  const keys = placeholders(connect);
  const isConfigured = keys.length > 0;
  return {
    config: driverConfig(answers, keys),
    pythonPackages: answers.package ? [answers.package] : [],
    features: [
      ...(isConfigured ? [option('ConfiguredArguments')] : []),
      ...(session.length > 0 ? [option('Session')] : []),
      ...QUOTES[quote],
      ...PAGES[limit],
    ],
    values: config => ({
      DRIVER: answers.module,
      CONNECT: dictOf(Object.entries(connect).map(([name, value]) => [name, isConfigured ? argument(value) : value])),
      DISCOVER_QUERY: catalogue.trim().replaceAll('{schema}', '\0'),
      ...(isConfigured && { DEFAULTS: dictOf(config.filter(isOptional(keys)).map(standing)) }),
      ...(session.length > 0 && { SESSION: session }),
    }),
  };
}

/** True for keys of the arguments that need not be configured. */
function isOptional(keys: readonly string[]): (key: ConfigKey) => boolean {
  return ({ name, required }) => !required && keys.includes(name);
}

/** What stands for such a key. */
function standing({ name, default: standard }: ConfigKey): readonly [string, Value] {
  return [name, standard ?? null];
}

/** As Python's `str.format` takes it. */
function argument(value: string | number | boolean): Value {
  return typeof value === 'string' ? formatText(value) : value;
}

/** A key for each placeholder, and the schema; passwords aren't required, since not every user has one. */
function driverConfig({ catalogue }: DriverAnswers, names: readonly string[]): readonly ConfigKey[] {
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
function placeholders(connect: DriverAnswers['connect']): string[] {
  const texts = Object.values(connect).filter(value => typeof value === 'string');
  return [...new Set(texts.flatMap(text => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name as string)))];
}
