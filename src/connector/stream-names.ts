import * as base from '../base/names.ts';
import { takenNames } from '../python/compose/names.ts';

/** What hand-written connectors of Mage's import or define, as its house rules have it. */
const HAND_WRITTEN = new Set(['Catalog', 'CatalogEntry', 'Client', 'Schema', 'Source', 'Stream']);
const isOurs = takenNames('kinds/api', []);

/** The names of a stream, whose class hides no other of the module that it stands in. */
export function streamNames(name: string): base.StreamNames {
  return base.streamNames(name, className => HAND_WRITTEN.has(className) || isOurs(className));
}
