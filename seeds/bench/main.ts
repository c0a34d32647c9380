/** Sets a stage, plays on it, clears it whatever happens; the exit code says whether the promise was kept. */
export const runBench = <Stage extends { stop(): Promise<void> }>(
  set: () => Promise<Stage>,
  play: (stage: Stage) => Promise<boolean>,
): void => {
  const run = async (): Promise<number> => {
    const stage = await set();
    const abort = (): void => void stage.stop().finally(() => process.exit(130));
    process.once('SIGINT', abort);
    process.once('SIGTERM', abort);
    try {
      return (await play(stage)) ? 0 : 1;
    } finally {
      await stage.stop();
    }
  };
  run().then(
    (code) => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
};
