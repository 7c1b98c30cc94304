import type { Reader } from '../reader.ts';

/** An address that answers with records: the last of all, since descriptions have addresses too. */
export const address: Reader = {
  name: 'address that answers',
  recognises: ({ address: asked, text }) => asked !== undefined && /^\s*[[{]/.test(text.slice(0, 1000)),
  read: async source => (await import('./read.ts')).readAddress(source),
};
