import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserStage, setBrowserStage } from './stage.js';

/** One fact, told with real browsers. Anything the browsers found wrong on the way fails it. */
export type Story = (title: string, tell: (stage: BrowserStage) => Promise<void>) => void;

const STORY_MS = 180_000;
const STAGE_MS = 180_000;

/** Stories on one stage; left out where no Chromium is (`browser.setup.cjs` says so). */
export const stories = (
  subject: string,
  tell: (story: Story) => void,
  env: Readonly<Record<string, string>> = {},
): void => {
  (process.env.CHROMIUM_PATH ? describe : describe.skip)(subject, () => {
    let stage: BrowserStage;
    beforeAll(async () => void (stage = await setBrowserStage(env)), STAGE_MS);
    afterAll(() => stage?.stop(), STAGE_MS);
    tell((title, told) => it(title, () => play(stage, told), STORY_MS));
  });
};

const play = async (stage: BrowserStage, told: (stage: BrowserStage) => Promise<void>): Promise<void> => {
  try {
    await told(stage);
  } catch (error) {
    const pictures = await picturesOf(stage);
    const faults = await stage.farewell();
    const seen = [...pictures, ...faults].join('\n');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nSeen: ${seen}`, { cause: error });
  }
  expect(await stage.farewell()).toEqual([]);
};

const picturesOf = async (stage: BrowserStage): Promise<string[]> => {
  const folder = join(tmpdir(), 'perennial-browser');
  await mkdir(folder, { recursive: true });
  return stage.pictures(await mkdtemp(join(folder, 'story-'))).catch(() => []);
};
