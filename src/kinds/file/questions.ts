import { pick } from 'lodash-es';
import type { Ask } from '../../answers/ask.ts';
import { askConnector, askStreamName } from '../../answers/connector-questions.ts';
import type { RawAnswers } from '../../answers/raw-answers.ts';
import { compact } from '../../base/mapping.ts';
import type { ChangeQuestion } from '../../connector/change-questions.ts';
import { askKeys, askReplicationKey, askSchema, askValueFormat } from '../../connector/stream-questions.ts';
import { path } from './answers.ts';
import { FORMATS, type FormatName, formatNamed, formatStreamAnswers } from './formats/registry.ts';
import { type LocationName, locationNamed } from './locations/registry.ts';

/** The one that is taken where none is given; it isn't asked for while there is no other. */
const LOCATION: LocationName = 'local';

/** Asks for a whole file connector with one stream or more. */
export async function askFile(ask: Ask, given: RawAnswers, folder: string): Promise<RawAnswers> {
  const connector = await askConnector(ask, given, 'Acme Exports');
  const format: FormatName = await ask.choice('format', {
    message: 'What is in the files',
    choices: FORMATS.map(({ name, title }) => ({ value: name, name: title })),
  });
  const reading = compact({ format, ...(await formatNamed(format).ask(ask, {})) });
  const streams: RawAnswers[] = [];
  do streams.push(await askFileStream(ask, {}, folder, { ...reading, streams }));
  while (await ask.confirm('more', { message: 'Add another stream' }));
  return { ...connector, ...reading, streams };
}

/** What of a file connector can be asked for again. */
export const fileChanges: readonly ChangeQuestion[] = FORMATS.flatMap(({ name, changes }) =>
  changes.map(change => ({ ...change, when: ({ format }: RawAnswers) => format === name })),
);

/** Asks for one stream. */
export async function askFileStream(
  ask: Ask,
  given: RawAnswers,
  folder: string,
  connector: RawAnswers,
): Promise<RawAnswers> {
  const format = formatNamed(connector.format as FormatName);
  const { name } = await askStreamName(ask, given, 'orders', connector.streams);
  const files =
    given.path ??
    (await ask.text('path', {
      message: 'Which files are read',
      help: locationNamed(LOCATION).pathHelp,
      default: `${String(name)}*.${format.name}`,
      check: path,
    }));
  const own = { ...pick(given, Object.keys(formatStreamAnswers)), ...(await format.askStream(ask, given)) };
  const source = { stream: String(name), folder, ...format.sample(connector, own) };
  const known = await askSchema(ask, given.schema, source);
  const key_properties = given.key_properties ?? (await askKeys(ask, known));
  const replication_key = given.replication_key ?? (await askReplicationKey(ask, known));
  const value_format =
    given.value_format ??
    (replication_key === undefined ? undefined : await askValueFormat(ask, String(replication_key), known));
  return compact({ name, path: files, ...own, schema: known.schema, key_properties, replication_key, value_format });
}
