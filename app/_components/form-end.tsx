import type { ReactNode } from "react";
import { Button } from "./button.tsx";

/** The button that sends a form, and beside it what the last time came to. */
export function FormEnd({
  children,
  busy,
  done,
  variant = "primary",
}: {
  /** The button's words. */
  readonly children: ReactNode;
  readonly busy: boolean;
  readonly done: string | undefined;
  readonly variant?: "primary" | "danger";
}) {
  return (
    <div className="flex items-center gap-3 sm:col-span-full">
      <Button type="submit" variant={variant} disabled={busy}>
        {children}
      </Button>
      <p role="status" className="text-good">
        {done}
      </p>
    </div>
  );
}
