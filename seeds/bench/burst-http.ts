export const burstOverHttp = (_targets: number, _print: (result: Readonly<Record<string, unknown>>) => void): void => {
  throw new Error('not yet');
};
