import type { RawAnswers } from '../../answers/raw-answers.ts';
import type { ConnectorBase, Report } from '../../connector/kind.ts';
import type { ConfigKey, DeclaredStream } from '../../connector/model.ts';
import type { SqlAnswers } from './answers.ts';
import { SSH } from './dialects/config-keys.ts';
import type { Dialect, DriverParts } from './dialects/dialect.ts';
import { dialectNames, dialectOf } from './dialects/registry.ts';
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
  const driver = driverOf(answers);
  const tunnel = answers.ssh_tunnel ? SSH : [];
  return [...dialectOf(answers.dialect).config, ...(driver?.config ?? []), ...tunnel, ...TABLES];
}

/** The answer that made a key of a database's connector. */
export function sqlKeyAnswer(name: string, { dialect, driver }: RawAnswers): string {
  const has = (keys: readonly ConfigKey[]) => keys.some(key => key.name === name);
  if (has(TABLES)) return 'every database';
  if (has(dialectOf(dialect as SqlAnswers['dialect']).config)) return `dialect ${String(dialect)}`;
  return driver !== undefined && !has(SSH) ? 'driver' : 'ssh_tunnel';
}

/** What the driver's answers say, where the dialect asks for them. */
function driverOf({ dialect, driver }: SqlAnswers): DriverParts | null {
  const { withDriver } = dialectOf(dialect);
  return withDriver && driver ? withDriver(driver) : null;
}

/** The model of an SQL connector. */
export function resolveSql(
  answers: SqlAnswers,
  base: ConnectorBase,
  streams: readonly DeclaredStream[],
  report: Report,
): SqlModel {
  const dialect = dialectOf(answers.dialect);
  const driver = driverOf(answers);
  reportMisfits(answers, dialect, report);
  return {
    ...base,
    kind: 'sql',
    dialect,
    pythonPackages: [...dialect.pythonPackages, ...(driver?.pythonPackages ?? [])],
    driver,
    sshTunnel: answers.ssh_tunnel === true,
    streams: streams as readonly QueryStreamModel[],
  };
}

/** Reports what doesn't go with the dialect. */
function reportMisfits({ driver, ssh_tunnel }: SqlAnswers, dialect: Dialect, report: Report): void {
  if (dialect.withDriver && !driver)
    report(['driver'], 'is missing', 'it names the module of the driver and the arguments of its connect');
  if (!dialect.withDriver && driver) report(['driver'], `is for the dialect ${named(each => each.withDriver)} only`);
  if (ssh_tunnel && !dialect.tunnel) report(['ssh_tunnel'], `is for the dialects ${named(each => each.tunnel)} only`);
}

/** The names of the dialects that have something. */
function named(has: (dialect: Dialect) => unknown): string {
  return dialectNames.filter(name => has(dialectOf(name))).join(', ');
}
