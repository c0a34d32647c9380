import { type ReactNode, useState } from 'react';

interface Tip {
  readonly why: string;
  readonly left: number;
  readonly top: number;
}

const WIDTH_PX = 280;
const GAP_PX = 6;

/** The sentence of the line under the pointer, or of the one that the keyboard stands on. */
const tipAt = (target: EventTarget): Tip | undefined => {
  if (!(target instanceof HTMLElement || target instanceof SVGElement)) return undefined;
  const line = target.closest('[data-why]') ?? target.closest('.line')?.querySelector('[data-why]');
  const why = line?.getAttribute('data-why');
  if (!line || !why) return undefined;
  const { left, bottom } = line.getBoundingClientRect();
  return { why, left: Math.max(GAP_PX, Math.min(left, innerWidth - WIDTH_PX)), top: bottom + GAP_PX };
};

/** One tip for all lines of the calendar: hundreds of them cost nothing, and showing it draws none of them anew. */
export const WhyTip = ({ children }: { readonly children: ReactNode }) => {
  const [tip, setTip] = useState<Tip>();
  const show = ({ target }: { readonly target: EventTarget }) => setTip(tipAt(target));
  const hide = () => setTip(undefined);
  return (
    <div
      className="calendar-frame"
      onMouseOver={show}
      onMouseLeave={hide}
      onMouseDown={hide}
      onFocus={show}
      onBlur={hide}
    >
      {children}
      {tip && (
        <div role="tooltip" className="why-tip" style={{ left: tip.left, top: tip.top }}>
          {tip.why}
        </div>
      )}
    </div>
  );
};
