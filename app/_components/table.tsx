import type { ComponentProps, ReactNode } from "react";

/**
 * A plain table that scrolls by itself on a phone instead of widening the page.
 * The caption is for screen readers; the panel's title is for the eye.
 */
export function Table({
  caption,
  children,
}: {
  readonly caption: string;
  readonly children: ReactNode;
}) {
  return (
    <section
      className="scroll-x relative"
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, also by keyboard
      tabIndex={0}
    >
      <table className="w-full border-separate border-spacing-0 text-left">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

export function HeadCell({
  numeric = false,
  className = "",
  ...rest
}: ComponentProps<"th"> & { readonly numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={`h-8 whitespace-nowrap border-line border-b px-2 font-medium text-muted text-xs first:pl-4 last:pr-4 ${numeric ? "text-right" : ""} ${className}`}
      {...rest}
    />
  );
}

export function Cell({
  numeric = false,
  className = "",
  ...rest
}: ComponentProps<"td"> & { readonly numeric?: boolean }) {
  return <td className={cellClass(numeric, className)} {...rest} />;
}

/** The cell that names its row. */
export function RowHead({ className = "", ...rest }: ComponentProps<"th">) {
  return <th scope="row" className={cellClass(false, `font-normal ${className}`)} {...rest} />;
}

export function Row({ className = "", ...rest }: ComponentProps<"tr">) {
  return (
    <tr className={`group hover:bg-hover [&:last-child>*]:border-b-0 ${className}`} {...rest} />
  );
}

/** Chinese breaks anywhere, so a column of words would shrink to one of them, unless it says itself how wide it is. */
function cellClass(numeric: boolean, more: string): string {
  const words = more.includes("min-w-") ? "" : "in-[:lang(zh)]:min-w-[5.5em]";
  const look = numeric ? "figures whitespace-nowrap text-right" : words;
  return `h-9 border-line border-b px-2 py-1 first:pl-4 last:pr-4 ${look} ${more}`;
}
