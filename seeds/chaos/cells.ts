/** The chaos matrix of `platforms.md` 10.3: every fault at every step of a publish, with and without a killed worker. */

const DOUBTS = ['error-before', 'drop-before', 'drop-after', 'hang-after', 'error-after'] as const;
/** Answers that are no doubt: nonsense, and a token that died while the post was under way. A kill would repeat the above. */
const ANSWERS = ['garbage', 'auth-expire'] as const;
export type Fault = (typeof DOUBTS)[number] | (typeof ANSWERS)[number];

export interface Cell {
  readonly platform: string;
  readonly step: string;
  readonly fault: Fault;
  /** Whether the worker dies after sending, before any answer. */
  readonly killed: boolean;
  /** A first fault without which this step is never asked: looks at the list follow a lost answer. */
  readonly prelude?: { readonly step: string; readonly kind: Fault };
}

interface Steps {
  /** Asked by every publish. */
  readonly usual: readonly string[];
  /** The irreversible one. */
  readonly commit: string;
  /** A dead token is renewed without a person. */
  readonly renews?: boolean;
  /** Asked only when the answer to the irreversible one was lost. */
  readonly inDoubt: readonly string[];
}

const STEPS: Readonly<Record<string, Steps>> = {
  // Its status is asked by every publish and tells about a lost answer too.
  tiktok: { usual: ['creator_info', 'init', 'upload', 'status'], commit: 'upload', inDoubt: [], renews: true },
  reels: { usual: ['create', 'upload', 'container', 'publish'], commit: 'publish', inDoubt: ['list'] },
  shorts: { usual: ['start', 'upload', 'processing'], commit: 'upload', inDoubt: ['probe'], renews: true },
  skylight: {
    usual: ['service-auth', 'video-upload', 'video-job', 'put'],
    commit: 'put',
    inDoubt: ['get'],
    renews: true,
  },
  discord: { usual: ['post'], commit: 'post', inDoubt: ['list'] },
  // Nothing tells whether a message of a bot arrived: a lost answer is a person's to decide.
  telegram: { usual: ['upload', 'send'], commit: 'send', inDoubt: [] },
};

export const PLATFORMS = Object.keys(STEPS);

/** The whole matrix. */
export const matrix = (platforms: readonly string[]): readonly Cell[] =>
  platforms.flatMap((platform) => {
    const { usual, commit, inDoubt } = STEPS[platform] ?? unknownPlatform(platform);
    const lost = { step: commit, kind: 'drop-after' } as const;
    return [
      ...usual.flatMap((step) => cellsOf({ platform, step })),
      ...inDoubt.flatMap((step) => cellsOf({ platform, step, prelude: lost })),
    ];
  });

/** Only the calls that make a post, lost before and after: what every change must keep. */
export const shortMatrix = (platforms: readonly string[]): readonly Cell[] =>
  matrix(platforms).filter(
    ({ platform, step, fault }) =>
      step === STEPS[platform]?.commit && (fault === 'drop-before' || fault === 'drop-after'),
  );

const cellsOf = (place: Pick<Cell, 'platform' | 'step' | 'prelude'>): readonly Cell[] => [
  ...DOUBTS.flatMap((fault) => [false, true].map((killed) => ({ ...place, fault, killed }))),
  ...ANSWERS.filter((fault) => fault !== 'auth-expire' || STEPS[place.platform]?.renews).map((fault) => ({
    ...place,
    fault,
    killed: false,
  })),
];

const unknownPlatform = (platform: string): never => {
  throw new Error(`No platform ${platform} in the matrix. Use one of: ${PLATFORMS.join(' ')}.`);
};
