import type { SchemaOnDisk } from '../../connector/existing-schema.ts';
import type { Kind } from '../../connector/kind.ts';
import { schemaStreams } from '../../connector/schema-streams.ts';
import { takenNames } from '../../python/compose/names.ts';
import { type FileAnswers, fileAnswers, fileStream } from './answers.ts';
import { fileConfig, fileKeyAnswer } from './config.ts';
import { fileDocumentation } from './documentation.ts';
import { fileFiles } from './files.ts';
import type { FileModel } from './model.ts';
import { fileStreamOptions } from './options.ts';
import { askFile, askFileStream, fileChanges } from './questions.ts';
import { resolveFile, resolveFileStream, samplesOf } from './resolve.ts';

/** Files: CSV, JSON and JSON Lines. */
export const fileKind: Kind<FileAnswers, FileModel, SchemaOnDisk> = {
  ...schemaStreams({
    samples: samplesOf,
    added: () => [],
    shape: (_, { records }) => records,
    name: answer => answer,
    complete: resolveFileStream,
  }),
  name: 'file',
  isTaken: takenNames('kinds/file', ['FileSource']),
  readsDatabase: false,
  readsDecimals: () => true,
  definition: fileAnswers,
  streamDefinition: fileStream,
  ask: askFile,
  askStream: askFileStream,
  changes: fileChanges,
  config: fileConfig,
  keyAnswer: fileKeyAnswer,
  streamOptions: fileStreamOptions,
  resolve: resolveFile,
  files: fileFiles,
  tests: () => [],
  documentation: fileDocumentation,
};
