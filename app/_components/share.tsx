import { useLocale } from "next-intl";
import { formatShare } from "#app/_format/format-count.ts";

/** A part of a whole in percent; a dash where the part is not known, or there is no whole. */
export function Share({
  part,
  of,
  isKnown = true,
}: {
  readonly part: bigint;
  readonly of: bigint;
  readonly isKnown?: boolean;
}) {
  const locale = useLocale();
  const text = isKnown ? formatShare(part, of, locale) : null;
  return (
    <span className={part === 0n || text === null ? "text-faint" : "text-muted"}>
      {text ?? "–"}
    </span>
  );
}
