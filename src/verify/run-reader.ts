import type { CatalogStream } from './catalog.ts';
import type { Exchange, StreamLeft } from './exchange.ts';
import { StreamReading } from './reading.ts';

/** What a run wrote for a destination. */
export class RunReader {
  readonly streams: ReadonlyMap<string, StreamReading>;
  /** The state after it, as Mage keeps it: the bookmarks of each stream. */
  readonly state: { bookmarks: Record<string, Record<string, unknown>> };
  /** Lines that are neither messages nor logs, the first few; a destination fails at those that are JSON. */
  readonly stray: string[] = [];
  /** Streams that were written though they weren't asked for. */
  readonly unselected = new Set<string>();
  /** The errors that were logged. */
  readonly errors: string[] = [];
  /** What was logged, as far as secrets are looked for in it. */
  readonly logs: string[] = [];
  #limit: number;

  constructor(
    streams: readonly CatalogStream[],
    state: object,
    { limit = Number.POSITIVE_INFINITY }: { readonly limit?: number } = {},
  ) {
    this.streams = new Map(streams.map(stream => [stream.tap_stream_id, new StreamReading(stream)]));
    this.state = { bookmarks: {}, ...structuredClone(state) };
    this.#limit = limit;
  }

  /** Takes a line of standard output; false where no more are needed. */
  readonly line = (text: string): boolean => {
    const message = parsed(text);
    if (message === undefined) this.#addStray(text);
    else if (message.type === 'RECORD') return this.#record(message);
    else if (message.type === 'SCHEMA') this.#reading(message)?.schema(message.schema as object);
    else if (message.type === 'STATE') this.#keepState(message.value);
    else if (message.type === 'LOG') this.#log(message);
    else if (message.type !== 'ACTIVATE_VERSION') this.#addStray(text);
    return true;
  };

  /** Takes what the observer beside the connector tells of its requests. */
  readonly observed = (text: string): void => {
    const { stream, ...told } = JSON.parse(text);
    const exchanges = this.streams.get(stream)?.exchanges;
    if ('pages' in told) {
      if (exchanges) exchanges.left = told as StreamLeft;
    } else exchanges?.add(told as Exchange);
  };

  #record(message: Message): boolean {
    const reading = this.#reading(message);
    if (!reading) return true;
    reading.record(message.record as Record<string, unknown>);
    return reading.records < this.#limit;
  }

  #reading({ stream }: Message): StreamReading | undefined {
    const reading = this.streams.get(String(stream));
    if (!reading) this.unselected.add(String(stream));
    return reading;
  }

  /** A STATE line holds one stream at a time. */
  #keepState(value: unknown): void {
    const bookmarks = (value as { bookmarks?: Record<string, Record<string, unknown>> } | null)?.bookmarks ?? {};
    for (const [stream, bookmark] of Object.entries(bookmarks)) {
      this.state.bookmarks[stream] = bookmark;
      this.#reading({ stream })?.keepState(bookmark ?? {});
    }
  }

  #log({ level, message, tags }: Message): void {
    const text = `${String(message)} ${JSON.stringify(tags ?? '')}`;
    if (this.logs.length < 10_000) this.logs.push(text);
    const cause = (tags as { error?: string } | undefined)?.error;
    if (level === 'ERROR' || level === 'EXCEPTION') this.errors.push(cause ?? String(message));
  }

  #addStray(text: string): void {
    if (this.stray.length < 5 && text.trim() !== '') this.stray.push(text);
  }
}

type Message = Readonly<Record<string, unknown>>;

/** A line's JSON object; undefined for anything else. */
function parsed(text: string): Message | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
