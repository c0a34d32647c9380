import { useEffect, useState } from 'react';

/** What stands behind `#` of a mailed or printed link; empty when nothing does. */
export const tokenOf = (hash: string): string => {
  const token = hash.replace(/^#/, '');
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
};

const forgetHash = (): void => history.replaceState(history.state, '', `${location.pathname}${location.search}`);

/** Takes the link's secret and clears it from the address bar and the browser's history. */
export const useLinkToken = (): string => {
  const [token, setToken] = useState(() => tokenOf(location.hash));
  useEffect(() => {
    const take = (): void => {
      const next = tokenOf(location.hash);
      if (next === '') return;
      setToken(next);
      forgetHash();
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return token;
};
