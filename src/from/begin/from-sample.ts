import { basename } from 'node:path';
import type { Ask } from '../../answers/ask.ts';
import { compact } from '../../base/mapping.ts';
import { UserError } from '../../base/problems.ts';
import type { CommandInput } from '../../changes/command.ts';
import type { PlannedRun, Report } from '../../changes/run.ts';
import type { ExistingConnector } from '../../connector/existing.ts';
import { planConnectorRun } from '../../connector/run.ts';
import { kindNamed } from '../../kinds/registry.ts';
import { type LoadedSchema, loadSchema } from '../../schema/read/load.ts';
import { planStreamRun } from '../../streams/run.ts';
import type { Wanted } from './wanted.ts';

/**
 * Plans a stream of a connector of ours that begins with a sample of its records. What no sample tells is asked; without a
 * terminal, it is what is usual, and said to be a guess.
 */
export async function planFromSample(
  input: CommandInput,
  { stream, from, recordsPath }: Wanted,
  { folder, answers }: ExistingConnector,
  ask: Ask | undefined,
): Promise<PlannedRun> {
  const given = { ...input.given, answers: undefined, connector: folder };
  if (ask) {
    const flags = { name: stream, sample: from, ...(recordsPath !== undefined && { 'records-path': recordsPath }) };
    return planStreamRun({ ...input, given, flags }, ask);
  }
  const kind = await kindNamed(answers.kind);
  const path = kind.name === 'file' ? basename(from) : `/${stream}`;
  const sample = sampleOf({ stream, from, recordsPath }, input.cwd);
  const [[key], [bookmark]] = [sample?.keys ?? [], sample?.bookmarks ?? []];
  const begun = compact({
    name: stream,
    path,
    records_path: recordsPath,
    key_properties: key && [key.column],
    schema: { sample: from },
  });
  const document = {
    file: 'what the sample gives',
    folder: input.cwd,
    value: { streams: [begun] },
    lineOf: () => undefined,
    comments: [],
  };
  const run = await planConnectorRun(kind, { ...input, given, flags: {}, intent: 'add' }, undefined, document);
  const notes = [
    `the path ${path} is a guess: change it by the answers if it is another`,
    key ? `the key ${key.column} is a guess (${key.reason})` : 'no column is plainly a key, so that each run appends',
    ...(bookmark ? [`${bookmark.column} may be its bookmark (${bookmark.reason}): the answer replication_key`] : []),
  ];
  return { ...run, report: files => withNotes(run.report(files), stream, notes) };
}

/** What the sample says, where it can be read: what is wrong with it is told when the stream is made of it. */
function sampleOf({ stream, from, recordsPath }: Wanted, folder: string): LoadedSchema | undefined {
  try {
    return loadSchema({ sample: from }, { stream, recordsPath, folder });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** A report that begins with what is to be known of a stream that was begun. */
export function withNotes(report: Report, stream: string, notes: readonly string[]): Report {
  const text = ['', `Of ${stream}, which is begun:`, ...notes.map(note => `  - ${note}`), report.text].join('\n');
  return { ...report, text, json: { ...(report.json as object), understood: notes } };
}
