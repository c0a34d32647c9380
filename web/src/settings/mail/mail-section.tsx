import { Stack } from '@mantine/core';
import { Domains } from './domains.tsx';
import { Servers } from './servers.tsx';

export default function MailSection() {
  return (
    <Stack>
      <Domains />
      <Servers />
    </Stack>
  );
}
