import { isPlace } from '../../../base/text-names.ts';
import type { Report } from '../../../connector/kind.ts';
import type { ApiStreamModel } from '../model.ts';
import type { Pagination } from './pagination.ts';

/** True where a response is a list of records and nothing else, which has no place for anything beside them. */
export function isBareList(
  { recordsPath, recordsIn }: Pick<ApiStreamModel, 'recordsPath' | 'recordsIn'>,
  format: { readonly elements: boolean },
): boolean {
  return !format.elements && recordsPath.length === 0 && ['list', 'rows', 'values'].includes(recordsIn);
}

/** Reports streams whose bookmark would be replaced in the same request: by the number of a page, or its size. */
export function reportSharedParams(streams: readonly ApiStreamModel[], inherited: Pagination, report: Report): void {
  for (const stream of streams) {
    const { type, params, pageSize } = stream.pagination ?? inherited;
    const own = [...(['page', 'offset'].includes(type) ? params : []), ...Object.keys(pageSize)];
    const shared = [stream.bookmarkParam, stream.bookmarkEndParam].find(param => own.includes(param ?? ''));
    if (shared !== undefined)
      report(['streams'], `${stream.name} has ${shared} for its bookmark, and its pagination has it too`, 'rename one');
  }
}

/** Reports streams whose requests have no body for what leads to the next page. What stands in a text goes where that stands. */
export function reportBodylessPages(streams: readonly ApiStreamModel[], inherited: Pagination, report: Report): void {
  for (const { name, method, pagination = inherited } of streams)
    if (method === 'GET' && pagination.paramsIn === 'body' && !pagination.params.every(isPlace))
      report(
        ['streams'],
        `${name} is asked for by GET, which has no body for the cursor of its pagination`,
        'method: POST, or its own pagination without cursor_in',
      );
}

/** Reports streams of which only the first page would be read, in silence. */
export function reportUnseenPages(streams: readonly ApiStreamModel[], inherited: Pagination, report: Report): void {
  for (const stream of streams) {
    const { nextPath } = stream.pagination ?? inherited;
    const isBareMap = stream.recordsIn === 'map' && stream.recordsPath.length === 0;
    if (nextPath === undefined || !(isBareList(stream, stream.reading.format) || isBareMap)) continue;
    report(
      ['streams'],
      `${stream.name} has no ${nextPath} to go on by, since its response is the ${isBareMap ? 'map' : 'list'} of records itself`,
      'pagination: {type: none} in the stream where that is all, its own pagination where it is not; records_path where they are inside of a response',
    );
  }
}
