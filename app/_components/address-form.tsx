"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";
import { askedPairs } from "./asked-pairs.ts";

/**
 * A form that asks by the address of a page. A choice from a list is asked at
 * once, what is typed when it is sent, with the choices that are marked as
 * `data-later`; without scripts it is sent as a whole.
 */
export function AddressForm({
  action,
  className,
  children,
}: {
  readonly action: string;
  readonly className: string;
  readonly children: ReactNode;
}) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const ask = (form: HTMLFormElement) => {
    const pairs = askedPairs(new FormData(form));
    startTransition(() =>
      router.push(`${action}?${new URLSearchParams(pairs)}`, { scroll: false }),
    );
  };
  return (
    <form
      method="get"
      action={action}
      className={className}
      data-pending={pending || undefined}
      onChange={(event) => {
        const { target, currentTarget } = event;
        if (target instanceof HTMLSelectElement && !("later" in target.dataset)) ask(currentTarget);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        ask(event.currentTarget);
        clearAdded(event.currentTarget);
      }}
    >
      {children}
    </form>
  );
}

/** What was added stands in the address from now on; the fields are for the next. */
function clearAdded(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-later]")) {
    field.value = "";
  }
}
