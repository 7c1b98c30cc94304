import * as v from 'valibot';
import { fields } from '../answers/fields.ts';

/** The answers that add streams to a connector of ours, of whatever kind. */
export function streamsAnswers(definitions: readonly v.GenericSchema[]): v.GenericSchema {
  return fields({ streams: v.array(v.union(definitions)) });
}
