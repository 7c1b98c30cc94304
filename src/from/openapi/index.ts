import { UserError } from '../../base/problems.ts';
import type { Reader } from '../reader.ts';

/** OpenAPI 3.0, 3.1 and Swagger 2, in JSON or YAML. */
export const openapi: Reader = {
  name: 'OpenAPI description',
  recognises: ({ text }) =>
    /^\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/m.test(text.slice(0, 20_000)) ||
    // Where keys are sorted, it stands behind the components.
    /^["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/m.test(text) ||
    /"(?:openapi|swagger)"\s*:\s*"[23]\./.test(text),
  read: async ({ text, name, file, address }) => {
    const { parseDescription } = await import('../endpoints/parse.ts');
    const { readOpenApi } = await import('./read.ts');
    const { filesBeside } = await import('../endpoints/beside.ts');
    const root = parseDescription(text, name);
    const described = readOpenApi(root, { address, readBeside: file === undefined ? undefined : filesBeside(file) });
    if (!described)
      throw new UserError({
        where: name,
        message: 'is no OpenAPI description',
        hint: 'it has a key openapi or swagger, and paths',
      });
    return described;
  },
};
