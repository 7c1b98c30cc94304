import { stringify } from 'yaml';
import type { Registration } from '../source.ts';

/** The documentation page of a source, docs/data-integrations/sources/<uuid>.mdx. */
export function documentationPage({ name, description, documentation }: Registration): string {
  const matter = description ? { title: name, description } : { title: name };
  const header = stringify(matter, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 });
  return `---\n${header}---\n\n${documentation.trim()}\n`;
}
