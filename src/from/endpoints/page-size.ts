import type { Grade } from '../described.ts';
import type { Param } from './param.ts';

/** More than this at once helps nobody, whatever an API allows. */
const ENOUGH = 1000;

/** How many records are asked for at once: the answers `page_size_param` and `page_size`. */
export interface PageSize {
  readonly answer: { readonly page_size_param?: string; readonly page_size?: number };
  readonly grade: Grade;
  readonly params: readonly string[];
  readonly doubts: readonly string[];
}

/** The most that a parameter of page sizes allows, by its schema or its description, else its default. */
export function pageSizeOf(param: Param | undefined): PageSize {
  if (!param) return { answer: {}, grade: 'inferred', params: [], doubts: [] };
  const { shape, description, name } = param;
  const numbers = shape.enumerated.map(Number).filter(value => Number.isInteger(value) && value > 0);
  const said = shape.most ?? (numbers.length > 0 ? Math.max(...numbers) : undefined);
  const fallback = Number(shape.fallback ?? shape.example ?? Number.NaN);
  const [value, grade]: readonly [number, Grade] =
    said !== undefined && said >= 1
      ? [said, 'said']
      : mostIn(`${description} ${shape.description}`) !== undefined
        ? [mostIn(`${description} ${shape.description}`) as number, 'inferred']
        : [fallback, 'inferred'];
  const params = [name];
  if (!Number.isInteger(value) || value < 1)
    return {
      answer: {},
      grade: 'guessed',
      params,
      doubts: [`the most that ${name} allows isn't said, so it isn't asked for`],
    };
  return { answer: { page_size_param: name, page_size: Math.min(value, ENOUGH) }, grade, params, doubts: [] };
}

/** "Maximum 100", "max: 100", "up to 100", "between 1 and 100", "cannot exceed 100". */
function mostIn(text: string): number | undefined {
  const found =
    /(?:max(?:imum)?(?: (?:value|allowed|number|page size|limit|is|of|of results|items|results|per page)){0,3}|up to|(?:exceed|more than|greater than)|between \d+ (?:and|to)|\(?1 ?(?:-|\.\.|–|to))[ :=.(`'"]{0,4}(\d[\d,]{0,6})/i.exec(
      text.slice(0, 2000),
    );
  const value = Number(found?.[1]?.replaceAll(',', ''));
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
