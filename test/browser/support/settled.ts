import type { Page } from 'playwright-core';
import { until } from '../../support/app.js';

const IS_AT_REST = `[...document.querySelectorAll('[aria-busy=true], .mantine-Loader-root')]
  .every((element) => !element.checkVisibility({ visibilityProperty: true }))`;

/** Nothing that can be seen is being asked any more. Asked from outside: the policy of our pages forbids `eval` inside. */
export const settled = async (page: Page): Promise<void> =>
  void (await until(() => page.evaluate<boolean>(IS_AT_REST), `${page.url()} to be at rest`));
