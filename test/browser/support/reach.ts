import type { Page } from 'playwright-core';

/**
 * What can be clicked, and no tabulator leads to: neither to it, nor to what it lies in or holds, nor to the one of its
 * group (tabs, radios, options, items) from which arrows lead on.
 *
 * @param within where to look; hidden and disabled things aside
 */
export const outOfReach = async (page: Page, within = 'body'): Promise<string[]> => {
  const found = await page.evaluate<readonly string[]>(`(${SEARCH})(${JSON.stringify(within)})`);
  return found.map((one) => `out of reach: ${one}`);
};

const SEARCH = `(within) => {
  const NATIVE = 'a[href], button, input, select, textarea, summary';
  const ROLES = ['button', 'link', 'checkbox', 'switch', 'tab', 'radio', 'menuitem', 'option', 'slider'];
  const KNOWN = [NATIVE, ...ROLES.map((role) => '[role=' + role + ']')].join();
  const GROUPS = '[role=tablist], [role=radiogroup], [role=listbox], [role=menu], [role=grid], [role=toolbar]';
  const OFF = '[inert], [aria-hidden=true], :disabled, [data-disabled], [aria-disabled=true]';
  const hasStop = (one) => one.tabIndex >= 0 && (one.matches(NATIVE) || one.hasAttribute('tabindex'));
  const isOff = (one) => !one.checkVisibility({ visibilityProperty: true }) || one.closest(OFF) !== null;
  const isPointed = (one) => one !== null && getComputedStyle(one).cursor === 'pointer';
  const isReached = (one) => {
    for (let at = one; at !== null; at = at.parentElement) if (hasStop(at)) return true;
    const near = [...one.querySelectorAll('*'), ...(one.closest(GROUPS)?.querySelectorAll('*') ?? [])];
    const labels = [one.closest('label'), ...one.querySelectorAll('label')];
    return near.some(hasStop) || labels.some((label) => label?.control != null && hasStop(label.control));
  };
  return [...document.querySelector(within).querySelectorAll('*')]
    .filter((one) => one.matches(KNOWN) || (isPointed(one) && !isPointed(one.parentElement) && !one.matches(':empty')))
    .filter((one) => !isOff(one) && !isReached(one))
    .map((one) => one.outerHTML.slice(0, 160));
}`;
