import type { AccountDto } from '../api/generated/types.gen.ts';
import { PLATFORMS, platformTitle } from '../ui/platforms.ts';

type Named = Pick<AccountDto, 'id' | 'displayName' | 'platform'>;

/** Those whose name or platform has these words, platform by platform; chosen ones stay in sight. */
export const accountsFor = <Account extends Named>(
  wanted: string,
  accounts: readonly Account[],
  chosen: readonly string[],
): readonly Account[] => {
  const words = wanted.toLowerCase().split(/\s+/);
  const fits = ({ id, displayName, platform }: Named): boolean => {
    const name = `${displayName} ${platformTitle(platform)}`.toLowerCase();
    return chosen.includes(id) || words.every((word) => name.includes(word));
  };
  const rank = ({ platform }: Named): number => PLATFORMS.indexOf(platform);
  return accounts
    .filter(fits)
    .toSorted((one, other) => rank(one) - rank(other) || one.displayName.localeCompare(other.displayName));
};
