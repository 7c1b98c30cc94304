import * as v from 'valibot';
import { oneOf } from '../../../answers/fields.ts';
import type { Pagination, PaginationDefinition, PaginationType } from './pagination.ts';
import { PAGINATIONS } from './registry.ts';
import type { PaginationReport } from './report.ts';

/** A validated answer. What else it has, its pagination alone knows: the registry decides which there are. */
export interface PaginationAnswer {
  readonly type: string;
  readonly [answer: string]: unknown;
}

const definitions = PAGINATIONS.map(({ definition }) => definition) as [
  PaginationDefinition,
  ...PaginationDefinition[],
];

export const pagination = v.pipe(
  oneOf('type', definitions) as v.GenericSchema<unknown, PaginationAnswer>,
  v.description('How a response of many records is cut into pages'),
);

/** The pagination that an answer names. Throws an Error for one that isn't validated. */
function typeOf({ type }: PaginationAnswer): PaginationType {
  const found = PAGINATIONS.find(each => each.type === type);
  if (!found) throw new Error(`there is no pagination ${type}`);
  return found;
}

/** Everything that generation needs of a pagination. */
export function resolvePagination(answer: PaginationAnswer): Pagination {
  return typeOf(answer).resolve(answer);
}

/** The answers whose parameters may stand in texts, by the name in braces. */
export function pagingPlaces(answer: PaginationAnswer): Readonly<Record<string, string>> {
  return typeOf(answer).places;
}

/** Checks what a pagination's answers say together. */
export function reportPagination(answer: PaginationAnswer, report: PaginationReport): void {
  typeOf(answer).report(answer, report);
}

/** The path without which a response leads to no next page; undefined where no body needs one. */
export function nextPathOf(answer: PaginationAnswer): string | undefined {
  return typeOf(answer).nextPath(answer);
}
