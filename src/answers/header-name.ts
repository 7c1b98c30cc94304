import * as v from 'valibot';
import { HEADER_NAME } from '../base/headers.ts';
import { line } from './fields.ts';

/** The name of a header. */
export function headerName(description: string) {
  return v.pipe(
    line(description),
    v.regex(
      HEADER_NAME,
      'is no name that a header can have: it has letters, digits and signs such as - and _, and no spaces',
    ),
  );
}
