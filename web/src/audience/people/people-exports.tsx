import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { filtersOf } from './people-filters.ts';

/** The list as it is filtered, and all consents, as files. */
export const Exports = () => {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const query = new URLSearchParams(filtersOf(params));
  return (
    <Menu>
      <Menu.Target>
        <Button size="xs" variant="default">
          {t('audience.people.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={`/v1/subscribers/export.csv?${query}`} download>
          {t('audience.people.asCsv')}
        </Menu.Item>
        <Menu.Item component="a" href={`/v1/subscribers/export.json?${query}`} download>
          {t('audience.people.asJson')}
        </Menu.Item>
        <Menu.Item component="a" href="/v1/consents/export.csv" download>
          {t('audience.people.consents')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
