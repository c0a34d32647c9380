type Method = (...args: never[]) => Promise<unknown>;

/**
 * Puts `around` in the place of a method of one object; `call` runs the real one.
 * @throws Error when the object has no such method: the engine has changed, and the step must be named anew
 */
export const wrap = <T extends object, K extends keyof T & string>(
  object: T,
  name: K,
  around: (call: () => Promise<unknown>, args: readonly unknown[]) => Promise<unknown>,
): void => {
  const method = object[name];
  if (typeof method !== 'function') throw new Error(`${object.constructor.name} has no method ${name} to break into`);
  const real = (method as unknown as Method).bind(object) as (...args: readonly unknown[]) => Promise<unknown>;
  Object.defineProperty(object, name, {
    configurable: true,
    value: (...args: readonly unknown[]) => around(() => real(...args), args),
  });
};
