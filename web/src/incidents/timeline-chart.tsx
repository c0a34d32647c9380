import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentDetailDto } from '../api/generated/types.gen.ts';
import { useTimes } from '../ui/times.ts';
import './timeline-chart.css';
import { placeIn, type Span, spanOf, type Strip, stripsOf } from './timeline.ts';

const WIDTH = 1_000;
const LABEL = 110;
const ROW = 40;
const AXIS = 26;
const TICKS = 5;

interface TimelineChartProps {
  readonly incident: IncidentDetailDto;
  readonly nowMs: number;
}

/** States of each capability over time. The table of changes beneath says the same in words. */
export const TimelineChart = ({ incident, nowMs }: TimelineChartProps) => {
  const { t } = useTranslation();
  const { clock, moment } = useTimes();
  const titleId = useId();
  const wordsId = useId();
  const span = spanOf(incident, incident.transitions, nowMs);
  const strips = stripsOf(incident.transitions, span);
  if (strips.length === 0) return null;
  const height = strips.length * ROW + AXIS;
  const inWords = ({ capability, segments }: Strip): string => {
    const said = segments.map(({ state, fromMs }) =>
      t('incidents.stateFrom', { state: t(`state.${state}`), at: moment(new Date(fromMs).toISOString()) }),
    );
    return `${t(`now.capability.${capability}`)}: ${said.join(', ')}.`;
  };
  const xOf = (atMs: number): number => LABEL + placeIn(span, atMs) * (WIDTH - LABEL);
  return (
    <svg
      className="timeline"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-labelledby={titleId}
      aria-describedby={wordsId}
    >
      <title id={titleId}>{t('incidents.timelineTitle')}</title>
      <desc id={wordsId}>{strips.map(inWords).join(' ')}</desc>
      {strips.map((strip, row) => (
        <StripShape key={strip.capability} strip={strip} y={row * ROW} xOf={xOf} />
      ))}
      {ticksOf(span).map((atMs, index) => (
        <text
          key={atMs}
          x={xOf(atMs)}
          y={height - 6}
          textAnchor={index === 0 ? 'start' : index === TICKS - 1 ? 'end' : 'middle'}
          className="timeline__tick"
        >
          {clock(new Date(atMs).toISOString())}
        </text>
      ))}
    </svg>
  );
};

const ticksOf = ({ fromMs, toMs }: Span): number[] =>
  Array.from({ length: TICKS }, (_, index) => fromMs + ((toMs - fromMs) * index) / (TICKS - 1));

interface StripShapeProps {
  readonly strip: Strip;
  readonly y: number;
  readonly xOf: (atMs: number) => number;
}

const GAP = 6;
const WORD_FROM = 80;

const StripShape = ({ strip: { capability, segments }, y, xOf }: StripShapeProps) => {
  const { t } = useTranslation();
  return (
    <g>
      <text x={0} y={y + ROW / 2 + 5}>
        {t(`now.capability.${capability}`)}
      </text>
      {segments.map(({ state, fromMs, toMs }) => {
        const x = xOf(fromMs);
        const width = Math.max(2, xOf(toMs) - x);
        return (
          <g key={fromMs} className={`timeline__segment timeline__segment--${state}`}>
            <title>{t(`state.${state}`)}</title>
            <rect x={x} y={y + GAP} width={width} height={ROW - 2 * GAP} rx={3} />
            {width > WORD_FROM && (
              <text x={x + width / 2} y={y + ROW / 2 + 5} textAnchor="middle">
                {t(`state.${state}`)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
};
