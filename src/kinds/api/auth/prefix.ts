import * as v from 'valibot';

/** An answer: what stands before a key or token. */
export const prefix = v.optional(
  v.pipe(v.string('must be text'), v.description('What stands before the key or token, such as "Token "')),
);

/** What a header says, in which {} stands for the token. */
export function tokenForm(name: string, given: string | undefined): string {
  const before = given ?? (name.toLowerCase() === 'authorization' ? 'Bearer ' : '');
  return `${before.replaceAll(/[{}]/g, '$&$&')}{}`;
}
