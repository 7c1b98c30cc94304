import { UserError } from '../../base/problems.ts';
import type { FileEntry } from '../../changes/plan.ts';
import { registerSettings, settingsEntry } from '../../python/edit/settings-registry.ts';
import type { SqlModel } from './model.ts';
import { sqlModule, streamSettings } from './module.ts';

const MODULE = '__init__.py';
/** What a module has that reads saved queries. */
const READER = 'read_query';

/**
 * The files of an SQL connector: its code is one module in every layout, so it runs as a script from wherever it stands, and
 * each saved query is a file, in a folder that Mage doesn't read.
 */
export function sqlFiles(model: SqlModel): FileEntry[] {
  return [
    {
      path: MODULE,
      content: { python: sqlModule(model) },
      // The first saved query comes with the code that reads it, which is merged line by line.
      merge: (content, previous) => (previous.includes(READER) ? addStreams(content, model) : content),
    },
    ...model.streams.map(({ name, query }) => ({ path: `queries/${name}.sql`, content: { text: `${query}\n` } })),
  ];
}

/** Adds saved queries to a module that the user has changed. Throws a UserError where it has no code to read them. */
function addStreams(content: string, { folder, streams }: SqlModel): string {
  const file = `${folder}/${MODULE}`;
  if (!content.includes(READER))
    throw new UserError({
      where: file,
      message: 'was changed by hand and has no code to read saved queries',
      hint: 'put the generated file back, add the stream, and make the changes again',
    });
  return registerSettings(
    content,
    file,
    new Map(streams.map(stream => [stream.name, settingsEntry(stream.name, streamSettings(stream))])),
  );
}
