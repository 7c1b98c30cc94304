import type { EditEntry, FileEntry } from '../changes/plan.ts';
import { existsIn } from '../mage/find.ts';
import { layoutOf } from '../mage/registry.ts';
import { addDocumentedRows, configTemplate, documentationBody } from './documentation.ts';
import type { AnyKind, KindDocumentation } from './kind.ts';
import type { ConnectorModel, DeclaredStream, StreamModel } from './model.ts';
import { type TryIt, tryIt } from './try-it.ts';

/** Everything that a connector is made of but its record, with paths relative to the layout's root. */
export interface ConnectorPlan {
  readonly files: readonly FileEntry[];
  readonly edits: readonly EditEntry[];
}

/** A connector, and its streams if it declares any. */
export type StreamsModel = ConnectorModel & { readonly streams?: readonly DeclaredStream[] };

/** Lists a connector's files and the edits that register it with Mage. */
export function connectorPlan(kind: AnyKind, model: StreamsModel): ConnectorPlan {
  const documentation: KindDocumentation = kind.documentation(model);
  const tests: readonly FileEntry[] = kind.tests(model);
  const body = documentationBody(model, documentation);
  const shared: FileEntry[] = [
    {
      path: 'README.md',
      content: {
        template: 'connector/templates/README.md.ejs',
        data: { ...model, body, ...readmeTail(model, tryIt(model, tests.length > 0)) },
      },
      merge: documented(model, documentation),
    },
    { path: 'templates/config.json', content: { json: configTemplate(model.config) } },
  ];
  const ownFiles: readonly FileEntry[] = kind.files(model);
  const onDisk = new Map(withSchemas(model).map(({ name, schemaText }) => [`schemas/${name}.json`, schemaText]));
  const files = [...ownFiles.map(entry => withSchemaOnDisk(entry, onDisk)), ...shared];
  const source = { ...model, sql: kind.readsDatabase, documentation: body };
  const layout = layoutOf(model.layout.kind);
  const exists = existsIn(model.layout);
  const page = layout.page(source, exists);
  return {
    files: [
      ...files.map(entry => ({ ...entry, path: `${model.folder}/${entry.path}` })),
      ...tests.map(entry => ({ ...entry, path: `${layout.tests(model).folder}/${entry.path}` })),
      ...(page ? [{ path: page.path, content: { text: page.text }, merge: documented(model, documentation) }] : []),
    ],
    edits: layout.registration(source, exists),
  };
}

/** Those of a connector's streams whose schemas are declared. */
export function withSchemas({ streams = [] }: StreamsModel): readonly StreamModel[] {
  return streams.filter((stream): stream is StreamModel => 'schema' in stream);
}

/** A schema that stands in the connector already is not made anew. */
function withSchemaOnDisk(entry: FileEntry, onDisk: ReadonlyMap<string, string | undefined>): FileEntry {
  if (!entry.path.startsWith('schemas/')) return entry;
  const text = onDisk.get(entry.path);
  return { ...entry, isSchema: true, ...(text !== undefined && { content: { text } }) };
}

/** Brings the tables of a text that its author has changed up to date. */
function documented(
  model: ConnectorModel,
  documentation: KindDocumentation,
): (content: string, previous: string) => string {
  return (content, previous) => addDocumentedRows(content, model, documentation, previous);
}

function readmeTail(model: ConnectorModel, { commands, tests }: TryIt): object {
  const { shell, inMage } = layoutOf(model.layout.kind);
  return { runFrom: shell(model).described, commands, tests, inMage };
}
