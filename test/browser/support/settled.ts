import type { Page } from 'playwright-core';
import { until } from '../../support/app.js';

const IS_AT_REST = `[...document.querySelectorAll('[aria-busy=true], .mantine-Loader-root')]
  .every((element) => !element.checkVisibility({ visibilityProperty: true })) &&
  document.getAnimations().every((one) => !(one instanceof CSSTransition) || one.playState !== 'running')`;

/** Nothing that can be seen is being asked any more, and nothing is on its way to its place. Asked from outside: the policy of our pages forbids `eval` inside. */
export const settled = async (page: Page): Promise<void> =>
  void (await until(() => page.evaluate<boolean>(IS_AT_REST), `${page.url()} to be at rest`));
