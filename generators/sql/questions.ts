import type { Ask } from '../common/ask.ts';
import { askConnector } from '../common/connector-questions.ts';
import type { RawAnswers } from '../common/kind.ts';
import { dialectNames, dialectOf } from './dialects/all.ts';

/** Asks for the name and the database; everything else is configuration, or is discovered. */
export async function askSql(ask: Ask, given: RawAnswers): Promise<RawAnswers> {
  const connector = await askConnector(ask, given, 'Acme Warehouse');
  const dialect = await ask.choice('dialect', {
    message: 'Which database does it read',
    help: 'its tables and views become the streams, and how to reach it becomes configuration',
    choices: dialectNames.map(value => ({ value, name: dialectOf(value).label })),
  });
  return { ...connector, dialect };
}
