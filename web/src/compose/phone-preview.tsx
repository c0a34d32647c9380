import { ActionIcon, Group, Stack, Text } from '@mantine/core';
import { IconHeart, IconMessageCircle, IconPlayerPause, IconPlayerPlay, IconShare3 } from '@tabler/icons-react';
import { type CSSProperties, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { type PlatformName, platformTitle } from '../ui/platforms.ts';
import { useComposing } from './draft-context.ts';
import { wordsFor } from './draft.ts';
import { PREVIEW_LOOKS, shownWords } from './preview-look.ts';
import './phone.css';

/** The post as a platform's feed shows it. @param platform the first chosen one when left out */
export const PhonePreview = ({ platform }: { readonly platform: PlatformName | undefined }) => {
  const { t } = useTranslation();
  const { draft, media, accounts, chosen } = useComposing();
  const shown = platform ?? chosen[0] ?? 'tiktok';
  const { frame } = PREVIEW_LOOKS[shown];
  const account = accounts.find(({ id, platform: of }) => of === shown && draft.accountIds.includes(id));
  const name = account?.displayName ?? platformTitle(shown);
  const text = shownWords(shown, wordsFor(draft, shown));
  return (
    <Panel title={t('compose.preview')} note={t('compose.previewOf', { platform: platformTitle(shown) })}>
      {media ? (
        <div className="phone" data-frame={frame}>
          {frame === 'full' ? (
            <>
              <Film mediaId={media.id} />
              <Rail />
              <div className="phone__words">
                <b>{name.startsWith('@') ? name : `@${name}`}</b>
                <FeedText key={`${shown} ${text}`} platform={shown} text={text} />
              </div>
            </>
          ) : (
            <div className="phone__card">
              <Group gap={6}>
                <PlatformBadge platform={shown} account={name} size="xs" />
              </Group>
              {shown === 'discord' && <FeedText platform={shown} text={text} />}
              <Film mediaId={media.id} />
              {shown !== 'discord' && <FeedText platform={shown} text={text} />}
            </div>
          )}
        </div>
      ) : (
        <Text size="sm" c="dimmed">
          {t('compose.noPreview')}
        </Text>
      )}
    </Panel>
  );
};

/** The video itself, without the browser's own bar, which would lie under the words. */
const Film = ({ mediaId }: { readonly mediaId: string }) => {
  const { t } = useTranslation();
  const film = useRef<HTMLVideoElement>(null);
  const [isPlaying, setIsPlaying] = useState(false);
  const toggle = (): void => void (isPlaying ? film.current?.pause() : film.current?.play().catch(() => undefined));
  return (
    <div className="phone__film">
      <video
        ref={film}
        src={`/v1/media/${mediaId}/content`}
        poster={`/v1/media/${mediaId}/thumbnail`}
        onPlay={() => setIsPlaying(true)}
        onPause={() => setIsPlaying(false)}
        loop
        muted
        playsInline
        preload="metadata"
      />
      <ActionIcon
        className="phone__play"
        size="lg"
        radius="xl"
        color="dark"
        onClick={toggle}
        aria-label={t(isPlaying ? 'compose.pausePreview' : 'compose.playPreview')}
      >
        {isPlaying ? <IconPlayerPause size={18} /> : <IconPlayerPlay size={18} />}
      </ActionIcon>
    </div>
  );
};

const Rail = () => (
  <Stack className="phone__rail" aria-hidden>
    <IconHeart size={24} />
    <IconMessageCircle size={24} />
    <IconShare3 size={24} />
  </Stack>
);

/** Words cut where the feed cuts them. */
const FeedText = ({ platform, text }: { readonly platform: PlatformName; readonly text: string }) => {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const { lines } = PREVIEW_LOOKS[platform];
  return (
    <>
      <div
        className="phone__text"
        data-lines={isOpen ? undefined : lines}
        data-open={isOpen || undefined}
        style={{ '--lines': lines } as CSSProperties}
      >
        {text}
      </div>
      {lines !== undefined && text !== '' && (
        <button type="button" className="phone__more" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {t(isOpen ? 'compose.showLess' : 'compose.showMore')}
        </button>
      )}
    </>
  );
};
