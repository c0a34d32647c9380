/** What the radar takes from the configuration. */
export class RadarSettings {
  constructor(
    /** Between two looks at a chart or feed, seconds. */
    readonly everySeconds: number,
    /** Put before Apple's hosts, for the sandbox. */
    readonly origin: string | undefined,
    /** 0..1, drawn anew at each call; fixed in tests. */
    readonly random: () => number,
  ) {}
}
