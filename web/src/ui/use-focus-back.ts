import { useEffect, useState } from 'react';

/** For a dialog that is drawn only while it is open: the library gives the focus back only from those that stay drawn. */
export const useFocusBack = (): void => {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) opener.focus();
    },
    [opener],
  );
};
