/** Statuses that tell of credentials, of a rate limit or of a failure: to take them for no records would hide that. */
export const TELLING = (status: number) => status === 401 || status === 429 || status >= 500;
