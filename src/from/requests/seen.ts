import type { RecordedResponse } from '../described.ts';

/** A request as a command or a recording has it; it may have secrets. */
export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Empty where there is none. */
  readonly body: string;
  /** The JSON that came back, with its headers in lower case, where it was recorded. */
  readonly response: Pick<RecordedResponse, 'headers' | 'body'> | undefined;
}
