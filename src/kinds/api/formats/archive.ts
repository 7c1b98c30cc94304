import * as v from 'valibot';
import { choice } from '../../../answers/fields.ts';

/** What the responses of a stream are packed by, or what its jobs make. */
export interface Archive {
  readonly type: 'gzip' | 'zip' | 'tar';
  /** A pattern of the names of the files that are read. */
  readonly files: string;
}

/** What a stream's answers say of it. */
export interface ArchiveAnswers {
  readonly archive?: Archive['type'] | undefined;
  readonly archive_files?: string | undefined;
}

/** The answers about the archives that a stream's records come in. */
export const archiveEntries = {
  archive: v.optional(
    choice(
      ['gzip', 'zip', 'tar'],
      'What a response, or what a job has made, is packed by; zip and tar have any number of files, and tar and each of these may be packed by gzip again',
    ),
  ),
  archive_files: v.optional(
    v.pipe(
      v.string('must be text'),
      v.regex(/^[^[\]\p{Cc}]+$/u, 'must be a name in which * and ? may stand for others, without [ and ]'),
      v.description('The files of the archive that are read, such as *.json.gz (default: all)'),
    ),
  ),
};

/** The archive of a stream's answers. */
export function archiveOf({ archive, archive_files }: ArchiveAnswers): Archive | undefined {
  return archive && { type: archive, files: archive_files ?? '*' };
}
