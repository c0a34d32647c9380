import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { postImportsGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { ImportHead } from './import-head.tsx';
import { ImportRows } from './import-rows.tsx';
import { standOf } from './import-state.ts';

const LOOK_EVERY_MS = 1_000;

/** One import: what each row became or would become. No event tells its progress, so it is asked for while it moves. */
export const ImportView = () => {
  const { importId = '' } = useParams();
  const query = useQuery({
    ...postImportsGetOptions({ path: { id: importId } }),
    refetchInterval: ({ state }) => (state.data && standOf(state.data).isMoving ? LOOK_EVERY_MS : false),
  });
  return (
    <Answered query={query}>
      {(found) => (
        <Stack>
          <ImportHead found={found} />
          <ImportRows key={found.state} found={found} />
        </Stack>
      )}
    </Answered>
  );
};
