import { isEqual } from 'lodash-es';
import type { Report } from '../../../connector/kind.ts';
import type { ApiStreamModel } from '../model.ts';
import type { Pagination } from '../pagination/pagination.ts';
import type { Archive, ArchiveAnswers } from './archive.ts';

/** The pagination of a connector and its streams, which read what is in the archives of these. */
export function withArchives(streams: readonly ApiStreamModel[], inherited: Pagination) {
  const archives = streams.filter(stream => stream.pagination === undefined).map(({ archive }) => archive);
  // Where all have the same, the connector itself reads it.
  const [first] = archives;
  const pagination = archives.every(each => isEqual(each, first)) ? unpacking(inherited, first) : inherited;
  return {
    pagination,
    streams: streams.map(stream => {
      const own = unpacking(stream.pagination ?? inherited, stream.archive);
      return stream.pagination || (stream.archive && !isEqual(own, pagination))
        ? { ...stream, pagination: own }
        : stream;
    }),
  };
}

/** A pagination that reads what is in archives, which those without pages can. */
function unpacking(pagination: Pagination, archive: Archive | undefined): Pagination {
  const { files } = pagination;
  if (archive === undefined || files === undefined) return pagination;
  const values = { ...files.values, ARCHIVE: archive.type, ARCHIVE_FILES: archive.files };
  return { ...pagination, stream: [{ ...files, values }] };
}

/** True where a pagination reads responses as files. */
export function readsFiles({ stream, files }: Pagination): boolean {
  return stream.some(feature => feature.class === files?.class);
}

/** Reports archives where there can be none. */
export function reportArchives(
  answers: readonly ArchiveAnswers[],
  streams: readonly ApiStreamModel[],
  inherited: Pagination,
  report: Report,
): void {
  streams.forEach(({ graphql, pagination = inherited }, index) => {
    const { archive, archive_files } = answers[index] as ArchiveAnswers;
    if (archive_files !== undefined && archive !== 'zip' && archive !== 'tar')
      report(['streams', index, 'archive_files'], 'has no use without archive: zip or tar');
    if (archive === undefined) return;
    if (graphql !== undefined)
      report(['streams', index, 'archive'], 'has no place beside graphql, which is answered in JSON', 'leave it out');
    else if (pagination.files === undefined)
      report(
        ['streams', index, 'archive'],
        pagination.type === 'job'
          ? 'has no place where records stand beside the status of a job'
          : 'has no place where a response is one of several pages',
        pagination.type === 'job' ? 'give result_path or result_url' : 'pagination: {type: none} for the stream',
      );
  });
}
