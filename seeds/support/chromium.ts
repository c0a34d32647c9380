import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const HOW_TO_GET_CHROMIUM =
  'No Chromium here: get it by `apt-get install chromium`, or say where it is by CHROMIUM_PATH=/path/to/chrome.';

/** The browser of this machine; `CHROMIUM_PATH` names another. Nothing is ever fetched. */
export const findChromium = (named = process.env.CHROMIUM_PATH): string | undefined =>
  (named ? [named] : PLACES).find((path) => existsSync(path));

/** A container's root may not use Chromium's own sandbox; what it opens here is our own server. */
export const CHROMIUM_ARGS: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
