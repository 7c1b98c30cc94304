import type { ConnectorBase, Report } from '../../connector/kind.ts';
import type { ConfigKey, DeclaredStream } from '../../connector/model.ts';
import type { SqlAnswers } from './answers.ts';
import { dialectNames, dialectOf } from './dialects/all.ts';
import { SSH } from './dialects/config-keys.ts';
import type { Dialect } from './dialects/dialect.ts';
import { withDriver } from './dialects/generic.ts';
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
export function sqlConfig(answers: SqlAnswers): readonly ConfigKey[] {
  return [...chosenDialect(answers).config, ...(answers.ssh_tunnel ? SSH : []), ...TABLES];
}

function chosenDialect({ dialect, driver }: SqlAnswers): Dialect {
  return dialect === 'generic' && driver ? withDriver(driver) : dialectOf(dialect);
}

const tunnelled = dialectNames.filter(name => dialectOf(name).tunnels);

/** The model of an SQL connector. */
export function resolveSql(
  answers: SqlAnswers,
  base: ConnectorBase,
  streams: readonly DeclaredStream[],
  report: Report,
): SqlModel {
  const dialect = chosenDialect(answers);
  if (answers.dialect === 'generic' && !answers.driver)
    report(['driver'], 'is missing', 'it names the module of the driver and the arguments of its connect');
  if (answers.dialect !== 'generic' && answers.driver) report(['driver'], 'is for the dialect generic only');
  if (answers.ssh_tunnel && !dialect.tunnels)
    report(['ssh_tunnel'], `is for the dialects ${tunnelled.join(', ')} only`);
  return {
    ...base,
    kind: 'sql',
    dialect,
    pythonPackages: dialect.pythonPackages,
    requiredKeys: base.config.filter(({ required }) => required).map(({ name }) => name),
    ...portOf(base.config),
    sshTunnel: answers.ssh_tunnel === true,
    streams: streams as readonly QueryStreamModel[],
  };
}

function portOf(config: readonly ConfigKey[]): Pick<SqlModel, 'hasPort' | 'defaultPort'> {
  const port = config.find(({ name }) => name === 'port');
  return { hasPort: port !== undefined, defaultPort: typeof port?.default === 'number' ? port.default : undefined };
}
