import { Stack } from '@mantine/core';
import { OwnPasswordPanel } from './password-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';
import { TotpPanel } from './totp-panel.tsx';

export default function ProfileSection() {
  return (
    <Stack>
      <OwnPasswordPanel />
      <TotpPanel />
      <SessionsPanel />
    </Stack>
  );
}
