import type { ReactNode } from "react";
import { FigureLink } from "./figure-link.tsx";

/** A few figures side by side, parted by lines. */
export function FigureTiles({
  frame = "card",
  children,
}: {
  /** `card` stands by itself; `none` is part of a panel; `rules` runs across a sheet. */
  readonly frame?: keyof typeof FRAMES;
  readonly children: ReactNode;
}) {
  return <dl className={`grid bg-line *:bg-surface [gap:1px] ${FRAMES[frame]}`}>{children}</dl>;
}

const FRAMES = {
  card: "grid-cols-2 overflow-hidden rounded-lg border border-line lg:grid-cols-4",
  none: "grid-cols-2 border-line border-t lg:grid-cols-4",
  rules: "border-line border-y *:px-6 sm:grid-cols-2 lg:grid-cols-4 print:grid-cols-4 print:*:px-5",
} as const;

/** One of them. */
export function FigureTile({
  label,
  figure,
  href = null,
  also = null,
  note = null,
  warning = null,
}: {
  readonly label: string;
  readonly figure: ReactNode;
  /** To its receipt, or the rows behind it. */
  readonly href?: string | null;
  /** The figure in another currency. */
  readonly also?: ReactNode;
  readonly note?: ReactNode;
  readonly warning?: ReactNode;
}) {
  return (
    <div className="flex min-w-0 flex-col px-4 py-3.5">
      <dt className="text-muted">{label}</dt>
      <dd className="figures mt-1 font-semibold text-xl tracking-tight wrap-anywhere sm:text-figure">
        <FigureLink href={href}>{figure}</FigureLink>
      </dd>
      {also && <dd className="figures text-muted text-sm">{also}</dd>}
      {note && <dd className="figures mt-0.5 text-muted text-xs">{note}</dd>}
      {warning && <dd className="text-warn text-xs">{warning}</dd>}
    </div>
  );
}
