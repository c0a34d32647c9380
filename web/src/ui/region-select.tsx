import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountDto } from '../api/generated/types.gen.ts';
import { useRegions } from './regions.ts';

const EVERYWHERE = '';

interface RegionSelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  readonly accounts: readonly Pick<AccountDto, 'platform' | 'region'>[];
  readonly platform: string;
  /** Empty: every region. */
  readonly value: string;
  readonly onChange: (region: string) => void;
}

/** Regions in which the workspace has accounts on the platform. */
export const regionsOf = (accounts: RegionSelectProps['accounts'], platform: string): string[] =>
  [...new Set(accounts.filter((one) => one.platform === platform).map(({ region }) => region))].sort();

/** One of the regions that there are, or all of them. */
export const RegionSelect = ({ accounts, platform, value, onChange, ...look }: RegionSelectProps) => {
  const { t } = useTranslation();
  const { title } = useRegions();
  const regions = regionsOf(accounts, platform);
  return (
    <Select
      {...(look['aria-label'] ? {} : { label: t('routes.region') })}
      {...look}
      data={[
        { value: EVERYWHERE, label: t('routes.everywhere') },
        ...regions.map((region) => ({ value: region, label: title(region) })),
      ]}
      allowDeselect={false}
      value={regions.includes(value) ? value : EVERYWHERE}
      onChange={(region) => onChange(region ?? EVERYWHERE)}
    />
  );
};
