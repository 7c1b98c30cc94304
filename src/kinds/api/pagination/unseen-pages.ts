import type { Report } from '../../../connector/kind.ts';
import type { ApiStreamModel } from '../model.ts';
import type { Pagination } from './pagination.ts';

/** True where a response is a list of records and nothing else, which has no place for anything beside them. */
export function isBareList(
  { recordsPath, recordsIn }: Pick<ApiStreamModel, 'recordsPath' | 'recordsIn'>,
  format: { readonly elements: boolean },
): boolean {
  return !format.elements && recordsPath.length === 0 && recordsIn === 'list';
}

/** Reports streams of which only the first page would be read, in silence. */
export function reportUnseenPages(
  streams: readonly ApiStreamModel[],
  inherited: Pagination,
  format: { readonly elements: boolean },
  report: Report,
): void {
  for (const stream of streams) {
    const { nextPath } = stream.pagination ?? inherited;
    if (nextPath === undefined || !isBareList(stream, format)) continue;
    report(
      ['streams'],
      `${stream.name} has no ${nextPath} to go on by, since its response is the list of records itself`,
      'pagination: {type: none} in the stream where that is all, its own pagination where it is not; records_path where the list is inside of a response',
    );
  }
}
