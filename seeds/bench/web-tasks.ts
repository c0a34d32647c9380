import type { Page } from 'playwright-core';

/** Put into a page before its own scripts: keeps every task of the main thread that took 50 ms or more. */
export const OBSERVE_TASKS = `
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.longTasks.push([startTime, duration]);
  }).observe({ type: 'longtask', buffered: true });
  window.headingAt = undefined;
  new MutationObserver((_, observer) => {
    if (!document.querySelector('main h1')) return;
    window.headingAt = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });`;

/** Milliseconds of the longest task so far, from the instant on at which the page's heading stood; 0: none of 50 ms. */
export const longestTaskMs = async (page: Page): Promise<number> => {
  const script = `Math.max(0, ...window.longTasks.filter(([at]) => at >= window.headingAt).map(([, ms]) => ms))`;
  return Math.round(Number(await page.evaluate(script)));
};

const QUIET_MS = 500;
const LONGEST_MS = 30_000;

/**
 * Milliseconds from the start until the heading stood and the main thread was free of long tasks for a while; the longest
 * wait where no heading comes.
 */
export const WHEN_USABLE = `new Promise((resolve) => {
  const look = setInterval(() => {
    const usable = Math.max(window.headingAt ?? ${LONGEST_MS}, ...window.longTasks.map(([at, ms]) => at + ms));
    if (performance.now() < usable + ${QUIET_MS}) return;
    clearInterval(look);
    resolve(Math.round(usable));
  }, 50);
})`;
