import { createContext, use } from 'react';
import type { SessionDto } from '../api/generated/types.gen.ts';

/** Who sits before the screen, and where. */
export interface Session extends SessionDto {
  /** IANA name; every time of the app is told in it. */
  readonly timezone: string;
  /** Whether the role allows it; `admin` allows everything of a workspace. */
  readonly may: (scope: string) => boolean;
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** @throws Error outside of `SessionGate` */
export const useSession = (): Session => {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession stands outside of SessionGate.');
  return session;
};
