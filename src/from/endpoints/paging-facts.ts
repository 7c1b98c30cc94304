import { pathText } from '../../base/paths.ts';
import type { Grade } from '../described.ts';
import type { Field } from './found-list.ts';
import type { PageSize } from './page-size.ts';
import type { PAGING_FIELDS, PagingPurpose } from './paging-words.ts';
import type { Param } from './param.ts';

/** How pages follow each other: the answer `pagination`, and how sure it is. */
export interface Paging {
  readonly answer: Readonly<Record<string, unknown>>;
  readonly grade: Grade;
  readonly evidence: string;
  /** The parameters that the pagination sets itself. */
  readonly params: readonly string[];
  /** What a user should look at. */
  readonly doubts: readonly string[];
}

/** What an endpoint says that has to do with pages. */
export interface PagingFacts {
  readonly params: readonly Param[];
  readonly beside: readonly Field[];
  /** True where the response is the list of records itself. */
  readonly isBare: boolean;
  /** True where the response is said to have a Link header. */
  readonly linkHeader: boolean;
  /** The names of the response's other headers. */
  readonly headers: readonly string[];
  readonly keyField: string | undefined;
}

/** What of it is told apart by name. */
export interface Found {
  readonly params: ReadonlyMap<PagingPurpose, Param>;
  readonly size: PageSize;
  field(kind: keyof typeof PAGING_FIELDS, fits?: (field: Field) => boolean): Field | undefined;
  readonly facts: PagingFacts;
}

/** The answer that says where the response has a value. */
export function pathAnswer(key: string, field: Field | undefined): Readonly<Record<string, string>> {
  return field ? { [key]: pathText(field.path) } : {};
}
