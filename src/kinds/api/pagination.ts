import type { Report } from '../../connector/kind.ts';
import type { ResponseFormat } from './formats/format.ts';
import type { ApiStreamModel } from './model.ts';
import type { PaginationAnswer } from './pagination-answers.ts';

/** A page size is sent with its parameter, so each alone is completed. */
export function withPageSize(pagination: PaginationAnswer): PaginationAnswer {
  if (pagination.type === 'none' || (pagination.page_size === undefined && pagination.page_size_param === undefined))
    return pagination;
  return {
    ...pagination,
    page_size_param: pagination.page_size_param ?? 'limit',
    page_size: pagination.page_size ?? 100,
  };
}

/** The request parameters of a pagination. */
export function paginationParams(pagination: PaginationAnswer): string[] {
  const names = Object.entries(pagination).filter(([key]) => key.endsWith('_param'));
  return names.flatMap(([, name]) => (typeof name === 'string' ? [name] : []));
}

/** Checks what a pagination's answers say together. */
export function reportPagination(
  pagination: PaginationAnswer,
  report: (key: string, message: string, hint?: string) => void,
): void {
  if (pagination.type !== 'cursor') return;
  if (pagination.cursor_path === undefined && pagination.cursor_header === undefined)
    report('cursor_path', 'is missing', 'where the response has the next cursor, such as meta.next; or cursor_header');
  if (pagination.cursor_path !== undefined && pagination.cursor_header !== undefined)
    report('cursor_header', 'has no use beside cursor_path');
}

/** Where a pagination has to find what leads to the next page in the body of a response: without it, there is none. */
export function nextPagePath(pagination: PaginationAnswer): string | undefined {
  if (pagination.type === 'cursor') return pagination.cursor_path;
  return pagination.type === 'next_url' ? pagination.next_url_path : undefined;
}

/** True where a response is a list of records and nothing else, which has no place for anything beside them. */
export function isBareList(
  { recordsPath, recordsIn }: Pick<ApiStreamModel, 'recordsPath' | 'recordsIn'>,
  { elements }: ResponseFormat,
): boolean {
  return !elements && recordsPath.length === 0 && recordsIn === 'list';
}

/** Reports streams of which only the first page would be read, in silence. */
export function reportUnseenPages(
  streams: readonly ApiStreamModel[],
  inherited: PaginationAnswer,
  format: ResponseFormat,
  report: Report,
): void {
  for (const stream of streams) {
    const path = nextPagePath(stream.pagination ?? inherited);
    if (path === undefined || !isBareList(stream, format)) continue;
    report(
      ['streams'],
      `${stream.name} has no ${path} to go on by, since its response is the list of records itself`,
      'pagination: {type: none} in the stream where that is all, its own pagination where it is not; records_path where the list is inside of a response',
    );
  }
}
