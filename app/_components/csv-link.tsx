import { Download } from "lucide-react";
import { useTranslations } from "next-intl";

/** Downloads exactly what the table shows: the same query, asked of the API. */
export function CsvLink({
  href,
  what,
  label,
}: {
  readonly href: string;
  readonly what: string;
  /** In place of "CSV", where a panel has more than one file. */
  readonly label?: string;
}) {
  const t = useTranslations("Common");
  return (
    <a
      href={href}
      download
      className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 font-medium text-muted text-xs hover:bg-hover hover:text-text"
    >
      <Download className="size-3.5" aria-hidden />
      {label ?? t("csv")}
      {label === undefined && <span className="sr-only">{what}</span>}
    </a>
  );
}
