import { Box as Frame } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountDto, RouteDto } from '../api/generated/types.gen.ts';
import { platformTitle } from '../ui/platforms.ts';
import { type Flow, routeFor } from './flows.ts';
import './outage-picture.css';
import { type Band, BOX, type Box, layOut } from './picture-layout.ts';

interface OutagePictureProps {
  readonly flows: readonly Flow[];
  readonly accounts: readonly AccountDto[];
  readonly routes: readonly RouteDto[];
  readonly title: string;
  /** Without it the numbers are not known, and none are drawn. */
  readonly isCounted: boolean;
}

const LONGEST = 26;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** Accounts of the dark platform on the left, where their posts would go on the right. The table beneath says the same. */
export const OutagePicture = ({ flows, accounts, routes, title, isCounted }: OutagePictureProps) => {
  const { t } = useTranslation();
  const titleId = useId();
  if (flows.length === 0) return null;
  const { width, height, left, right, bands } = layOut(flows);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const originText = ({ id, count }: Box): string => {
    const account = byId.get(id);
    const cap = account && routeFor(account, routes)?.maxExtraPerDay;
    const due = isCounted && t('routes.due', { count });
    return [due, cap !== undefined && t('routes.cap', { count: cap })].filter(Boolean).join(' · ');
  };
  return (
    <Frame visibleFrom="sm">
      <svg className="outage-picture" viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={titleId}>
        <title id={titleId}>{title}</title>
        {bands.map((band) => (
          <BandShape key={band.key} band={band} />
        ))}
        {left.map((box) => (
          <AccountBox key={box.id} box={box} account={byId.get(box.id)} note={originText(box)} look="dark" />
        ))}
        {right.map((box) => (
          <AccountBox
            key={box.id}
            box={box}
            account={byId.get(box.id)}
            note={box.count === 0 ? t('routes.wouldTake') : t('routes.takes', { count: box.count })}
            look={box.id === '' ? 'nowhere' : 'takes'}
          />
        ))}
      </svg>
    </Frame>
  );
};

const BandShape = ({ band }: { readonly band: Band }) => (
  <g className={band.isNowhere ? 'outage-picture__band--nowhere' : 'outage-picture__band'}>
    <path d={band.d} strokeWidth={band.width} {...(band.isIdle ? { strokeDasharray: '6 6' } : {})} />
    {band.count > 0 && (
      <text x={band.label.x} y={band.label.y - band.width / 2 - 4} textAnchor="middle">
        {band.count}
      </text>
    )}
  </g>
);

interface AccountBoxProps {
  readonly box: Box;
  readonly account: AccountDto | undefined;
  readonly note: string;
  readonly look: 'dark' | 'takes' | 'nowhere';
}

const AccountBox = ({ box: { x, y }, account, note, look }: AccountBoxProps) => {
  const { t } = useTranslation();
  const name = account
    ? `${platformTitle(account.platform)} · ${account.displayName}`
    : t(look === 'nowhere' ? 'routes.nowhere' : 'routes.gone');
  return (
    <g className={`outage-picture__box outage-picture__box--${look}`} transform={`translate(${x} ${y})`}>
      <rect width={BOX.width} height={BOX.height} rx={8} />
      <text x={14} y={24} className="outage-picture__name">
        {shortened(name)}
      </text>
      <text x={14} y={43}>
        {look === 'nowhere' ? t('routes.stay') : note}
      </text>
    </g>
  );
};
