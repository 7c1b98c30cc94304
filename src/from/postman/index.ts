import { UserError } from '../../base/problems.ts';
import type { Reader } from '../reader.ts';

/** Collections of Postman, versions 2.0 and 2.1. */
export const postman: Reader = {
  name: 'Postman collection',
  recognises: ({ text }) =>
    /^\s*\{/.test(text) &&
    (/schema\.getpostman\.com|"_postman_id"/.test(text.slice(0, 5000)) || /schema\.getpostman\.com/.test(text)),
  read: async ({ text, name }) => {
    const { parseDescription } = await import('../endpoints/parse.ts');
    const { readPostman } = await import('./read.ts');
    const root = parseDescription(text, name);
    const described = readPostman(root);
    if (!described)
      throw new UserError({
        where: name,
        message: 'is no collection of version 2',
        hint: 'export it from Postman as Collection v2.1',
      });
    return described;
  },
};
