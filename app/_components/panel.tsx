import type { ReactNode } from "react";

/** A titled part of a page. Panels do not nest. */
export function Panel({
  title,
  note,
  actions,
  children,
}: {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="flex min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-surface">
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-1.5">
        <h2 className="font-semibold">{title}</h2>
        {note && (
          <p
            className={`text-muted text-xs ${actions ? "max-sm:order-last max-sm:basis-full" : ""}`}
          >
            {note}
          </p>
        )}
        {actions && <div className="ml-auto flex items-center gap-1">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
