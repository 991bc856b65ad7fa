"use client";

import { createContext, type ReactNode, useState } from "react";
import { Notice } from "#app/_components/notice.tsx";

/** Says what a step has done where it stays: the row that it was taken in goes. */
export const TellStep = createContext<(done: string) => void>(() => undefined);

/** Above the rows and in sight, what the last step has done. */
export function LastStep({ children }: { readonly children: ReactNode }) {
  const [done, setDone] = useState<string | null>(null);
  return (
    <TellStep value={setDone}>
      <div role="status" className="sticky top-16 z-10 empty:hidden md:top-3">
        {done !== null && <Notice title={done} />}
      </div>
      {children}
    </TellStep>
  );
}
