import { Drawer, Stack, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MoreGroups } from './cap-groups.ts';
import type { CalendarGroup } from './groups.ts';
import { LineContent } from './line-content.tsx';
import { classOf } from './line-look.ts';
import { useMoment } from './use-moment.ts';

interface DayDrawerProps {
  readonly more: MoreGroups | undefined;
  readonly zone: string;
  readonly onClose: () => void;
  readonly onOpen: (group: CalendarGroup) => void;
}

/** All lines of a day or an hour that has more than the calendar shows. */
export const DayDrawer = ({ more, zone, onClose, onOpen }: DayDrawerProps) => {
  const { t } = useTranslation();
  const { day, clock } = useMoment(zone);
  return (
    <Drawer
      opened={more !== undefined}
      onClose={onClose}
      position="right"
      title={more && day(more.at)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap={4}>
        {more?.groups.map((group) => (
          <UnstyledButton key={group.key} className={classOf({ group })} onClick={() => onOpen(group)}>
            <LineContent line={{ group }} t={t} clock={clock} />
          </UnstyledButton>
        ))}
      </Stack>
    </Drawer>
  );
};
