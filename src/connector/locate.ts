import { join } from 'node:path';
import { pick } from 'lodash-es';
import type { LayoutAnswer } from '../answers/connector.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { validate } from '../answers/validate.ts';
import { connectorNames, hasAsciiWords } from '../base/names.ts';
import { UserError } from '../base/problems.ts';
import { findLayout } from '../mage/find.ts';
import type { Layout } from '../mage/layout.ts';
import { type ExistingConnector, readConnector } from './existing.ts';
import type { AnyKind } from './kind.ts';

/** Where a new connector goes, and the connector of ours with this name that stands there already, if one does. */
export interface Located {
  readonly layout: Layout;
  /** Relative to the layout's root, with `/`. */
  readonly folder: string;
  readonly name: string;
  readonly existing: ExistingConnector | undefined;
}

const PLACE_ANSWERS = ['name', 'uuid', 'layout'];

/**
 * Finds out from the name and the layout in the answers where a new connector goes, before anything that they name is read.
 * Undefined where these answers have problems, which resolving them tells.
 */
export function locate(kind: AnyKind, answers: RawAnswers, cwd: string): Located | undefined {
  // All else is checked when it is loaded.
  const { output, faulty } = validate(kind.definition, pick(answers, PLACE_ANSWERS));
  const given = output as { readonly name: string; readonly uuid?: string; readonly layout?: LayoutAnswer };
  if (PLACE_ANSWERS.some(key => faulty([key]))) return undefined;
  if (given.uuid === undefined && !hasAsciiWords(given.name)) return undefined;
  const layout = layoutFrom(cwd, given.layout ?? 'auto');
  if (!layout) return undefined;
  const { uuid } = connectorNames(given.name, given.uuid, kind.isTaken);
  const folder = folderOf(layout, uuid);
  const found = readConnector(join(layout.root, folder));
  const isSame = found?.answers.kind === kind.name && found.answers.name === given.name;
  return { layout, folder, name: given.name, existing: isSame ? found : undefined };
}

/** The folder of a new connector, relative to the layout's root, with `/`. */
export function folderOf({ sources }: Layout, uuid: string): string {
  return [sources, uuid].filter(part => part !== '.').join('/');
}

function layoutFrom(cwd: string, wanted: LayoutAnswer): Layout | undefined {
  try {
    return findLayout(cwd, wanted);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
