import { cursor } from './cursor/index.ts';
import { job } from './job/index.ts';
import { keyset } from './keyset/index.ts';
import { linkHeader } from './link_header/index.ts';
import { nextUrl } from './next_url/index.ts';
import { none } from './none/index.ts';
import { offset } from './offset/index.ts';
import { page } from './page/index.ts';
import type { PaginationType } from './pagination.ts';

/** Every pagination, in the order in which they are asked for: whoever takes the first unread gets more than page one. */
export const PAGINATIONS: readonly PaginationType[] = [page, cursor, offset, nextUrl, linkHeader, keyset, job, none];
