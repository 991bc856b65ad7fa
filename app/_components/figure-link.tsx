import Link from "next/link";
import type { ReactNode } from "react";

/** A figure that opens its receipt, or the rows behind it; without any it stands by itself. */
export function FigureLink({
  href,
  children,
}: {
  readonly href: string | null;
  readonly children: ReactNode;
}) {
  if (href === null) return children;
  return (
    <Link href={href} prefetch={false} className="underline-offset-2 hover:underline">
      {children}
    </Link>
  );
}
