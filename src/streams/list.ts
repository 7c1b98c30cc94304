import { basename } from 'node:path';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { kindNamed } from '../kinds/registry.ts';
import { analyze } from '../python/analysis/analysis.ts';
import { schemaOf } from './hand-written/writing/find.ts';
import type { Target } from './target.ts';

/** A stream that a connector has. */
interface ListedStream {
  readonly name: string;
  /** Where its class is, or else its schema, relative to the connector's folder. */
  readonly file?: string;
  /** False for those that only others read from, so that Mage doesn't list them. */
  readonly discovered: boolean;
  /** The stream whose records are streams, of which this is what they have in common. */
  readonly list?: string;
}

export interface StreamList {
  readonly folder: string;
  readonly streams: readonly ListedStream[];
  /** True where tables, which are not listed, are streams as well. */
  readonly tables?: boolean;
}

/** The streams of a connector, ours or hand-written. Throws a UserError where they are discovered at run time. */
export async function listStreams(target: Target): Promise<StreamList> {
  if ('ours' in target) {
    const { folder, answers } = target.ours;
    const streams = (answers.streams ?? []).map(({ name, streams_from: from }) => ({
      name: String(name),
      discovered: true,
      ...(from !== undefined && { list: String((from as RawAnswers).stream) }),
    }));
    const { readsDatabase } = await kindNamed(answers.kind);
    return { folder, streams, tables: readsDatabase };
  }
  const found = analyze(target.folder);
  const { registry, files, schemaFolders } = found;
  if (registry) {
    const streams = registry.streams.map(stream => ({
      name: stream.name,
      file: stream.file,
      discovered: schemaOf(found, stream) !== undefined || schemaFolders.length === 0,
    }));
    return { folder: target.folder, streams };
  }
  const own = files.schemas.filter(path => schemaFolders.some(folder => !path.slice(folder.length + 1).includes('/')));
  return {
    folder: target.folder,
    streams: own.map(file => ({ name: basename(file, '.json'), file, discovered: true })),
  };
}

/** The list for people, a line for each stream. */
export function textList({ folder, streams, tables = false }: StreamList): string {
  const width = Math.max(0, ...streams.map(({ name }) => name.length));
  const lines = streams.map(({ name, file = '', discovered, list }) => {
    const mark = list === undefined ? '' : `  (one for each record of ${list})`;
    return `  ${name.padEnd(width)}  ${file}${discovered ? mark : '  (read by others only)'}`.trimEnd();
  });
  const rest = tables ? ['', "The database's tables and views are streams too; they are discovered each time."] : [];
  return ['', `${streams.length} streams in ${folder}:`, ...lines, ...rest, ''].join('\n');
}
