import { sessionGetOptions } from './api/generated/@tanstack/react-query.gen.ts';
import { queryClient } from './api/queries.ts';
import { pageAt } from './pages.ts';

/**
 * Asks at once for what the page of an address would ask for one after the other: who is there, and its code. Answers wait
 * where they are looked for; what is refused or does not come is asked for again, and told, by the page itself.
 */
export const askAhead = (pathname: string): void => {
  const page = pageAt(pathname);
  if (!page) return;
  void queryClient.prefetchQuery(sessionGetOptions());
  page.load?.().catch(() => undefined);
};
