/** A path of ours, never another site's address: what a location's state says could come from anywhere. */
export const wayBack = (state: unknown): string => {
  const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : undefined;
  return typeof from === 'string' && /^\/(?![/\\])/.test(from) ? from : '/';
};
