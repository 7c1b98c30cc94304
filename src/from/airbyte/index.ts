import type { Reader } from '../reader.ts';

/** Declarative manifests of Airbyte's connectors. */
export const airbyte: Reader = {
  name: 'Airbyte manifest',
  recognises: ({ text }) =>
    /^["']?type["']?\s*:\s*["']?DeclarativeSource\b/m.test(text) ||
    (/^["']?streams["']?\s*:/m.test(text) &&
      /^["']?(?:version|check)["']?\s*:/m.test(text) &&
      /\b(?:retriever|record_selector)["']?\s*:/.test(text)),
  read: async ({ text, name, file }) => {
    const { readManifest } = await import('./read.ts');
    const { filesBeside } = await import('../endpoints/beside.ts');
    return readManifest(text, name, file === undefined ? undefined : filesBeside(file));
  },
};
