import * as v from 'valibot';

/** An answer: what stands before a key or token. */
export const prefix = v.optional(
  v.pipe(v.string('must be text'), v.description('What stands before the key or token, such as "Token "')),
);
