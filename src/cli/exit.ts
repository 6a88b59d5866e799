/** Exit codes: done, --fail-on met, could not do what was asked. */
export const EXIT = { done: 0, found: 1, failed: 2 } as const;
