import type { ConnectorBase } from '../common/kind.ts';
import type { ConfigKey, ConnectorModel } from '../common/model/connector.ts';
import type { SqlAnswers } from './answers.ts';
import { dialectOf } from './dialects/all.ts';
import type { SqlModel } from './model.ts';

/** What it takes to reach the database. */
export function sqlConfig({ dialect }: SqlAnswers): readonly ConfigKey[] {
  return dialectOf(dialect).config;
}

/** The model of an SQL connector. */
export function resolveSql(answers: SqlAnswers, base: ConnectorBase & Pick<ConnectorModel, 'config'>): SqlModel {
  const dialect = dialectOf(answers.dialect);
  return { ...base, kind: 'sql', dialect, pythonPackages: dialect.pythonPackages };
}
