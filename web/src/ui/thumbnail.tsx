import { AspectRatio, Center } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { useState } from 'react';

interface ThumbnailProps {
  readonly mediaId: string;
  /** Width divided by height; an upright video's when left out. */
  readonly ratio?: number;
}

const UPRIGHT = 9 / 16;

/** A video's picture, made when it is first asked for; its place is kept, and a mark stands where none can be made. */
export const Thumbnail = ({ mediaId, ratio = UPRIGHT }: ThumbnailProps) => {
  const [isMissing, setIsMissing] = useState(false);
  return (
    <AspectRatio ratio={ratio} bg="var(--mantine-color-default-hover)" style={{ borderRadius: 6, overflow: 'hidden' }}>
      {isMissing ? (
        <Center aria-hidden>
          <IconMovie size={28} stroke={1.2} />
        </Center>
      ) : (
        <img
          src={`/v1/media/${mediaId}/thumbnail`}
          alt=""
          loading="lazy"
          style={{ width: '100%', height: '100%', objectFit: 'cover' }}
          onError={() => setIsMissing(true)}
        />
      )}
    </AspectRatio>
  );
};
