import type { CatalogStream } from './catalog.ts';
import type { Exchange, StreamLeft } from './exchange.ts';
import { Exchanges } from './exchanges.ts';
import { StreamReading } from './reading.ts';
import type { Secret } from './secrets.ts';

interface ReaderOptions {
  /** Records of a stream that are enough. */
  readonly limit?: number;
  /** What no record and no state may say. */
  readonly secrets?: readonly Secret[];
}

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
  /** The keys of secrets that a record or a state says. */
  readonly leaked = new Set<string>();
  /** What is read again and again, so that the run was ended. */
  endless: { readonly stream: string | undefined; readonly what: string } | undefined;
  /** What was asked for beside the streams. */
  readonly beside = new Exchanges();
  readonly #limit: number;
  readonly #secrets: readonly Secret[];

  constructor(
    streams: readonly CatalogStream[],
    state: object,
    { limit = Number.POSITIVE_INFINITY, secrets = [] }: ReaderOptions = {},
  ) {
    this.streams = new Map(streams.map(stream => [stream.tap_stream_id, new StreamReading(stream)]));
    this.state = { bookmarks: {}, ...structuredClone(state) };
    this.#limit = limit;
    this.#secrets = secrets;
  }

  /** Takes a line of standard output; false where no more are needed. */
  readonly line = (text: string): boolean => {
    const message = parsed(text);
    if (message === undefined) this.#addStray(text);
    else if (message.type === 'RECORD') return this.#record(message, text);
    else if (message.type === 'SCHEMA') this.#reading(message)?.schema(message.schema as object);
    else if (message.type === 'STATE') this.#keepState(message.value, text);
    else if (message.type === 'LOG') this.#log(message);
    else if (message.type === 'ACTIVATE_VERSION') this.#reading(message);
    else this.#addStray(text);
    return true;
  };

  /** Takes what the observer beside the connector tells of its requests; false where the run goes round in a circle. */
  readonly observed = (text: string): boolean => {
    const { stream, ...told } = JSON.parse(text);
    const exchanges = this.streams.get(stream)?.exchanges ?? this.beside;
    if ('isBegun' in told) exchanges.isBegun = true;
    else if ('pages' in told) exchanges.left = told as StreamLeft;
    else exchanges.add(told as Exchange);
    return this.#isToGoOn(stream ?? undefined, exchanges.endless);
  };

  /** Whether each stream was seen to its end, or to the middle in which it ended, of which its own findings tell. */
  get isSeenThrough(): boolean {
    const all = [...this.streams.values()];
    return (
      all.every(({ exchanges }) => exchanges.left) || all.some(({ exchanges }) => exchanges.isBegun && !exchanges.left)
    );
  }

  /** Takes what was asked for to be of the one stream that a run has, where that reads without the framework's sync_stream. */
  end(): void {
    const [only, ...others] = this.streams.values();
    if (only && others.length === 0 && !only.exchanges.isBegun) only.exchanges = this.beside;
  }

  #record(message: Message, text: string): boolean {
    const reading = this.#reading(message);
    if (!reading) return true;
    this.#noteSecrets(text);
    reading.record(message.record as Record<string, unknown>, text);
    return reading.records < this.#limit && this.#isToGoOn(String(message.stream), reading.endless);
  }

  #isToGoOn(stream: string | undefined, endless: string | undefined): boolean {
    if (endless !== undefined) this.endless ??= { stream, what: endless };
    return endless === undefined;
  }

  #noteSecrets(text: string): void {
    for (const [key, forms] of this.#secrets) if (forms.some(form => text.includes(form))) this.leaked.add(key);
  }

  #reading({ stream }: Message): StreamReading | undefined {
    const reading = this.streams.get(String(stream));
    if (!reading) this.unselected.add(String(stream));
    return reading;
  }

  /** A STATE line holds one stream at a time. */
  #keepState(value: unknown, text: string): void {
    this.#noteSecrets(text);
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
