import type { ReactNode } from "react";
import { Brand } from "./brand.tsx";

/** The frame of the pages before one is signed in. */
export function Entrance({
  title,
  note,
  children,
}: {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="flex w-full max-w-88 flex-col gap-6">
        <Brand />
        <div>
          <h1 className="font-semibold text-xl">{title}</h1>
          {note && <p className="mt-1 text-muted">{note}</p>}
        </div>
        {children}
      </div>
    </main>
  );
}
