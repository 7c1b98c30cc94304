import { isMapping } from '../../base/mapping.ts';
import { type Node, own } from '../../schema/infer/untyped.ts';
import { type ReadBeside, References } from '../endpoints/references.ts';
import { recordSchema } from '../endpoints/schema.ts';
import { given, parametersOf } from './manifest.ts';
import { plainContext, translated } from './template.ts';

/** Where schemas may be. */
interface Files {
  readonly root: Node;
  /** Reads a file beside the manifest, where it is a file itself. */
  readonly readBeside: ReadBeside | undefined;
}

/** The schema of a stream, in the manifest or in a file beside it. */
export function schemaOf(stream: Node, name: string, { root, readBeside }: Files): Node | undefined {
  const loaders = own(stream, 'schema_loader');
  const inline = (Array.isArray(loaders) ? loaders : [loaders]).find(
    loader => isMapping(loader) && own(loader, 'type') === 'InlineSchemaLoader',
  );
  const references = new References(root);
  const schema = isMapping(inline)
    ? own(inline, 'schema')
    : schemaFile(loaders, given(stream, 'name') ?? name, readBeside);
  const found = references.follow(schema);
  return isMapping(found) ? recordSchema(found, reference => references.follow({ $ref: reference })) : undefined;
}

/** Where no loader has it, it is in a file: the loader names it, or it has the stream's name. */
function schemaFile(loader: unknown, name: unknown, readBeside: ReadBeside | undefined): unknown {
  const given = isMapping(loader) ? own(loader, 'file_path') : undefined;
  const path = isMapping(loader) ? translated(given, plainContext(parametersOf(loader))) : undefined;
  const [file] = /schemas\/[\w./-]+\.json$/.exec(path ?? '') ?? [`schemas/${String(name)}.json`];
  try {
    return readBeside?.(file);
  } catch {
    // Without the file, the schema is among what is lost.
    return undefined;
  }
}
