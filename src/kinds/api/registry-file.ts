import { UserError } from '../../base/problems.ts';
import type { FileEntry } from '../../changes/plan.ts';
import { dictOf, exploded, expression } from '../../python/compose/values.ts';
import { addImport } from '../../python/edit/import-edit.ts';
import { addRegistryEntry } from '../../python/edit/registry-edit.ts';
import type { ApiModel, ApiStreamModel } from './model.ts';

/** The module of the registry, which has every stream by its name. */
export function registryFile(model: ApiModel): FileEntry {
  const { importRoot, streams } = model;
  const entries = streams.map(({ className }) => [expression(`${className}.TABLE`), expression(className)] as const);
  return {
    path: 'streams/__init__.py',
    content: {
      python: {
        module: 'kinds/api/python/registry.py',
        docstring: '',
        classes: [],
        rename: {},
        modules: {},
        imports: Object.fromEntries(streams.map(stream => [moduleOf(stream, importRoot), [stream.className]])),
        values: { STREAMS: exploded(dictOf(entries)) },
        roots: ['STREAMS'],
        uses: [],
      },
    },
    merge: (content, previous) => register(content, model, previous),
  };
}

function moduleOf({ moduleName }: ApiStreamModel, importRoot: string): string {
  return `${importRoot}.streams.${moduleName}`;
}

/** Adds the streams that `previous` did not have to a registry, and keeps everything else in it. */
function register(content: string, { importRoot, streams, folder }: ApiModel, previous: string): string {
  const file = `${folder}/streams/__init__.py`;
  return streams
    .map(stream => ({ stream, entry: `${stream.className}.TABLE: ${stream.className}` }))
    .filter(({ entry }) => !previous.includes(`    ${entry},`))
    .reduce((text, { stream, entry }) => {
      const statement = `from ${moduleOf(stream, importRoot)} import ${stream.className}`;
      try {
        return addRegistryEntry(addImport(text, statement, file), { file, registry: 'STREAMS', entry });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const hint = `add by hand, at the top: ${statement} – and to STREAMS: ${entry},`;
        throw new UserError(
          error.problems.map(problem => ({ ...problem, hint })),
          { cause: error },
        );
      }
    }, content);
}
