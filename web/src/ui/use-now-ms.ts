import { useEffect, useState } from 'react';

/** The browser's clock, read anew each half minute: for "in 5 minutes". */
export const useNowMs = (everyMs = 30_000): number => {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
};
