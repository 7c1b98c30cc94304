import type { Command } from '../changes/command.ts';
import { KINDS, STREAM_OPTIONS } from '../kinds/registry.ts';
import { type OptionDefinitions, sharedOptions, switchOption, valueOption } from '../options/definitions.ts';

/** What is done instead of adding. */
const editOptions: OptionDefinitions = {
  list: switchOption('List the streams that are there, and write nothing'),
  remove: valueOption('NAME', 'Take a stream out; what was edited stays, unless --force'),
  rename: valueOption('NAME', 'Give a stream the name that is the argument: --rename OLD NEW'),
};

/** The command that adds streams to a connector, ours or hand-written, lists them, takes them out and renames them. */
export const streamCommand: Command = {
  name: 'stream',
  title: 'One more stream in a connector that exists',
  argument: 'The name of the stream, or with --rename its new one',
  options: [
    { title: 'The stream that is added', options: STREAM_OPTIONS },
    { title: 'Instead of adding one', options: editOptions },
    ...sharedOptions,
  ],
  asks: true,
  takes: answers => !('kind' in answers) && 'streams' in answers && !('name' in answers),
  answers: async () => {
    const [{ streamsAnswers }, ...kinds] = await Promise.all([
      import('./streams-answers.ts'),
      ...KINDS.map(({ load }) => load()),
    ]);
    return streamsAnswers(kinds.map(({ streamDefinition }) => streamDefinition));
  },
  load: async () => (await import('./run.ts')).planStreamRun,
};
