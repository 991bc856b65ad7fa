"use client";

import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { submitByHand } from "./submit-by-hand.ts";

/** One setting on a line: its field, the button that keeps it, and what came of it. */
export function LineForm({
  action,
  save,
  busy,
  done,
  children,
}: {
  readonly action: (data: FormData) => void;
  /** The button's words. */
  readonly save: string;
  readonly busy: boolean;
  readonly done: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <form onSubmit={submitByHand(action)} className="flex flex-wrap items-end gap-3 p-4">
      <div className="w-64">{children}</div>
      <Button type="submit" disabled={busy}>
        {save}
      </Button>
      <p role="status" className="text-muted">
        {done}
      </p>
    </form>
  );
}
