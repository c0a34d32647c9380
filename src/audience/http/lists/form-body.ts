const MAX_TEXT = 1_000;

/**
 * One field of an HTML form; undefined when it is missing, empty or no text. Whatever else a browser's extensions add is
 * passed over: a person cannot repair it.
 */
export const textIn = (body: unknown, name: string): string | undefined => {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined;
  const value = (body as Record<string, unknown>)[name];
  const text = typeof value === 'string' ? value.slice(0, MAX_TEXT).trim() : '';
  return text === '' ? undefined : text;
};

/** All values of a field that may be ticked more than once. */
export const textsIn = (body: unknown, name: string): string[] => {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return [];
  const value = (body as Record<string, unknown>)[name];
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
};
