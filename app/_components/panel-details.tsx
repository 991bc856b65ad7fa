import type { ReactNode } from "react";

/**
 * What a panel holds at its end and shows when asked: a form, or the figures of
 * its chart as a table (then quiet).
 */
export function PanelDetails({
  summary,
  isQuiet = false,
  isOpen = false,
  id,
  children,
}: {
  readonly summary: string;
  readonly isQuiet?: boolean;
  readonly isOpen?: boolean;
  /** What links lead to. */
  readonly id?: string;
  readonly children: ReactNode;
}) {
  const look = isQuiet ? "py-2 text-muted text-xs" : "py-2.5 font-medium";
  return (
    <details className="border-line border-t" open={isOpen} id={id}>
      <summary className={`min-h-9 cursor-pointer px-4 hover:bg-hover ${look}`}>{summary}</summary>
      {children}
    </details>
  );
}
