/** A method of the new class: its lines, indented as in the class. */
export interface WrittenMethod {
  readonly lines: readonly string[];
  /** True where the path of the answers is in it. */
  readonly hasPath?: boolean;
  /** True where it takes the records from a response by the path of the answers. */
  readonly hasRecords?: boolean;
  readonly note?: string;
}
