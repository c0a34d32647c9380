import { ActionIcon, Menu } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionSignOutMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { useSession } from '../access/session.ts';
import { changeLanguage, type Language, LANGUAGES } from '../i18n/set-up-i18n.ts';
import { tellProblem } from '../ui/tell.ts';

/** Who one is, in which language, and the way out. */
export default function AccountDropdown() {
  const { t } = useTranslation();
  const { name, email } = useSession();
  const signOut = useMutation({
    ...sessionSignOutMutation(),
    onSuccess: () => location.assign('/sign-in'),
    onError: tellProblem,
  });
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={name || email}>
          <IconUser size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{email}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('shell.language')}</Menu.Label>
        {Object.entries(LANGUAGES).map(([tag, label]) => (
          <Menu.Item key={tag} lang={tag} onClick={() => void changeLanguage(tag as Language)}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => signOut.mutate({})}>{t('shell.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
