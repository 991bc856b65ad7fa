import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

export type NoticeTone = "info" | "warn" | "danger";

/** Says something about the figures below it: partial, unpriced, failed. The icon and words carry it, not the colour alone. */
export function Notice({
  tone = "info",
  title,
  children,
}: {
  readonly tone?: NoticeTone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
}) {
  const { Icon, look } = TONES[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : undefined}
      className={`flex gap-2.5 rounded-lg px-3.5 py-2.5 ${look}`}
    >
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 text-text">
        <p className="font-medium">{title}</p>
        {children && <div className="text-muted">{children}</div>}
      </div>
    </div>
  );
}

/** What stands where rows would: why there are none and what to do about it. */
export function Empty({
  title,
  as: Title = "p",
  children,
}: {
  readonly title: ReactNode;
  /** `h1` where it is all that a page says. */
  readonly as?: "p" | "h1";
  readonly children?: ReactNode;
}) {
  return (
    <div className="flex grow flex-col items-center justify-center gap-1 px-6 py-10 text-center">
      <Title className="font-medium">{title}</Title>
      {children && <div className="max-w-prose text-muted">{children}</div>}
    </div>
  );
}

const TONES = {
  info: { Icon: Info, look: "bg-accent-soft text-accent" },
  warn: { Icon: TriangleAlert, look: "bg-warn-soft text-warn" },
  danger: { Icon: CircleAlert, look: "bg-danger-soft text-danger" },
} as const;
