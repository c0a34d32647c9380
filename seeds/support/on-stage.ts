/** As a shell tells a program that a signal ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

type EndSignal = keyof typeof EXIT_CODES;

/** Something that was started for a while. */
interface Standing {
  stop(): Promise<void>;
}

/**
 * Sets a stage, plays on it, and clears it whatever happens. A signal clears it too, one that is still being set as soon
 * as it stands, and then ends the process: with 130 after Ctrl-C, 143 after SIGTERM.
 *
 * @param exitCodeOf how the process ends by a signal, where that is no failure
 */
export const onStage = async <Stage extends Standing, Played>(
  set: () => Promise<Stage>,
  play: (stage: Stage) => Promise<Played>,
  exitCodeOf: (usual: number) => number = (usual) => usual,
): Promise<Played> => {
  let clearing: Promise<void> | undefined;
  const clear = (): Promise<void> => (clearing ??= setting.then((stage) => stage.stop()));
  let isEnding = false;
  // Ctrl-C under npm comes twice, from the terminal and from npm; the second must not cut the clearing away.
  const end = (signal: EndSignal): void => {
    isEnding = true;
    const exit = (): never => process.exit(exitCodeOf(EXIT_CODES[signal]));
    clear().then(exit, exit);
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  const setting = set();
  try {
    return await play(await setting);
  } finally {
    // Everything we talk to goes away when we are ended: what playing comes to then is no news.
    if (isEnding) await new Promise<never>(() => undefined);
    await clear();
    process.off('SIGINT', end).off('SIGTERM', end);
  }
};

/** Ends the process with the code of a program, or with 1 and its fault on standard error. */
export const exitWith = (program: Promise<number>): void => {
  program.then(
    (code) => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
};
