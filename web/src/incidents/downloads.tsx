import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';

const FORMATS = ['html', 'csv', 'json'] as const;

/** The report for other people, streamed by the server, and the draft of a postmortem. */
export const Downloads = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  if (!may('posts:read')) return null;
  const base = `/v1/incidents/${id}`;
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          {t('incidents.evidence')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((format) => (
          <Menu.Item
            key={format}
            component="a"
            href={`${base}/evidence?format=${format}`}
            download={`incident-${id}.${format}`}
          >
            {t('incidents.download', { format: format.toUpperCase() })}
          </Menu.Item>
        ))}
        <Menu.Item component="a" href={`${base}/postmortem`} download={`postmortem-${id}.md`}>
          {t('incidents.postmortem')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
