import { Rows3 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";

/** What names a row of figures: the way to its page, and beside it the ledger rows that make the figures. */
export function RowName({
  name,
  href,
  rowsHref,
  isKnown = true,
  note,
}: {
  readonly name: string;
  readonly href: string;
  /** Left out where `href` leads to the rows already. */
  readonly rowsHref?: string;
  readonly isKnown?: boolean;
  readonly note?: string | null;
}) {
  const t = useTranslations("Groups");
  return (
    <span className="flex min-w-0 items-center gap-1">
      <span className="min-w-0">
        <Link
          href={href}
          prefetch={false}
          title={name}
          className={`block truncate underline-offset-2 hover:underline ${isKnown ? "" : "text-muted"}`}
        >
          {name}
        </Link>
        {note && <span className="block truncate text-faint text-xs">{note}</span>}
      </span>
      {rowsHref !== undefined && (
        <Link
          href={rowsHref}
          prefetch={false}
          title={t("rowsBehind")}
          aria-label={t("rowsBehindOf", { name })}
          className="grid size-6 shrink-0 place-items-center rounded-sm text-faint hover:bg-line hover:text-text focus-visible:opacity-100 group-hover:opacity-100 md:opacity-0"
        >
          <Rows3 className="size-3.5" aria-hidden />
        </Link>
      )}
    </span>
  );
}
