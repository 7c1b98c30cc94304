/** Reports a fault of the answer at `key`. */
export type PaginationReport = (key: string, message: string, hint?: string) => void;
