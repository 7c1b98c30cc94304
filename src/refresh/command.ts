import type { Command } from '../changes/command.ts';
import { repeatedOption, sharedOptions, switchOption, valueOption } from '../options/definitions.ts';

/** The command that writes a stream's schema from records, or refreshes it. */
export const schemaCommand: Command = {
  name: 'schema',
  title: "A stream's schema, from sample records",
  argument: 'The name of the stream',
  options: [
    {
      title: 'Where the records are',
      options: {
        from: valueOption(
          'SOURCE',
          'Sample records or a JSON Schema: a file (JSON, JSON Lines, CSV, Parquet), an address, or - for standard input',
        ),
        'records-path': valueOption('PATH', 'Where the records are in a JSON sample, such as data.items'),
        header: repeatedOption(
          "'NAME: VALUE'",
          'A header to request the address with; repeat the option for several. It is never saved',
        ),
        run: switchOption('Take the sample from a run of the connector, by the Python in the PATH'),
        config: valueOption('FILE', 'The configuration file of that run'),
        replace: switchOption('Write the schema anew instead of refreshing the one that exists'),
      },
    },
    ...sharedOptions,
  ],
  asks: true,
  takes: answers => !('kind' in answers) && 'stream' in answers && 'sample' in answers,
  answers: async () => (await import('./answers.ts')).schemaAnswers,
  load: async () => (await import('./run.ts')).planSchemaRun,
};
