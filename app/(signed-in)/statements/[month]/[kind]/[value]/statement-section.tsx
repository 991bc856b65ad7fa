import type { ReactNode } from "react";
import { Table } from "#app/_components/table.tsx";

/** A titled table of a statement. */
export function StatementSection({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="px-2 pt-5 pb-1">
      <header className="flex flex-wrap items-baseline gap-x-3 px-4 pb-1">
        <h2 className="font-semibold text-lg">{title}</h2>
        {note && <p className="text-muted text-xs">{note}</p>}
      </header>
      <Table caption={title}>{children}</Table>
    </section>
  );
}
