import { Group, Text } from '@mantine/core';
import {
  IconBrandBluesky,
  IconBrandDiscord,
  IconBrandInstagram,
  IconBrandTelegram,
  IconBrandTiktok,
  IconBrandYoutube,
  IconDeviceMobile,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { type PlatformName, platformTitle } from './platforms.ts';

const ICONS: Readonly<Record<PlatformName, ComponentType<{ size?: number; stroke?: number }>>> = {
  tiktok: IconBrandTiktok,
  reels: IconBrandInstagram,
  shorts: IconBrandYoutube,
  skylight: IconBrandBluesky,
  discord: IconBrandDiscord,
  telegram: IconBrandTelegram,
  upscrolled: IconDeviceMobile,
};

interface PlatformBadgeProps {
  readonly platform: string;
  /** An account's name, when the badge stands for one. */
  readonly account?: string | undefined;
  readonly size?: 'xs' | 'sm' | 'md';
}

/** A platform by mark and name, or one of its accounts. */
export const PlatformBadge = ({ platform, account, size = 'sm' }: PlatformBadgeProps) => {
  const Icon = ICONS[platform as PlatformName] ?? IconDeviceMobile;
  return (
    <Group gap={6} wrap="nowrap" display="inline-flex" miw={0} title={account && platformTitle(platform)}>
      <span aria-hidden style={{ display: 'inline-flex', flexShrink: 0 }}>
        <Icon size={16} stroke={1.6} />
      </span>
      <Text span size={size} truncate>
        {account ?? platformTitle(platform)}
      </Text>
    </Group>
  );
};
