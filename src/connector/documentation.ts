import { markdownCode, markdownTable, markdownText } from '../base/markdown.ts';
import { addTableRows } from '../changes/merge/text.ts';
import type { KindDocumentation } from './kind.ts';
import type { ConfigKey, ConnectorModel, DeclaredStream } from './model.ts';

/** What the README and Mage's documentation page have in common: configuration, streams and notes, as ready Markdown. */
export function documentationBody(model: ConnectorModel, { notes, streams }: KindDocumentation): string {
  return [
    '## Configuration',
    model.config.length > 0 ? markdownTable(CONFIG_HEADER, configRows(model.config)) : 'Nothing has to be configured.',
    ...(streams ? ['## Streams', markdownTable(streams.header, streams.rows)] : []),
    ...(notes.length > 0 ? ['## How it reads', ...notes] : []),
    ...(model.pythonPackages.length > 0
      ? [
          `It needs the Python package${model.pythonPackages.length > 1 ? 's' : ''} ${model.pythonPackages.map(markdownCode).join(', ')}.`,
        ]
      : []),
  ].join('\n\n');
}

/** One sentence for a list of columns. */
export function columnList(columns: readonly string[]): string {
  return columns.map(markdownCode).join(', ') || '–';
}

/** How a stream is read, in a few words. */
export function replicationText({ replicationMethod, replicationKey }: DeclaredStream): string {
  return replicationKey === undefined ? replicationMethod : `${replicationMethod} by ${markdownCode(replicationKey)}`;
}

/** Adds to a README that its author has changed what its tables lack. */
export function addDocumentedRows(
  content: string,
  { config }: ConnectorModel,
  { streams }: KindDocumentation,
  previous: string,
): string {
  const configured = addTableRows(content, CONFIG_HEADER, configRows(config), previous);
  return streams ? addTableRows(configured, streams.header, streams.rows, previous) : configured;
}

const CONFIG_HEADER = ['Key', 'Meaning', 'Required', 'Default', 'Secret'];

function configRows(keys: readonly ConfigKey[]): string[][] {
  return keys.map(key => [
    markdownCode(key.name),
    markdownText(key.description) || '–',
    key.required ? 'yes' : 'no',
    key.default === undefined ? '–' : markdownCode(String(key.default)),
    key.secret ? 'yes' : 'no',
  ]);
}

/**
 * templates/config.json, which Mage's form starts from: flat, with the defaults, and empty where the user has to fill in, or with
 * what there is to choose from.
 */
export function configTemplate(keys: readonly ConfigKey[]): Record<string, string | number | boolean> {
  return Object.fromEntries(
    keys.map(({ name, default: value, choices }) => [name, value ?? choices?.join(' or ') ?? '']),
  );
}
