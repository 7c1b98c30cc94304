import { csv } from './csv/index.ts';
import type { ResponseFormat } from './format.ts';
import { json } from './json/index.ts';
import { jsonl } from './jsonl/index.ts';
import { xml } from './xml/index.ts';

/** Every format that responses may be written in; the first is what they are written in unless the answers say otherwise. */
export const FORMATS: readonly [ResponseFormat, ...ResponseFormat[]] = [json, jsonl, csv, xml];
