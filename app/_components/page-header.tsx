import type { ReactNode } from "react";

export function PageHeader({
  title,
  note,
  children,
}: {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  /** Controls of the whole page. */
  readonly children?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-end gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="font-semibold text-xl">{title}</h1>
        {note && <p className="text-muted">{note}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-2 empty:hidden sm:ml-auto">{children}</div>
    </header>
  );
}
