import { markdownText } from '../../base/markdown.ts';
import { insertAll, linesAfter, linesBefore } from '../../python/edit/insertion.ts';
import { deleteAll, wholeLine } from '../../python/edit/removal.ts';
import { isAfter } from '../../python/edit/sequence.ts';
import { type Place, refuse, required } from '../../python/refusal.ts';
import type { Registration } from '../source.ts';
import { PAGES } from './docs-navigation.ts';

/** The overview of the documentation of data integrations, relative to a checkout. */
export const OVERVIEW = 'docs/data-integrations/overview.mdx';
const HEADING = /^### Available sources[ \t]*\r?$/gm;
const ITEM = /^([ \t]*[-*+] +)\[(.+)\]\(\/([^)\s]+)\)[ \t]*\r?$/gm;

/** Adds a source to the list under "Available sources" of docs/data-integrations/overview.mdx, sorted by name. */
export function addToOverview(content: string | undefined, { name, uuid }: Registration): string {
  const link = `[${markdownText(name)}](/${PAGES}${uuid})`;
  const place = { file: OVERVIEW, byHand: `add to the list under "### Available sources": - ${link}` };
  const text = required(content, place);
  const items = sourceItems(text, place);
  if (items.some(item => item.page === PAGES + uuid)) return text;
  const next = items.findIndex(item => isAfter(item.name, name));
  const neighbour =
    items[next < 0 ? items.length - 1 : next] ?? refuse(place, 'there is no source in the list of sources');
  const line = [neighbour.marker + link];
  return insertAll(text, [next < 0 ? linesAfter(text, neighbour.at, line) : linesBefore(text, neighbour.at, line)]);
}

/** Takes a source out of that list again. */
export function removeFromOverview(text: string, { name, uuid }: Registration): string {
  const place = { file: OVERVIEW, byHand: `take ${name} out of the list under "### Available sources"` };
  const item = sourceItems(text, place).find(({ page }) => page === PAGES + uuid);
  return item ? deleteAll(text, [wholeLine(text, item.at)]) : text;
}

function sourceItems(text: string, place: Place) {
  const [heading, ...more] = text.matchAll(HEADING);
  if (!heading) return refuse(place, 'there is no heading "### Available sources"');
  if (more.length) return refuse(place, 'there are several headings "### Available sources"');
  const start = heading.index + heading[0].length;
  const end = text.slice(start).search(/^#{1,6} /m);
  const section = text.slice(start, end < 0 ? undefined : start + end);
  return [...section.matchAll(ITEM)]
    .map(({ index, 1: marker = '', 2: name = '', 3: page = '' }) => ({
      at: start + index,
      marker,
      name: literalText(name),
      page,
    }))
    .filter(({ page }) => page.startsWith(PAGES));
}

/** The text behind backslash escapes. */
function literalText(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
