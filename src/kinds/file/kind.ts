import type { Kind } from '../../connector/kind.ts';
import { streamFromFlags } from '../../options/stream-flags.ts';
import { type FileAnswers, fileAnswers, fileStream } from './answers.ts';
import { fileConfig } from './config.ts';
import { fileDocumentation } from './documentation.ts';
import { fileFiles } from './files.ts';
import type { FileModel } from './model.ts';
import { askFile, askFileStream, fileChanges } from './questions.ts';
import { resolveFile, resolveFileStream } from './resolve.ts';

/** Files: CSV, JSON and JSON Lines. */
export const fileKind: Kind<FileAnswers, FileModel> = {
  name: 'file',
  definition: fileAnswers,
  streamDefinition: fileStream,
  declaresSchemas: true,
  ask: askFile,
  askStream: askFileStream,
  changes: fileChanges,
  streamFromFlags,
  config: fileConfig,
  resolveStream: resolveFileStream,
  resolve: resolveFile,
  files: fileFiles,
  documentation: fileDocumentation,
};
