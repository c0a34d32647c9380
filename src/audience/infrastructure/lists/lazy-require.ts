import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A package that is loaded at its first use: its tables of megabytes stay out of a process that never asks. */
export const lazily = <Module>(name: string): (() => Module) => {
  let loaded: Module | undefined;
  return () => (loaded ??= require(name) as Module);
};
