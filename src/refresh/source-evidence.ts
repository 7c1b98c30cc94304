import { UserError } from '../base/problems.ts';
import type { SchemaInference } from '../schema/infer/inference.ts';
import type { BookmarkSuggestion, KeySuggestion } from '../schema/infer/suggest.ts';
import type { Evidence } from '../schema/merge/merge-schema.ts';

/** What a source says about a stream, and what a user should know of it. */
export interface SourceEvidence extends Evidence {
  readonly textColumns: readonly string[];
  readonly notes: readonly string[];
  readonly keys: readonly KeySuggestion[];
  readonly bookmarks: readonly BookmarkSuggestion[];
}

export interface ReadOptions {
  readonly stream: string;
  readonly recordsPath?: string;
}

/** What the records of a source say. Throws a UserError if there were none. */
export function concluded(inference: SchemaInference, values: Evidence['values'], name: string): SourceEvidence {
  const inferred = inference.result();
  if (inferred.records > 0) return { ...inferred, values };
  const hint = 'a schema needs at least one; ten or more make it right';
  throw new UserError({ where: name, message: 'there is no record in it', hint });
}
