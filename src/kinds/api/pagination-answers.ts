import * as v from 'valibot';
import { choice, fields, line, oneOf, whole } from '../../answers/fields.ts';

const pageSize = {
  page_size_param: v.optional(line('The request parameter that asks for a page size, such as limit')),
  page_size: v.optional(whole('How many records to ask for at once', 1)),
};

const hasMore = v.optional(
  line('Where the response says whether there is a next page, such as has_more: true or false'),
);

export const pagination = v.pipe(
  oneOf('type', [
    fields({ type: v.literal('none') }),
    fields({
      type: v.literal('page'),
      page_param: v.optional(line('The request parameter of the page number'), 'page'),
      start_page: v.optional(whole('The number of the first page', 0), 1),
      total_pages_path: v.optional(line('Where the response has the number of pages, such as meta.total_pages')),
      has_more_path: hasMore,
      ...pageSize,
    }),
    fields({
      type: v.literal('offset'),
      offset_param: v.optional(line('The request parameter of how many records to skip'), 'offset'),
      total_path: v.optional(line('Where the response has the number of all records, such as meta.total')),
      has_more_path: hasMore,
      ...pageSize,
    }),
    fields({
      type: v.literal('cursor'),
      cursor_param: v.optional(line('The request parameter that takes the cursor'), 'cursor'),
      cursor_path: v.optional(line('Where the response has the next cursor, such as meta.next')),
      cursor_header: v.optional(line('The header of the response that has the next cursor')),
      cursor_in: v.optional(choice(['query', 'body'], 'Where the next request has the cursor and the page size')),
      has_more_path: hasMore,
      ...pageSize,
    }),
    fields({
      type: v.literal('next_url'),
      next_url_path: line('Where the response has the address of the next page, such as links.next'),
      ...pageSize,
    }),
    fields({ type: v.literal('link_header'), ...pageSize }),
    fields({
      type: v.literal('keyset'),
      keyset_param: v.optional(line("The request parameter that takes the last record's value"), 'starting_after'),
      keyset_field: v.optional(line('The field of the last record that it takes, such as id'), 'id'),
      has_more_path: hasMore,
      ...pageSize,
    }),
  ]),
  v.description('How a response of many records is cut into pages'),
);

export type PaginationAnswer = v.InferOutput<typeof pagination>;
