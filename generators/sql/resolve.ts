import type { ConnectorBase } from '../common/kind.ts';
import type { ConfigKey, ConnectorModel, DeclaredStream } from '../common/model/connector.ts';
import type { SqlAnswers } from './answers.ts';
import { dialectOf } from './dialects/all.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { QueryStreamModel, SqlModel } from './model.ts';

/** Which of the tables and views are streams, in any database. */
const TABLES: readonly ConfigKey[] = [
  {
    name: 'tables',
    description: 'The only tables and views to discover, with commas; * stands for any text, as in sales_*',
    required: false,
    secret: false,
  },
  {
    name: 'exclude_tables',
    description: 'Tables and views to leave out, written in the same way',
    required: false,
    secret: false,
  },
];

/** What it takes to reach the database, and what to read of it. */
export function sqlConfig({ dialect }: SqlAnswers): readonly ConfigKey[] {
  return [...dialectOf(dialect).config, ...TABLES];
}

/** The model of an SQL connector. */
export function resolveSql(
  answers: SqlAnswers,
  base: ConnectorBase & Pick<ConnectorModel, 'config'>,
  streams: readonly DeclaredStream[],
): SqlModel {
  const dialect = dialectOf(answers.dialect);
  return {
    ...base,
    kind: 'sql',
    dialect,
    pythonPackages: dialect.pythonPackages,
    requiredKeys: base.config.filter(({ required }) => required).map(({ name }) => name),
    defaultPort: portOf(dialect),
    streams: streams as readonly QueryStreamModel[],
  };
}

function portOf({ config }: Dialect): number | undefined {
  const port = config.find(({ name }) => name === 'port')?.default;
  return typeof port === 'number' ? port : undefined;
}
