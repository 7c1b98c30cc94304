import { join } from 'node:path';
import { addDocumentedRows, configTemplate, documentationBody } from './documentation.ts';
import { RECORD_FILE } from './existing.ts';
import type { AnyKind } from './gather.ts';
import type { KindDocumentation, RawAnswers } from './kind.ts';
import { registrationEdits, sourcePage } from './layout/register.ts';
import { addJsonKeys } from './merge.ts';
import type { ConnectorModel, DeclaredStream, StreamModel } from './model/connector.ts';
import type { EditEntry, FileEntry } from './plan.ts';
import type { Resolved } from './resolve.ts';
import { recordText, schemaRecords, schemaRecordsIn } from './schema-record.ts';
import { type TryIt, tryIt } from './try-it.ts';

/** Everything that a connector is made of, with paths relative to the layout's root. */
export interface ConnectorPlan {
  readonly files: readonly FileEntry[];
  readonly edits: readonly EditEntry[];
}

/** Where the templates of a kind and the common ones stand, absolute. */
export interface TemplateFolders {
  readonly kind: string;
  readonly common: string;
}

/** Lists a connector's files and the edits that register it with Mage; `isGrowing` where it has its streams' schemas already. */
export function connectorPlan(
  kind: AnyKind,
  { model, record }: Resolved<ConnectorModel>,
  templates: TemplateFolders,
  isGrowing: boolean,
): ConnectorPlan {
  const documentation = kind.documentation(model);
  const body = documentationBody(model, documentation);
  const template = configTemplate(model.config);
  const shared: FileEntry[] = [
    {
      path: 'README.md',
      content: {
        template: join(templates.common, 'README.md.ejs'),
        data: { ...model, body, ...readmeTail(model, tryIt(model)) },
      },
      merge: documented(model, documentation),
    },
    {
      path: 'templates/config.json',
      content: { json: template },
      merge: (content, previous) => addJsonKeys(content, template, previous),
    },
  ];
  const files = [...kind.files(model, templates.kind), ...shared];
  const source = { ...model, sql: model.kind === 'sql', documentation: body };
  const page = sourcePage(model.layout, source);
  return {
    files: [
      ...files.map(entry => ({ ...entry, path: `${model.folder}/${entry.path}` })),
      ...(page ? [{ path: page.path, content: { text: page.text }, merge: documented(model, documentation) }] : []),
    ],
    edits: [recordEdit(model, record, isGrowing), ...registrationEdits(model.layout, source)],
  };
}

/** The answers and the schemas' columns are recorded; what else stands in that file is others'. */
function recordEdit(
  model: ConnectorModel & { readonly streams?: readonly DeclaredStream[] },
  answers: RawAnswers,
  isGrowing: boolean,
): EditEntry {
  const path = `${model.folder}/${RECORD_FILE}`;
  return {
    path,
    transform: content => {
      const declared = (model.streams ?? []).filter((stream): stream is StreamModel => 'schema' in stream);
      const schemas = schemaRecords(declared, schemaRecordsIn(content, path), !isGrowing);
      return recordText(content, path, { answers, schemas });
    },
  };
}

/** Brings the tables of a text that its author has changed up to date. */
function documented(
  model: ConnectorModel,
  documentation: KindDocumentation,
): (content: string, previous: string) => string {
  return (content, previous) => addDocumentedRows(content, model, documentation, previous);
}

function readmeTail(model: ConnectorModel, { folder, commands }: TryIt): object {
  const places = {
    core: `the checkout's folder \`${folder}\``,
    project: "the project's folder",
    standalone: 'the folder that holds `sources`',
  };
  const standaloneNote =
    model.layout.kind === 'standalone' &&
    [
      `This connector isn't registered with Mage yet. In a checkout of mage-ai, its folder belongs into \`mage_integrations/mage_integrations/sources/\`, and`,
      `\`mage_ai/data_integrations/sources/constants.py\` needs an entry for it; the generator does both when it is run inside the checkout.`,
    ].join(' ');
  return { runFrom: places[model.layout.kind], commands, standaloneNote };
}
