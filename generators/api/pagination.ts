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
