import type * as v from 'valibot';
import type { Ask } from '../../../answers/ask.ts';
import type { RawAnswers } from '../../../answers/raw-answers.ts';
import type { RuntimeClass } from '../../../python/compose/composition.ts';
import type { Value } from '../../../python/compose/values.ts';
import type { PythonFeature } from '../python-feature.ts';
import { reportSign, type SignAnswer, signFeatures, signPath, signsOf } from './last-page-when.ts';
import type { PageSize } from './page-size.ts';
import type { PaginationReport } from './report.ts';

/** The definition of a pagination's answers: a mapping that its `type` tells from the others. */
export type PaginationDefinition = v.StrictObjectSchema<
  v.ObjectEntries & { readonly type: v.LiteralSchema<string, undefined> },
  string
>;

/** Everything about one way to cut long lists into pages, in terms of its answers. */
export interface PaginationParts<Answer> {
  /** What the list of paginations shows. */
  readonly name: string;
  /** True where it looks into the body of a response, beside the records, for what leads to the next page. */
  readonly looksBeside: boolean;
  /** Asks for the answers but for `type` and page size; `now` is what was answered before, and becomes the default. */
  ask(ask: Ask, now: RawAnswers): Promise<RawAnswers>;
  /** The page size, by its request parameter, as `pageSizeOf` gives it; empty where none is asked for. */
  pageSize(answer: Answer): PageSize;
  /** Reports what its answers can't say together. */
  report(answer: Answer, report: PaginationReport): void;
  /** The path without which a response leads to no next page; undefined where no body needs one. */
  nextPath(answer: Answer): string | undefined;
  /** Every path of its answers into a response. */
  paths(answer: Answer): readonly (string | undefined)[];
  /** The request parameters that it sets itself. */
  params(answer: Answer): readonly string[];
  /** The answers whose parameters may stand in texts instead, by the name in braces. */
  readonly places: Readonly<Record<string, string>>;
  /** Where those and the page size go; undefined: where the stream's other parameters go. */
  paramsIn(answer: Answer): 'query' | 'body' | undefined;
  /** What the connector does, for the README: a sentence; empty for nothing to say. */
  sentence(answer: Answer): string;
  /** The features of `BaseStream` (python/stream.py) that it is made of, and the values of their constants. */
  stream(answer: Answer): readonly PythonFeature[];
  /** The feature that reads what it gets as files, which archives are; undefined where it gets pages. */
  files(answer: Answer): PythonFeature | undefined;
  /** True where it goes to addresses that responses have, by `follow` of python/streams/links.py. */
  readonly followsAddresses: boolean;
  /** The features of the offline tests' `FakeApi` that cut its records into pages; one defines `get_page`. */
  offline(answer: Answer): readonly RuntimeClass[];
  /** True where the offline tests have to read several pages. */
  readonly hasPages: boolean;
}

/** A pagination with its answers, which everything that generation needs of it is made of. */
export interface Pagination {
  readonly type: string;
  readonly pageSize: PageSize;
  readonly nextPath: string | undefined;
  readonly paths: readonly string[];
  readonly params: readonly string[];
  readonly paramsIn: 'query' | 'body' | undefined;
  readonly sentence: string;
  readonly stream: readonly PythonFeature[];
  readonly files: PythonFeature | undefined;
  readonly followsAddresses: boolean;
  readonly offline: readonly RuntimeClass[];
  readonly hasPages: boolean;
  /** What a fake API has in its last page where `last_page_when` looks, and what it has in the others. */
  readonly signs: Value | undefined;
  /** The request parameters that the first page alone is asked for with. */
  readonly firstPageParams: readonly string[];
}

/** A pagination as the registry has it. */
export interface PaginationType {
  /** What `type` is in the answers. */
  readonly type: string;
  readonly definition: PaginationDefinition;
  readonly name: string;
  readonly looksBeside: boolean;
  readonly hasPages: boolean;
  ask(ask: Ask, now: RawAnswers): Promise<RawAnswers>;
  readonly places: Readonly<Record<string, string>>;
  report(answer: unknown, report: PaginationReport): void;
  nextPath(answer: unknown): string | undefined;
  /** Makes a pagination of an answer that this definition has validated. */
  resolve(answer: unknown): Pagination;
}

/** Describes a pagination for the registry; whatever is left out, the compiler names. */
export function paginationType<const Definition extends PaginationDefinition>(
  definition: Definition,
  parts: PaginationParts<v.InferOutput<Definition>>,
): PaginationType {
  const type = definition.entries.type.literal;
  const nextPath = (answer: v.InferOutput<Definition>) => parts.nextPath(answer) ?? signPath(answer as SignAnswer);
  return {
    type,
    definition,
    name: parts.name,
    looksBeside: parts.looksBeside,
    hasPages: parts.hasPages,
    places: parts.places,
    ask: (ask, now) => parts.ask(ask, now),
    report: (given, report) => {
      parts.report(given as v.InferOutput<Definition>, report);
      reportSign(given as SignAnswer, report);
    },
    nextPath: given => nextPath(given as v.InferOutput<Definition>),
    resolve: given => {
      const answer = given as v.InferOutput<Definition>;
      const stream = parts.stream(answer);
      return {
        type,
        pageSize: parts.pageSize(answer),
        nextPath: nextPath(answer),
        paths: [...parts.paths(answer), signPath(answer as SignAnswer)].filter(path => path !== undefined),
        params: parts.params(answer),
        paramsIn: parts.paramsIn(answer),
        sentence: parts.sentence(answer),
        stream: [...stream, ...signFeatures(answer as SignAnswer, stream)],
        files: parts.files(answer),
        followsAddresses: parts.followsAddresses,
        offline: parts.offline(answer),
        hasPages: parts.hasPages,
        signs: signsOf(answer as SignAnswer, parts.nextPath(answer)),
        firstPageParams: (answer as SignAnswer).first_page_params ?? [],
      };
    },
  };
}
