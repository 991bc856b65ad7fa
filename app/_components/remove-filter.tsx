"use client";

import { X } from "lucide-react";
import Link from "next/link";

/**
 * The way out of a filter. It goes away with its filter, so the focus goes on
 * first: to the next filter's, or to the page where there is none.
 */
export function RemoveFilter({ href, label }: { readonly href: string; readonly label: string }) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-label={label}
      onClick={({ currentTarget }) => nextTo(currentTarget)?.focus({ preventScroll: true })}
      className="grid size-6.5 shrink-0 place-items-center rounded-r-md text-faint hover:bg-hover hover:text-text"
    >
      <X className="size-3.5" aria-hidden />
    </Link>
  );
}

function nextTo(link: HTMLAnchorElement): HTMLElement | null {
  const chip = link.closest("li");
  const beside = chip?.nextElementSibling ?? chip?.previousElementSibling;
  return beside?.querySelector("a") ?? link.closest("main");
}
