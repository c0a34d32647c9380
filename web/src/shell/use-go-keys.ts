import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { PAGES } from '../pages.ts';

const TOGETHER_WITHIN_MS = 1_000;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** `g` and a page's key go to the page; `c` begins a post. Not while somebody types. */
export const useGoKeys = (): void => {
  const navigate = useNavigate();
  useEffect(() => {
    let goneAt = -Infinity;
    const hear = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const isSecond = event.timeStamp - goneAt < TOGETHER_WITHIN_MS;
      goneAt = event.key === 'g' && !isSecond ? event.timeStamp : -Infinity;
      const path = isSecond
        ? PAGES.find(({ key }) => key === event.key)?.path
        : event.key === 'c'
          ? '/compose'
          : undefined;
      if (path === undefined) return;
      event.preventDefault();
      void navigate(path);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [navigate]);
};
