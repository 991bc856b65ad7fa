"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";

/**
 * A form that asks by the address of a page. A choice from a list is asked at
 * once, what is typed when it is sent; without scripts it is sent as a whole.
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
    const pairs = [...new FormData(form)].filter(
      (pair): pair is [string, string] => typeof pair[1] === "string" && pair[1] !== "",
    );
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
      }}
    >
      {children}
    </form>
  );
}
